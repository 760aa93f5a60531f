"""The hard cases: one act leaves the answers, the steps with owners and times, and the pages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import (
    Closed,
    Opening,
    record_closing,
    record_encounter,
)
from bedside.record.journal.queries import find_events
from bedside.record.paging.models import Page
from bedside.record.presence.board_models import HardCase, HardStep
from bedside.record.presence.hard_cases import Hard, load_hard
from bedside.record.presence.hard_operations import (
    MOST_CONTACT,
    HardSaid,
    record_hard_case,
    record_hard_step_done,
)
from bedside.record.presence.hard_queries import find_hard_cases
from bedside.record.presence.refusals import EndedBefore, WordsTooLong
from bedside.rules.calendars.clocks import load_clocks
from bedside.rules.calendars.source import Reading
from record_cast import NIGHT, UNIT, Cast, begin, read_with

TEXAS = ZoneInfo("America/Chicago")
CASES = sorted(load_hard().items())


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    """Open a stay in the nurse's unit."""
    return record_encounter(begin(by=cast.nurse), opening=Opening(unit=UNIT, room="4"), facts={})


def open_case(cast: Cast, stay: Encounter, hard: Hard, *, contact: str = "Ana, sister") -> HardCase:
    """Open a hard case with the first answer to each question."""
    answers = {ask.id: next(iter(ask.words)) for ask in hard.asks}
    said = HardSaid(answers=answers, contact=contact, happened_at=NIGHT)
    return record_hard_case(begin(by=cast.nurse), stay, hard=hard, said=said, zone=TEXAS)


@pytest.mark.parametrize(("kind", "hard"), CASES)
def test_each_case_leaves_rows_steps_with_owners_and_times_and_pages(
    cast: Cast, stay: Encounter, kind: str, hard: Hard
) -> None:
    open_case(cast, stay, hard)

    (seen,) = find_hard_cases(read_with(), stay)
    assert (seen.case.kind, seen.contact, seen.is_open) == (kind, "Ana, sister", True)
    assert {step.step: step.owner for step in seen.steps} == {s.id: s.owner for s in hard.steps}
    assert all(step.due_at > NIGHT for step in seen.steps)
    assert {page.to_role for page in Page.objects.all()} == {step.owner for step in hard.steps}
    assert {page.reason for page in Page.objects.all()} == {f"hard-{kind}"}
    assert b"Ana" not in bytes(seen.case.said)
    told = find_events(read_with(), record=stay.about)[0]
    assert told.kind.name == "hard.opened"


@pytest.mark.parametrize(("kind", "hard"), CASES)
def test_every_step_has_an_owner_here_and_says_how_its_source_was_read(
    kind: str, hard: Hard
) -> None:
    roles = {role.value for role in Role}

    assert f"hard-{kind}" == f"hard-{hard.kind}"
    assert len({step.id for step in hard.steps}) == len(hard.steps)
    for step in hard.steps:
        assert step.owner in roles
        assert (step.within is None) is bool(step.clock)
        assert not step.clock or step.clock in load_clocks()
        is_proposed = step.source.reading is Reading.PROPOSED
        assert is_proposed or (step.source.read_in and step.source.read_on)
        assert (
            step.source.reading is not Reading.REMEMBERED
        )  # what is only remembered never advises


@pytest.mark.parametrize(
    ("happened_at", "day"),
    [
        (datetime(2026, 11, 24, 18, tzinfo=UTC), 25),  # a Tuesday
        (datetime(2026, 11, 27, 18, tzinfo=UTC), 30),  # a Friday
        (datetime(2026, 11, 25, 18, tzinfo=UTC), 26),  # before a holiday: the earlier day
        (datetime(2026, 11, 25, 3, tzinfo=UTC), 25),  # still the 24th in Texas
    ],
)
def test_a_day_that_a_law_counts_ends_when_offices_close(happened_at: datetime, day: int) -> None:
    step = load_hard()["death"].find_step("cms")

    assert step is not None
    due = step.find_due(happened_at, TEXAS)
    assert (due.month, due.day, due.hour) == (11, day, 17)


def test_a_step_is_done_once_and_by_somebody(cast: Cast, stay: Encounter) -> None:
    open_case(cast, stay, load_hard()["newborn"])
    step = HardStep.objects.order_by("due_at")[0]

    record_hard_step_done(begin(by=cast.nurse, at=NIGHT + timedelta(minutes=3)), step)

    done = HardStep.objects.get(pk=step.pk)
    assert (done.done_by, done.done_at) == (cast.nurse.pk, NIGHT + timedelta(minutes=3))
    with pytest.raises(EndedBefore):
        record_hard_step_done(begin(by=cast.nurse), step)


def test_only_a_death_can_follow_a_closed_stay_and_its_steps_go_on(
    cast: Cast, stay: Encounter
) -> None:
    record_closing(begin(by=cast.nurse), stay, why="left", version=stay.version)

    with pytest.raises(Closed):
        open_case(cast, stay, load_hard()["newborn"])
    open_case(cast, stay, load_hard()["death"])
    record_hard_step_done(begin(by=cast.nurse), HardStep.objects.all()[0])

    assert HardStep.objects.exclude(done_at=None).count() == 1


def test_words_that_do_not_fit_leave_nothing(cast: Cast, stay: Encounter) -> None:
    with pytest.raises(WordsTooLong):
        open_case(cast, stay, load_hard()["guardian"], contact="x" * (MOST_CONTACT + 1))

    assert not HardStep.objects.exists()
    assert not Page.objects.exists()
