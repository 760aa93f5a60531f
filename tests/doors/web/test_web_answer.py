"""The answer page: one word, one sentence, one person, the reasons, and honest limits."""

import re
from datetime import date

import pytest
from web_cast import NURSING, find_sample, read, tap

from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.vocabulary.problem import LANGUAGES, Language


def advise_nursing() -> Advice:
    shelf = find_sample()
    known = {"activity": "feeding", "patient_wish": "not_asked", "danger": "none"}
    return advise(
        shelf.compiled,
        Situation(
            as_of=date(2026, 11, 23),
            jurisdiction=shelf.site.jurisdiction,
            overlays=shelf.site.overlays,
            facts={**shelf.site.facts, **known},
            arrangement={"position": "at_bedside", "device": "in_use"},
        ),
    )


def find_path(language: Language) -> str:
    return "es/answer" if language == "es" else "answer"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_has_the_preset_the_sentence_the_person_and_the_citations(
    language: Language,
) -> None:
    advice, vocabulary = advise_nursing(), find_sample().vocabulary
    text = read(tap(find_path(language), **NURSING))

    assert advice.preset is not None
    assert vocabulary.presets[advice.preset].label.say(language) in text
    assert vocabulary.presets[advice.preset].line.say(language) in text
    assert advice.say.say(language) in text
    assert vocabulary.roles[advice.call[0]].label.say(language) in text
    assert find_sample().site.phones[advice.call[0]] in text
    for id_ in advice.dimensions["position"].because:
        assert advice.norms[id_].norm.source.cite in text
        assert advice.norms[id_].norm.asks.say(language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_says_what_it_is_not(language: Language) -> None:
    text = read(tap(find_path(language), **NURSING))

    no_advice = {"en": "Not legal advice; counsel of this hospital decides."}
    no_advice["es"] = "No es asesoría legal; decide la asesoría jurídica de este hospital."
    unread = {"en": "Not reviewed by counsel.", "es": "Sin revisión de la asesoría jurídica."}
    assert no_advice[language] in text
    assert unread[language] in text
    assert "2026-11-23" in text
    assert advise_nursing().edition.id in text


def test_each_choice_shows_how_many_rules_of_which_rank_it_breaks() -> None:
    advice = advise_nursing()
    text = read(tap(**NURSING))

    broken = (advice.dimensions["position"].breaks or {})["at_bedside"]
    assert "What other choices break" in text
    assert f"At the bedside as now sees, hears {len(broken)}" in text


def test_how_things_stand_is_repeated_above_the_answer() -> None:
    text = read(tap(**NURSING))

    assert "Feeding the baby · Patient: not asked yet · At the bedside · Phone: in use" in text


def test_a_refusal_has_its_sentence_and_the_next_person_on_the_same_page() -> None:
    advice, vocabulary = advise_nursing(), find_sample().vocabulary
    text = read(tap(**NURSING))

    following = vocabulary.roles[advice.call[1]].label.en
    assert f"calling the {following[:1].lower()}{following[1:]}" in text
    assert "Do not block or argue." in text or "Until then, ask for:" in text


def test_the_quiet_page_shows_no_invented_value() -> None:
    page = tap(**NURSING).content.decode().split('class="quiet-page"')[1]

    assert "Vital signs" in page
    assert page.count("<td>—</td>") == 6


def test_an_emergency_is_answered_at_once() -> None:
    text = read(tap(emergency="yes"))

    assert "Emergency bay" in text
    assert "at the unit door" in text


def test_an_emergency_outweighs_what_was_tapped_before() -> None:
    page = tap(emergency="yes", activity="rest").content.decode()

    assert '<input type="hidden" name="activity" value="code">' in page
    assert 'name="emergency"' not in page


def test_consent_within_the_officers_hearing_is_not_taken_as_consent() -> None:
    heard = read(tap(**(NURSING | {"patient_wish": "accepts_officer:heard"})))
    private = read(tap(**(NURSING | {"patient_wish": "accepts_officer:private"})))

    assert "The patient's wish: Not asked yet" in heard
    assert "The patient's wish: Not asked yet" not in private


def test_the_one_question_is_answered_with_a_button_that_sends_the_taps_again() -> None:
    page = tap(officer_asks="patient_info", as_of="2026-11-23").content.decode()
    asked = re.search(
        r'the-question">(.*?)</p>.*?form="again" name="(\w+)" value="(\w+)"', page, re.DOTALL
    )
    assert asked is not None
    question, fact, answer = asked.groups()

    again = tap(officer_asks="patient_info", as_of="2026-11-23", **{fact: answer})

    assert again.status_code == 200
    assert question not in again.content.decode()


def test_what_an_officer_claims_is_answered_with_what_is_on_file() -> None:
    text = read(tap(**NURSING, claim="must_be_in_room"))

    assert "“I must be in the room with the patient at all times.”" in text
    assert "On file" in text


def test_a_request_for_information_leads_with_what_may_be_told() -> None:
    text = read(tap(officer_asks="patient_info", as_of="2026-11-23"))

    assert "What is told" in text
    assert "I can't answer that myself." in text


def test_a_letter_leads_with_what_may_be_written() -> None:
    text = read(tap(officer_asks="letter_reword", as_of="2026-11-23"))

    assert "What a letter may say" in text
    assert "Fit for detention" in text.replace("“", "").replace("”", "")


def test_the_past_can_be_asked_about_and_says_so() -> None:
    text = read(tap(**(NURSING | {"as_of": "2012-05-01"})))

    assert "As of 2012-05-01" in text


def test_a_place_without_rules_of_its_own_says_so() -> None:
    text = read(tap(**NURSING, jurisdiction="us/gu"))

    assert "No rule of this state is on file." in text


def test_norms_set_aside_are_shown_with_the_reason() -> None:
    text = read(tap(**(NURSING | {"as_of": "2001-01-01"})))

    assert "Set aside, and why" in text
    assert "not in force" in text


def test_the_patients_question_is_marked_as_an_unreviewed_translation() -> None:
    page = read(tap("", activity="exam"))

    assert "¿Está de acuerdo en que el agente se quede?" in page
    assert "unreviewed translation" in page


def test_what_is_tapped_so_far_is_told_without_a_page() -> None:
    response = tap("so-far", activity="feeding", position="at_bedside")

    assert response.status_code == 200
    assert "<html" not in response.content.decode()
    assert "Private" in response.content.decode()


def test_what_cannot_be_so_far_is_told_nothing() -> None:
    assert tap("so-far", activity="labor", pregnancy="none").status_code == 204
