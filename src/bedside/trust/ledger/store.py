"""The port to storage: what the ledger asks of a database, and the SQL that both kinds share.

Nothing about a log is remembered between two transactions. A cached size or tile that outlives a
failed write is how public logs have come to sign two histories.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol, Self

from bedside.trust.ledger.refusal import Refusal

PAGE = 8192  # entries fetched at once by whoever reads a whole log
MOST_ASKED = 500  # events looked for in one statement
MOST_TILES_KEPT = 512  # in one snapshot: 4 MiB


class StoreFailed(Refusal):
    """A database that could not do what it was asked; nothing was changed."""

    code: ClassVar[str] = "ledger.store-failed"
    en: ClassVar[str] = "the database failed ({detail}); nothing was recorded, try again"
    es: ClassVar[str] = "falló la base de datos ({detail}); no se registró nada, intente de nuevo"


class CommitUncertain(StoreFailed):
    """A commit of which nobody can say whether it took effect."""

    code: ClassVar[str] = "ledger.commit-uncertain"
    en: ClassVar[str] = "it is not known whether this was recorded ({detail}); send it once more"
    es: ClassVar[str] = "no se sabe si quedó registrado ({detail}); envíelo otra vez"


class UnsafeStore(Refusal):
    """A database that is set up to lose what it acknowledged."""

    code: ClassVar[str] = "ledger.unsafe-store"
    en: ClassVar[str] = "the database has {setting}, which can lose records; set it to {wanted}"
    es: ClassVar[str] = "la base de datos tiene {setting} y puede perder datos; ponga {wanted}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A leaf as stored, under the pseudonym of its event."""

    index: int
    event: bytes
    leaf: bytes


Row = tuple[int, bytes, bytes]  # index, event, leaf


class Snapshot(Protocol):
    """One log as it stood at one moment."""

    def count_entries(self) -> int:
        """Count the entries."""

    def read_tile(self, level: int, index: int) -> bytes:
        """Read a tile; nothing stored is no bytes."""

    def count_tiles(self) -> dict[int, int]:
        """Count the stored tiles of each level."""

    def read_entries(self, start: int = 0) -> Iterator[Entry]:
        """Read the entries from an index on, in order."""

    def read_pages(self, start: int = 0) -> Iterator[Sequence[Row]]:
        """Read the same by the page, for whoever reads a whole log."""

    def find_events(self, events: Sequence[bytes]) -> dict[bytes, Entry]:
        """Find the entries under which events were recorded."""

    def read_checkpoints(self) -> Iterator[tuple[int, int, str]]:
        """Read number, size and note of every stored checkpoint, in order."""

    def find_last_checkpoint(self) -> str | None:
        """Find the note that was stored last."""

    def find_successor(self) -> str | None:
        """Find the origin of the epoch that closed this log, if one did."""

    def find_predecessor(self) -> str | None:
        """Find the origin of the log that this one goes on from, if any."""


