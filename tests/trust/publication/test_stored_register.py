"""A register in a database outlives the process, and nothing is taken out of it unnoticed."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from public_cast import says_why
from test_releases import DAY, STAYS, periods

from bedside.trust.publication.postgres_register import PostgresRegister
from bedside.trust.publication.publish import draft
from bedside.trust.publication.register import RegisterMoved
from bedside.trust.publication.release import Release, ReleaseUnreadable
from bedside.trust.publication.sqlite_register import SqliteRegister
from bedside.trust.publication.stored_register import StoredRegister, StoreFailed
from postgres_server import make_room

FORBIDDEN = (
    "UPDATE publication_release SET number = number + 1",
    "DELETE FROM publication_release",
)


class Place:
    """A database that holds a register: opened through ours, and raw."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.file = folder / "register"
        self.where = make_room(folder) if kind == "postgres" else ""

    def open(self) -> StoredRegister:
        if self.where:
            return PostgresRegister(self.where)
        return SqliteRegister(lambda: sqlite3.connect(self.file))

    def run(self, *statements: str) -> None:
        """Run statements past the register."""
        if self.where:
            with psycopg.connect(self.where) as connection:
                for one in statements:
                    connection.execute(one.encode())
            return
        with closing(sqlite3.connect(self.file)) as raw, raw:
            for one in statements:
                raw.execute(one)

    def unlock(self) -> str:
        """Say how to drop what forbids changes."""
        trigger = "publication_release_stays ON publication_release"
        return f"DROP TRIGGER {trigger if self.where else 'publication_release_no_DELETE'}"


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return Place(request.param, tmp_path)


def release(name: str = "a") -> Release:
    return draft(STAYS, periods(name, a="16"), threshold=11, on=DAY)


def test_what_was_published_is_known_after_a_restart(place: Place) -> None:
    place.open().keep(release(), after=0)

    assert list(place.open().find_releases(STAYS.subject)) == [release()]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_itself_refuses_to_change_what_was_published(
    place: Place, statement: str
) -> None:
    register = place.open()
    register.keep(release(), after=0)

    with pytest.raises((sqlite3.Error, psycopg.Error), match="what was published stays"):
        place.run(statement)

    assert list(register.find_releases(STAYS.subject)) == [release()]


def test_a_release_that_was_taken_out_is_missed(place: Place) -> None:
    register = place.open()
    for number, name in enumerate("abc"):
        register.keep(release(name), after=number)

    place.run(place.unlock(), "DELETE FROM publication_release WHERE number = 1")

    with pytest.raises(ReleaseUnreadable) as refused:
        register.find_releases(STAYS.subject)
    assert says_why(refused.value)


def test_a_release_that_was_filed_under_another_subject_is_refused(place: Place) -> None:
    register = place.open()
    register.keep(release(), after=0)

    place.run(
        "INSERT INTO publication_release SELECT 'births', 0, release FROM publication_release"
    )

    with pytest.raises(ReleaseUnreadable):
        register.find_releases("births")


def test_of_many_who_publish_at_once_one_is_kept(place: Place) -> None:
    register = place.open()

    def keep(name: str) -> bool:
        try:
            register.keep(release(name), after=0)
        except RegisterMoved:
            return False
        return True

    with ThreadPoolExecutor(4) as people:
        kept = list(people.map(keep, "abcdefgh"))

    assert kept.count(True) == 1
    assert len(register.find_releases(STAYS.subject)) == 1


def test_a_database_that_fails_is_said_to_have_failed(place: Place) -> None:
    register = place.open()
    place.run("DROP TABLE publication_release")

    with pytest.raises(StoreFailed) as refused:
        register.keep(release(), after=0)

    assert says_why(refused.value)
