"""While keys are replaced, every field stays readable at every step; nobody is shut out unsaid."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sealing_cast import (
    DRAW,
    KINDS,
    RECORD,
    SITE,
    fill,
    opening,
    record,
    record_of,
    says_why,
    site_key,
    times,
)

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.memory_store import MemoryStore
from bedside.trust.sealing.opening import (
    Keyring,
    NotForThisKeyring,
    Opened,
    make_record,
    open_record,
    read_field,
    write_field,
)
from bedside.trust.sealing.rotation import (
    HolderLeftOut,
    Holders,
    SameKey,
    destroy_record,
    rekey_record,
    rekey_records,
    turn_key,
)
from bedside.trust.sealing.store import StaleKey, Store
from bedside.trust.sealing.tombstone import Reason, RecordDestroyed
from bedside.trust.sealing.wrap import KeyDoesNotFit, KeyName, Wrap

AT = datetime(2026, 11, 23, tzinfo=UTC)
OLD, NEW = site_key("role/nurse", 1), site_key("role/nurse", 2)


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with opening(request.param, tmp_path) as store:
        yield store


def reads(store: Store, keyring: Keyring, said: dict[Binding, bytes]) -> bool:
    return all(read_field(store, record_of(at), keyring, at) == said[at] for at in said)


def test_every_field_is_readable_at_every_step_of_a_turn(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedside.trust.sealing.rotation.BATCH", 3)
    said = fill(store, OLD, records=10)

    steps = [
        reads(store, Keyring([OLD, NEW]), said) for _ in turn_key(store, OLD, NEW, random=DRAW)
    ]

    assert len(steps) >= 4
    assert all(steps)
    assert reads(store, Keyring([NEW]), said)


def test_after_a_turn_the_old_key_opens_nothing(store: Store) -> None:
    said = fill(store, OLD)

    list(turn_key(store, OLD, NEW, random=DRAW))

    for place in said:
        with pytest.raises(NotForThisKeyring):
            read_field(store, record_of(place), Keyring([OLD]), place)
    assert store.count_wraps(OLD.name) == 0


def test_a_turn_takes_along_what_appears_under_the_old_key_meanwhile(store: Store) -> None:
    fill(store, OLD)
    late = Record(site=SITE, name="late")

    turn = turn_key(store, OLD, NEW, random=DRAW)
    next(turn)
    make_record(store, late, [OLD], random=DRAW)
    list(turn)

    assert open_record(store, late, Keyring([NEW])).record == late


def test_a_turn_that_was_broken_off_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bedside.trust.sealing.rotation.BATCH", 2)
    said = fill(store, OLD, records=7)
    list(islice(turn_key(store, OLD, NEW, random=DRAW), 2))
    assert reads(store, Keyring([OLD, NEW]), said)

    list(turn_key(store, OLD, NEW, random=DRAW))

    assert reads(store, Keyring([NEW]), said)


def test_a_turn_with_the_wrong_old_key_drops_nothing(store: Store) -> None:
    said = fill(store, OLD)

    with pytest.raises(KeyDoesNotFit):
        list(turn_key(store, site_key("role/nurse", 1), NEW, random=DRAW))

    assert reads(store, Keyring([OLD]), said)


def test_a_new_key_that_cannot_open_what_it_closes_is_found_out(store: Store) -> None:
    said = fill(store, OLD)

    class Broken:
        name = KeyName(holder="role/nurse", version=2)

        def wrap(self, secret: bytes, context: bytes, *, random: object) -> bytes:
            return bytes(reversed(secret)) + context[:0] + repr(random).encode()[:0]

        def unwrap(self, wrapped: bytes, context: bytes) -> bytes | None:
            return wrapped + context[:0]

    with pytest.raises(KeyDoesNotFit):
        list(turn_key(store, OLD, Broken(), random=DRAW))

    assert reads(store, Keyring([OLD]), said)


def test_a_key_is_not_turned_into_itself(store: Store) -> None:
    with pytest.raises(SameKey) as refused:
        list(turn_key(store, OLD, OLD, random=DRAW))

    assert says_why(refused.value)


def test_every_field_is_readable_at_every_step_of_a_re_keying(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedside.trust.sealing.rotation.BATCH", 2)
    said = fill(store, OLD, records=2, fields=7)
    opened = open_record(store, record(1), Keyring([OLD]))

    again = rekey_record(store, opened, Holders(locks=[OLD]), random=DRAW)
    steps = [reads(store, Keyring([OLD]), said) for _ in again]

    assert len(steps) >= 5
    assert all(steps)
    assert [wrap.generation for wrap in store.find_wraps(record(1))] == [2]


def test_several_records_are_re_keyed_together(store: Store) -> None:
    said = fill(store, OLD, records=4)
    many = [open_record(store, record(number), Keyring([OLD])) for number in range(4)]

    again = rekey_records(store, many, Holders(locks=[OLD]), random=DRAW)
    steps = [reads(store, Keyring([OLD]), said) for _ in again]

    assert all(steps)
    assert {w.generation for n in range(4) for w in store.find_wraps(record(n))} == {2}


def test_several_records_of_which_one_is_deleted_stay_readable(store: Store) -> None:
    said = fill(store, OLD, records=3)
    many = [open_record(store, record(number), Keyring([OLD])) for number in range(3)]

    again = rekey_records(store, many, Holders(locks=[OLD]), random=DRAW)
    next(again)
    destroy_record(store, record(1), reason=Reason.REQUESTED, at=AT)
    with pytest.raises(RecordDestroyed):
        list(again)

    kept = {place: text for place, text in said.items() if record_of(place) != record(1)}
    assert reads(store, Keyring([OLD]), kept)


def test_whoever_leaves_opens_nothing_after_the_re_keying(store: Store) -> None:
    nurse, visitor = site_key("role/nurse"), site_key("role/visitor")
    opened = make_record(store, RECORD, [nurse, visitor], random=DRAW)
    place = Binding(site=SITE, table="note", column="text", row="1")
    write_field(store, opened, place, b"for nurses", random=DRAW)
    keeps = open_record(store, RECORD, Keyring([visitor]))

    holders = Holders(locks=[nurse], leaving=frozenset({"role/visitor"}))
    list(rekey_record(store, opened, holders, random=DRAW))

    assert read_field(store, RECORD, Keyring([nurse]), place) == b"for nurses"
    with pytest.raises(NotForThisKeyring):
        open_record(store, RECORD, Keyring([visitor]))
    with pytest.raises(Exception, match="needs key 2"):
        keeps.open(store.find_field(place) or b"", place)


def test_nobody_is_shut_out_without_a_word(store: Store) -> None:
    nurse, counsel = site_key("role/nurse"), site_key("role/counsel")
    opened = make_record(store, RECORD, [nurse, counsel], random=DRAW)

    for holders in (Holders(locks=[nurse]), Holders(locks=[], leaving=frozenset({"role/nurse"}))):
        with pytest.raises(HolderLeftOut) as refused:
            list(rekey_record(store, opened, holders, random=DRAW))
        assert "role/counsel" in str(refused.value)
        assert says_why(refused.value)


def test_a_writer_with_an_old_key_loses_nothing(store: Store) -> None:
    place = Binding(site=SITE, table="note", column="text", row="1")
    opened = make_record(store, RECORD, [OLD], random=DRAW)

    again = rekey_record(store, opened, Holders(locks=[OLD]), random=DRAW)
    next(again)
    write_field(store, opened, place, b"written meanwhile", random=DRAW)
    list(again)

    assert read_field(store, RECORD, Keyring([OLD]), place) == b"written meanwhile"
    with pytest.raises(StaleKey):
        write_field(store, opened, place, b"written too late", random=DRAW)


def test_a_reader_overtaken_between_field_and_keys_reads_again() -> None:
    class Overtaking(MemoryStore):
        overtaken = False

        def find_wraps(self, record: Record) -> tuple[Wrap, ...]:  # type: ignore[explicit-override] # not in 3.11
            if self.overtaken:
                self.overtaken = False
                list(rekey(self, record))
            return super().find_wraps(record)

    store = Overtaking()
    said = fill(store, OLD, records=1)
    store.overtaken = True

    assert reads(store, Keyring([OLD, NEW]), said)


def test_a_record_deleted_during_its_re_keying_stays_deleted(store: Store) -> None:
    fill(store, OLD, records=1)
    opened = open_record(store, record(0), Keyring([OLD]))

    again = rekey_record(store, opened, Holders(locks=[OLD]), random=DRAW)
    next(again)
    destroy_record(store, record(0), reason=Reason.REQUESTED, at=AT)
    with pytest.raises(RecordDestroyed):
        list(again)

    assert store.find_wraps(record(0)) == ()


def test_a_re_keying_that_was_broken_off_is_done_again(store: Store) -> None:
    said = fill(store, OLD, records=1)
    opened = open_record(store, record(0), Keyring([OLD]))
    next(rekey_record(store, opened, Holders(locks=[OLD]), random=DRAW))
    assert reads(store, Keyring([OLD]), said)

    opened = open_record(store, record(0), Keyring([OLD]))
    list(rekey_record(store, opened, Holders(locks=[OLD]), random=DRAW))

    assert reads(store, Keyring([OLD]), said)
    assert [wrap.generation for wrap in store.find_wraps(record(0))] == [3]


def interleaved(store: Store) -> Iterator[Iterator[int]]:
    yield turn_key(store, OLD, NEW, random=DRAW)
    for number in range(3):
        yield rekey(store, record(number))


def rekey(store: Store, one: Record) -> Iterator[int]:
    opened = open_record(store, one, Keyring([OLD, NEW]))
    yield from rekey_record(store, opened, Holders(locks=[NEW]), random=DRAW)


@given(order=st.lists(st.integers(0, 3), max_size=40), writes=st.lists(st.integers(0, 11)))
@settings(max_examples=times(60, soak=5000), deadline=None)
def test_turns_re_keyings_and_writes_may_be_mixed_in_any_order(
    order: list[int], writes: list[int]
) -> None:
    store = MemoryStore()
    said = fill(store, OLD)
    places, running, both = list(said), list(interleaved(store)), Keyring([OLD, NEW])

    for step, which in enumerate(order):
        next(running[which], None)
        if step < len(writes):
            place = places[writes[step]]
            said[place] = f"written at step {step}".encode()
            opened = open_record(store, record_of(place), both)
            write_field(store, opened, place, said[place], random=DRAW)
        assert reads(store, both, said)
    for one in running:
        list(one)

    assert reads(store, Keyring([NEW]), said)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_readers_in_other_threads_never_miss_a_field(kind: str, tmp_path: Path) -> None:
    with opening(kind, tmp_path) as store:
        assert find_missed(store) == []


def find_missed(store: Store) -> list[object]:
    """Turn and re-key everything while two threads read; give what they missed."""
    said = fill(store, OLD, records=times(8, soak=2000), fields=3)
    both, done, missed = Keyring([OLD, NEW]), Event(), list[object]()

    def read() -> None:
        while not done.is_set():
            try:
                missed.extend([] if reads(store, both, said) else ["another text"])
            except Exception as failure:  # noqa: BLE001 - any failure at all fails the test
                missed.append(failure)

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    list(turn_key(store, OLD, NEW, random=DRAW))
    for one in {record_of(place) for place in said}:
        list(rekey(store, one))
    done.set()
    for reader in readers:
        reader.join()

    return missed if reads(store, Keyring([NEW]), said) else ["the end"]


def test_an_opened_record_shows_no_more_than_its_kind() -> None:
    opened = make_record(MemoryStore(), RECORD, [OLD], random=DRAW)

    assert repr(opened) == "Opened(hidden)"
    assert isinstance(opened, Opened)
