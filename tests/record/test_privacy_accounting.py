"""The accounting of disclosures: each under its paragraph, what is left out and why, what waits."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from privacy_cast import LOW, later, open_stay

from bedside.record.encounters.models import Encounter
from bedside.record.presence.ladder import Ladder
from bedside.record.presence.request_operations import CameOf, Request, record_request
from bedside.record.presence.words import Outcome
from bedside.record.privacy.accounting import Accounting, find_accounting, find_open_askings
from bedside.record.privacy.accounting_operations import (
    Given,
    record_answered,
    record_asked,
    record_disclosure,
    record_suspended,
)
from bedside.record.privacy.operations import (
    Found,
    Stated,
    record_assessed,
    record_exposure,
)
from bedside.record.privacy.refusals import (
    NoBasis,
    NoMoment,
    NotAChoice,
    NothingSaid,
    NotToBeSuspended,
)
from bedside.record.privacy.tables import load_limbs
from bedside.record.refusal import Refused
from record_cast import NIGHT, Cast, begin, read_with

TODAY = date(2026, 11, 24)
GIVEN = Given(
    to="County court, clerk's office",
    address="1 Main Street",
    what="dates of the stay",
    purpose="order of November 20",
    limb="court_order",
    disclosed_at=NIGHT,
)


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    """Open a stay."""
    return open_stay(cast.nurse, number="1234567")


def account(stay: Encounter, *, today: date = TODAY) -> Accounting:
    """Make the accounting."""
    return find_accounting(read_with(), stay, today=today)


def test_po_07_a_disclosure_is_told_with_date_receiver_content_and_purpose(
    cast: Cast, stay: Encounter
) -> None:
    record_disclosure(begin(by=cast.privacy_officer), stay, given=GIVEN)

    (line,) = account(stay).told

    assert (line.at, line.to.en, line.address) == (NIGHT, GIVEN.to, GIVEN.address)
    assert (line.what.en, line.purpose.en) == (GIVEN.what, GIVEN.purpose)
    assert line.limb.cite == "45 CFR 164.512(f)(1)(ii)(A)-(B)"


@pytest.mark.parametrize("limb", load_limbs())
def test_po_07_the_paragraph_decides_whether_a_disclosure_is_told(
    cast: Cast, stay: Encounter, limb: str
) -> None:
    record_disclosure(begin(by=cast.privacy_officer), stay, given=replace(GIVEN, limb=limb))

    accounting = account(stay)

    left_out = {
        "custody": "(vii)",
        "treatment": "(i)",
        "to_patient": "(ii)",
        "incidental": "(iii)",
        "authorization": "(iv)",
        "family": "(v)",
        "national_security": "(vi)",
    }
    if limb in left_out:
        assert accounting.told == ()
        (line,) = accounting.left_out
        assert line.limb.left_out_by == f"45 CFR 164.528(a)(1){left_out[limb]}"
    else:
        assert [line.limb.id for line in accounting.told] == [limb]


def test_what_was_not_permitted_is_told_too(cast: Cast, stay: Encounter) -> None:
    found = Found(known_at=NIGHT, happened_at=NIGHT)
    exposure = record_exposure(begin(by=cast.privacy_officer), stay, found=found)
    record_assessed(begin(by=cast.privacy_officer), exposure, weighed=LOW, seen=0)

    (line,) = account(stay).told

    assert line.limb.id == "not_permitted"
    assert line.to.en == "An officer with lawful custody of this patient"
    assert line.what.es == "Conversación clínica que se oyó"


def test_po_07_what_was_asked_at_the_bedside_and_granted_stands_beside_it(
    cast: Cast, stay: Encounter
) -> None:
    ladder = Ladder(rungs=("charge_nurse",), in_danger=(), quietly=(), wait=timedelta(minutes=5))
    for outcome in (Outcome.DONE, Outcome.REFUSED):
        record_request(
            begin(by=cast.nurse),
            stay,
            request=Request(preset="private", words=f"please step out, {outcome}"),
            came=CameOf(outcome=outcome, answer="All right."),
            ladder=ladder,
        )

    (granted,) = account(stay).granted

    assert granted.words == "please step out, done"
    assert granted.answer.en == "All right."


def test_all_stays_of_the_patient_are_in_it_and_nothing_older_than_six_years(
    cast: Cast, stay: Encounter
) -> None:
    earlier = open_stay(cast.nurse, number="1234567")
    other = open_stay(cast.nurse, number="7654321")
    for one in (stay, earlier, other):
        record_disclosure(begin(by=cast.privacy_officer), one, given=GIVEN)

    assert len(account(stay).told) == 2
    assert len(account(stay, today=date(2032, 11, 24)).told) == 2
    assert account(stay, today=date(2032, 11, 25)).told == ()


def state(**changes: object) -> Stated:
    """State that telling would impede an agency's work."""
    stated = Stated(
        form="written",
        ground="",
        official="the clerk",
        words="it would impede us",
        stated_on=TODAY,
        until=date(2027, 1, 31),
    )
    return replace(stated, **changes)  # type: ignore[arg-type]  # fields of the statement


