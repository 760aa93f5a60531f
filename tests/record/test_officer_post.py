"""What passes between staff and the officer at a post: as rows and events, each once."""

import pytest
from clear_cast import find_in_clear

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.encounters.queries import find_known
from bedside.record.presence.models import StepOut
from bedside.record.presence.officer_page_operations import (
    MOST_OPEN,
    MOST_STATEMENT,
    Asking,
    Danger,
    record_danger_found,
    record_danger_told,
    record_statement,
    record_step_answer,
    record_step_ended,
    record_step_out,
)
from bedside.record.presence.patient_queries import find_dangers, find_statements, find_step_out
from bedside.record.presence.patient_refusals import AnsweredElsewhere, TooManyFromOfficers
from bedside.record.presence.patient_words import StepAnswer, Watcher
from bedside.record.presence.refusals import WordsTooLong
from record_cast import UNIT, Cast, begin, read_with

CANARY = "kanarienvogel"
ASKING = Asking(
    position="outside_door", minutes=10, role="bedside_nurse", exits={"door": Watcher.OFFICER}
)
TOLD = Danger(what="assault", when="now", words=CANARY, signed=CANARY)


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    opening = Opening(unit=UNIT, room="412")
    return record_encounter(begin(by=cast.nurse), opening=opening, facts={"in_custody": True})


def test_of_02_a_newer_request_ends_the_older_and_each_is_answered_once(
    cast: Cast, stay: Encounter
) -> None:
    first = record_step_out(begin(by=cast.nurse), stay, asking=ASKING)
    second = record_step_out(begin(by=cast.nurse), stay, asking=ASKING)

    with pytest.raises(AnsweredElsewhere):
        record_step_answer(begin(), first, answer=StepAnswer.STEPPED_OUT)
    record_step_answer(begin(), second, answer=StepAnswer.STEPPED_OUT)
    with pytest.raises(AnsweredElsewhere):
        record_step_answer(begin(), second, answer=StepAnswer.ASKS_SUPERVISOR)
    record_step_ended(begin(by=cast.nurse), second)

    assert find_step_out(stay) is None
    assert StepOut.objects.count() == 2


def test_of_05_statements_are_bounded_and_sealed(stay: Encounter) -> None:
    too_long = "x" * (MOST_STATEMENT + 1)
    with pytest.raises(WordsTooLong):
        record_statement(begin(), stay, words=too_long, signed="", language="en")
    for _ in range(MOST_OPEN):
        record_statement(begin(), stay, words=f"{CANARY}\n", signed=CANARY, language="en")

    with pytest.raises(TooManyFromOfficers):
        record_statement(begin(), stay, words=CANARY, signed="", language="en")
    assert {one.words for one in find_statements(read_with(), stay)} == {f"{CANARY}\n"}
    assert find_in_clear(CANARY) == []


def test_of_06_what_was_told_and_what_was_found_both_stand_and_only_the_finding_answers(
    cast: Cast, stay: Encounter
) -> None:
    told = record_danger_told(begin(), stay, danger=TOLD)
    assert "danger" not in {one.fact for one in find_known(read_with(), stay)}

    found = {"danger": "verbal_threat", "assessed_by": "clinician", "reason": CANARY}
    record_danger_found(begin(by=cast.nurse), told, **found)

    (seen,) = find_dangers(read_with(), stay)
    assert (seen.what, dict(seen.found)) == ("assault", found)
    facts = {one.fact: one.value for one in find_known(read_with(), stay)}
    assert (facts["danger"], facts["danger_assessed_by"]) == ("verbal_threat", "clinician")
    with pytest.raises(AnsweredElsewhere):
        record_danger_found(begin(by=cast.nurse), told, **found)
    assert find_in_clear(CANARY) == []
