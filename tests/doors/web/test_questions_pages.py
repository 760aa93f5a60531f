"""“This is wrong” on every answer, and what a manager told staff, as pages."""

import json
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from web_cast import NURSING, enter, find_sample, read

from bedside.doors.web.claims import HEARD, build_claim
from bedside.doors.web.questions.situation_file import open_situation, write_situation
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.queries import find_events_about
from bedside.record.questions.models import Dispute, Instruction
from bedside.rules.decide.situation import Situation
from record_cast import UNIT, Cast, begin, hire, open_hospital, read_with

TAPS = urlencode(NURSING)
VOCABULARY = find_sample().vocabulary


def raise_question(person: Person, **more: str) -> Dispute:
    sent = {"taps": TAPS, "key": str(uuid4()), "reason": "our policy says outside", **more}
    response = enter(person).post("/questions/new", sent)
    assert response.status_code == 302, response.content.decode()
    return Dispute.objects.get()


def test_ec_12_an_answer_offers_to_disagree_only_to_who_is_signed_in(cast: Cast) -> None:
    find_sample()

    signed_in = enter(cast.nurse).post("/answer", NURSING).content.decode()
    stranger = Client().post("/answer", NURSING).content.decode()

    assert "This is wrong" in signed_in
    assert "This is wrong" not in stranger


def test_ec_12_a_disagreement_attaches_the_situation_and_the_edition(cast: Cast) -> None:
    shelf = find_sample()

    dispute = raise_question(cast.nurse)

    response = enter(cast.nurse).get(f"/questions/{dispute.pk}/situation")
    situation = json.loads(response.content)
    assert situation["facts"]["activity"] == "feeding"
    assert situation["arrangement"]["position"] == "at_bedside"
    assert dispute.digest == shelf.compiled.rulebook.digest
    assert "attachment" in response.headers["Content-Disposition"]


def test_ec_12_the_owner_answers_and_who_raised_it_reads_the_answer(cast: Cast) -> None:
    find_sample()
    dispute, owner = raise_question(cast.nurse), hire(Role.RULEBOOK_OWNER)
    waiting = read(enter(owner).get("/questions"))  # type: ignore[arg-type]  # the test client's own kind
    sent = {"key": uuid4(), "version": "1", "answer": "You are right.", "state": "norm_changed"}

    enter(owner).post(f"/questions/{dispute.pk}", sent)

    assert "our policy says outside" in waiting
    told = read(enter(cast.nurse).get("/questions"))  # type: ignore[arg-type]  # as above
    assert "You are right." in told
    assert "a norm was changed" in told


def test_reading_the_question_of_another_is_an_event(cast: Cast) -> None:
    find_sample()
    dispute = raise_question(cast.nurse)

    enter(hire(Role.RULEBOOK_OWNER)).get(f"/questions/{dispute.pk}")

    told = find_events_about(read_with(), dispute.about)
    assert [one.kind.name for one in told] == ["dispute.viewed", "dispute.raised"]


def test_a_question_about_a_stay_takes_the_situation_of_the_stay(cast: Cast) -> None:
    find_sample()
    opening = Opening(unit=UNIT, room="4", patient="P")
    stay = record_encounter(
        begin(by=cast.nurse), opening=opening, facts={"in_custody": True, "activity": "feeding"}
    )

    dispute = raise_question(cast.nurse, taps="", stay=str(stay.pk))

    assert dispute.record == stay.about


@pytest.mark.parametrize(
    ("taps", "stay", "status"),
    [
        ("", "", 404),
        ("activity=juggling", "", 400),
        ("x" * 6001, "", 404),
        ("", "no-id", 404),
        ("", "12345678-1234-4234-8234-123456789012", 404),
    ],
)
def test_a_question_about_no_answer_is_refused(
    cast: Cast, taps: str, stay: str, status: int
) -> None:
    find_sample()
    sent = {"taps": taps, "stay": stay, "key": str(uuid4()), "reason": "why"}

    response = enter(cast.nurse).post("/questions/new", sent)

    assert response.status_code == status
    assert not Dispute.objects.exists()