@pytest.mark.parametrize(
    ("changes", "last"),
    [({}, date(2027, 1, 31)), ({"form": "oral"}, date(2026, 12, 24))],
)
def test_an_agency_can_have_its_line_held_back_for_a_time(
    cast: Cast, stay: Encounter, changes: dict[str, object], last: date
) -> None:
    record_disclosure(begin(by=cast.privacy_officer), stay, given=GIVEN)
    (line,) = account(stay).told

    record_suspended(
        begin(by=cast.privacy_officer), stay, line=line, stated=state(**changes), today=TODAY
    )

    assert account(stay).told == ()
    (held,) = account(stay).held
    assert held.held_until == last
    assert account(stay, today=last).told == ()
    assert len(account(stay, today=last + timedelta(days=1)).told) == 1


def test_only_what_164_528_names_can_be_held_back_and_only_with_a_basis(
    cast: Cast, stay: Encounter
) -> None:
    by_law = replace(GIVEN, limb="required_by_law")
    record_disclosure(begin(by=cast.privacy_officer), stay, given=by_law)
    record_disclosure(begin(by=cast.privacy_officer), stay, given=GIVEN)
    lines = {line.limb.id: line for line in account(stay).told}
    officer = cast.privacy_officer

    with pytest.raises(NotToBeSuspended):
        record_suspended(
            begin(by=officer), stay, line=lines["required_by_law"], stated=state(), today=TODAY
        )
    for changes in ({"until": None}, {"official": ""}, {"form": "oral", "stated_on": None}):
        with pytest.raises(NoBasis):
            record_suspended(
                begin(by=officer),
                stay,
                line=lines["court_order"],
                stated=state(**changes),
                today=TODAY,
            )
    with pytest.raises(NotAChoice):
        record_suspended(
            begin(by=officer),
            stay,
            line=lines["court_order"],
            stated=state(words="x" * 21_000),
            today=TODAY,
        )


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"to": " "}, NothingSaid),
        ({"purpose": ""}, NothingSaid),
        ({"what": "x" * 501}, NothingSaid),
        ({"limb": "none-such"}, Refused),
        ({"disclosed_at": None}, NoMoment),
        ({"disclosed_at": later(minutes=1)}, NoMoment),
    ],
)
def test_a_disclosure_that_is_not_whole_is_refused(
    cast: Cast, stay: Encounter, changes: dict[str, object], why: type[Refused]
) -> None:
    given = replace(GIVEN, **changes)  # type: ignore[arg-type]  # fields of the disclosure

    with pytest.raises(why):
        record_disclosure(begin(by=cast.privacy_officer), stay, given=given)


def test_a_request_for_an_accounting_waits_until_it_is_met(cast: Cast, stay: Encounter) -> None:
    record_asked(begin(by=cast.privacy_officer), stay, asked_on=TODAY, today=TODAY)
    (asking,) = find_open_askings("sample")

    record_answered(begin(by=cast.privacy_officer), stay, today=TODAY)

    assert asking.asked_on == TODAY
    assert find_open_askings("sample") == ()


def test_what_was_noted_of_a_disclosure_is_sealed(cast: Cast, stay: Encounter) -> None:
    record_disclosure(begin(by=cast.privacy_officer), stay, given=GIVEN)

    with connection.cursor() as cursor:
        cursor.execute("SELECT said FROM privacy_disclosure")
        assert b"County" not in bytes(cursor.fetchone()[0])
