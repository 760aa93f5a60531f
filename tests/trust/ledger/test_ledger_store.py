"""Storage: the same promises from SQLite and from a real PostgreSQL server."""

import random
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ledger_cast import (
    Recorder,
    leaves_between,
    make_leaf,
    tally,
)
from store_cast import KEY, KINDS, ORIGIN, Opener, head_of, opening, plain_head, signer_for

from bedside.trust.ledger import append as append_module
from bedside.trust.ledger import appender as appender_module
from bedside.trust.ledger.append import (
    EventTaken,
    NoSuchEntry,
    append,
    prove,
    read_head,
)
from bedside.trust.ledger.appender import (
    Appender,
    AppenderStopped,
    DiskAlmostFull,
    measure_free,
)
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.hashing import EMPTY_HEAD, cut_hashes, hash_hashes, hash_leaf
from bedside.trust.ledger.heads import HeadBook, open_book
from bedside.trust.ledger.note import parse_note
from bedside.trust.ledger.policy import read_policy
from bedside.trust.ledger.proof_file import verify_proof_file
from bedside.trust.ledger.published import find_published
from bedside.trust.ledger.store import Store, StoreFailed

POLICY = read_policy(f"log {KEY.verifier.write()}\nquorum none\n")


@pytest.fixture(params=KINDS)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    with opening(request.param, tmp_path) as opener:
        yield opener


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener(ORIGIN)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[HeadBook]:
    with closing(open_book(tmp_path / "book")) as book:
        yield book


def test_after_a_rolled_back_append_the_next_one_has_the_right_root(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(store, leaves_between(0, 300))

    with monkeypatch.context() as patch:
        patch.setattr(append_module, "grow_tiles", lambda *_: iter([(0, 1, b"x"), (9, 9)]))
        with pytest.raises((ValueError, StoreFailed)):
            append(store, leaves_between(300, 310))
    append(store, leaves_between(300, 301))

    assert head_of(store) == plain_head(301)
    assert find_damage(store, [KEY.verifier]) == ()


def test_leaves_stand_where_they_were_acknowledged_and_the_root_is_the_plain_one(
    store: Store,
) -> None:
    assert head_of(store) == EMPTY_HEAD

    for start, end in ((0, 1), (1, 256), (256, 258), (258, 700)):
        assert append(store, leaves_between(start, end)) == tuple(range(start, end))

    assert head_of(store) == plain_head(700)
    assert find_damage(store, [KEY.verifier]) == ()


def test_sending_an_event_twice_keeps_its_first_place(store: Store) -> None:
    append(store, leaves_between(0, 3))

    places = append(store, [make_leaf(1), make_leaf(3), make_leaf(3), make_leaf(0)])

    assert places == (1, 3, 3, 0)
    assert head_of(store) == plain_head(4)


def test_a_queue_that_sends_again_and_out_of_order_adds_nothing(
    store: Store, record_property: Recorder
) -> None:
    dice = random.Random(13)  # noqa: S311 - as good as any
    queues = [
        [number for number in range(one, 80, 2) for _ in range(dice.randint(1, 5))]
        for one in (0, 1)
    ]
    sent = [number for queue in queues for number in queue]
    dice.shuffle(sent)

    places = [(number, append(store, [make_leaf(number)])[0]) for number in sent]

    with store.reading() as snapshot:
        kept = sorted(entry.leaf for entry in snapshot.read_entries())
    once = sorted(leaf.write() for leaf in leaves_between(0, 80))
    tally(
        record_property,
        "events sent again by two offline devices",
        len(sent) - 80,
        len(kept) - len(once),
    )
    assert kept == once
    assert len(set(places)) == 80
    assert find_damage(store, [KEY.verifier]) == ()


def test_one_event_cannot_be_recorded_with_two_contents(store: Store) -> None:
    append(store, leaves_between(0, 3))

    with pytest.raises(EventTaken, match="entry 1, with other content"):
        append(store, [make_leaf(9), make_leaf(1, content=b"other")])

    assert head_of(store) == plain_head(3)


def test_two_logs_in_one_database_do_not_mix(opener: Opener) -> None:
    one, other = opener("one.example"), opener("other.example")

    append(one, leaves_between(0, 5))
    append(other, leaves_between(0, 2))

    assert (head_of(one).size, head_of(other).size) == (5, 2)


def test_an_entry_is_proven_from_a_store_that_was_just_opened(
    opener: Opener, book: HeadBook
) -> None:
    store = opener(ORIGIN)
    append(store, leaves_between(0, 300))
    signer_for(store, book).sign()

    with opener(ORIGIN).reading() as snapshot:
        note = snapshot.find_last_checkpoint() or ""
        proof = prove(snapshot, 257, 300, note)

    assert len(proof.path) == 7
    judged = verify_proof_file(make_leaf(257).write(), proof.write().encode(), POLICY, now=1)
    assert judged.checkpoint.head == plain_head(300)


def test_a_stranger_can_rebuild_the_root_from_the_published_files(
    store: Store, book: HeadBook
) -> None:
    append(store, leaves_between(0, 300))
    signer_for(store, book).sign()

    with store.reading() as snapshot:

        def fetch(path: str) -> bytes:
            return find_published(snapshot, path, 300) or b""

        head = parse_checkpoint(parse_note(fetch("checkpoint")).body).head
        hashes = cut_hashes(fetch("tile/0/000") + fetch("tile/0/001.p/44"))
        bundle = fetch("tile/entries/001.p/44")
        upper = fetch("tile/1/000.p/1")

    length = int.from_bytes(bundle[:2], "big")
    assert hash_hashes(hashes) == head.root
    assert hash_leaf(bundle[2 : 2 + length]) == hashes[256]
    assert upper == hash_hashes(hashes[:256])


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/002",
        "tile/0/001",
        "tile/0/001.p/45",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/64/000",
        "tile/00/000",
        "tile/0/x000/000/../000",
        "tile/entries/002",
        "tile/0/" + "x000/" * 100 + "000",
    ],
)
def test_what_is_not_published_is_not_found(store: Store, path: str) -> None:
    append(store, leaves_between(0, 300))

    with store.reading() as snapshot:
        assert find_published(snapshot, path, 300) is None


