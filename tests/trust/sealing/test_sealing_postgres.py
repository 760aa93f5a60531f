"""What PostgreSQL does otherwise than SQLite: many writers at once, and rows that linger."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sealing_cast import DRAW, RECORD, SITE, fill, record, says_why, site_key

from bedside.trust.sealing.binding import Binding
from bedside.trust.sealing.opening import Keyring, make_record, open_record, read_field, write_field
from bedside.trust.sealing.postgres_store import PostgresStore
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.rotation import Holders, destroy_record, rekey_record
from bedside.trust.sealing.store import StoreFailed
from bedside.trust.sealing.tombstone import Reason
from postgres_server import make_room

AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def where(tmp_path: Path) -> str:
    return make_room(tmp_path)


@pytest.fixture
def store(where: str) -> Iterator[PostgresStore]:
    with closing(PostgresStore(where)) as store:
        yield store


def find_on_disk(where: str, wrapped: bytes) -> bool:
    """Tell whether bytes stand in any data file of the database."""
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        asked = "SELECT current_setting('data_directory'), pg_relation_filepath('sealing_wrap')"
        ((folder, table),) = connection.execute(asked).fetchall()
    files = (Path(folder) / table).parent.iterdir()
    return any(wrapped in one.read_bytes() for one in files if one.is_file())


def test_no_byte_of_a_destroyed_key_remains_in_the_data_files_once_they_are_scrubbed(
    store: PostgresStore, where: str
) -> None:
    fill(store, site_key(), records=6)
    gone, kept = (store.find_wraps(record(number))[0].wrapped for number in (1, 2))
    assert find_on_disk(where, gone)

    destroy_record(store, record(1), reason=Reason.RETENTION, at=AT)
    lingers = find_on_disk(where, gone)

    assert store.scrub()
    assert lingers  # or the scrubbing would prove nothing
    assert not find_on_disk(where, gone)
    assert find_on_disk(where, kept)


def test_a_reader_in_the_way_of_scrubbing_is_noticed(store: PostgresStore, where: str) -> None:
    fill(store, site_key(), records=1)
    with store._borrowed() as connection:  # noqa: SLF001 - no ten seconds in a test
        connection.execute("SET lock_timeout = '1ms'")

    with psycopg.connect(where) as reader:
        reader.execute("SELECT count(*) FROM sealing_wrap")

        assert not store.scrub()


def test_a_tombstone_can_be_neither_changed_nor_removed(store: PostgresStore, where: str) -> None:
    destroy_record(store, RECORD, reason=Reason.RETENTION, at=AT)

    for statement in (
        "UPDATE sealing_tombstone SET text = ''",
        "DELETE FROM sealing_tombstone",
        "TRUNCATE sealing_tombstone",
    ):
        with (
            psycopg.connect(where) as connection,
            pytest.raises(psycopg.DatabaseError, match="a tombstone stays"),
        ):
            connection.execute(statement)


def test_a_database_that_fails_is_said_to_have_failed(store: PostgresStore, where: str) -> None:
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("DROP TABLE sealing_wrap")

    with pytest.raises(StoreFailed) as refused:
        store.find_wraps(RECORD)

    assert says_why(refused.value)


def test_a_session_that_would_not_wait_for_the_disk_is_made_to(where: str) -> None:
    with (
        closing(PostgresStore(where + "%20-csynchronous_commit%3Doff")) as careless,
        careless._borrowed() as connection,  # noqa: SLF001 - the setting shows nowhere else
    ):
        found = connection.execute("SHOW synchronous_commit").fetchone()

    assert found == ("on",)


def test_a_record_that_is_deleted_while_others_write_to_it_stays_deleted(
    store: PostgresStore,
) -> None:
    nurse = site_key()
    opened = make_record(store, RECORD, [nurse], random=DRAW)
    places = [Binding(site=SITE, table="note", column="text", row=str(n)) for n in range(40)]

    def write(place: Binding) -> bool:
        try:
            write_field(store, opened, place, b"in time", random=DRAW)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(4) as writers:
        written = writers.map(write, places)
        destroy_record(store, RECORD, reason=Reason.REQUESTED, at=AT)
        in_time = list(written)

    assert store.find_wraps(RECORD) == ()
    assert [store.find_field(place) is not None for place in places] == in_time
    with pytest.raises(Refusal, match="was deleted"):
        open_record(store, RECORD, Keyring([nurse]))


def test_two_who_re_key_a_record_at_once_leave_it_readable(store: PostgresStore) -> None:
    nurse = site_key()
    said = fill(store, nurse, records=1, fields=9)

    def rekey(_: int) -> None:
        opened = open_record(store, record(0), Keyring([nurse]))
        list(rekey_record(store, opened, Holders(locks=[nurse]), random=DRAW))

    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(rekey, number) for number in range(6)]:
            assert done.exception() is None or isinstance(done.exception(), Refusal)

    assert all(read_field(store, record(0), Keyring([nurse]), at) == said[at] for at in said)
