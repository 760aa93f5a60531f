"""A destroyed key opens nothing, leaves no trace in the file, and leaves a tombstone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sealing_cast import (
    DRAW,
    KINDS,
    RECORD,
    fill,
    opening,
    record,
    says_why,
    site_key,
    sqlite_store,
)

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.opening import Keyring, make_record, open_record, read_field
from bedside.trust.sealing.rotation import Holders, destroy_record, rekey_record
from bedside.trust.sealing.store import Store
from bedside.trust.sealing.tombstone import (
    ClockWithoutZone,
    Reason,
    RecordDestroyed,
    Tombstone,
    read_tombstone,
)
from bedside.trust.sealing.wrap import Wrap

AT = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with opening(request.param, tmp_path) as store:
        yield store


def test_a_destroyed_key_opens_nothing(store: Store) -> None:
    nurse = site_key()
    said = fill(store, nurse)
    gone = [place for place in said if place.row.startswith("1-")]

    destroy_record(store, record(1), reason=Reason.RETENTION, at=AT)

    for place in said:
        of = record(int(place.row[0]))
        if place in gone:
            with pytest.raises(RecordDestroyed) as refused:
                read_field(store, of, Keyring([nurse]), place)
            assert says_why(refused.value)
        else:
            assert read_field(store, of, Keyring([nurse]), place) == said[place]


def test_a_tombstone_names_every_key_that_went(store: Store) -> None:
    nurse = site_key()
    opened = make_record(store, RECORD, [nurse], random=DRAW)
    first = opened.newest.fingerprint
    list(rekey_record(store, opened, Holders(locks=[nurse]), random=DRAW))
    second = open_record(store, RECORD, Keyring([nurse])).newest.fingerprint

    stone = destroy_record(store, RECORD, reason=Reason.REQUESTED, at=AT)

    assert stone.fingerprints == (second,)
    assert first != second
    assert stone.reason is Reason.REQUESTED


def test_the_first_tombstone_stays(store: Store) -> None:
    make_record(store, RECORD, [site_key()], random=DRAW)
    first = destroy_record(store, RECORD, reason=Reason.RETENTION, at=AT)

    second = destroy_record(store, RECORD, reason=Reason.REQUESTED, at=AT + timedelta(days=1))

    assert second == first == store.find_tombstone(RECORD)


def test_no_byte_of_a_destroyed_key_remains_in_the_file(tmp_path: Path) -> None:
    store, nurse = sqlite_store(tmp_path), site_key()
    fill(store, nurse, records=40)
    wraps = [wrap for number in range(40) for wrap in store.find_wraps(record(number))]
    assert all(is_on_disk(tmp_path, wrap) for wrap in wraps)

    for number in range(0, 40, 2):
        destroy_record(store, record(number), reason=Reason.RETENTION, at=AT)

    gone, kept = wraps[::2], wraps[1::2]
    assert not any(is_on_disk(tmp_path, wrap) for wrap in gone)
    assert all(is_on_disk(tmp_path, wrap) for wrap in kept)
    store.close()


def test_a_reader_in_the_way_is_noticed_and_the_log_is_emptied_later(tmp_path: Path) -> None:
    store, other = sqlite_store(tmp_path), sqlite_store(tmp_path)
    fill(store, site_key(), records=1)
    (wrap,) = store.find_wraps(record(0))
    with other._borrowed() as reader:  # noqa: SLF001 - stands for a slow page
        reader.execute("PRAGMA busy_timeout = 1")
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sealing_wrap").fetchone()
        with store._borrowed() as writer:  # noqa: SLF001 - no ten seconds in a test
            writer.execute("PRAGMA busy_timeout = 1")
        destroy_record(store, record(0), reason=Reason.RETENTION, at=AT)

        assert not store.scrub()
        reader.execute("COMMIT")

    assert store.scrub()
    assert not is_on_disk(tmp_path, wrap)
    store.close()
    other.close()


def is_on_disk(folder: Path, wrap: Wrap) -> bool:
    return any(wrap.wrapped in one.read_bytes() for one in folder.iterdir())


@given(
    name=st.text(st.characters(codec="utf-8"), min_size=1),
    reason=st.sampled_from(Reason),
    fingerprints=st.lists(st.binary(min_size=16, max_size=16), unique=True),
)
def test_a_tombstone_reads_back(name: str, reason: Reason, fingerprints: list[bytes]) -> None:
    stone = Tombstone(
        record=Record(site="st-mary", name=name),
        destroyed_at=AT,
        reason=reason,
        fingerprints=tuple(sorted(fingerprints)),
    )

    assert read_tombstone(stone.write()) == stone


def test_a_tombstone_is_written_in_one_way() -> None:
    here = AT.astimezone(timezone(timedelta(hours=-6)))
    stone = Tombstone(
        record=RECORD, destroyed_at=here, reason=Reason.RETENTION, fingerprints=(b"\x01" * 16,)
    )

    assert stone.write() == (
        b'{"destroyed_at":"2026-11-23T02:10:00+00:00",'
        b'"fingerprints":["01010101010101010101010101010101"],'
        b'"reason":"retention","record":"encounter-17","site":"st-mary","v":1}'
    )


def test_a_tombstone_needs_a_time_zone() -> None:
    with pytest.raises(ClockWithoutZone) as refused:
        Tombstone(record=RECORD, destroyed_at=AT.replace(tzinfo=None), reason=Reason.RETENTION)

    assert says_why(refused.value)


def test_a_tombstone_holds_no_place_for_content() -> None:
    assert set(Tombstone.__dataclass_fields__) == {
        "record",
        "destroyed_at",
        "reason",
        "fingerprints",
    }
    assert "text" not in Binding.__dataclass_fields__
