"""The ledger's port to the database of the record: a leaf joins the transaction of its act."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from bedside.trust.ledger.leaf import Lane
from bedside.trust.ledger.store import ADD_LOG, SqlDraft, find_log

LOCK_LOG = "SELECT log FROM ledger_log WHERE log = ? FOR UPDATE"


class RecordConnection:
    """Django's connection, taking the statements that the ledger writes."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Iterable[Any]:
        """Run one statement."""
        with connection.cursor() as cursor:
            cursor.execute(_translate(sql), list(values))
            return cursor.fetchall() if cursor.description else ()

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Run one statement for each row."""
        with connection.cursor() as cursor:
            cursor.executemany(_translate(sql), [tuple(row) for row in rows])

    def close(self) -> None:
        """Leave the connection to Django, whose it is."""


class RecordStore:
    """One log in the database of the record; a writer goes on with the transaction around it."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self._origin

    @contextmanager
    def reading(self) -> Iterator[SqlDraft]:
        """Hold the log still while reading."""
        with transaction.atomic():
            yield self._draft()

    @contextmanager
    def writing(self) -> Iterator[SqlDraft]:
        """Be the only writer until the transaction around this ends."""
        with transaction.atomic():
            draft = self._draft()
            if connection.vendor == "postgresql":
                draft.connection.execute(LOCK_LOG, (draft.log,))
            yield draft

    def succeed(self, origin: str) -> "RecordStore":
        """Close this log for good and open its successor; a repetition finds the same one."""
        with self.writing() as draft:
            draft.connection.execute(ADD_LOG, (origin, draft.log))
        return RecordStore(origin)

    def find_own_damage(self) -> tuple[str, ...]:
        """Ask the database what it finds wrong with its own files."""
        if connection.vendor == "postgresql":
            return ()  # it checks its pages as it reads them
        rows = [str(row[0]) for row in RecordConnection().execute("PRAGMA integrity_check")]
        return () if rows == ["ok"] else tuple(rows)

    def close(self) -> None:
        """Leave the connection to Django, whose it is."""

    def _draft(self) -> SqlDraft:
        found = RecordConnection()
        log, _ = find_log(found, self._origin)
        return SqlDraft(connection=found, log=log)


def find_origin(site: str, lane: Lane = Lane.OPERATIONAL) -> str:
    """Name the log of a lane of a site's record."""
    return f"bedside.record/{site}/{lane}"


def _translate(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")
