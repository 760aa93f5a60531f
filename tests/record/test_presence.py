"""Presence: notes are never erased, requests are backed, limbs are looked at again."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import (
    Closed,
    Opening,
    record_closing,
    record_encounter,
)
from bedside.record.encounters.queries import find_known
from bedside.record.journal.queries import find_events
from bedside.record.paging.models import Page
from bedside.record.paging.operations import record_page_answered
from bedside.record.presence.ladder import Ladder, read_ladder
from bedside.record.presence.models import Mark
from bedside.record.presence.operations import Noted, record_mark, record_undo
from bedside.record.presence.queries import (
    find_due_climbs,
    find_moments,
    find_restraints,
    find_said,
    find_terms,
)
from bedside.record.presence.refusals import (
    AnsweredBefore,
    CorrectedBefore,
    EndedBefore,
    UndoTooLate,
)
from bedside.record.presence.request_operations import (
    CameOf,
    Request,
    record_climb,
    record_outcome,
    record_request,
)
from bedside.record.presence.restraint_operations import (
    record_check,
    record_restraint,
    record_restraint_ended,
)
from bedside.record.presence.shift_operations import Agreement, record_terms, record_terms_ended
from bedside.record.presence.words import Finding, Outcome
from record_cast import NIGHT, SITE, UNIT, Cast, begin, read_with

POSITIONS = ("at_bedside", "in_doorway", "at_window", "outside_door")
LADDER = Ladder()
PRIVATE = Request(preset="private", words="I need the room for an exam. Could you step out?")


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    """Open a stay in the nurse's unit."""
    return record_encounter(
        begin(by=cast.nurse), opening=Opening(unit=UNIT, room="4"), facts={"in_custody": True}
    )


def test_a_note_is_the_stays_from_then_on(cast: Cast, stay: Encounter) -> None:
    facts = {"activity": "feeding", "patient_wish": "not_asked"}

    record_mark(
        begin(by=cast.nurse), stay, noted=Noted(position="at_bedside", device="in_use", facts=facts)
    )

    (moment,) = find_moments(read_with(), stay)
    known = {one.fact: one.value for one in find_known(read_with(), stay)}
    assert (moment.position, moment.device, moment.facts) == ("at_bedside", "in_use", facts)
    assert known.items() >= facts.items()


def test_rn_12_a_mistap_can_be_undone_and_both_rows_stay(cast: Cast, stay: Encounter) -> None:
    mark = record_mark(begin(by=cast.nurse), stay, noted=Noted(position="off_unit", facts={}))

    record_undo(begin(by=cast.nurse, at=NIGHT + timedelta(seconds=9)), mark)

    assert find_moments(read_with(), stay) == ()
    assert Mark.objects.filter(encounter=stay).count() == 2
    told = find_events(read_with(), record=stay.about)
    assert [one.kind.name for one in told][:2] == ["presence.corrected", "presence.noted"]


def test_rn_12_after_ten_seconds_only_a_correction_is_possible(cast: Cast, stay: Encounter) -> None:
    mark = record_mark(begin(by=cast.nurse), stay, noted=Noted(position="off_unit", facts={}))
    later = NIGHT + timedelta(minutes=1)

    with pytest.raises(UndoTooLate):
        record_undo(begin(by=cast.nurse, at=later), mark)
    noted = Noted(position="at_window", facts={})
    record_mark(begin(by=cast.nurse, at=later), stay, noted=noted, corrects=mark)

    (moment,) = find_moments(read_with(), stay)
    assert (moment.position, moment.happened_at) == ("at_window", NIGHT)
    assert moment.is_correction


def test_a_note_is_corrected_once_and_then_its_correction(cast: Cast, stay: Encounter) -> None:
    mark = record_mark(begin(by=cast.nurse), stay, noted=Noted(position="off_unit", facts={}))
    noted = Noted(position="at_window", facts={})
    record_mark(begin(by=cast.nurse), stay, noted=noted, corrects=mark)

    with pytest.raises(CorrectedBefore):
        record_mark(begin(by=cast.nurse), stay, noted=noted, corrects=mark)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(["note", "undo", "correct"]), st.integers(0, 3)), max_size=12
    )
)
def test_no_history_of_notes_erases_a_row(
    cast: Cast, stay: Encounter, acts: list[tuple[str, int]]
) -> None:
    before = Mark.objects.filter(encounter=stay).count()
    standing = {
        mark.pk: mark
        for mark in Mark.objects.filter(encounter=stay, corrected_by=None, is_withdrawn=False)
    }
    rows = 0

    for act, choice in acts:
        targets = list(standing.values())
        if act == "note" or not targets:
            made = record_mark(
                begin(by=cast.nurse), stay, noted=Noted(position=POSITIONS[choice], facts={})
            )
            standing[made.pk] = made
        else:
            target = targets[choice % len(targets)]
            del standing[target.pk]
            if act == "undo":
                record_undo(begin(by=cast.nurse), target)
            else:
                noted = Noted(position=POSITIONS[choice], facts={})
                made = record_mark(begin(by=cast.nurse), stay, noted=noted, corrects=target)
                standing[made.pk] = made
        rows += 1

    assert Mark.objects.filter(encounter=stay).count() == before + rows
    assert {one.id for one in find_moments(read_with(), stay)} == set(standing)


