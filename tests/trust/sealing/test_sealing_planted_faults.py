"""Every promise of the seals is broken on purpose, one line at a time, and its test must go red.

The test that is called here is the one that runs every day, not a copy of it.
"""

import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import test_destroying as destroying
import test_receipt_card as cards
import test_rotation as rotating
import test_sealed_field as fields
import test_sealing_store as storing
from sealing_cast import opening

from bedside.trust.sealing import data_key as data_key_module
from bedside.trust.sealing import opening as opening_module
from bedside.trust.sealing import rotation as rotation_module
from bedside.trust.sealing import sql_rows as rows
from bedside.trust.sealing import sqlite_store as sqlite_module
from bedside.trust.sealing.binding import Binding
from bedside.trust.sealing.opening import Opened
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.sqlite_store import SqliteStore
from bedside.trust.sealing.store import Store
from fault_report import FAULT

Red = (AssertionError, pytest.fail.Exception, Refusal)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """Where an ordinary test finds what it asks for."""

    folder: Path
    store: Store
    patch: pytest.MonkeyPatch


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A line to break, and the ordinary test that must notice."""

    plant: Callable[[pytest.MonkeyPatch], None]
    test: Callable[[Scene], None]


def plant(target: object, name: str, value: object) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(target, name, value)


def on_store(test: Callable[[Store], None]) -> Callable[[Scene], None]:
    return lambda scene: test(scene.store)


def in_folder(test: Callable[[Path], None]) -> Callable[[Scene], None]:
    def run(scene: Scene) -> None:
        (scene.folder / "own").mkdir()
        test(scene.folder / "own")

    return run


def rekey_step_by_step(scene: Scene) -> None:
    rotating.test_every_field_is_readable_at_every_step_of_a_re_keying(scene.store, scene.patch)


FAULTS: Mapping[str, Fault] = {
    "a field that is bound to nothing": Fault(
        plant=plant(Binding, "write", lambda _: b"anywhere"),
        test=lambda _: fields.test_changing_one_part_of_the_place_is_enough(),
    ),
    "a length that tells the agency": Fault(
        plant=plant(data_key_module, "BLOCK", 1),
        test=lambda _: fields.test_the_length_does_not_tell_the_agency(),
    ),
    "a turn that drops keys which have no companion": Fault(
        plant=plant(rows, "HAS_COMPANION", rows.HAS_COMPANION.replace("AND n.gen", "OR n.gen")),
        test=on_store(storing.test_only_turned_wraps_are_dropped),
    ),
    "a re-keying that does not keep the older keys at hand": Fault(
        plant=plant(
            rotation_module, "Opened", lambda record, keys: Opened(record, list(keys)[-1:])
        ),
        test=rekey_step_by_step,
    ),
    "a store that drops a key which a field needs": Fault(
        plant=plant(rows, "find_fields", lambda *_, **__: ()),
        test=on_store(storing.test_a_generation_that_a_field_needs_is_not_dropped),
    ),
    "a store that writes over what was written in between": Fault(
        plant=plant(rows, "IN_PLACE", f"({rows.IN_PLACE}) OR 1"),
        test=on_store(storing.test_a_field_that_somebody_wrote_in_between_is_not_replaced),
    ),
    "a store that takes a field under a key that is gone": Fault(
        plant=plant(rows, "has_key", lambda *_: True),
        test=on_store(storing.test_a_field_under_a_key_that_is_not_there_is_not_stored),
    ),
    "a reader that does not read again when it was overtaken": Fault(
        plant=plant(opening_module, "MOST_TRIES", 1),
        test=lambda _: rotating.test_a_reader_overtaken_between_field_and_keys_reads_again(),
    ),
    "a store that only forgets what it drops": Fault(
        plant=plant(
            sqlite_module,
            "SETTINGS",
            (*sqlite_module.SETTINGS, "PRAGMA secure_delete = OFF"),
        ),
        test=in_folder(destroying.test_no_byte_of_a_destroyed_key_remains_in_the_file),
    ),
    "a store that leaves dropped keys in its write-ahead log": Fault(
        plant=plant(SqliteStore, "scrub", lambda _: True),
        test=in_folder(destroying.test_no_byte_of_a_destroyed_key_remains_in_the_file),
    ),
    "a deleted record that takes new keys": Fault(
        plant=plant(rows, "find_tombstone", lambda *_: None),
        test=on_store(storing.test_a_deleted_record_takes_neither_keys_nor_fields),
    ),
    "a card whose proof is not compared": Fault(
        plant=plant(hmac, "compare_digest", lambda *_: True),
        test=lambda _: cards.test_a_card_that_was_changed_opens_nothing(),
    ),
}


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with opening("sqlite", tmp_path) as store:
        yield Scene(folder=tmp_path, store=store, patch=monkeypatch)


@pytest.mark.parametrize("name", list(FAULTS))
def test_a_planted_fault_turns_its_test_red(
    name: str,
    scene: Scene,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    fault = FAULTS[name]
    fault.plant(monkeypatch)

    noticed = False
    try:
        fault.test(scene)
    except Red:
        noticed = True

    record_property(FAULT, ("faults planted in our own code", 1, not noticed))
    assert noticed


@pytest.mark.parametrize("name", list(FAULTS))
def test_without_the_fault_the_same_test_is_green(name: str, scene: Scene) -> None:
    FAULTS[name].test(scene)
