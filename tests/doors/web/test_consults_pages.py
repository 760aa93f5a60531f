"""Asking ethics from a stay: the brief, both sides, the advice, and what is said of law."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from stays_web_cast import Clock, enter, look, open_stay, send
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.record.accounts.roles import Role
from bedside.record.consults.models import Consult, Gap
from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import find_events
from bedside.record.presence.ladder import Ladder
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.presence.request_operations import CameOf, Request, record_request
from bedside.record.presence.words import Outcome
from record_cast import NIGHT, Cast, begin, hire, read_with

HER_WORDS, HIS_WORDS = "No quiero que me mire", "I can't decide that."
ASKED = {
    "question": "May the officer stay while she nurses?",
    "kind": "privacy",
    "dimension": "position",
    "minor": "no",
    "patient_words": HER_WORDS,
    "patient_language": "es",
    "patient_translator": "interpreter_remote",
    "patient_interpreter": "interpreter 48213",
    "patient_translated": "I do not want him to look at me",
    "officer_words": HIS_WORDS,
    "officer_language": "en",
    "other_speaker": "administration",
    "other_words": "Let him stay.",
}


@pytest.fixture
def time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Turn the clock by hand at the sample hospital."""
    del cast
    find_sample()
    clock_ = Clock()
    monkeypatch.setattr(clock, "tell_time", clock_.tell)
    return clock_


@pytest.fixture
def stay(cast: Cast, time: Clock) -> Encounter:
    """Open a stay at which an officer stands at the bed and was asked to step out."""
    del time
    facts = {"activity": "feeding", "agency": "ice", "danger": "none", "patient_wish": "not_asked"}
    stay = open_stay(cast.nurse, **facts)
    noted = Noted(position="at_bedside", facts={"activity": "feeding"})
    record_mark(begin(by=cast.nurse), stay, noted=noted)
    record_request(
        begin(by=cast.nurse),
        stay,
        request=Request(preset="private", words="Please wait outside."),
        came=CameOf(outcome=Outcome.REFUSED, answer="My rule says I stay."),
        ladder=Ladder(),
    )
    return stay


def ask(client: Client, stay: Encounter, **changes: str) -> Consult:
    """Refer a question and find it."""
    answer = send(client, f"/stays/{stay.pk}/consults", **ASKED | changes)
    assert answer.status_code == 302, read(answer)
    return Consult.objects.order_by("-referred_at")[0]


def test_ec_01_and_07_and_08_a_brief_is_built_with_her_words_first_and_his_as_he_said_them(
    cast: Cast, stay: Encounter
) -> None:
    consult = ask(enter(cast.nurse), stay)

    page = look(enter(hire(Role.ETHICS)), f"/consults/{consult.pk}/sheet")

    told = read(page)
    order = [told.index(word) for word in (HER_WORDS, "I do not want him", ASKED["question"])]
    assert order == sorted(order)
    assert "Translated by a person" in told
    assert "interpreter 48213" in told
    assert f'<blockquote lang="es">{HER_WORDS}' in page.content.decode()
    assert HIS_WORDS.replace("'", "'") in told
    assert "My rule says I stay." in told
    assert "they refused 1" in told
    assert "At the bed" in told
    assert "Let him stay." in told
    assert "Against it" in told
    norms = re.findall(r'href="(/norms/[^"]+)"', page.content.decode())
    assert norms
    assert told.count("the source says this") + told.count("our reading") >= len(norms)
    kinds = [one.kind.name for one in find_events(read_with(), record=stay.about)]
    assert kinds[:2] == ["consult.exported", "consult.referred"]


def test_ec_07_what_the_patient_and_the_officer_said_is_asked_for_where_it_is_missing(
    cast: Cast, time: Clock
) -> None:
    del time
    bare = open_stay(cast.nurse)
    silent = {"patient_words": "", "patient_translator": "", "patient_translated": ""}
    silent |= {"officer_words": "", "other_words": "", "patient_interpreter": ""}
    consult = ask(enter(cast.nurse), bare, **silent)

    told = read(look(enter(cast.nurse), f"/consults/{consult.pk}"))

    assert "words are missing. Ask the patient" in told
    assert "No reason was noted" in told


def test_ec_07_a_machine_or_nobody_translates_nothing_and_what_was_typed_is_kept(
    cast: Cast, stay: Encounter
) -> None:
    client = enter(cast.nurse)
    for wrong in ({"patient_translator": "machine"}, {"patient_interpreter": ""}):
        answer = send(client, f"/stays/{stay.pk}/consults", **ASKED | wrong)
        assert answer.status_code == 400
        assert HER_WORDS in answer.content.decode()
    assert not Consult.objects.exists()


