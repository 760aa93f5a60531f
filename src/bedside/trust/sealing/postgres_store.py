"""Wrapped keys and sealed fields in PostgreSQL.

PostgreSQL overwrites nothing: a dropped row lies in its file until it is vacuumed, and longer in
the server's own log and backups. `scrub` writes the table of keys anew; run it after deletions.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock as Turn
from typing import TYPE_CHECKING, Any, Final

from bedside.trust.sealing.sql_rows import Connection, Cursor
from bedside.trust.sealing.sql_store import SqlStore
from bedside.trust.sealing.store import StoreFailed

if TYPE_CHECKING:
    import psycopg

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS sealing_wrap (
    site text COLLATE "C" NOT NULL, record text COLLATE "C" NOT NULL, generation integer NOT NULL,
    holder text COLLATE "C" NOT NULL, version integer NOT NULL,
    fingerprint bytea NOT NULL, wrapped bytea NOT NULL,
    PRIMARY KEY (site, record, generation, holder, version));
CREATE INDEX IF NOT EXISTS sealing_wrap_by_key
    ON sealing_wrap (holder, version, site, record, generation);
CREATE TABLE IF NOT EXISTS sealing_tombstone (
    site text NOT NULL, record text NOT NULL, text bytea NOT NULL, PRIMARY KEY (site, record));
CREATE TABLE IF NOT EXISTS sealing_field (
    site text NOT NULL, tab text NOT NULL, col text NOT NULL, row text NOT NULL,
    record text NOT NULL, sealed bytea NOT NULL, PRIMARY KEY (site, tab, col, row));
CREATE INDEX IF NOT EXISTS sealing_field_by_record ON sealing_field (site, record);
CREATE OR REPLACE FUNCTION sealing_tombstone_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a tombstone stays'; END $$;
CREATE OR REPLACE TRIGGER sealing_tombstone_stays
    BEFORE UPDATE OR DELETE OR TRUNCATE ON sealing_tombstone
    FOR EACH STATEMENT EXECUTE FUNCTION sealing_tombstone_stays();
"""
SETTING_UP: Final = 727462  # advisory locks: one for the making of tables, one a schema for writing
TAKE_TURNS: Final = "SELECT pg_advisory_xact_lock(727463, 'sealing_wrap'::regclass::oid::integer)"
MOST_WAITED: Final = "SET lock_timeout = '10s'"


class PostgresStore(SqlStore):
    """Both ports in a PostgreSQL database; threads may share it."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._idle: list[PostgresConnection] = []
        self._turn = Turn()
        with self._transaction("SELECT pg_advisory_xact_lock(?)", SETTING_UP) as connection:
            connection.execute(SCHEMA)

    def forget(self) -> None:  # type: ignore[explicit-override] # not in 3.11
        """Leave it to `scrub`: writing all keys anew at each deletion would stop everybody."""

    def scrub(self) -> bool:
        """Write the table of keys anew, without what was dropped; tell whether it could."""
        with suppress(StoreFailed), self._borrowed() as connection:
            connection.execute("VACUUM (FULL) sealing_wrap")
            return True
        return False

    def close(self) -> None:
        """Close the connections that nobody is using."""
        with self._turn:
            while self._idle:
                self._idle.pop().close()

    @contextmanager
    def _borrowed(self) -> Iterator[Connection]:  # type: ignore[explicit-override] # not in 3.11
        import psycopg  # only those who keep their keys in PostgreSQL need it

        with self._turn:
            connection = self._idle.pop() if self._idle else None
        try:
            connection = connection or open_safely(self._where)
            yield connection
        except psycopg.Error as error:
            if connection is not None:
                connection.close()  # nobody knows what state it is in
            raise StoreFailed(why=error) from None
        except BaseException:
            self._give_back(connection)
            raise
        self._give_back(connection)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:  # type: ignore[explicit-override] # not in 3.11
        with self._transaction(TAKE_TURNS) as connection:
            yield connection

    @contextmanager
    def _transaction(self, lock: str, *values: object) -> Iterator[Connection]:
        with self._borrowed() as connection:
            connection.execute("BEGIN")
            try:
                connection.execute(lock, values)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(Exception):  # what broke is told, not what could not be undone
                    connection.execute("ROLLBACK")
                raise

    def _give_back(self, connection: "PostgresConnection | None") -> None:
        if connection is not None:
            with self._turn:
                self._idle.append(connection)


class PostgresConnection:
    """A psycopg connection that takes the statements written for SQLite."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def execute(self, sql: str, values: tuple[object, ...] = (), /) -> Cursor:
        """Run one statement."""
        return self._connection.execute(sql.replace("?", "%s").encode(), values or None)

    def close(self) -> None:
        """Close, undoing what was not committed."""
        self._connection.close()


def open_safely(where: str) -> PostgresConnection:
    """Connect, and wait for the disk at every commit: a dropped key must not come back."""
    import psycopg

    connection = PostgresConnection(psycopg.connect(where, autocommit=True))
    connection.execute(MOST_WAITED)
    if connection.execute("SHOW synchronous_commit").fetchone() not in {("on",), ("remote_apply",)}:
        connection.execute("SET synchronous_commit = on")
    return connection
