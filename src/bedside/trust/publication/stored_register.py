"""The register of what was published in a database: rows are added, never changed or removed.

A release that somebody with the database takes out is missed, unless it was the last of its
subject: that one only a ledger misses in which the digest of each release was recorded.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Final, Protocol

from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.register import RegisterMoved
from bedside.trust.publication.release import Release, ReleaseUnreadable, read_release

FIND: Final = "SELECT number, release FROM publication_release WHERE subject = ? ORDER BY number"
KEEP: Final = "INSERT INTO publication_release (subject, number, release) VALUES (?, ?, ?)"


class StoreFailed(Refusal):
    """A database that could not do what it was asked; nothing was published."""

    code: ClassVar[str] = "publication.store-failed"
    en: ClassVar[str] = "the register of releases failed ({why}); nothing was published, try again"
    es: ClassVar[str] = "falló el registro de publicaciones ({why}); no se publicó nada, reintente"


class Connection(Protocol):
    """What sqlite3 and our wrapper of psycopg have in common."""

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Iterable[Any]:
        """Run one statement."""


class StoredRegister(ABC):
    """A register in a database; what SQLite and PostgreSQL do alike."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """Be the only writer until the end of the block, which commits, or undoes on an error."""

    def find_releases(self, subject: str) -> Sequence[Release]:
        """Find what was published of a subject, oldest first; refuse if an entry is missing."""
        with self._writing() as connection:
            return _read(connection, subject)

    def keep(self, release: Release, *, after: int) -> None:
        """Keep a release if exactly so many of its subject were kept before; refuse otherwise."""
        with self._writing() as connection:
            if len(_read(connection, release.subject)) != after:
                raise RegisterMoved(subject=release.subject)
            connection.execute(KEEP, (release.subject, after, release.write()))


def _read(connection: Connection, subject: str) -> Sequence[Release]:
    rows = list(connection.execute(FIND, (subject,)))
    releases = [read_release(bytes(text)) for _, text in rows]
    # A release that was taken out would no longer be held against the next one.
    if [number for number, _ in rows] != list(range(len(rows))):
        raise ReleaseUnreadable
    if any(one.subject != subject for one in releases):
        raise ReleaseUnreadable
    return releases
