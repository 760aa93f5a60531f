"""Who asked for other words is kept before anything changes, and what it would have changed."""

import json
from pathlib import Path

import pytest
from letters_cast import ANKLE, CLAIMS, draft, sign, start

from bedside.record.accounts.roles import Role
from bedside.record.journal.queries import find_events
from bedside.record.letters.incident_operations import record_forbidden_found
from bedside.record.letters.models import Letter, Raised, Step
from bedside.record.letters.operations import record_draft
from bedside.record.letters.queries import find_forbidden, find_history
from bedside.record.letters.refusals import NothingSaid
from bedside.record.letters.request_operations import (
    Answered,
    Asked,
    record_statement,
    record_wording_decided,
    record_wording_requested,
)
from bedside.record.paging.models import Page
from bedside.rules.attestation.clause import load_library
from bedside.rules.attestation.compare import Effect
from bedside.rules.attestation.events import AgencyLevel, Channel, Decision, RequestId
from bedside.rules.attestation.wanted import read_wanted
from bedside.rules.vocabulary.problem import Problems
from record_cast import NIGHT, Cast, begin, read_with

WORDS = "Write that she is cleared for detention and take out the part about the ankle."
NORM = "world/un/37-194-4b-no-certificate-of-fitness"


@pytest.fixture
def letter(cast: Cast, tmp_path: Path) -> Letter:
    """A signed letter."""
    return sign(start(cast.physician), cast.physician, tmp_path)


def ask(cast: Cast, letter: Letter, words: str = WORDS) -> RequestId:
    """Ask for other words."""
    asked = Asked(
        number=1,
        asked_by="badge 12",
        agency=AgencyLevel.FEDERAL,
        channel=Channel.IN_PERSON,
        words=words,
        effects=read_wanted(words, CLAIMS, load_library()),
    )
    at = letter.steps.order_by("-number")[0].at
    request = record_wording_requested(
        begin(by=cast.nurse, at=at), letter, asked=asked, seen=letter.version
    )
    letter.refresh_from_db()
    return request


def answer(cast: Cast, letter: Letter, request: RequestId, decision: Decision) -> None:
    """Answer it."""
    answered = Answered(
        decision=decision,
        norms=(NORM,),
        why="nothing clinical has changed",
        escalated_to=Role.HOUSE_SUPERVISOR.value,
        is_counsel_told=True,
    )
    at = letter.steps.order_by("-number")[0].at
    record_wording_decided(
        begin(by=cast.physician, at=at), letter, request, answered=answered, seen=letter.version
    )
    letter.refresh_from_db()


def test_md_03_a_request_is_kept_first_and_changes_no_claim(cast: Cast, letter: Letter) -> None:
    before = find_history(read_with(), letter).versions

    ask(cast, letter)

    history = find_history(read_with(), letter)
    assert history.versions == before
    assert {one.effect for one in history.requests[0].asked.effects} == {
        Effect.ADD_CLAIM,
        Effect.DELETE_LIMIT,
    }
    newest = find_events(read_with(), record=letter.about)[0]
    assert newest.kind.name == "letter.wording-requested"


def test_while_a_request_waits_nobody_can_draft_another_version(cast: Cast, letter: Letter) -> None:
    ask(cast, letter)
    without = tuple(one for one in CLAIMS if one is not ANKLE)
    at = letter.steps.order_by("-number")[0].at

    with pytest.raises(Problems) as refused:
        record_draft(
            begin(by=cast.physician, at=at), letter, draft=draft(*without), seen=letter.version
        )

    assert refused.value.problems[0].kind.code == "attestation.request-open"


def test_pressure_is_raised_as_d2_and_pages_the_attending_and_counsel(
    cast: Cast, letter: Letter
) -> None:
    ask(cast, letter)

    assert [one.code for one in Raised.objects.filter(letter=letter)] == ["D2"]
    assert set(Page.objects.filter(reason="D2").values_list("to_role", flat=True)) == {
        "attending",
        "counsel",
    }


def test_a_wish_for_larger_print_is_no_pressure(cast: Cast, letter: Letter) -> None:
    ask(cast, letter, "Print it in larger letters please.")

    assert not Raised.objects.exists()


def test_words_that_no_letter_says_are_never_accepted_whole(cast: Cast, letter: Letter) -> None:
    request = ask(cast, letter)

    with pytest.raises(Problems) as refused:
        answer(cast, letter, request, Decision.ACCEPT)

    assert refused.value.problems[0].kind.code == "attestation.never-accepted"


def test_a_declined_request_keeps_its_answer_pages_counsel_and_hears_the_requester(
    cast: Cast, letter: Letter
) -> None:
    request = ask(cast, letter)
    answer(cast, letter, request, Decision.DECLINE)
    at = letter.steps.order_by("-number")[0].at

    record_statement(
        begin(by=cast.nurse, at=at),
        letter,
        request,
        words="I was told to ask.",
        seen=letter.version,
    )

    kept = find_history(read_with(), letter).find_request(request)
    assert kept is not None
    assert kept.answer is not None
    assert kept.answer.is_counsel_told
    assert kept.statements[0].words == "I was told to ask."
    told = Page.objects.filter(reason="letter-wording").values_list("to_role", flat=True)
    assert set(told) == {"counsel", "house_supervisor"}


def test_the_exact_words_lie_sealed(cast: Cast, letter: Letter) -> None:
    ask(cast, letter)

    assert not any(b"ankle" in bytes(one.plain) for one in Step.objects.all())


def test_a_request_without_words_is_not_kept(cast: Cast, letter: Letter) -> None:
    with pytest.raises(NothingSaid):
        ask(cast, letter, "  ")

    assert not find_history(read_with(), letter).requests


def test_a_letter_from_elsewhere_that_says_what_no_letter_says_is_raised_as_d3_once(
    letter: Letter,
) -> None:
    assert not find_forbidden(read_with(), at=NIGHT)
    plant_forbidden_words(letter)

    for found in find_forbidden(read_with(), at=NIGHT):
        record_forbidden_found(begin(), found)

    assert [one.code for one in Raised.objects.all()] == ["D3"]
    assert not find_forbidden(read_with(), at=NIGHT)


def plant_forbidden_words(letter: Letter) -> None:
    """Write into the first draft what no operation takes."""
    step = Step.objects.get(letter=letter, number=1)
    room = read_with().open(letter.about)
    assert room is not None
    plain = json.loads(room.open(step.plain, "letters_step", step.pk, "plain"))
    plain["claims"][0]["addition"]["en"] = "She is fit for detention."
    step.plain = room.seal(json.dumps(plain), "letters_step", step.pk, "plain")
    step.save()