class Draft(Snapshot, Protocol):
    """A log that one transaction is adding to; all of it is kept, or nothing."""

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Add entries at the end."""

    def put_tile(self, level: int, index: int, tile: bytes) -> None:
        """Begin a tile, or make it longer."""

    def add_checkpoint(self, size: int, note: str) -> None:
        """Keep a checkpoint behind those kept before."""


class Store(Protocol):
    """A log in a database."""

    @property
    def origin(self) -> str:
        """The name of the log."""

    def reading(self) -> AbstractContextManager[Snapshot]:
        """Hold the log still while reading."""

    def writing(self) -> AbstractContextManager[Draft]:
        """Be the only writer until the end of the block, which commits, or undoes on an error."""

    def succeed(self, origin: str) -> Self:
        """Close this log for good and open its successor; a repetition finds the same one."""

    def find_own_damage(self) -> tuple[str, ...]:
        """Ask the database what it finds wrong with its own files."""

    def close(self) -> None:
        """Close every idle connection."""


class Connection(Protocol):
    """What sqlite3, apsw and our wrapper of psycopg have in common."""

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Iterable[Any]:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> object:
        """Run one statement for each row."""

    def close(self) -> object:
        """Close, undoing what was not committed."""


ADD_ENTRY = "INSERT INTO ledger_entry (log, idx, event, leaf) VALUES (?, ?, ?, ?)"
ADD_CHECKPOINT = "INSERT INTO ledger_checkpoint (log, number, size, note) VALUES (?, ?, ?, ?)"
ADD_LOG = "INSERT INTO ledger_log (origin, follows) VALUES (?, ?) ON CONFLICT (origin) DO NOTHING"
PUT_TILE = (
    "INSERT INTO ledger_tile (log, level, idx, hashes) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (log, level, idx) DO UPDATE SET hashes = excluded.hashes"
)
FIND_LOG = "SELECT log, follows FROM ledger_log WHERE origin = ?"
LAST_ENTRY = "SELECT idx FROM ledger_entry WHERE log = ? ORDER BY idx DESC LIMIT 1"
READ_TILE = "SELECT hashes FROM ledger_tile WHERE log = ? AND level = ? AND idx = ?"
COUNT_TILES = "SELECT level, count(*) FROM ledger_tile WHERE log = ? GROUP BY level"
READ_ENTRIES = (
    "SELECT idx, event, leaf FROM ledger_entry WHERE log = ? AND idx >= ? ORDER BY idx LIMIT ?"
)
# The plus keeps SQLite from reading the whole log: it would take the primary key for a list.
FIND_EVENTS = "SELECT idx, event, leaf FROM ledger_entry WHERE +log = ? AND event IN ({})"
READ_CHECKPOINTS = "SELECT number, size, note FROM ledger_checkpoint WHERE log = ? ORDER BY number"
LAST_CHECKPOINT = (
    "SELECT number, note FROM ledger_checkpoint WHERE log = ? ORDER BY number DESC LIMIT 1"
)
SUCCESSOR = "SELECT origin FROM ledger_log WHERE follows = ?"
PREDECESSOR = (
    "SELECT o.origin FROM ledger_log o JOIN ledger_log n ON n.follows = o.log WHERE n.log = ?"
)


@dataclass(slots=True, kw_only=True)
class SqlDraft:
    """A draft, and so a snapshot, over one connection inside one transaction."""

    connection: Connection
    log: int
    kept: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def count_entries(self) -> int:
        """Count the entries."""
        last = self._one(LAST_ENTRY)
        return last[0] + 1 if last else 0

    def read_tile(self, level: int, index: int) -> bytes:
        """Read a tile; nothing stored is no bytes."""
        tile = self.kept.get((level, index))
        if tile is None:
            row = self._one(READ_TILE, level, index)
            tile = bytes(row[0]) if row else b""
            if len(self.kept) < MOST_TILES_KEPT:
                self.kept[level, index] = tile
        return tile

    def count_tiles(self) -> dict[int, int]:
        """Count the stored tiles of each level."""
        return {row[0]: row[1] for row in self._all(COUNT_TILES)}

    def read_entries(self, start: int = 0) -> Iterator[Entry]:
        """Read the entries from an index on, in order."""
        for page in self.read_pages(start):
            yield from map(_entry, page)

    def read_pages(self, start: int = 0) -> Iterator[Sequence[Row]]:
        """Read the same by the page, for whoever reads a whole log."""
        while page := list(self._all(READ_ENTRIES, start, PAGE)):
            yield page
            start = page[-1][0] + 1

    def find_events(self, events: Sequence[bytes]) -> dict[bytes, Entry]:
        """Find the entries under which events were recorded."""
        found: dict[bytes, Entry] = {}
        ordered = sorted(events)  # so that a page of the index is read once
        for start in range(0, len(ordered), MOST_ASKED):
            asked = ordered[start : start + MOST_ASKED]
            marks = ",".join("?" * len(asked))
            entries = map(_entry, self._all(FIND_EVENTS.format(marks), *asked))
            found |= {entry.event: entry for entry in entries}
        return found

    def read_checkpoints(self) -> Iterator[tuple[int, int, str]]:
        """Read number, size and note of every stored checkpoint, in order."""
        yield from list(self._all(READ_CHECKPOINTS))

    def find_last_checkpoint(self) -> str | None:
        """Find the note that was stored last."""
        row = self._one(LAST_CHECKPOINT)
        return row[1] if row else None

    def find_successor(self) -> str | None:
        """Find the origin of the epoch that closed this log, if one did."""
        row = self._one(SUCCESSOR)
        return row[0] if row else None

    def find_predecessor(self) -> str | None:
        """Find the origin of the log that this one goes on from, if any."""
        row = self._one(PREDECESSOR)
        return row[0] if row else None

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Add entries at the end."""
        rows = ((self.log, one.index, one.event, one.leaf) for one in entries)
        self.connection.executemany(ADD_ENTRY, rows)

    def put_tile(self, level: int, index: int, tile: bytes) -> None:
        """Begin a tile, or make it longer."""
        self.kept.pop((level, index), None)
        self.connection.execute(PUT_TILE, (self.log, level, index, tile))

    def add_checkpoint(self, size: int, note: str) -> None:
        """Keep a checkpoint behind those kept before."""
        last = self._one(LAST_CHECKPOINT)
        number = last[0] + 1 if last else 0
        self.connection.execute(ADD_CHECKPOINT, (self.log, number, size, note))

    def _all(self, sql: str, *values: object) -> Iterable[Any]:
        return self.connection.execute(sql, (self.log, *values))

    def _one(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - a row has any shape
        rows = list(self._all(sql, *values))
        return rows[0] if rows else None


def _entry(row: Any) -> Entry:  # noqa: ANN401 - a row has any shape
    index, event, leaf = row
    return Entry(index=index, event=bytes(event), leaf=bytes(leaf))


def find_log(connection: Connection, origin: str) -> tuple[int, int | None]:
    """Find the number of a log and of the log before it, opening it when it is new."""
    rows = list(connection.execute(FIND_LOG, (origin,)))
    if not rows:
        connection.execute(ADD_LOG, (origin, None))
        rows = list(connection.execute(FIND_LOG, (origin,)))
    log, follows = rows[0]
    return log, follows
