"""Sealing's tables in SQLite, and how a row becomes a value."""

# ruff: noqa: S608 - statements are put together from constants of this file; values are bound

import sqlite3
from typing import Final

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.store import Field
from bedside.trust.sealing.tombstone import Tombstone, read_tombstone
from bedside.trust.sealing.wrap import KeyName, Wrap

SETTINGS: Final = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a dropped key must not come back after a power cut
    "PRAGMA secure_delete = ON",  # a dropped key is overwritten, not only forgotten
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cache_size = -65536",  # 64 MiB: a rotation goes through everything
)
SCHEMA: Final = (
    (
        "CREATE TABLE IF NOT EXISTS sealing_wrap (site TEXT NOT NULL, record TEXT NOT NULL,"
        " generation INTEGER NOT NULL, holder TEXT NOT NULL, version INTEGER NOT NULL,"
        " fingerprint BLOB NOT NULL, wrapped BLOB NOT NULL,"
        " PRIMARY KEY (site, record, generation, holder, version)) STRICT, WITHOUT ROWID"
    ),
    (
        "CREATE INDEX IF NOT EXISTS sealing_wrap_by_key"
        " ON sealing_wrap (holder, version, site, record, generation)"
    ),
    (
        "CREATE TABLE IF NOT EXISTS sealing_tombstone (site TEXT NOT NULL, record TEXT NOT NULL,"
        " text BLOB NOT NULL, PRIMARY KEY (site, record)) STRICT, WITHOUT ROWID"
    ),
    (
        "CREATE TABLE IF NOT EXISTS sealing_field (site TEXT NOT NULL, tab TEXT NOT NULL,"
        " col TEXT NOT NULL, row TEXT NOT NULL, record TEXT NOT NULL, sealed BLOB NOT NULL,"
        " PRIMARY KEY (site, tab, col, row)) STRICT, WITHOUT ROWID"
    ),
    "CREATE INDEX IF NOT EXISTS sealing_field_by_record ON sealing_field (site, record)",
    *(
        f"CREATE TRIGGER IF NOT EXISTS sealing_tombstone_no_{verb} BEFORE {verb}"
        " ON sealing_tombstone BEGIN SELECT RAISE(ABORT, 'a tombstone stays'); END"
        for verb in ("UPDATE", "DELETE")
    ),
)
OF_RECORD: Final = "site = ? AND record = ?"
IN_PLACE: Final = "site = ? AND tab = ? AND col = ? AND row = ?"
HAS_COMPANION: Final = (
    "EXISTS (SELECT 1 FROM sealing_wrap n WHERE n.site = o.site AND n.record = o.record"
    " AND n.generation = o.generation AND n.holder = ? AND n.version = ?)"
)


def place(binding: Binding) -> tuple[str, str, str, str]:
    """List the columns of a place."""
    return binding.site, binding.table, binding.column, binding.row


def find_wraps(
    connection: sqlite3.Connection, where: str, values: tuple[object, ...]
) -> tuple[Wrap, ...]:
    """Find wraps by a condition of ours."""
    columns = "site, record, generation, holder, version, fingerprint, wrapped"
    rows = connection.execute(f"SELECT {columns} FROM sealing_wrap o WHERE {where}", values)
    return tuple(
        Wrap(
            record=Record(site=site, name=name),
            generation=generation,
            key=KeyName(holder=holder, version=version),
            fingerprint=named,
            wrapped=wrapped,
        )
        for site, name, generation, holder, version, named, wrapped in rows
    )


def find_tombstone(connection: sqlite3.Connection, record: Record) -> Tombstone | None:
    """Find what remains of a deleted record."""
    find = f"SELECT text FROM sealing_tombstone WHERE {OF_RECORD}"
    found = connection.execute(find, (record.site, record.name)).fetchone()
    return read_tombstone(found[0]) if found else None


def put_wrap(connection: sqlite3.Connection, wrap: Wrap) -> bool:
    """Add a wrap; tell whether there was room for it."""
    record, key = wrap.record, wrap.key
    values = (record.site, record.name, wrap.generation, key.holder, key.version)
    put = "INSERT OR IGNORE INTO sealing_wrap VALUES (?, ?, ?, ?, ?, ?, ?)"
    return connection.execute(put, (*values, wrap.fingerprint, wrap.wrapped)).rowcount == 1


def has_key(connection: sqlite3.Connection, record: Record, generation: int) -> bool:
    """Tell whether a generation of a record's key is there."""
    find = f"SELECT 1 FROM sealing_wrap WHERE {OF_RECORD} AND generation = ? LIMIT 1"
    return bool(connection.execute(find, (record.site, record.name, generation)).fetchone())


def find_fields(connection: sqlite3.Connection, record: Record) -> tuple[Field, ...]:
    """Find the sealed fields of a record."""
    # Left to itself, SQLite reads every field of the site instead.
    by = "INDEXED BY sealing_field_by_record"
    find = f"SELECT tab, col, row, sealed FROM sealing_field {by} WHERE {OF_RECORD}"
    return tuple(
        Field(
            binding=Binding(site=record.site, table=table, column=column, row=row),
            record=record,
            sealed=sealed,
        )
        for table, column, row, sealed in connection.execute(find, (record.site, record.name))
    )