def test_the_free_share_of_a_disk_is_a_share(tmp_path: Path) -> None:
    assert 0 <= measure_free(tmp_path) <= 1


def test_what_does_not_exist_cannot_be_proven(store: Store) -> None:
    append(store, leaves_between(0, 3))

    with store.reading() as snapshot:
        with pytest.raises(NoSuchEntry, match="no entry 3 among 3"):
            prove(snapshot, 3, 3, "")
        with pytest.raises(NoSuchEntry):
            read_head(snapshot, 4)


def test_many_writers_through_one_appender_lose_and_double_nothing(store: Store) -> None:
    places: list[int] = []
    with Appender(store, free=lambda: 0.5) as appender:

        def write(writer: int) -> None:
            for number in range(20):
                places.extend(appender.append([make_leaf(writer * 100 + number)]))

        threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(places) == list(range(160))
    assert find_damage(store, [KEY.verifier]) == ()


def test_one_refused_event_does_not_stop_those_that_share_its_commit(store: Store) -> None:
    append(store, leaves_between(0, 1))
    answers: dict[int, object] = {}
    with Appender(store, free=lambda: 0.5) as appender:

        def write(number: int) -> None:
            leaf = make_leaf(number, content=b"other") if number == 0 else make_leaf(number)
            try:
                answers[number] = appender.append([leaf])
            except EventTaken as refusal:
                answers[number] = refusal.code

        threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert answers.pop(0) == "ledger.event-taken"
    assert all(isinstance(place, tuple) for place in answers.values())


def test_a_disk_that_is_almost_full_refuses_writing_and_goes_on_reading(store: Store) -> None:
    append(store, leaves_between(0, 3))

    with (
        Appender(store, free=lambda: 0.04) as appender,
        pytest.raises(DiskAlmostFull, match="less than 5 %"),
    ):
        appender.append([make_leaf(3)])

    assert head_of(store) == plain_head(3)


def test_an_error_that_nobody_foresaw_reaches_whoever_waits(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(append_module, "hash_leaf", lambda _: 1 / 0)

    with Appender(store, free=lambda: 1.0) as appender, pytest.raises(ZeroDivisionError):
        appender.append([make_leaf(0)])


def test_a_group_that_is_large_enough_does_not_wait_for_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appender_module, "LARGEST_GROUP", 1)

    with Appender(store, free=lambda: 1.0) as appender:
        places = [appender.append([make_leaf(number)]) for number in range(3)]

    assert places == [(0,), (1,), (2,)]


def test_a_stopped_appender_says_so(store: Store) -> None:
    with Appender(store, free=lambda: 1.0) as appender:
        pass

    with pytest.raises(AppenderStopped, match="send this once more"):
        appender.append([make_leaf(0)])