def test_ec_02_an_urgent_question_shows_its_clock_and_that_it_is_overdue(
    cast: Cast, stay: Encounter, time: Clock
) -> None:
    ask(enter(cast.nurse), stay, urgent="yes")
    ethics = enter(hire(Role.ETHICS))

    assert "2 hours" in read(look(ethics, "/consults"))
    assert "answer within 2 hours" in read(look(ethics, "/home"))
    time.at = NIGHT + timedelta(hours=3)
    ethics = enter(hire(Role.ETHICS))  # the earlier session rests by now
    assert 'class="tag late"' in look(ethics, "/consults").content.decode()
    assert "overdue" in read(look(enter(cast.nurse), f"/stays/{stay.pk}"))


def test_ec_03_advice_is_on_the_stay_and_says_that_it_is_no_order(
    cast: Cast, stay: Encounter
) -> None:
    consult = ask(enter(cast.nurse), stay)
    ethics = enter(hire(Role.ETHICS))

    send(ethics, f"/consults/{consult.pk}/advice", advice="Ask him to step out.")

    for client in (enter(cast.nurse), enter(cast.physician)):
        told = read(look(client, f"/stays/{stay.pk}"))
        assert "Ask him to step out." in told
        assert "not an order" in told
    refused = send(enter(cast.nurse), f"/consults/{consult.pk}/advice", advice="No.")
    assert refused.status_code == 403


def test_ec_04_where_no_order_is_on_file_the_page_says_so_and_an_officer_is_never_one(
    cast: Cast, stay: Encounter
) -> None:
    consult = ask(enter(cast.nurse), stay, kind="surrogate")

    told = read(look(enter(hire(Role.ETHICS)), f"/consults/{consult.pk}"))

    assert "No order is on file for this state. Ask counsel." in told
    assert "An officer or an agency is never the one who decides" in told
    assert "42 CFR 482.13(b)(2)" in told
    assert "our reading" in told


def test_ec_05_the_third_alike_is_a_card_for_its_owner_without_a_patient_in_it(
    cast: Cast, stay: Encounter
) -> None:
    for _ in range(3):
        ask(enter(cast.nurse), stay)
    gap = Gap.objects.get()
    owner = enter(hire(Role.RULEBOOK_OWNER))

    page = read(look(owner, f"/consults/gaps/{gap.pk}"))

    assert "Privacy from officers" in page
    assert ASKED["question"] not in page
    assert stay.code not in page
    assert ASKED["question"] in read(look(enter(hire(Role.ETHICS)), f"/consults/gaps/{gap.pk}"))
    send(owner, f"/consults/gaps/{gap.pk}", answer="We wrote a rule.")
    assert "We wrote a rule." in read(look(owner, "/consults/gaps"))
    told = send(enter(hire(Role.ETHICS)), f"/consults/gaps/{gap.pk}", answer="Twice.")
    assert told.status_code == 403


def test_ec_10_of_a_minor_both_answers_are_asked_for_and_shown(cast: Cast, time: Clock) -> None:
    del time
    stay = open_stay(cast.nurse, patient_age_band="minor")
    client = enter(cast.nurse)

    bare = send(client, f"/stays/{stay.pk}/consults", **ASKED | {"minor": "no"})
    assert bare.status_code == 400  # the stay says a minor, whatever the form says
    assert "under 18" in read(bare)
    consult = ask(client, stay, assent="refused", guardian="detained_elsewhere")
    told = read(look(client, f"/consults/{consult.pk}"))
    assert "Patient: Says no." in told
    assert "Parent or guardian: Held elsewhere." in told


def test_a_danger_names_counsel_where_no_rule_of_the_state_is_on_file(
    cast: Cast, stay: Encounter
) -> None:
    client = enter(cast.nurse)
    told = read(look(client, f"/stays/{stay.pk}/dangers"))
    assert "No rule of this state on warning or protecting others is on file" in told
    assert "45 CFR 164.512(j)(1)(i)" in told

    said = {"who": "named_person", "words": "I will find her", "soon": "yes"}
    assert send(client, f"/stays/{stay.pk}/dangers", **said).status_code == 302

    assert "I will find her" in read(look(client, f"/stays/{stay.pk}/dangers"))
    assert "Somebody may come to harm" in read(look(enter(hire(Role.COUNSEL)), "/home"))


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_page_speaks_both_languages(cast: Cast, stay: Encounter, prefix: str) -> None:
    consult = ask(enter(cast.nurse), stay, kind="surrogate")
    client = enter(hire(Role.ETHICS))
    for path in (
        f"consults/{consult.pk}",
        f"consults/{consult.pk}/sheet",
        "consults",
        "consults/gaps",
    ):
        assert look(client, f"{prefix}/{path}").status_code == 200
    for path in ("consults", "dangers"):
        assert look(enter(cast.nurse), f"{prefix}/stays/{stay.pk}/{path}").status_code == 200


def test_a_form_sent_twice_asks_once(cast: Cast, stay: Encounter) -> None:
    client = enter(cast.nurse)
    key = "11111111-1111-4111-8111-111111111111"
    first = send(client, f"/stays/{stay.pk}/consults", **ASKED | {"key": key})
    again = send(client, f"/stays/{stay.pk}/consults", **ASKED | {"key": key})

    assert first.headers["Location"] == again.headers["Location"]
    assert Consult.objects.count() == 1