def test_rn_04_a_refusal_pages_the_first_rung_and_silence_climbs(
    cast: Cast, stay: Encounter
) -> None:
    refused = CameOf(outcome=Outcome.REFUSED, answer="I can't decide that.")
    asked = record_request(begin(by=cast.nurse), stay, request=PRIVATE, came=refused, ladder=LADDER)

    assert [page.to_role for page in Page.objects.all()] == ["charge_nurse"]
    assert not find_due_climbs(SITE, at=NIGHT + timedelta(minutes=4, seconds=59))

    for minutes, role in ((5, "house_supervisor"), (10, "administrator_on_duty")):
        at = NIGHT + timedelta(minutes=minutes)
        (due,) = find_due_climbs(SITE, at=at)
        record_climb(begin(at=at), due, ladder=LADDER)
        assert Page.objects.order_by("-sent_at")[0].to_role == role

    at = NIGHT + timedelta(minutes=15)
    record_climb(begin(at=at), find_due_climbs(SITE, at=at)[0], ladder=LADDER)
    assert not find_due_climbs(SITE, at=NIGHT + timedelta(hours=9))
    assert find_said(read_with(), stay)[0].id == asked.pk


def test_two_rounds_at_once_climb_one_rung_and_what_was_settled_climbs_none(
    cast: Cast, stay: Encounter
) -> None:
    refused = CameOf(outcome=Outcome.REFUSED)
    asked = record_request(begin(by=cast.nurse), stay, request=PRIVATE, came=refused, ladder=LADDER)
    at = NIGHT + timedelta(minutes=5)
    (due,) = find_due_climbs(SITE, at=at)

    record_climb(begin(at=at), due, ladder=LADDER)
    with pytest.raises(AnsweredBefore):
        record_climb(begin(at=at), due, ladder=LADDER)
    done = CameOf(outcome=Outcome.DONE)
    record_outcome(begin(by=cast.nurse), asked, came=done, ladder=LADDER)
    with pytest.raises(AnsweredBefore):
        record_climb(begin(at=at + LADDER.wait), due, ladder=LADDER)

    sent = Page.objects.order_by("sent_at").values_list("to_role", flat=True)
    assert list(sent) == ["charge_nurse", "house_supervisor"]


def test_an_answered_page_stops_the_climb(cast: Cast, stay: Encounter) -> None:
    from bedside.record.accounts.roles import Role
    from record_cast import hire, stand

    refused = CameOf(outcome=Outcome.REFUSED)
    record_request(begin(by=cast.nurse), stay, request=PRIVATE, came=refused, ladder=LADDER)
    charge = hire(Role.CHARGE_NURSE, unit=UNIT)

    at = NIGHT + timedelta(minutes=2)
    record_page_answered(begin(by=charge, at=at), stand(charge), Page.objects.get().pk)

    assert not find_due_climbs(SITE, at=NIGHT + timedelta(minutes=30))


def test_rn_05_not_safe_to_ask_pages_quietly_and_says_nothing_to_the_officer(
    cast: Cast, stay: Encounter
) -> None:
    came = CameOf(outcome=Outcome.NOT_SAFE)

    record_request(begin(by=cast.nurse), stay, request=PRIVATE, came=came, ladder=LADDER)

    assert {page.to_role for page in Page.objects.all()} == set(LADDER.quietly)
    assert {page.reason for page in Page.objects.all()} == {"quiet"}


def test_imminent_harm_skips_the_ladder(cast: Cast, stay: Encounter) -> None:
    came = CameOf(outcome=Outcome.REFUSED, in_danger=True)

    record_request(begin(by=cast.nurse), stay, request=PRIVATE, came=came, ladder=LADDER)

    assert {page.to_role for page in Page.objects.all()} == set(LADDER.in_danger)


