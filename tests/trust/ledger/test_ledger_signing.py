"""Signing, epochs and the guards of the database: nothing signed is ever taken back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ledger_cast import (
    EDITION,
    NIGHT,
    leaves_between,
    log_key,
    make_leaf,
    name_for,
    salt_of,
)
from store_cast import KEY, KINDS, ORIGIN, Opener, opening, plain_head, signer_for

from bedside.trust.ledger.append import (
    LogClosed,
    append,
)
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.epoch import EpochUnfounded, Grounds, Stamp, open_epoch
from bedside.trust.ledger.heads import HeadBook, open_book
from bedside.trust.ledger.leaf import Edition, Hour, Kind, Lane, Role, Who, read_leaf
from bedside.trust.ledger.note import parse_note, verify_note
from bedside.trust.ledger.signer import OlderThanSigned, OtherHistory, TilesDisagree
from bedside.trust.ledger.sqlite import SqliteStore, connect_sqlite, open_safely, open_sqlite
from bedside.trust.ledger.store import Connection, Store, StoreFailed, UnsafeStore


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

    signed_by = {one.key for one in verify_note(note, [KEY.verifier, fresh.verifier])}
    assert signed_by == {KEY.verifier, fresh.verifier}


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


INSTEAD = {
    "SqliteStore": "INSERT OR REPLACE INTO ledger_entry SELECT log, idx, event, x'00' FROM {}",
    "PostgresStore": (
        "INSERT INTO ledger_entry SELECT log, idx, event, '' FROM {}"
        " ON CONFLICT (log, idx) DO UPDATE SET leaf = excluded.leaf"
    ),
}


def test_an_entry_cannot_be_replaced_either(store: Store, book: HeadBook) -> None:
    append(store, leaves_between(0, 3))
    signer_for(store, book).sign()
    statement = INSTEAD[type(store).__name__].format("ledger_entry")

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
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "recursive_triggers",
        )
    }
    connection.close()

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "recursive_triggers": 1,
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
