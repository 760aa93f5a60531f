"""Duties: listed with a clock, done by somebody, closed only because an answer changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from bedside.record.encounters.case_queries import DutySeen, find_duties
from bedside.record.encounters.duties import compare_duties, find_wanted
from bedside.record.encounters.duty_operations import (
    NotOpen,
    record_duties_listed,
    record_duty_done,
)
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_answers, record_encounter
from bedside.record.encounters.queries import Known, Where, find_known, situation_of
from bedside.record.encounters.spans import find_due, read_span
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.tables.compiled import SHIPPED, Compiled, load_compiled
from bedside.rules.vocabulary.catalogue import Value
from record_cast import NIGHT, UNIT, Cast, begin, read_with

RESTRAINED: dict[str, Value] = {"in_custody": True, "legal_restraint": "one_limb", "agency": "ice"}


@cache
def find_rules() -> Compiled:
    return load_compiled((SHIPPED,))


def test_what_has_to_be_done_is_listed_once_with_its_clock(cast: Cast) -> None:
    stay = _open(cast)

    first, again = _refresh(cast, stay), _refresh(cast, stay)

    assert first
    assert [duty.id for duty in again] == [duty.id for duty in first]
    assert {duty.party for duty in first} <= {"hospital", "clinician"}


def test_a_done_duty_stays_done_and_says_by_whom(cast: Cast) -> None:
    stay = _open(cast)
    duty = _refresh(cast, stay)[0]

    record_duty_done(begin(by=cast.nurse), stay, duty.id)

    seen = {one.id: one for one in _refresh(cast, stay)}
    assert seen[duty.id].done_by == cast.nurse.pk
    assert not seen[duty.id].is_open
    with pytest.raises(NotOpen):
        record_duty_done(begin(by=cast.physician), stay, duty.id)


def test_a_duty_that_the_answers_no_longer_ask_is_closed_with_the_reason(cast: Cast) -> None:
    stay = _open(cast)
    about_restraint = {d.id for d in _refresh(cast, stay) if d.act == "assess_restraint"}
    assert about_restraint

    record_answers(begin(by=cast.nurse), stay, facts={"legal_restraint": "none"})

    closed = {one.id for one in _refresh(cast, stay) if one.closed_at}
    assert about_restraint <= closed
    assert set(stay.duties.exclude(closed_at=None).values_list("closed_why", flat=True)) == {
        "no_longer_applies"
    }


def test_age_alone_closes_no_duty(cast: Cast) -> None:
    stay = _open(cast)
    open_ = {duty.id for duty in _refresh(cast, stay)}

    later = _refresh(cast, stay, is_stale=True)

    assert {duty.id for duty in later if duty.is_open} >= open_


@pytest.mark.parametrize(
    ("written", "counted", "due"),
    [
        ("PT30M", "elapsed", datetime(2026, 11, 27, 9, 30, tzinfo=UTC)),
        ("P1DT2H", "elapsed", datetime(2026, 11, 28, 11, 0, tzinfo=UTC)),
        ("P2W", "calendar", datetime(2026, 12, 11, 9, 0, tzinfo=UTC)),
        ("P1D", "working", datetime(2026, 11, 30, 9, 0, tzinfo=UTC)),  # Friday to Monday
        (None, "elapsed", None),
    ],
)
def test_a_clock_ends_when_its_norm_says(
    written: str | None, counted: str, due: datetime | None
) -> None:
    assert find_due(datetime(2026, 11, 27, 9, 0, tzinfo=UTC), written, counted=counted) == due


def test_what_is_no_length_of_time_is_none() -> None:
    assert read_span("in a while") is None
    assert read_span("PT0S") == timedelta(0)


def _open(cast: Cast) -> Encounter:
    opening = Opening(unit=UNIT, room="412")
    return record_encounter(begin(by=cast.nurse), opening=opening, facts=RESTRAINED)


def _refresh(cast: Cast, stay: Encounter, *, is_stale: bool = False) -> tuple[DutySeen, ...]:
    known = find_known(read_with(), stay)
    counts = tuple(replace(one, is_stale=is_stale and one.fact != "agency") for one in known)
    wanted = find_wanted(_advise(counts), stay, counts, at=NIGHT)
    still = find_wanted(_advise(known), stay, known, at=NIGHT)
    listed = find_duties(read_with(), stay)
    new, gone = compare_duties(wanted, still=still, listed=listed)
    if new or gone:
        record_duties_listed(begin(by=cast.nurse), stay, wanted=new, closed=gone)
    return find_duties(read_with(), stay)


def _advise(known: tuple[Known, ...]) -> Advice:
    where = Where(jurisdiction="us/tx", overlays=("hospital/sample",), facts={}, today=NIGHT.date())
    return advise(find_rules(), situation_of(known, where=where))
