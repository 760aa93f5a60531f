"""What the page says of officers is true of what is on file, in words that hold for both sides."""

import re

import pytest
from web_cast import NURSING, find_sample, read, tap, visit

from bedside.doors.web.answer_page import name_in_sentence
from bedside.doors.web.drawings import PLACES, SPOTS, draw_scene
from bedside.rules.rulebook.norm import Modality
from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, SPANISH, Language

NO_TEXT = {
    "en": "No federal text that we have read requires an ICE or CBP officer",
    "es": "Ningún texto federal que hayamos leído exige que un agente de ICE o CBP",
}
EXAM = {"activity": "exam", "position": "at_bedside", "as_of": "2026-11-23"}


def test_no_federal_norm_on_file_asks_for_an_officer_inside_the_room() -> None:
    shelf = find_sample()
    position = shelf.vocabulary.dimensions["position"]
    inside = position.mask(tuple(position.properties["in_room"].yes))

    asking = [
        norm.id
        for norm in shelf.norms.values()
        if norm.id.startswith("us/federal/")
        and norm.modality in {Modality.MUST, Modality.SHOULD}
        and any(a.dimension == "position" and not a.keeps & ~inside for a in norm.arrangement)
    ]

    assert not asking  # else the sentence below has to be written anew


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("claim", ["must_be_in_room", "let_them_stay"])
@pytest.mark.parametrize("agency", ["ice", "cbp", ""])
def test_who_claims_that_an_officer_has_to_be_inside_is_told_that_no_federal_text_says_so(
    language: Language, claim: str, agency: str
) -> None:
    path = "es/answer" if language == "es" else "answer"

    text = read(tap(path, **EXAM, agency=agency, claim=claim))

    assert NO_TEXT[language] in text


@pytest.mark.parametrize(
    ("agency", "claim"), [("bop", "must_be_in_room"), ("county_jail", "must_be_in_room")]
)
def test_that_sentence_is_kept_for_those_of_whom_it_was_read(agency: str, claim: str) -> None:
    assert NO_TEXT["en"] not in read(tap(**EXAM, agency=agency, claim=claim))


def test_a_claim_is_shown_in_the_words_of_the_button_that_was_tapped() -> None:
    text = read(tap("es/answer", **EXAM, claim="must_be_in_room"))

    assert "“Debo estar en el cuarto con el paciente todo el tiempo.”" in text
    assert "I must be in the room" not in text


def test_a_document_that_was_shown_is_one_tap_away() -> None:
    undocumented = tap(**EXAM, agency="ice", claim="must_be_in_room").content.decode()
    shown = read(tap(**EXAM, agency="ice", claim="must_be_in_room", claim_document="seen"))

    assert 'name="claim_document" value="seen">They showed a document' in undocumented
    assert "They showed a document" not in shown
    assert "the document must be read." in shown


def test_a_document_is_not_offered_for_two_claims_at_once() -> None:
    page = tap(**EXAM, claim=["must_be_in_room", "let_them_stay"]).content.decode()

    assert "They showed a document" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_officers_read_that_no_federal_text_on_file_has_them_inside_and_which_asks_for_sight(
    language: Language,
) -> None:
    text = read(visit("es/officer" if language == "es" else "officer"))

    assert NO_TEXT[language] in text
    assert "28 CFR 570.44" in text


def test_what_a_profession_thinks_is_not_called_an_officers_own_rule() -> None:
    own = read(visit("officer")).split("Exceptions in your own rules")[1]

    assert "CFR" in own
    assert not re.search("AAFP|ACEP|NCCHC|ACOG|AMA ", own)


def test_what_we_infer_from_law_is_not_called_a_professions_rule() -> None:
    page = tap(**NURSING).content.decode()
    rows = re.findall(
        r'<span class="tier tC">([^<]*)</span>.*?<a href="[^"]*">([^<]*)', page, re.DOTALL
    )

    ranks = {rank for rank, cite in rows if "CFR" in cite}
    assert ranks == {"Inferred"}
    assert re.search(r"inferred \d", read(tap(**NURSING)))


def test_what_only_guidance_asks_has_a_mark_a_ground_and_a_sentence_of_its_own() -> None:
    page = tap(activity="intake", agency="ice", jurisdiction="us/ca", position="at_bedside")

    assert 'class="hero guidance-ground"' in page.content.decode()
    assert "Only guidance" in read(page)
    assert "Only guidance asks for this: no law" in read(page)


@pytest.mark.parametrize("now", [*PLACES, None])
@pytest.mark.parametrize("want", [*PLACES, None])
def test_nobody_stands_outside_the_drawing(now: str | None, want: str | None) -> None:
    drawn = draw_scene(now, want, "")
    found = re.search(r'viewBox="0 0 (\d+) ', drawn)

    assert found is not None
    reach = max((SPOTS[place][0] + 11 for place in (now, want) if place), default=0)
    assert reach <= int(found[1])


@pytest.mark.parametrize(
    ("role", "language", "said"),
    [
        ("house_supervisor", ENGLISH, "the house supervisor"),
        ("hospital_security", ENGLISH, "hospital security"),
        ("counsel", ENGLISH, "hospital counsel"),
        ("house_supervisor", SPANISH, "a la supervisión de enfermería"),
        ("attending", SPANISH, "al médico tratante"),
        ("hospital_security", SPANISH, "a seguridad del hospital"),
    ],
)
def test_whom_one_calls_stands_rightly_in_the_sentence(
    role: str, language: Language, said: str
) -> None:
    label = find_sample().vocabulary.roles[role].label.say(language)

    assert name_in_sentence(role, label, language) == said


def test_a_refusal_is_not_put_into_an_officers_mouth() -> None:
    text = read(tap(**NURSING))

    assert "I understand that your answer is no." in text
    assert "t decide that" not in text


def test_a_day_in_the_past_is_said_first_so_that_no_small_screen_cuts_it_off() -> None:
    page = tap(**{**NURSING, "as_of": "2012-05-01"}).content.decode()

    assert '<p class="facts"><span><b>As of 2012-05-01</b>' in page
