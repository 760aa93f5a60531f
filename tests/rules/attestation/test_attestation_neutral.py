"""Lines beside the claims: a request that blames nobody and repeats nothing, and who signed."""

from datetime import timedelta

import pytest
from attestation_cast import ANKLE, LIBRARY, NIGHT, NURSE, OFFICER, PHYSICIAN, STATUS, ZONE

from bedside.rules.attestation.events import (
    AgencyLevel,
    Channel,
    Decision,
    RequestId,
    Signed,
    SignerRole,
    VerbalOrder,
    WordingDecided,
    WordingRequested,
)
from bedside.rules.attestation.history import Request
from bedside.rules.attestation.lint import find_never
from bedside.rules.attestation.neutral import say_request
from bedside.rules.attestation.signature import say_signature
from bedside.rules.attestation.wanted import read_wanted

ASKED = "Write that she is cleared for detention and take out the part about the ankle."
ID = RequestId("request-0")


def make(
    words: str = ASKED,
    decision: Decision | None = Decision.DECLINE,
    agency: AgencyLevel = AgencyLevel.FEDERAL,
) -> Request:
    asked = WordingRequested(
        at=NIGHT + timedelta(minutes=27),
        by=NURSE,
        request=ID,
        version=1,
        asked_by=OFFICER,
        agency=agency,
        channel=Channel.IN_PERSON,
        words=words,
        effects=read_wanted(words, (STATUS, ANKLE), LIBRARY),
    )
    if decision is None:
        return Request(asked=asked)
    answer = WordingDecided(
        at=asked.at, by=PHYSICIAN, request=ID, decision=decision, norms=("n",), why="Still true."
    )
    return Request(asked=asked, answer=answer)


def test_the_line_says_who_when_how_what_and_what_was_answered() -> None:
    line = say_request(make(), zone=ZONE)

    assert line.en == (
        "23 November 2026, 02:37: somebody of a federal agency asked in person for other words "
        "(add: Clearance without scope, A verdict on custody; take out the limit: Restraint and "
        "transport limits). Answered: declined; the letter stands as signed."
    )
    assert line.es.startswith("23 de noviembre de 2026, 02:37: alguien de un organismo federal")
    assert "quitar el límite: Límites de sujeción y traslado" in line.es


def test_the_line_repeats_none_of_the_words_that_no_letter_says() -> None:
    said = say_request(make(), zone=ZONE).en

    assert "cleared" not in said
    assert {hit.found.lower() for hit in find_never(said)} <= {"clearance"}  # the class's own name


@pytest.mark.parametrize("agency", AgencyLevel)
@pytest.mark.parametrize("decision", [*Decision, None])
def test_every_agency_and_every_answer_has_its_words(
    agency: AgencyLevel, decision: Decision | None
) -> None:
    line = say_request(make(agency=agency, decision=decision), zone=ZONE)

    assert line.en != line.es
    assert "{" not in line.en + line.es


def test_a_request_that_nobody_could_read_names_no_claim() -> None:
    assert "(no claim named)" in say_request(make("Please."), zone=ZONE).en


def test_an_attending_signs_with_the_hour() -> None:
    signed = Signed(at=NIGHT, by=PHYSICIAN, version=1, role=SignerRole.ATTENDING)

    line = say_signature(signed, name="A physician", zone=ZONE)

    assert line.en == "A physician, attending, 23 November 2026, 02:10"
    assert line.es == "A physician, médico tratante, 23 de noviembre de 2026, 02:10"


def test_a_resident_signs_with_the_order_and_when_it_was_read_back() -> None:
    order = VerbalOrder(by=PHYSICIAN, read_back_at=NIGHT - timedelta(minutes=2))
    signed = Signed(at=NIGHT, by="staff/2", version=1, role=SignerRole.RESIDENT, order=order)

    line = say_signature(signed, name="A resident", order_name="a physician", zone=ZONE)

    assert line.en.endswith("on the spoken order of a physician, read back 23 November 2026, 02:08")
    assert "por orden verbal de a physician" in line.es
