"""The duties of a state run from the moment that its norm names until the record shows them."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bedside.doors.web.shelf import Shelf
from bedside.doors.web.site import Site
from bedside.doors.web.visits.door import Door, DoorAnswer, DutyClock
from bedside.record.visits.known import Known
from bedside.record.visits.queries import Call, Happened
from bedside.record.visits.wanted import VisitRecord
from bedside.rules.tables.compiled import load_compiled
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Text
from record_cast import NIGHT

COMPILED = load_compiled()
ENTERS = Known(asks="enter", paper="agency", agency="ice", purpose="immigration_enforcement")
RECORD = VisitRecord(known=ENTERS, outcome="", came_at=NIGHT, happened=(), calls=())
LATER = NIGHT + timedelta(seconds=95)
CA_TELL = "us/ca/hsc-24250-b-1-tell-management-at-once"
CA_WITNESS = "us/ca/hsc-24251-c-witness-and-document-refusal"
IL_CONTACT = "us/il/210-85-6-14h-c-1-tell-contact-of-presence"
IL_IDENTITY = "us/il/210-85-6-14h-c-2-record-officer-identity"
CO_PAPER = "us/co/sb25-276-copy-the-paper"
CO_LEAD = "us/co/sb25-276-record-lead-officer"


def answer(
    state: str, record: VisitRecord = RECORD, *, language: Language = ENGLISH, funded: bool = True
) -> DoorAnswer:
    site = Site(
        name=Text(en="x", es="x"),
        jurisdiction=state,
        timezone=ZoneInfo("UTC"),
        facts={
            "facility_kind": "hospital",
            "facility_ownership": "private",
            "facility_state_funded": funded,
        },
    )
    shelf = Shelf(compiled=COMPILED, site=site, roots=())
    return Door(shelf, site, record, at=LATER, language=language).answer()


def clock_of(norm: str, given: DoorAnswer) -> DutyClock:
    return next(duty for duty in given.duties if duty.line.id == norm)


def call(role: str, seconds: int) -> Call:
    at = NIGHT + timedelta(seconds=seconds)
    return Call(role=role, is_page=True, at=at, answered_at=None)


def moment(what: str, *, witness: str = "", seconds: int = 0) -> Happened:
    at = NIGHT + timedelta(seconds=seconds)
    return Happened(what=what, role="", words="", witness=witness, by=None, at=at)


def test_california_asks_to_tell_management_at_once_and_the_clock_shows_how_long_it_took() -> None:
    open_ = clock_of(CA_TELL, answer("us/ca"))
    called = replace(RECORD, calls=(call("hospital_security", 5), call("counsel", 40)))
    done = clock_of(CA_TELL, answer("us/ca", called))

    assert open_.due == "at once after the request was made"
    assert (open_.state, open_.told) == ("open", "open for 95 seconds")
    assert (done.state, done.told) == ("done", "done after 40 seconds")


def test_californias_witness_is_owed_only_once_entry_is_refused() -> None:
    waits = clock_of(CA_WITNESS, answer("us/ca"))
    refused = replace(RECORD, happened=(moment("declined", seconds=60),))
    open_ = clock_of(CA_WITNESS, answer("us/ca", refused))
    seen = replace(
        RECORD,
        known=replace(ENTERS, our_words="We do not agree."),
        happened=(moment("declined", witness="a nurse", seconds=60),),
    )
    done = clock_of(CA_WITNESS, answer("us/ca", seen))

    assert (waits.state, waits.told) == ("waits", "begins when entry is refused")
    assert (open_.state, open_.told) == ("open", "open for 35 seconds")
    assert done.state == "done"


def test_illinois_names_the_contact_at_arrival_and_wants_name_agency_and_badge() -> None:
    called = replace(RECORD, calls=(call("administrator_on_duty", 12),))
    told = answer("us/il", called)
    given = replace(RECORD, known=replace(ENTERS, officers="A. First", badges="1187"))

    assert clock_of(IL_CONTACT, told).told == "done after 12 seconds"
    assert clock_of(IL_IDENTITY, told).state == "open"
    assert clock_of(IL_IDENTITY, answer("us/il", given)).state == "done"


def test_a_refused_name_ends_the_duty_to_ask_for_it_once_everything_refused_is_noted() -> None:
    refused = replace(
        RECORD,
        known=replace(ENTERS, identity="refused"),
        happened=(moment("name_refused"), moment("badge_refused")),
    )

    assert clock_of(IL_IDENTITY, answer("us/il", refused)).state == "done"


def test_colorado_wants_a_copy_of_the_paper_and_the_lead_officer_where_state_money_flows() -> None:
    copied = replace(
        RECORD,
        known=replace(ENTERS, officers="A. First", badges="1187", paper_copied="yes"),
    )

    assert clock_of(CO_PAPER, answer("us/co")).state == "open"
    assert clock_of(CO_PAPER, answer("us/co", copied)).state == "done"
    assert clock_of(CO_LEAD, answer("us/co", copied)).state == "done"
    asked = [want.is_asked for want in answer("us/co", funded=False).wants if want.line]
    assert asked == [False, False]


@pytest.mark.parametrize("state", ["us/ca", "us/il", "us/co"])
def test_whom_the_states_law_tells_staff_to_notify_is_called_first(state: str) -> None:
    assert answer(state).contact.role == "administrator_on_duty"


def test_records_go_to_counsel_in_california_because_its_law_says_so() -> None:
    records = replace(RECORD, known=Known(asks="records", paper="subpoena", signature="agency"))

    given = answer("us/ca", records)

    assert given.contact.role == "counsel"
    routed = clock_of("us/ca/hsc-24250-b-2-give-document-requests-to-management", given)
    assert routed.state == "open"


def test_a_judges_warrant_for_the_area_opens_it_and_the_page_still_says_to_call() -> None:
    warrant = replace(ENTERS, paper="warrant", paper_place="this")

    with_warrant = answer("us/ca", replace(RECORD, known=warrant))

    assert answer("us/ca").advised == "Wait for counsel"
    assert answer("us/ca").do == "Ask them to wait here and call the person below."
    assert "hsc-24251-b" in " ".join(line.id for line in answer("us/ca").because)
    assert "hsc-24251-b" not in " ".join(line.id for line in with_warrant.because)
    assert "call counsel at once" in with_warrant.paper_do
    assert "Keep the way clear." in with_warrant.paper_do


def test_an_answer_that_one_fact_would_change_says_which() -> None:
    unsaid = replace(RECORD, known=Known(asks="enter", paper="none"))

    given = answer("us/il", unsaid)

    assert given.standing == "depends"
    assert given.question == "Which agency is it?"


def test_the_same_is_said_in_spanish() -> None:
    told = clock_of(CA_TELL, answer("us/ca", language=SPANISH))

    assert told.due == "de inmediato desde que se hizo la petición"
    assert told.told == "pendiente desde hace 95 segundos"
