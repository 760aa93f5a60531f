"""Both stores keep the same promises, each call whole or not at all."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sealing_cast import (
    DRAW,
    KINDS,
    RECORD,
    SITE,
    fill,
    name,
    opening,
    record,
    says_why,
    site_key,
    sqlite_store,
)

from bedside.trust.sealing.binding import Binding
from bedside.trust.sealing.data_key import make_data_key
from bedside.trust.sealing.opening import (
    FieldMissing,
    Keyring,
    make_record,
    open_record,
    read_field,
    share_record,
    write_field,
)
from bedside.trust.sealing.rotation import Holders, rekey_record, turn_key
from bedside.trust.sealing.sqlite_store import SqliteStore
from bedside.trust.sealing.store import Change, Field, StaleKey, Store, StoreFailed, WrapExists
from bedside.trust.sealing.tombstone import Reason, RecordDestroyed, Tombstone
from bedside.trust.sealing.wrap import wrap_key

PLACE = Binding(site=SITE, table="note", column="text", row="1")
STONE = Tombstone(
    record=RECORD, destroyed_at=datetime(2026, 11, 23, tzinfo=UTC), reason=Reason.RETENTION
)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with opening(request.param, tmp_path) as store:
        yield store


def test_a_stored_field_is_read_back(store: Store) -> None:
    nurse = site_key()
    opened = make_record(store, RECORD, [nurse], random=DRAW)

    write_field(store, opened, PLACE, b"drawn curtain", random=DRAW)

    assert read_field(store, RECORD, Keyring([nurse]), PLACE) == b"drawn curtain"


def test_an_empty_place_is_named(store: Store) -> None:
    make_record(store, RECORD, [site_key()], random=DRAW)

    with pytest.raises(FieldMissing) as refused:
        read_field(store, RECORD, Keyring([]), PLACE)

    assert says_why(refused.value)


def test_a_record_is_made_once(store: Store) -> None:
    nurse = site_key()
    make_record(store, RECORD, [nurse], random=DRAW)
    before = store.find_wraps(RECORD)

    with pytest.raises(WrapExists) as refused:
        make_record(store, RECORD, [site_key("role/other"), nurse], random=DRAW)

    assert store.find_wraps(RECORD) == before
    assert says_why(refused.value)


def test_a_field_under_a_key_that_is_not_there_is_not_stored(store: Store) -> None:
    make_record(store, RECORD, [site_key()], random=DRAW)
    sealed = make_data_key(DRAW, generation=2).seal(b"lost for good", PLACE, random=DRAW)

    with pytest.raises(StaleKey) as refused:
        store.save_field(Field(binding=PLACE, record=RECORD, sealed=sealed))

    assert store.find_field(PLACE) is None
    assert says_why(refused.value)


def test_a_field_that_somebody_wrote_in_between_is_not_replaced(store: Store) -> None:
    opened = make_record(store, RECORD, [site_key()], random=DRAW)
    write_field(store, opened, PLACE, b"first", random=DRAW)
    (was,) = store.find_fields(RECORD)
    write_field(store, opened, PLACE, b"second", random=DRAW)
    third = opened.seal(b"third", PLACE, random=DRAW)

    made = store.replace_fields([Change(was=was, sealed=third)])

    assert made == 0
    assert opened.open(store.find_field(PLACE) or b"", PLACE) == b"second"


def test_a_generation_that_a_field_needs_is_not_dropped(store: Store) -> None:
    opened = make_record(store, RECORD, [site_key()], random=DRAW)
    write_field(store, opened, PLACE, b"needed", random=DRAW)

    store.drop_generations([(RECORD, 1)])

    assert len(store.find_wraps(RECORD)) == 1


def test_a_deleted_record_takes_neither_keys_nor_fields(store: Store) -> None:
    nurse = site_key()
    opened = make_record(store, RECORD, [nurse], random=DRAW)
    sealed = opened.seal(b"too late", PLACE, random=DRAW)
    store.destroy_keys(STONE)

    for attempt in (
        lambda: make_record(store, RECORD, [nurse], random=DRAW),
        lambda: share_record(store, opened, site_key("role/other"), random=DRAW),
        lambda: store.save_field(Field(binding=PLACE, record=RECORD, sealed=sealed)),
        lambda: read_field(store, RECORD, Keyring([nurse]), PLACE),
    ):
        with pytest.raises((RecordDestroyed, FieldMissing)) as refused:
            attempt()
        assert says_why(refused.value)
    assert store.find_wraps(RECORD) == ()


def test_turning_passes_over_a_record_that_was_deleted_in_between(store: Store) -> None:
    old, new = site_key(), site_key(version=2)
    opened = make_record(store, RECORD, [old], random=DRAW)
    late = wrap_key(opened.newest, RECORD, new, random=DRAW)
    store.destroy_keys(STONE)

    store.turn_wraps([late])

    assert store.find_wraps(RECORD) == ()


def test_only_turned_wraps_are_dropped(store: Store) -> None:
    old, new = site_key(), site_key(version=2)
    make_record(store, RECORD, [old], random=DRAW)

    dropped = store.drop_turned_wraps(old.name, new.name)

    assert dropped == 0
    assert store.count_wraps(name("role/nurse")) == 1


def test_the_file_keeps_what_was_said(tmp_path: Path) -> None:
    first, nurse = sqlite_store(tmp_path), site_key()
    opened = make_record(first, RECORD, [nurse], random=DRAW)
    write_field(first, opened, PLACE, b"drawn curtain", random=DRAW)
    first.close()

    again = sqlite_store(tmp_path)

    assert read_field(again, RECORD, Keyring([nurse]), PLACE) == b"drawn curtain"
    again.close()


@pytest.mark.parametrize(
    ("pragma", "wanted"), [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1)]
)
def test_the_file_is_set_up_to_forget_for_good(tmp_path: Path, pragma: str, wanted: object) -> None:
    made: list[sqlite3.Connection] = []

    def connect() -> sqlite3.Connection:
        made.append(sqlite3.connect(tmp_path / "sealing.db", check_same_thread=False))
        return made[-1]

    store = SqliteStore(connect)

    assert made[0].execute(f"PRAGMA {pragma}").fetchone()[0] == wanted
    store.close()


def test_no_statement_reads_a_whole_table(tmp_path: Path) -> None:
    said: list[str] = []

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(tmp_path / "sealing.db", check_same_thread=False)
        connection.set_trace_callback(said.append)
        return connection

    store, old, new = SqliteStore(connect), site_key(), site_key(version=2)
    fill(store, old)
    list(turn_key(store, old, new, random=DRAW))
    opened = open_record(store, record(0), Keyring([new]))
    list(rekey_record(store, opened, Holders(locks=[new]), random=DRAW))
    store.destroy_keys(STONE)
    asked = [one for one in said if one.startswith(("SELECT", "UPDATE", "DELETE"))]
    store.close()

    with sqlite3.connect(tmp_path / "sealing.db") as connection:
        plans = {
            detail
            for one in asked
            for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {one}")
        }
    connection.close()
    assert len(asked) > 20
    assert not [plan for plan in plans if "SCAN" in plan or plan.endswith("(site=?)")]


def test_a_tombstone_can_be_neither_changed_nor_removed(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    store.destroy_keys(STONE)
    store.close()

    with sqlite3.connect(tmp_path / "sealing.db") as connection:
        for statement in (
            "UPDATE sealing_tombstone SET text = x''",
            "DELETE FROM sealing_tombstone",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    connection.close()


def test_a_database_that_fails_is_said_to_have_failed(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    make_record(store, RECORD, [site_key()], random=DRAW)
    with sqlite3.connect(tmp_path / "sealing.db") as connection:
        connection.execute("DROP TABLE sealing_wrap")
    connection.close()

    with pytest.raises(StoreFailed) as refused:
        store.find_wraps(RECORD)

    assert says_why(refused.value)
    store.close()
