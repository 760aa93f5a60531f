"""Wrapped keys and sealed fields in a database: what SQLite and PostgreSQL do alike."""

# ruff: noqa: S608 - statements are put together from our own constants; values are bound

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import ClassVar

from bedside.trust.sealing import sql_rows as rows
from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.data_key import read_generation
from bedside.trust.sealing.sql_rows import Connection
from bedside.trust.sealing.store import Change, Field, StaleKey, WrapExists
from bedside.trust.sealing.tombstone import Tombstone
from bedside.trust.sealing.wrap import KeyName, Wrap


class SqlStore(ABC):
    """Both ports over a database in which one writes at a time."""

    by_record: ClassVar[str] = (
        ""  # how to find a record's fields, for a database that needs it said
    )

    @abstractmethod
    def _borrowed(self) -> AbstractContextManager[Connection]:
        """Borrow a connection for reading; each statement stands by itself."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """Be the only writer until the end of the block, which commits, or undoes on an error."""

    @abstractmethod
    def forget(self) -> None:
        """See to it that what was dropped does not lie about."""

    def find_wraps(self, record: Record) -> tuple[Wrap, ...]:
        """Find every wrap of a record's keys."""
        with self._borrowed() as connection:
            return rows.find_wraps(connection, rows.OF_RECORD, (record.site, record.name))

    def find_tombstone(self, record: Record) -> Tombstone | None:
        """Find what remains of a deleted record."""
        with self._borrowed() as connection:
            return rows.find_tombstone(connection, record)

    def add_wraps(self, wraps: Sequence[Wrap]) -> None:
        """Add wraps; refuse all if a record was deleted, or if one is there already."""
        with self._writing() as connection:
            for wrap in wraps:
                if stone := rows.find_tombstone(connection, wrap.record):
                    raise stone.refusal()
                if not rows.put_wrap(connection, wrap):
                    raise WrapExists(record=wrap.record, generation=wrap.generation, key=wrap.key)

    def find_wraps_to_turn(
        self, old: KeyName, new: KeyName, *, after: Wrap | None, most: int
    ) -> tuple[Wrap, ...]:
        """Find wraps under the old key, past a wrap, that have no companion under the new one."""
        past = "(o.site, o.record, o.generation) > (?, ?, ?)"
        order = "o.site, o.record, o.generation"
        where = f"o.holder = ? AND o.version = ? AND NOT {rows.HAS_COMPANION} AND {past}"
        start = (after.record.site, after.record.name, after.generation) if after else ("", "", 0)
        values = (old.holder, old.version, new.holder, new.version, *start, most)
        with self._borrowed() as connection:
            return rows.find_wraps(connection, f"{where} ORDER BY {order} LIMIT ?", values)

    def turn_wraps(self, wraps: Sequence[Wrap]) -> None:
        """Add companions of wraps that are still there; pass over deleted records."""
        there = f"SELECT 1 FROM sealing_wrap WHERE {rows.OF_RECORD} AND generation = ?"
        with self._writing() as connection:
            for wrap in wraps:
                of = (wrap.record.site, wrap.record.name, wrap.generation)
                if connection.execute(there, of).fetchone():
                    rows.put_wrap(connection, wrap)

    def drop_turned_wraps(self, old: KeyName, new: KeyName) -> int:
        """Drop the wraps under the old key that have a companion under the new one; count them."""
        where = f"o.holder = ? AND o.version = ? AND {rows.HAS_COMPANION}"
        values = (old.holder, old.version, new.holder, new.version)
        with self._writing() as connection:
            return connection.execute(
                f"DELETE FROM sealing_wrap AS o WHERE {where}", values
            ).rowcount

    def count_wraps(self, key: KeyName) -> int:
        """Count the wraps under a key."""
        count = "SELECT count(*) FROM sealing_wrap WHERE holder = ? AND version = ?"
        with self._borrowed() as connection:
            found: int = connection.execute(count, (key.holder, key.version)).fetchone()[0]
            return found

    def drop_generations(self, drops: Collection[tuple[Record, int]]) -> None:
        """Drop generations of records' keys, except those that a field still needs."""
        drop = f"DELETE FROM sealing_wrap WHERE {rows.OF_RECORD} AND generation = ?"
        with self._writing() as connection:
            for record, generation in drops:
                fields = rows.find_fields(connection, record, by=self.by_record)
                if generation not in {read_generation(f.sealed, f.binding) for f in fields}:
                    connection.execute(drop, (record.site, record.name, generation))

    def destroy_keys(self, tombstone: Tombstone) -> Tombstone:
        """Drop every wrap of a record and keep its tombstone; the first tombstone stays."""
        record = tombstone.record
        of = (record.site, record.name)
        with self._writing() as connection:
            wraps = rows.find_wraps(connection, rows.OF_RECORD, of)
            connection.execute(f"DELETE FROM sealing_wrap WHERE {rows.OF_RECORD}", of)
            stone = rows.find_tombstone(connection, record)
            if stone is None:
                named = tuple(sorted({wrap.fingerprint for wrap in wraps}))
                stone = replace(tombstone, fingerprints=named)
                keep = "INSERT INTO sealing_tombstone VALUES (?, ?, ?)"
                connection.execute(keep, (*of, stone.write()))
        self.forget()
        return stone

    def find_field(self, binding: Binding) -> bytes | None:
        """Find what is sealed in a place."""
        find = f"SELECT sealed FROM sealing_field WHERE {rows.IN_PLACE}"
        with self._borrowed() as connection:
            found = connection.execute(find, rows.place(binding)).fetchone()
            return found[0] if found else None

    def find_fields(self, record: Record) -> tuple[Field, ...]:
        """Find the sealed fields of a record."""
        with self._borrowed() as connection:
            return rows.find_fields(connection, record, by=self.by_record)

    def save_field(self, saved: Field) -> None:
        """Write a sealed field; refuse if its record was deleted, or its key dropped."""
        save = (
            "INSERT INTO sealing_field VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (site, tab, col, row) DO UPDATE"
            " SET record = excluded.record, sealed = excluded.sealed"
        )
        with self._writing() as connection:
            if stone := rows.find_tombstone(connection, saved.record):
                raise stone.refusal()
            if not rows.has_key(
                connection, saved.record, read_generation(saved.sealed, saved.binding)
            ):
                raise StaleKey(record=saved.record)
            connection.execute(save, (*rows.place(saved.binding), saved.record.name, saved.sealed))

    def replace_fields(self, changes: Sequence[Change]) -> int:
        """Make the changes whose field is as it was and whose key is there, in one step; count."""
        change_it = f"UPDATE sealing_field SET sealed = ? WHERE {rows.IN_PLACE} AND sealed = ?"
        made = 0
        with self._writing() as connection:
            for change in changes:
                was = change.was
                if rows.has_key(
                    connection, was.record, read_generation(change.sealed, was.binding)
                ):
                    values = (change.sealed, *rows.place(was.binding), was.sealed)
                    made += connection.execute(change_it, values).rowcount
        return made
