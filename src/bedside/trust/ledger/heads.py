"""A small book of the last head seen of each log, which only ever goes forward.

A signer keeps one, apart from the database it signs for, and so does a witness. It is what
notices a restored backup and a second history.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from bedside.trust.ledger.hashing import Head
from bedside.trust.ledger.sqlite import close_quietly, connect_sqlite, open_safely
from bedside.trust.ledger.store import Connection, StoreFailed

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS head (origin TEXT PRIMARY KEY, size INTEGER NOT NULL,"
    " root BLOB NOT NULL, at INTEGER NOT NULL, note TEXT NOT NULL) STRICT"
)
READ = "SELECT size, root, at, note FROM head WHERE origin = ?"
KEEP = (
    "INSERT INTO head (origin, size, root, at, note) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (origin) DO UPDATE SET"
    " size = excluded.size, root = excluded.root, at = excluded.at, note = excluded.note"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The last head of a log, when it was seen, and the note that said it."""

    head: Head
    at: int  # seconds since 1970
    note: str


class HeadBook:
    """The book, in an SQLite file of its own."""

    def __init__(
        self,
        connect: Callable[[], Connection],
        *,
        errors: tuple[type[Exception], ...] = (sqlite3.Error,),
    ) -> None:
        self._connect, self._errors, self._turn = connect, errors, Lock()
        self._connection: Connection | None = None
        with self._transaction() as connection:
            connection.execute(SCHEMA)

    def find(self, origin: str) -> Seen | None:
        """Find what was last seen of a log."""
        with self._transaction() as connection:
            return _read(connection, origin)

    def advance(self, origin: str, step: Callable[[Seen | None], Seen]) -> Seen:
        """Let a step look at the last head and put the next in its place, with nobody between.

        What the step raises leaves the book as it was. What is returned is on the disk.
        """
        with self._transaction() as connection:
            seen = step(_read(connection, origin))
            head = seen.head
            connection.execute(KEEP, (origin, head.size, head.root, seen.at, seen.note))
        return seen

    def close(self) -> None:
        """Close the file."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._turn:
            connection, self._connection = self._connection, None
            try:
                connection = connection or open_safely(self._connect)
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                close_quietly(connection, self._errors)  # undoes what was not kept
                if isinstance(error, self._errors):
                    raise StoreFailed(detail=error) from error
                raise
            self._connection = connection


def open_book(path: Path) -> HeadBook:
    """Open, or begin, the book in a file."""
    return HeadBook(lambda: connect_sqlite(path))


def _read(connection: Connection, origin: str) -> Seen | None:
    rows: list[Any] = list(connection.execute(READ, (origin,)))
    if not rows:
        return None
    size, root, at, note = rows[0]
    return Seen(head=Head(size=size, root=bytes(root)), at=at, note=note)
