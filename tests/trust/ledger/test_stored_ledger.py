"""A ledger that an earlier edition left opens in this one: equal root, clean check, same proofs."""

from contextlib import closing
from pathlib import Path

import pytest
from ledger_cast import Recorder, leaves_between, tally
from make_stored_ledger import SIZES, STORED
from store_cast import KEY, ORIGIN, head_of, plain_head, signer_for

from bedside.trust.ledger import store as store_module
from bedside.trust.ledger.append import append, prove
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.policy import read_policy
from bedside.trust.ledger.postgres import PostgresStore
from bedside.trust.ledger.proof_file import verify_proof_file
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Store
from stored_databases import load_postgres, load_sqlite

POLICY = read_policy(f"log {KEY.verifier.write()}\nquorum none\n")
EDITIONS = sorted(one.name for one in STORED.iterdir())


def open_stored(edition: str, folder: Path) -> Store:
    text = (STORED / edition).read_text()
    if "postgres" in edition:
        return PostgresStore(load_postgres(text, folder), ORIGIN)
    load_sqlite(text, folder / "ledger")
    return open_sqlite(folder / "ledger", ORIGIN)


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_ledger_of_an_earlier_edition_has_its_root_its_checkpoints_and_goes_on(
    edition: str, tmp_path: Path
) -> None:
    with closing(open_stored(edition, tmp_path)) as store:
        size = SIZES[1] + 1
        found, damage = head_of(store), find_damage(store, [KEY.verifier])
        with store.reading() as snapshot:
            sizes = tuple(size for _, size, _ in snapshot.read_checkpoints())
            note = snapshot.find_last_checkpoint() or ""
            proof = prove(snapshot, 7, SIZES[1], note).write().encode()

        assert (found, damage, sizes) == (plain_head(size), (), SIZES)
        leaf = leaves_between(7, 8)[0].write()
        judged = verify_proof_file(leaf, proof, POLICY, now=1)
        assert judged.checkpoint.head == plain_head(SIZES[1])
        append(store, leaves_between(size, size + 9))
        with closing(open_book(tmp_path / "book")) as book:
            signer_for(store, book).sign()
        assert head_of(store) == plain_head(size + 9)
        assert find_damage(store, [KEY.verifier]) == ()


@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_that_mixes_up_two_columns_would_be_caught(
    edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Recorder
) -> None:
    mixed = store_module.READ_ENTRIES.replace("event, leaf", "leaf, event")
    monkeypatch.setattr(store_module, "READ_ENTRIES", mixed)

    noticed = False
    try:
        test_a_ledger_of_an_earlier_edition_has_its_root_its_checkpoints_and_goes_on(
            edition, tmp_path
        )
    except AssertionError:
        noticed = True

    tally(record_property, "faults planted in our own code", 1, not noticed)
    assert noticed
