"""Free words of a letter are read however they are written, in English and in Spanish."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.lint import MOST_LETTERS, lint_addition
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH

BLOCKED = (
    ("fit for detention", "verdict-on-fitness"),
    ("The patient is FIT.", "verdict-on-fitness"),
    ("fitness for confinement", "verdict-on-fitness"),
    ("healthy enough for detention", "verdict-on-fitness"),
    ("apta para la detención", "verdict-on-fitness"),
    ("No apto", "verdict-on-fitness"),
    ("en condiciones de ser detenido", "verdict-on-fitness"),
    ("aptitud", "verdict-on-fitness"),
    ("medically cleared", "clearance-without-scope"),
    ("clearance given", "clearance-without-scope"),
    ("autorizado para salir con agentes", "clearance-without-scope"),
    ("Autorización médica", "clearance-without-scope"),
    ("held in detention", "custody-and-places"),
    ("stable for federal custody", "custody-and-places"),
    ("jailed", "custody-and-places"),
    ("incarceration", "custody-and-places"),
    ("alta para detención", "custody-and-places"),
    ("alta para custodia", "clearance-without-scope"),
    ("encarcelamiento", "custody-and-places"),
    ("ready for removal", "removal"),
    ("deportable", "removal"),
    ("deportación", "removal"),
    ("may fly tomorrow", "travel-not-assessed"),
    ("vuelo mañana", "travel-not-assessed"),
    ("stable for transport", "travel-not-assessed"),
    ("listo para el traslado", "travel-not-assessed"),
    ("released to ICE custody", "custody-and-places"),
    ("able to be interviewed", "custody-and-places"),
    ("no medical objection", "clearance-without-scope"),
    ("sin inconveniente", "clearance-without-scope"),
    ("approved for release", "clearance-without-scope"),
    ("I certify that", "clearance-without-scope"),
    ("nothing against being held", "custody-and-places"),
    ("may return to the facility", "place-is-adequate"),
    ("no hay razón para no detenerla", "custody-and-places"),
    ("en buenas condiciones para el viaje", "verdict-on-fitness"),
    ("can travel", "travel-not-assessed"),
    ("volará mañana", "travel-not-assessed"),
    ("no restrictions", "no-restrictions"),
    ("without any restrictions", "no-restrictions"),
    ("sin restricciones", "no-restrictions"),
    ("sin ninguna restricción", "no-restrictions"),
    ("no further care", "nothing-more-needed"),
    ("no necesita más atención", "nothing-more-needed"),
    ("can be managed at the facility", "place-is-adequate"),
    ("puede ser atendida en el centro", "place-is-adequate"),
    ("will not deteriorate", "future-health"),
    ("no hay riesgo", "future-health"),
    ("good for 72 hours", "length-of-time"),
    ("72h", "length-of-time"),
    ("72-hour window", "length-of-time"),
    ("seventy two hours", "length-of-time"),
    ("setenta y dos horas", "length-of-time"),
    ("estable por las próximas 24 horas", "length-of-time"),
    ("undocumented", "not-clinical"),
    ("according to the officer", "dictated"),
    ("según el agente", "dictated"),
)
DISGUISED = (
    "f i t",
    "f.i.t",
    "F-I-T",
    "f_i_t",
    "f1t",
    "f\u0131\u0301t",
    "f\u200bit",
    "fi\u00adt",
    "f\u2060i\u2060t",
    "\uff46\uff49\uff54",
    "\U0001d41f\U0001d422\U0001d42d",
    "ⓕⓘⓣ",
    "🇫🇮🇹",
    "\u0192it",
    "f\u0456t",
    "fi\u0442",
    "cl3ar3d",
    "c1eared",
    "c l e a r e d",
    "c.l.e.a.r.e.d",
    "clea-red",
    "c\u0337l\u0337e\u0337a\u0337r\u0337e\u0337d",
    "\u0441l\u0435\u0430r\u0435d",
    "detenti0n",
    "de tention",
    "de-ten-tion",
    "d e t e n c i ó n",
    "d3t3nc10n",
    "confinernent",
    "@pto",
    "4pta",
    "a p t o",
    "4 p t o",
    "jaiI",
    "no re strictions",
    "no               restrictions",
    "no\n\n\nrestrictions",
    "f            i            t",
    "can   be\tmanaged    at",
    "\u0455in restricciones",
)
ALLOWED = (
    "Medication held this morning; pressure held for 5 min.",
    "Explained with a certified interpreter.",
    "Cardiac arrest in 2019. Refer to wound center.",
    "No detectable swelling; deterioration of the wound edge was seen.",
    "Volver a revisar el apósito mañana; la paciente camina sola.",
    "Wound check in 48 to 72 h.",
    "Look again within 72 hours.",
    "Antibiotic every 8 h for 7 days.",
    "Lungs clear, clear liquids only today.",
    "Suture removal in 10 days; removal of the drain on day 3.",
    "Confined to bed until morning.",
    "Incarcerated inguinal hernia repaired.",
    "No more than one flight of stairs.",
    "Not easy to wake: call emergency.",
    "Curación cada 24 h; retirar puntos en 10 días.",
    "Hay que detener el sangrado con presión.",
    "Benefit for the baby: breast milk.",
    "500 mg/day; 2.5 mL q8h p.o. b.i.d.",
    "Nuclear medicine scan done, edema less.",
    "Creatinine clearance 60.",
    "Dosis: 10 µg/kg, temperatura ≤ 25 °C.",
    "No aplastar la pastilla: es de liberación prolongada.",
    "Jun'aj tzij: k'o ri q'ix.",
)


@pytest.mark.parametrize(("text", "rule"), BLOCKED)
def test_words_that_no_letter_says_are_found_with_their_rule(text: str, rule: str) -> None:
    assert rule in {hit.rule.id for hit in lint_addition(text)}


@pytest.mark.parametrize("text", DISGUISED)
def test_disguised_words_are_found(text: str) -> None:
    says = {hit.rule.says for hit in lint_addition(f"The patient is {text} today.")}

    assert says - {None}


@pytest.mark.parametrize("text", ALLOWED)
def test_clinical_sentences_are_let_through(text: str) -> None:
    assert lint_addition(text) == ()


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u200f", "\u200b", "\u2066", "\ufeff", "\u3164", "\U000e0041", "\x07"]
)
def test_a_character_that_cannot_be_seen_is_found_where_it_stands(hidden: str) -> None:
    (hit,) = lint_addition(f"Keep the leg{hidden} raised.")

    assert (hit.start, hit.end, hit.rule.id) == (12, 13, "hidden-character")


def test_words_written_backwards_under_a_turning_mark_are_not_let_through() -> None:
    assert lint_addition("\u202enoitneted rof tif\u202c") != ()


def test_letters_of_another_alphabet_are_found_even_in_harmless_words() -> None:
    (hit,) = lint_addition("Keep the l\u0435g raised.")

    assert hit.rule.id == "other-letters"
    assert hit.found == "\u0435"


def test_a_hit_gives_its_place_and_the_words_as_they_were_typed() -> None:
    text = "Ate well. Cl3ared at noon."

    (hit,) = lint_addition(text)

    assert text[hit.start : hit.end] == hit.found == "Cl3ared"
    assert hit.rule.says is ClaimClass.CLEARED_UNSCOPED


def test_a_hit_offers_honest_words_and_their_classes_in_both_languages() -> None:
    hit = next(iter(lint_addition("fit")))

    assert "as of a stated time" in hit.say(ENGLISH)
    assert "B Status now" in hit.say(ENGLISH)
    assert "a una hora dada" in hit.say(SPANISH)
    assert "B Estado actual" in hit.say(SPANISH)


def test_travel_may_be_spoken_of_once_it_was_assessed() -> None:
    assert lint_addition("No flights over 2 h.", has_travel=False) != ()
    assert lint_addition("No flights over 2 h.", has_travel=True) == ()


def test_an_allowed_phrase_shields_no_other_word() -> None:
    found = {hit.found for hit in lint_addition("incarcerated fit for detention hernia")}

    assert {"fit", "detention", "incarcerated"} <= found


def test_fifty_thousand_letters_are_refused_with_the_limit() -> None:
    (hit,) = lint_addition("a" * 50_000)

    assert hit.rule.id == "too-long"
    assert str(MOST_LETTERS) in hit.say(ENGLISH)
    assert str(MOST_LETTERS) in hit.say(SPANISH)


def test_the_longest_text_that_is_let_through_is_the_limit() -> None:
    assert lint_addition("a" * MOST_LETTERS) == ()
    assert lint_addition("a" * (MOST_LETTERS + 1)) != ()


@given(st.text(max_size=300))
def test_any_text_is_read_and_every_hit_stands_in_it(text: str) -> None:
    for hit in lint_addition(text):
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.found


@given(
    st.sampled_from(["fit", "cleared", "detention", "apto", "detención", "deportation"]),
    st.lists(st.sampled_from(["\u200b", "\u200d", "\u2060", "\u00ad", "\u202e"]), max_size=6),
    st.randoms(use_true_random=False),
)
def test_hidden_marks_anywhere_in_a_word_do_not_hide_it(
    word: str, marks: list[str], dice: random.Random
) -> None:
    letters = list(word)
    for mark in marks:
        letters.insert(dice.randrange(len(letters) + 1), mark)

    says = {hit.rule.says for hit in lint_addition("".join(letters))}

    assert says - {None}


@given(
    st.sampled_from(["fit", "cleared", "detention", "apto", "removal", "jail"]),
    st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=8),
)
def test_a_blocked_word_is_found_between_any_other_words(word: str, other: str) -> None:
    hits = lint_addition(f"{other}, {word}; {other}")

    assert any(word in hit.found for hit in hits)
