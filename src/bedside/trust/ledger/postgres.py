"""A log in PostgreSQL: the same tables, one writer at a time by locking the log's own row."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from bedside.trust.ledger.store import (
    ADD_LOG,
    CommitUncertain,
    SqlDraft,
    StoreFailed,
    UnsafeStore,
    find_log,
)

if TYPE_CHECKING:
    import psycopg

PINNED = {"fsync": "on", "full_page_writes": "on"}
SCHEMA = """
CREATE TABLE IF NOT EXISTS ledger_log (
    log integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin text NOT NULL UNIQUE,
    follows integer UNIQUE REFERENCES ledger_log);
CREATE TABLE IF NOT EXISTS ledger_entry (
    log integer NOT NULL REFERENCES ledger_log, idx bigint NOT NULL,
    event bytea NOT NULL, leaf bytea NOT NULL,
    PRIMARY KEY (log, idx), UNIQUE (event, log));
CREATE TABLE IF NOT EXISTS ledger_tile (
    log integer NOT NULL REFERENCES ledger_log, level integer NOT NULL, idx bigint NOT NULL,
    hashes bytea NOT NULL, PRIMARY KEY (log, level, idx));
CREATE TABLE IF NOT EXISTS ledger_checkpoint (
    log integer NOT NULL REFERENCES ledger_log, number bigint NOT NULL, size bigint NOT NULL,
    note text NOT NULL, PRIMARY KEY (log, number));
CREATE OR REPLACE FUNCTION ledger_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger keeps what it has'; END $$;
CREATE OR REPLACE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF substring(NEW.hashes FOR length(OLD.hashes)) IS DISTINCT FROM OLD.hashes
            OR (NEW.log, NEW.level, NEW.idx) <> (OLD.log, OLD.level, OLD.idx)
        THEN RAISE EXCEPTION 'the ledger keeps what it has'; END IF;
        RETURN NEW;
    END $$;
CREATE OR REPLACE TRIGGER ledger_log_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_log
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps();
CREATE OR REPLACE TRIGGER ledger_entry_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps();
CREATE OR REPLACE TRIGGER ledger_checkpoint_keeps
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps();
CREATE OR REPLACE TRIGGER ledger_tile_keeps BEFORE DELETE OR TRUNCATE ON ledger_tile
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_keeps();
CREATE OR REPLACE TRIGGER ledger_tile_only_grows BEFORE UPDATE ON ledger_tile
    FOR EACH ROW EXECUTE FUNCTION ledger_only_grows();
"""
SETTING_UP = 727461  # an advisory lock, so that two processes do not both make the tables
LOCK_LOG = "SELECT log FROM ledger_log WHERE log = ? FOR UPDATE"


class PostgresStore:
    """One log in a PostgreSQL database."""

    def __init__(self, where: str, origin: str) -> None:
        self._where, self._origin = where, origin
        self._idle: list[PostgresConnection] = []
        self._turn = Lock()
        with self._borrowed("BEGIN") as connection:
            connection.execute("SELECT pg_advisory_xact_lock(?)", (SETTING_UP,))
            connection.execute(SCHEMA)
            self._log, _ = find_log(connection, origin)

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self._origin

    @contextmanager
    def reading(self) -> Iterator[SqlDraft]:
        """Hold the log still while reading."""
        with self._borrowed("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
            yield SqlDraft(connection=connection, log=self._log)

    @contextmanager
    def writing(self) -> Iterator[SqlDraft]:
        """Be the only writer until the end of the block, which commits, or undoes on an error."""
        with self._turn, self._borrowed("BEGIN") as connection:
            connection.execute(LOCK_LOG, (self._log,))
            yield SqlDraft(connection=connection, log=self._log)

    def succeed(self, origin: str) -> Self:
        """Close this log for good and open its successor; a repetition finds the same one."""
        with self._turn, self._borrowed("BEGIN") as connection:
            connection.execute(LOCK_LOG, (self._log,))
            connection.execute(ADD_LOG, (origin, self._log))
        return type(self)(self._where, origin)

    def find_own_damage(self) -> tuple[str, ...]:
        """Find nothing: PostgreSQL is not asked, for the check computes again all that it gives."""
        return ()

    def close(self) -> None:
        """Close every idle connection."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _borrowed(self, begin: str) -> Iterator["PostgresConnection"]:
        import psycopg  # only those who keep their log in PostgreSQL need it

        connection: PostgresConnection | None = None
        failed: type[StoreFailed] = StoreFailed
        try:
            connection = self._idle.pop() if self._idle else open_safely(self._where)
            connection.execute(begin)
            yield connection
            failed = CommitUncertain
            connection.execute("COMMIT")
        except BaseException as error:
            if connection is not None:
                connection.close()
            if isinstance(error, psycopg.Error):
                raise failed(detail=error) from error
            raise
        self._idle.append(connection)


class PostgresConnection:
    """A psycopg connection that takes the statements written for SQLite."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Iterable[Any]:
        """Run one statement."""
        cursor = self._connection.execute(_translate(sql), values or None)
        return cursor.fetchall() if cursor.description else ()

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> None:
        """Run one statement for each row."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_translate(sql), rows)

    def close(self) -> None:
        """Close, undoing what was not committed."""
        self._connection.close()


def open_safely(where: str) -> PostgresConnection:
    """Connect, wait for the disk at every commit, and refuse a server that would not."""
    import psycopg

    raw = psycopg.connect(where, autocommit=True)
    connection = PostgresConnection(raw)
    for name, wanted in PINNED.items():
        ((found,),) = connection.execute(f"SHOW {name}")
        if found != wanted:
            connection.close()
            raise UnsafeStore(setting=f"{name} = {found}", wanted=wanted)
    ((commit,),) = connection.execute("SHOW synchronous_commit")
    if commit not in {"on", "remote_apply"}:
        connection.execute("SET synchronous_commit = on")
    return connection


def _translate(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()
