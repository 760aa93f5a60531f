"""Wrapped keys and sealed fields in SQLite, where what is dropped is overwritten."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock as Turn
from typing import ClassVar, Final

from bedside.trust.sealing.sql_store import SqlStore
from bedside.trust.sealing.store import StoreFailed

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


class SqliteStore(SqlStore):
    """Both ports in an SQLite file; threads may share it."""

    # Left to itself, SQLite reads every field of the site instead.
    by_record: ClassVar[str] = "INDEXED BY sealing_field_by_record"

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._idle: list[sqlite3.Connection] = []
        self._turn = Turn()
        with self._writing() as connection:
            for statement in SCHEMA:
                connection.execute(statement)

    def forget(self) -> None:  # type: ignore[explicit-override] # not in 3.11
        """See to it that what was dropped does not lie about."""
        self.scrub()

    def scrub(self) -> bool:
        """Empty the write-ahead log, which may still hold dropped keys; tell whether it could."""
        with self._borrowed() as connection:
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            return not busy

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:  # type: ignore[explicit-override] # not in 3.11
        with self._turn:
            connection = self._idle.pop() if self._idle else None
        try:
            connection = connection or self._open()
            yield connection
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()  # nobody knows what state it is in
            raise StoreFailed(why=error) from None
        except BaseException:
            self._give_back(connection)
            raise
        self._give_back(connection)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:  # type: ignore[explicit-override] # not in 3.11
        with self._borrowed() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.rollback()
                raise

    def _give_back(self, connection: sqlite3.Connection | None) -> None:
        if connection is not None:
            with self._turn:
                self._idle.append(connection)

    def _open(self) -> sqlite3.Connection:
        connection = self._connect()
        connection.isolation_level = None
        for setting in SETTINGS:
            connection.execute(setting)
        return connection

    def close(self) -> None:
        """Close the connections that nobody is using."""
        with self._turn:
            while self._idle:
                self._idle.pop().close()