def test_pf_09_a_reason_that_speaks_of_status_is_shown_again_and_not_kept(cast: Cast) -> None:
    find_sample()
    sent = {"taps": TAPS, "key": str(uuid4()), "reason": "the patient is a US citizen"}

    response = enter(cast.nurse).post("/questions/new", sent)

    assert response.status_code == 422
    assert "the patient is a US citizen" in read(response)  # type: ignore[arg-type]  # the test client's own kind
    assert TAPS.replace("&", "&amp;") in response.content.decode()
    assert not Dispute.objects.exists()


def test_nobody_else_opens_a_question_and_no_other_hospital_knows_of_it(cast: Cast) -> None:
    find_sample()
    dispute = raise_question(cast.nurse)
    open_hospital("elsewhere")
    other = hire(Role.RULEBOOK_OWNER, "elsewhere")

    for path in (f"/questions/{dispute.pk}", f"/questions/{dispute.pk}/situation"):
        assert enter(cast.physician).get(path).status_code == 403
        assert enter(other).get(path).status_code == 404
    answer = {"key": uuid4(), "version": "1", "answer": "No."}
    assert enter(cast.nurse).post(f"/questions/{dispute.pk}", answer).status_code == 403
    assert Dispute.objects.get().state == "open"


def test_what_a_manager_said_is_held_against_what_is_on_file_like_a_claim(cast: Cast) -> None:
    find_sample()
    sent = {
        "taps": TAPS,
        "key": str(uuid4()),
        "words": "Do not call the family for anything.",
        "role": "house_supervisor",
        "asks": "family_contact:blocked",
        "document": "none",
    }

    response = enter(cast.nurse).post("/instructions/new", sent, follow=True)

    said = read(response)  # type: ignore[arg-type]  # the test client's own kind
    assert "Do not call the family for anything." in said
    assert "House supervisor" in said
    assert Instruction.objects.get().found == "no_source_on_file"
    assert "o source on file" in said


def test_counsel_reads_what_managers_said_and_a_colleague_does_not(cast: Cast) -> None:
    find_sample()
    sent = {"taps": TAPS, "key": uuid4(), "words": "Let them stay.", "role": "counsel"}
    enter(cast.nurse).post("/instructions/new", {**sent, "document": "none", "asks": ""})
    noted = Instruction.objects.get()

    counsel = enter(hire(Role.COUNSEL)).get("/instructions")

    assert "Let them stay." in read(counsel)  # type: ignore[arg-type]  # the test client's own kind
    assert enter(cast.physician).get("/instructions").status_code == 403
    assert enter(cast.physician).get(f"/instructions/{noted.pk}").status_code == 403


@pytest.mark.parametrize("change", [{"role": ""}, {"words": ""}, {"document": "dreamt"}])
def test_an_instruction_that_lacks_something_is_shown_again_with_what_was_typed(
    cast: Cast, change: dict[str, str]
) -> None:
    find_sample()
    sent = {"taps": TAPS, "key": str(uuid4()), "words": "Let them stay.", "role": "counsel"}
    sent |= {"document": "none", "asks": "nonsense:word", **change}

    response = enter(cast.nurse).post("/instructions/new", sent)

    assert response.status_code == 400
    assert not Instruction.objects.exists()


@given(st.sampled_from(sorted(HEARD)), st.sampled_from(["none", "seen"]), st.booleans())
def test_a_situation_written_to_a_file_is_read_as_it_was(
    heard: str,
    document: str,
    custody: bool,  # noqa: FBT001 - drawn by the property
) -> None:
    compiled = find_sample().compiled
    situation = Situation(
        as_of=date(2026, 11, 24),
        jurisdiction="us/tx",
        facts={"in_custody": custody, "activity": "feeding"},
        arrangement={"position": "at_bedside"},
        asserted=(build_claim(heard, document, VOCABULARY),),
    )

    file = write_situation(situation, VOCABULARY)

    assert open_situation(file, compiled) == situation
