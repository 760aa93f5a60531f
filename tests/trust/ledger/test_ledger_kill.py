"""Processes that are killed at any moment, and many that write at once."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ledger_cast import Recorder, log_key, make_leaf, tally, times
from store_cast import KINDS, ORIGIN, Opener, opening
from writing_cast import (
    WRITERS,
    boast,
    find_other_root,
    find_wrong_of_eight,
    kill_often,
    write_on,
)

from bedside.trust.ledger.append import append
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.leaf import Hour, read_leaf
from bedside.trust.ledger.sqlite import open_sqlite

KEY = log_key()


@pytest.fixture(params=KINDS)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    with opening(request.param, tmp_path) as opener:
        yield opener


def test_no_killed_process_loses_what_it_acknowledged(
    opener: Opener, tmp_path: Path, record_property: Recorder
) -> None:
    kills = times(40, soak=500)

    losses = kill_often(opener, tmp_path, write_on, kills)

    tally(record_property, "writing processes killed with -9", kills, len(losses))
    assert losses == []
    assert find_other_root(opener(ORIGIN)) == ""


def test_a_process_that_acknowledges_before_the_commit_would_be_caught(
    opener: Opener, tmp_path: Path, record_property: Recorder
) -> None:
    losses = kill_often(opener, tmp_path, boast, 25)

    tally(record_property, "faults planted in our own code", 1, not losses)
    assert any(loss.startswith("lost") for loss in losses)


def test_eight_processes_may_write_and_no_place_is_given_twice(
    opener: Opener, record_property: Recorder
) -> None:
    wrong = list(find_wrong_of_eight(opener, times(25, soak=1000)))

    tally(record_property, "processes writing at once", WRITERS, len(wrong))
    assert wrong == []


@pytest.mark.parametrize("hours", [(5, 4, 3), (3, 3, 9)])
def test_order_is_by_place_whatever_the_clocks_say(tmp_path: Path, hours: tuple[int, ...]) -> None:
    leaves = [
        replace(make_leaf(at), hour=Hour(at=datetime(2024, 3, 1, hour, tzinfo=UTC)))
        for at, hour in enumerate(hours)
    ]
    with closing(open_sqlite(tmp_path / "ledger", KEY.name)) as store:
        for leaf in leaves:
            append(store, [leaf])
        with store.reading() as snapshot:
            kept = [read_leaf(entry.leaf).started_at().hour for entry in snapshot.read_entries()]
        damage = find_damage(store, [])

    assert kept == list(hours)
    assert damage == ()
