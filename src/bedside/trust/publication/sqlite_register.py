"""The register of what was published, in SQLite."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Final

from bedside.trust.publication.stored_register import Connection, StoredRegister, StoreFailed

SETTINGS: Final = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what was published stays known after a power cut
    "PRAGMA trusted_schema = OFF",
)
SCHEMA: Final = (
    (
        "CREATE TABLE IF NOT EXISTS publication_release (subject TEXT NOT NULL,"
        " number INTEGER NOT NULL, release BLOB NOT NULL, PRIMARY KEY (subject, number)) STRICT"
    ),
    *(
        f"CREATE TRIGGER IF NOT EXISTS publication_release_no_{verb} BEFORE {verb}"
        " ON publication_release BEGIN SELECT RAISE(ABORT, 'what was published stays'); END"
        for verb in ("UPDATE", "DELETE")
    ),
)


class SqliteRegister(StoredRegister):
    """A register in an SQLite file; releases are rare, so each call connects anew."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        with self._writing() as connection:
            for statement in SCHEMA:
                connection.execute(statement)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:  # type: ignore[explicit-override] # not in 3.11
        try:
            with closing(self._connect()) as connection:  # which undoes what was not committed
                connection.isolation_level = None
                for setting in SETTINGS:
                    connection.execute(setting)
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise StoreFailed(why=error) from None
