"""A log in SQLite: write-ahead log, every commit on the disk before it is acknowledged."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Self, cast

from bedside.trust.ledger.store import (
    ADD_LOG,
    CommitUncertain,
    Connection,
    SqlDraft,
    StoreFailed,
    UnsafeStore,
    find_log,
)

SETTINGS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    # NORMAL, the popular advice, lost acknowledged entries in most simulated power cuts.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA cache_size = -65536",  # 64 MiB: events are random, so their index is touched all over
    # 64 MiB: a large append dirties most of the index, and several are carried over at once.
    "PRAGMA wal_autocheckpoint = 16000",
    # Without it a row that is replaced would be deleted past the triggers that forbid it.
    "PRAGMA recursive_triggers = ON",
)
PINNED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
REFUSE = "BEGIN SELECT RAISE(ABORT, 'the ledger keeps what it has'); END"
SCHEMA = (
    (
        "CREATE TABLE IF NOT EXISTS ledger_log (log INTEGER PRIMARY KEY,"
        " origin TEXT NOT NULL UNIQUE, follows INTEGER UNIQUE REFERENCES ledger_log) STRICT"
    ),
    (
        "CREATE TABLE IF NOT EXISTS ledger_entry (log INTEGER NOT NULL REFERENCES ledger_log,"
        " idx INTEGER NOT NULL, event BLOB NOT NULL, leaf BLOB NOT NULL,"
        " PRIMARY KEY (log, idx)) STRICT, WITHOUT ROWID"
    ),
    "CREATE UNIQUE INDEX IF NOT EXISTS ledger_event ON ledger_entry (event, log)",
    (
        "CREATE TABLE IF NOT EXISTS ledger_tile (log INTEGER NOT NULL REFERENCES ledger_log,"
        " level INTEGER NOT NULL, idx INTEGER NOT NULL, hashes BLOB NOT NULL,"
        " PRIMARY KEY (log, level, idx)) STRICT"
    ),
    (
        "CREATE TABLE IF NOT EXISTS ledger_checkpoint (log INTEGER NOT NULL REFERENCES ledger_log,"
        " number INTEGER NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL,"
        " PRIMARY KEY (log, number)) STRICT"
    ),
    *(
        f"CREATE TRIGGER IF NOT EXISTS ledger_{table}_no_{verb} BEFORE {verb} ON ledger_{table}"
        f" {REFUSE}"
        for table, verb in (
            ("log", "UPDATE"),
            ("log", "DELETE"),
            ("entry", "UPDATE"),
            ("entry", "DELETE"),
            ("checkpoint", "UPDATE"),
            ("checkpoint", "DELETE"),
            ("tile", "DELETE"),
        )
    ),
    (
        "CREATE TRIGGER IF NOT EXISTS ledger_tile_only_grows BEFORE UPDATE ON ledger_tile"
        " WHEN substr(NEW.hashes, 1, length(OLD.hashes)) IS NOT OLD.hashes"
        f" OR NEW.log <> OLD.log OR NEW.level <> OLD.level OR NEW.idx <> OLD.idx {REFUSE}"
    ),
)


class SqliteStore:
    """One log in an SQLite file; threads take turns at writing, readers do not wait."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        origin: str,
        *,
        errors: tuple[type[Exception], ...] = (sqlite3.Error,),
    ) -> None:
        self._connect, self._origin, self._errors = connect, origin, errors
        self._idle: list[Connection] = []
        self._turn = Lock()
        with self._borrowed(writes=True) as connection:
            for statement in SCHEMA:
                connection.execute(statement)
            self._log, _ = find_log(connection, origin)

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self._origin

    @contextmanager
    def reading(self) -> Iterator[SqlDraft]:
        """Hold the log still while reading."""
        with self._borrowed(writes=False) as connection:
            yield SqlDraft(connection=connection, log=self._log)

    @contextmanager
    def writing(self) -> Iterator[SqlDraft]:
        """Be the only writer until the end of the block, which commits, or undoes on an error."""
        with self._turn, self._borrowed(writes=True) as connection:
            yield SqlDraft(connection=connection, log=self._log)

    def succeed(self, origin: str) -> Self:
        """Close this log for good and open its successor; a repetition finds the same one."""
        with self._turn, self._borrowed(writes=True) as connection:
            connection.execute(ADD_LOG, (origin, self._log))
        return type(self)(self._connect, origin, errors=self._errors)

    def find_own_damage(self) -> tuple[str, ...]:
        """Ask the database what it finds wrong with its own files."""
        with self._borrowed(writes=False) as connection:
            rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        return () if rows == ["ok"] else tuple(rows)

    def close(self) -> None:
        """Close every idle connection."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _borrowed(self, *, writes: bool) -> Iterator[Connection]:
        connection: Connection | None = None
        failed: type[StoreFailed] = StoreFailed
        try:
            connection = self._idle.pop() if self._idle else open_safely(self._connect)
            connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            yield connection
            failed = CommitUncertain if writes else StoreFailed
            connection.execute("COMMIT")
        except BaseException as error:
            # What SQLite did with a failed commit is not ours to guess: a closed connection
            # has undone what was not kept, and the next one reads what was.
            close_quietly(connection, self._errors)
            if isinstance(error, self._errors):
                raise failed(detail=error) from error
            raise
        self._idle.append(connection)


def open_sqlite(path: Path, origin: str) -> SqliteStore:
    """Open, or begin, the log of that name in a file."""
    return SqliteStore(lambda: connect_sqlite(path), origin)


def connect_sqlite(path: Path) -> Connection:
    """Connect to a file, leaving every transaction to us."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    return cast("Connection", connection)


def open_safely(connect: Callable[[], Connection]) -> Connection:
    """Connect with the settings that keep what was acknowledged, and check that they took."""
    connection = connect()
    for setting in SETTINGS:
        _run(connection, setting)
    for name, wanted in PINNED.items():
        found = _run(connection, f"PRAGMA {name}")
        if found != [wanted]:
            connection.close()
            raise UnsafeStore(setting=f"{name} = {found}", wanted=wanted)
    return connection


def _run(connection: Connection, sql: str) -> Sequence[object]:
    return [row[0] for row in connection.execute(sql)]


def close_quietly(connection: Connection | None, errors: tuple[type[Exception], ...]) -> None:
    """Close a connection that has failed, whatever it says to that."""
    try:
        if connection is not None:
            connection.close()
    except errors:
        return
