"""How a row of a database becomes one of sealing's values; the statements that both kinds share."""

# ruff: noqa: S608 - statements are put together from constants of this file; values are bound

from collections.abc import Iterable
from typing import Any, Final, Protocol

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.store import Field
from bedside.trust.sealing.tombstone import Tombstone, read_tombstone
from bedside.trust.sealing.wrap import KeyName, Wrap

OF_RECORD: Final = "site = ? AND record = ?"
IN_PLACE: Final = "site = ? AND tab = ? AND col = ? AND row = ?"
HAS_COMPANION: Final = (
    "EXISTS (SELECT 1 FROM sealing_wrap n WHERE n.site = o.site AND n.record = o.record"
    " AND n.generation = o.generation AND n.holder = ? AND n.version = ?)"
)


class Cursor(Protocol):
    """What a statement found, or how many rows it changed."""

    @property
    def rowcount(self) -> int:
        """The rows that were changed."""

    def fetchone(self) -> Any:  # noqa: ANN401 - a row has any shape
        """Fetch a row, or nothing."""

    def fetchall(self) -> Iterable[Any]:
        """Fetch every row."""


class Connection(Protocol):
    """What sqlite3 and our wrapper of psycopg have in common."""

    def execute(self, sql: str, values: tuple[object, ...] = (), /) -> Cursor:
        """Run one statement."""


def place(binding: Binding) -> tuple[str, str, str, str]:
    """List the columns of a place."""
    return binding.site, binding.table, binding.column, binding.row


def find_wraps(connection: Connection, where: str, values: tuple[object, ...]) -> tuple[Wrap, ...]:
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
        for site, name, generation, holder, version, named, wrapped in rows.fetchall()
    )


def find_tombstone(connection: Connection, record: Record) -> Tombstone | None:
    """Find what remains of a deleted record."""
    find = f"SELECT text FROM sealing_tombstone WHERE {OF_RECORD}"
    found = connection.execute(find, (record.site, record.name)).fetchone()
    return read_tombstone(found[0]) if found else None


def put_wrap(connection: Connection, wrap: Wrap) -> bool:
    """Add a wrap; tell whether there was room for it."""
    record, key = wrap.record, wrap.key
    values = (record.site, record.name, wrap.generation, key.holder, key.version)
    put = "INSERT INTO sealing_wrap VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
    return connection.execute(put, (*values, wrap.fingerprint, wrap.wrapped)).rowcount == 1


def has_key(connection: Connection, record: Record, generation: int) -> bool:
    """Tell whether a generation of a record's key is there."""
    find = f"SELECT 1 FROM sealing_wrap WHERE {OF_RECORD} AND generation = ? LIMIT 1"
    return bool(connection.execute(find, (record.site, record.name, generation)).fetchone())


def find_fields(connection: Connection, record: Record, *, by: str = "") -> tuple[Field, ...]:
    """Find the sealed fields of a record."""
    find = f"SELECT tab, col, row, sealed FROM sealing_field {by} WHERE {OF_RECORD}"
    return tuple(
        Field(
            binding=Binding(site=record.site, table=table, column=column, row=row),
            record=record,
            sealed=sealed,
        )
        for table, column, row, sealed in connection.execute(
            find, (record.site, record.name)
        ).fetchall()
    )
