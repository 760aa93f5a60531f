"""Every promise of the ledger is broken on purpose, one line at a time, and its test must go red.

The test that is called here is the one that runs every day, not a copy of it. Faults that need a
run of their own are planted beside their tests: see `would_be_caught` in the other files.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import test_ledger_kill as killing
import test_ledger_note as notes
import test_ledger_power as power
import test_ledger_restore as restoring
import test_ledger_signing as signing
import test_ledger_store as storing
import test_ledger_tamper as tampering
import test_ledger_tree as trees
import test_ledger_witness as witnessing
from ledger_cast import Recorder, log_key, tally, untold
from store_cast import ORIGIN, Opener, opening
from typing_extensions import override

from bedside.trust.ledger import appender as appender_module
from bedside.trust.ledger import damage as damage_module
from bedside.trust.ledger import policy as policy_module
from bedside.trust.ledger import proof as proof_module
from bedside.trust.ledger import signer as signer_module
from bedside.trust.ledger import store as store_module
from bedside.trust.ledger import witness as witness_module
from bedside.trust.ledger.append import append, read_head
from bedside.trust.ledger.heads import HeadBook, Seen, open_book
from bedside.trust.ledger.note import sign
from bedside.trust.ledger.sqlite import SqliteStore
from bedside.trust.ledger.store import Entry, SqlDraft, StoreFailed

Red = (AssertionError, pytest.fail.Exception, StoreFailed)
EDGES = (0, 1, 255, 256, 257, 65_535, 65_536)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Where an ordinary test finds what it asks for."""

    folder: Path
    opener: Opener

    @contextmanager
    def book(self, name: str = "book") -> Iterator[HeadBook]:
        with closing(open_book(self.folder / name)) as book:
            yield book


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A line to break, and the ordinary test that must notice."""

    plant: Callable[[pytest.MonkeyPatch], None]
    test: Callable[[Scene], None]


@dataclass(slots=True, kw_only=True)
class KeepsItsSize(SqlDraft):
    """A draft that goes by a size that was remembered from the transaction before."""

    sizes: list[int]

    @override
    def count_entries(self) -> int:
        return self.sizes[-1]

    @override
    def add_entries(self, entries: Sequence[Entry]) -> None:
        self.sizes.append(self.sizes[-1] + len(entries))
        SqlDraft.add_entries(self, entries)


def keep_size(*, if_it_failed: bool) -> Callable[[pytest.MonkeyPatch], None]:
    def plant(patch: pytest.MonkeyPatch) -> None:
        honest = SqliteStore.writing

        @contextmanager
        def keeping(store: SqliteStore) -> Iterator[SqlDraft]:
            with honest(store) as draft:
                kept = vars(store).setdefault("sizes", [draft.count_entries()])
                sizes = kept if if_it_failed else kept.copy()
                yield KeepsItsSize(connection=draft.connection, log=draft.log, sizes=sizes)
            vars(store)["sizes"] = sizes

        patch.setattr(SqliteStore, "writing", keeping)

    return plant


def swallow_errors(patch: pytest.MonkeyPatch) -> None:
    honest = SqliteStore.writing

    @contextmanager
    def swallowing(store: SqliteStore) -> Iterator[SqlDraft]:
        with suppress(StoreFailed), honest(store) as draft:
            yield draft

    patch.setattr(SqliteStore, "writing", swallowing)


def mix_up_answers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        appender_module, "append", lambda store, leaves: append(store, leaves)[:1] * len(leaves)
    )


def forget_what_was_signed(patch: pytest.MonkeyPatch) -> None:
    honest = HeadBook.advance

    def forgetting(book: HeadBook, origin: str, step: Callable[[Seen | None], Seen]) -> Seen:
        return honest(book, origin, lambda _: step(None))

    patch.setattr(HeadBook, "advance", forgetting)


def plant(target: object, name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(target, name, value, raising=False)


def fork_at(edge: int) -> Callable[[Scene], None]:
    def test(scene: Scene) -> None:
        with scene.book() as book:
            witnessing.test_a_fork_at_the_edge_of_a_tile_is_never_cosigned(
                witnessing.witness_of(book), edge, untold
            )

    return test


def restore_an_older_copy(scene: Scene) -> None:
    with (
        restoring.in_sqlite(scene.folder) as place,
        scene.book("signer") as signer,
        scene.book("witness") as witness,
        scene.book("forgetful") as forgetful,
    ):
        restoring.test_a_restored_backup_is_refused_by_signer_and_witness_and_an_epoch_goes_on(
            place, (signer, witness, forgetful), untold
        )


def with_book(test: Callable[..., None]) -> Callable[[Scene], None]:
    def run(scene: Scene) -> None:
        with scene.book() as book:
            test(scene.opener(ORIGIN), book)

    return run


def turn_the_clock_back(scene: Scene) -> None:
    with scene.book() as book:
        witnessing.test_cosignature_times_never_go_back_whatever_the_clock_does(book)


def write_with_a_full_disk(scene: Scene) -> None:
    storing.test_a_disk_that_is_almost_full_refuses_writing_and_goes_on_reading(
        scene.opener(ORIGIN)
    )


def fail_at_every_call(scene: Scene) -> None:
    del scene
    power.test_an_error_at_any_call_is_told_and_sending_again_records_exactly_once(
        power.full_disk, untold, persists=False
    )


def lose_an_answer(scene: Scene) -> None:
    del scene
    power.test_a_commit_whose_answer_was_lost_is_uncertain_and_sending_again_records_exactly_once(
        untold
    )


def sign_over_bad_tiles(scene: Scene) -> None:
    with scene.book() as book:
        signing.test_signing_stops_when_stored_hashes_are_not_those_of_the_entries(
            scene.folder / "bad", book
        )


def rename_an_event(scene: Scene) -> None:
    original = tampering.make_original(scene.folder / "bad")
    with closing(tampering.open_raw(original)) as raw:
        tampering.test_tampering_with_raw_sql_is_found(raw, "an event renamed", untold)


FAULTS: Mapping[str, Fault] = {
    "an appender that keeps its size after a failed write": Fault(
        plant=keep_size(if_it_failed=True), test=fail_at_every_call
    ),
    "a writer that keeps its size while seven others write": Fault(
        plant=keep_size(if_it_failed=False),
        test=lambda scene: killing.test_eight_processes_may_write_and_no_place_is_given_twice(
            scene.opener, untold
        ),
    ),
    "a store that swallows a full disk": Fault(plant=swallow_errors, test=fail_at_every_call),
    "an append that does not look for what failed but persisted": Fault(
        plant=plant(SqlDraft, "find_events", lambda *_: {}), test=lose_an_answer
    ),
    "an append that records what is sent twice": Fault(
        plant=plant(SqlDraft, "find_events", lambda *_: {}),
        test=lambda scene: storing.test_a_queue_that_sends_again_and_out_of_order_adds_nothing(
            scene.opener(ORIGIN), untold
        ),
    ),
    "an appender that gives all who waited one place": Fault(
        plant=mix_up_answers,
        test=lambda scene: storing.test_many_writers_through_one_appender_lose_and_double_nothing(
            scene.opener(ORIGIN)
        ),
    ),
    "an appender that fills the disk to the end": Fault(
        plant=plant(appender_module, "LEAST_FREE", 0), test=write_with_a_full_disk
    ),
    "a signer that does not read the entries again": Fault(
        plant=plant(signer_module, "verify_growth", lambda snapshot, _: read_head(snapshot)),
        test=sign_over_bad_tiles,
    ),
    "a signer that forgets what it signed": Fault(
        plant=forget_what_was_signed, test=restore_an_older_copy
    ),
    "a signer that lets an older copy sign": Fault(
        plant=plant(signer_module, "verify_growth", lambda snapshot, _: read_head(snapshot)),
        test=restore_an_older_copy,
    ),
    "a witness that lets an older copy be cosigned": Fault(
        plant=plant(witness_module, "_check_follows", lambda *_: None), test=restore_an_older_copy
    ),
    **{
        f"a witness that skips the consistency check, fork at {edge}": Fault(
            plant=plant(witness_module, "verify_consistency", lambda *_: None), test=fork_at(edge)
        )
        for edge in EDGES
    },
    "a witness that trusts its clock": Fault(
        plant=plant(witness_module, "max", lambda now, _: now), test=turn_the_clock_back
    ),
    "a ledger that is read in the order of its clocks": Fault(
        plant=plant(
            store_module,
            "READ_ENTRIES",
            store_module.READ_ENTRIES.replace("BY idx", "BY substr(leaf, 175, 6)"),
        ),
        test=lambda scene: killing.test_order_is_by_place_whatever_the_clocks_say(
            scene.folder, (5, 4, 3)
        ),
    ),
    "a policy that believes times to come": Fault(
        plant=plant(policy_module, "CLOCK_TOLERANCE", 10**9),
        test=lambda _: notes.test_a_cosignature_from_the_future_is_refused(),
    ),
    "a signer that signs with one key while two are in use": Fault(
        plant=plant(signer_module, "sign", lambda body, _: sign(body, log_key())),
        test=with_book(signing.test_while_a_key_is_rotated_both_keys_sign),
    ),
    "a check that believes the leaves it reads": Fault(
        plant=plant(damage_module, "_is_sound", lambda *_: True), test=rename_an_event
    ),
    "a verifier of consistency that looks at no hash": Fault(
        plant=plant(proof_module, "verify_consistency", lambda *_: None),
        test=lambda _: trees.test_no_changed_proof_is_believed(untold),
    ),
}


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    (tmp_path / "bad").mkdir()
    with opening("sqlite", tmp_path) as opener:
        yield Scene(folder=tmp_path, opener=opener)


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_planted_fault_turns_its_test_red(
    name: str, scene: Scene, record_property: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = FAULTS[name]
    fault.plant(monkeypatch)

    noticed = False
    try:
        fault.test(scene)
    except Red:
        noticed = True

    tally(record_property, "faults planted in our own code", 1, not noticed)
    assert noticed


@pytest.mark.parametrize("name", list(FAULTS))
def test_without_the_fault_the_same_test_is_green(name: str, scene: Scene) -> None:
    FAULTS[name].test(scene)