def test_what_came_of_a_refusal_can_still_be_noted(cast: Cast, stay: Encounter) -> None:
    asked = record_request(
        begin(by=cast.nurse),
        stay,
        request=PRIVATE,
        came=CameOf(outcome=Outcome.REFUSED),
        ladder=LADDER,
    )

    later = NIGHT + timedelta(minutes=9)
    came = CameOf(outcome=Outcome.PARTLY, answer="I will stand at the glass.")
    record_outcome(begin(by=cast.nurse, at=later), asked, came=came, ladder=LADDER)

    (said,) = find_said(read_with(), stay)
    assert (said.outcome, said.answer) == (Outcome.PARTLY, "I will stand at the glass.")
    assert not find_due_climbs(SITE, at=NIGHT + timedelta(hours=1))


def test_rn_09_a_limb_in_the_way_asks_the_attending_and_starts_a_timer(
    cast: Cast, stay: Encounter
) -> None:
    restraint = record_restraint(
        begin(by=cast.nurse), stay, limb="right_wrist", conflict="line", is_in_the_way=True
    )

    (page,) = Page.objects.all()
    known = {one.fact: one.value for one in find_known(read_with(), stay)}
    assert (page.to_role, page.reason) == ("attending", "contraindication")
    assert restraint.check_due_at == NIGHT + timedelta(hours=2)
    assert known["restraint_clinical_conflict"] == "line"

    later = NIGHT + timedelta(hours=2, minutes=5)
    record_check(begin(by=cast.nurse, at=later), restraint, finding=Finding.NUMB)
    assert Page.objects.filter(reason="limb").exists()
    assert find_restraints(stay)[0].check_due_at == later + timedelta(hours=2)

    record_restraint_ended(begin(by=cast.nurse, at=later), restraint)
    assert find_restraints(stay) == ()
    with pytest.raises(EndedBefore):
        record_check(begin(by=cast.nurse, at=later), restraint, finding=Finding.SOUND)


def test_hs_06_what_was_traded_is_kept_with_its_cost_and_its_end(
    cast: Cast, stay: Encounter
) -> None:
    until = NIGHT + timedelta(hours=8)
    agreement = Agreement(
        preset="sight_only",
        given="sitter",
        agreed_with="the agency's night supervisor",
        cost_centre="4410",
        until=until,
        at_end="guarded",
    )

    terms = record_terms(begin(by=cast.nurse), stay, agreement=agreement)

    assert find_terms(stay) == terms
    assert (terms.given, terms.cost_centre, terms.until) == ("sitter", "4410", until)
    record_terms_ended(begin(by=cast.nurse), terms)
    assert find_terms(stay) is None


@pytest.mark.parametrize(
    ("said", "rungs", "minutes"),
    [
        (None, LADDER.rungs, 5),
        ({"rungs": ["attending"], "wait_minutes": 3}, ("attending",), 3),
        ({"rungs": [], "wait_minutes": 0}, LADDER.rungs, 5),
        ({"rungs": "attending", "wait_minutes": "soon"}, LADDER.rungs, 5),
    ],
)
def test_the_ladder_is_the_hospitals_and_falls_back_to_the_shipped_one(
    said: object, rungs: tuple[str, ...], minutes: int
) -> None:
    ladder = read_ladder({"ladder": said})

    assert (ladder.rungs, ladder.wait) == (rungs, timedelta(minutes=minutes))


def test_a_closed_stay_takes_no_note_no_request_and_climbs_no_ladder(
    cast: Cast, stay: Encounter
) -> None:
    refused = CameOf(outcome=Outcome.REFUSED)
    record_request(begin(by=cast.nurse), stay, request=PRIVATE, came=refused, ladder=LADDER)
    record_closing(begin(by=cast.nurse), stay, why="custody_ended", version=stay.version)

    with pytest.raises(Closed):
        record_mark(begin(by=cast.nurse), stay, noted=Noted(position="at_window", facts={}))
    with pytest.raises(Closed):
        record_request(begin(by=cast.nurse), stay, request=PRIVATE, came=refused, ladder=LADDER)
    with pytest.raises(Closed):
        record_restraint(begin(by=cast.nurse), stay, limb="left_wrist")
    assert find_due_climbs(SITE, at=NIGHT + timedelta(hours=1)) == ()
