"""An older copy of the whole database, put back: neither signer nor witness goes along."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from ledger_cast import (
    EDITION,
    NIGHT,
    Recorder,
    leaves_between,
    make_leaf,
    name_for,
    salt_of,
    tally,
    witness_key,
)
from postgres_cast import running_cluster
from store_cast import KEY, KINDS, ORIGIN, signer_for

from bedside.trust.ledger.append import append, prove
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.epoch import Grounds, Stamp, open_epoch
from bedside.trust.ledger.heads import HeadBook, open_book
from bedside.trust.ledger.leaf import Edition, Hour, Lane, Role, Who
from bedside.trust.ledger.policy import read_policy
from bedside.trust.ledger.postgres import PostgresStore
from bedside.trust.ledger.proof_file import verify_proof_file
from bedside.trust.ledger.signer import OlderThanSigned
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Store
from bedside.trust.ledger.tree import find_consistency_path
from bedside.trust.ledger.witness import Witness, write_request

Restore = Callable[[], Store]  # opens the log as it was when the backup was taken
POLICY = read_policy(f"log {KEY.verifier.write()}\nquorum none\n")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A database of some kind that can be backed up while it is written to."""

    store: Store
    back_up: Callable[[], Restore]


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    opened = in_postgres() if request.param == "postgres" else in_sqlite(tmp_path)
    with opened as place:
        yield place


@contextmanager
def in_sqlite(folder: Path) -> Iterator[Place]:
    def back_up() -> Restore:
        with (
            closing(sqlite3.connect(folder / "ledger")) as source,
            closing(sqlite3.connect(folder / "backup")) as target,
        ):
            source.backup(target)
        return lambda: open_sqlite(folder / "backup", ORIGIN)

    with closing(open_sqlite(folder / "ledger", ORIGIN)) as store:
        yield Place(store=store, back_up=back_up)


@contextmanager
def in_postgres() -> Iterator[Place]:
    with running_cluster() as cluster:

        def back_up() -> Restore:
            copy = cluster.copy()

            def restore() -> Store:
                cluster.kill()
                copy.start()
                return PostgresStore(copy.where, ORIGIN)

            return restore

        with closing(PostgresStore(cluster.where, ORIGIN)) as store:
            yield Place(store=store, back_up=back_up)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[tuple[HeadBook, HeadBook, HeadBook]]:
    with (
        closing(open_book(tmp_path / "signer")) as signer,
        closing(open_book(tmp_path / "witness")) as witness,
        closing(open_book(tmp_path / "forgetful")) as forgetful,
    ):
        yield signer, witness, forgetful


def test_a_restored_backup_is_refused_by_signer_and_witness_and_an_epoch_goes_on(
    place: Place, books: tuple[HeadBook, HeadBook, HeadBook], record_property: Recorder
) -> None:
    store, (book, witness_book, empty) = place.store, books
    witness = Witness(key=witness_key(), logs=[KEY.verifier], book=witness_book, now=lambda: 1)
    append(store, leaves_between(0, 250))
    witness.add_checkpoint(write_request(0, [], signer_for(store, book).sign()))
    restore = place.back_up()
    append(store, leaves_between(250, 300))
    note = signer_for(store, book).sign()
    with store.reading() as snapshot:
        path = find_consistency_path(snapshot, 250, 300)
        proof = prove(snapshot, 120, 300, note).write().encode()
    assert witness.add_checkpoint(write_request(250, path, note)).status == 200

    with closing(restore()) as restored:
        append(restored, leaves_between(900, 945))
        with pytest.raises(OlderThanSigned, match="open an epoch"):
            signer_for(restored, book).sign()
        forked = signer_for(restored, empty).sign()
        answers = [
            witness.add_checkpoint(write_request(old, path, forked)).status
            for old in (250, 295, 300)
        ]
        with closing(reopen_as_epoch(restored, note)) as new:
            places = append(new, leaves_between(250, 300))
            damage = find_damage(new, [])

    cosigned = [status for status in answers if status not in {400, 409, 422}]
    tally(record_property, "older copies put back", 1, len(cosigned))
    assert cosigned == []
    judged = verify_proof_file(make_leaf(120).write(), proof, POLICY, now=1)
    assert judged.checkpoint.head.size == 300
    assert places == tuple(range(1, 51))
    assert damage == ()


def reopen_as_epoch(restored: Store, note: str) -> Store:
    with restored.reading() as snapshot:
        kept = snapshot.count_entries()
    people = ("privacy officer", "administrator")
    grounds = Grounds(last_checkpoint=note, kept=kept, reason="A disk broke.", approved_by=people)
    who = Who(
        actor=name_for(Role.ACTOR, "administrator"),
        event=name_for(Role.EVENT, "epoch 2"),
        object=name_for(Role.OBJECT, "log"),
        site=name_for(Role.SITE, "sample hospital"),
    )
    stamp = Stamp(
        lane=Lane.OPERATIONAL,
        hour=Hour(at=NIGHT),
        who=who,
        salt=salt_of(1),
        edition=Edition(file=EDITION),
    )
    return open_epoch(restored, "hospital.example/operational/2", grounds, stamp)
