"""The register of what was published, in PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from bedside.trust.publication.stored_register import Connection, StoredRegister, StoreFailed

if TYPE_CHECKING:
    import psycopg

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS publication_release (
    subject text NOT NULL, number integer NOT NULL, release bytea NOT NULL,
    PRIMARY KEY (subject, number));
CREATE OR REPLACE FUNCTION publication_release_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'what was published stays'; END $$;
CREATE OR REPLACE TRIGGER publication_release_stays
    BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_release
    FOR EACH STATEMENT EXECUTE FUNCTION publication_release_stays();
"""
TAKE_TURNS: Final = "SELECT pg_advisory_xact_lock(727464)"  # as if there were one writer


class PostgresRegister(StoredRegister):
    """A register in a PostgreSQL database; releases are rare, so each call connects anew."""

    def __init__(self, where: str) -> None:
        self._where = where
        with self._writing() as connection:
            connection.execute(SCHEMA)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:  # type: ignore[explicit-override] # not in 3.11
        import psycopg  # only those who keep their register in PostgreSQL need it

        try:
            with psycopg.connect(self._where) as raw:  # one transaction, undone on an error
                connection = PostgresConnection(raw)
                connection.execute("SET LOCAL synchronous_commit = on")
                connection.execute(TAKE_TURNS)
                yield connection
        except psycopg.Error as error:
            raise StoreFailed(why=error) from None


class PostgresConnection:
    """A psycopg connection that takes the statements written for SQLite."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Iterable[Any]:
        """Run one statement."""
        cursor = self._connection.execute(sql.replace("?", "%s").encode(), values or None)
        return cursor.fetchall() if cursor.description else ()
