"""Free text is searched for what is never kept; ordinary prose of a ward passes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.rules.screening.find import find_worries
from bedside.rules.screening.patterns import load_patterns

HERE = Path(__file__).parent
HARMLESS = (HERE / "harmless.txt").read_text("utf-8").splitlines()
WORRYING = [
    tuple(line.split(": ", 1)) for line in (HERE / "worrying.txt").read_text("utf-8").splitlines()
]
NEVER_KEPT = {"a_number", "immigration_status", "nationality", "place_of_birth", "too_long"}
UNBROKEN = ["undocumented patient", "illegal alien", "indocumentada", "citizenship", "nacionalidad"]
HIDDEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u0301"
LOOKALIKE = str.maketrans("aceiopxy", "\u0430\u0441\u0435\u0456\u043e\u0440\u0445\u0443")


def _kinds(text: str) -> set[str]:
    return {worry.kind for worry in find_worries(text)}


def test_there_are_enough_harmless_sentences_to_tell() -> None:
    assert len(set(HARMLESS)) >= 150


@pytest.mark.parametrize("sentence", HARMLESS)
def test_ordinary_prose_of_a_ward_or_a_desk_passes(sentence: str) -> None:
    assert [sentence[w.start : w.end] for w in find_worries(sentence)] == []


def test_harmless_sentences_pass_when_they_stand_together() -> None:
    assert find_worries("\n".join(HARMLESS)) == ()


@pytest.mark.parametrize(("kind", "text"), WORRYING)
def test_pf_09_what_is_never_kept_is_found_in_both_languages(kind: str, text: str) -> None:
    assert kind in _kinds(text)


@pytest.mark.parametrize(("kind", "text"), WORRYING)
def test_capitals_and_missing_accents_hide_nothing(kind: str, text: str) -> None:
    bare = text.translate(str.maketrans("áéíóúñ", "aeioun"))

    assert kind in _kinds(text.upper()) & _kinds(bare)


@given(st.sampled_from(UNBROKEN), st.data())
def test_hidden_signs_between_letters_hide_nothing(phrase: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(phrase) - 1))
    sign = data.draw(st.sampled_from(HIDDEN))

    assert find_worries(phrase[:at] + sign + phrase[at:])


@pytest.mark.parametrize("phrase", UNBROKEN)
@pytest.mark.parametrize("sign", [" ", ".", "-", "_", "*", " . "])
def test_letters_set_apart_are_read_together(phrase: str, sign: str) -> None:
    assert find_worries(sign.join(phrase.replace(" ", "")))


@pytest.mark.parametrize("phrase", UNBROKEN)
def test_letters_of_other_alphabets_are_read_as_what_they_show(phrase: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in phrase)

    assert find_worries(phrase.translate(LOOKALIKE))
    assert find_worries(wide)


@pytest.mark.parametrize("text", ["1llegal al1en", "und0cument3d p@tient", "ind0cumentad@"])
def test_digits_and_signs_drawn_like_letters_are_read(text: str) -> None:
    assert find_worries(text)


@given(st.text(max_size=400))
@settings(max_examples=300)
def test_any_text_is_answered_with_places_inside_it_that_do_not_overlap(text: str) -> None:
    worries = find_worries(text)

    ends = [0, *(worry.end for worry in worries)]
    assert all(w.start >= end and w.start < w.end <= len(text) for w, end in zip(worries, ends))  # noqa: B905 - one end more


def test_only_numbers_and_dates_may_be_kept_and_nothing_that_tells_of_status() -> None:
    patterns = load_patterns()

    kinds = (*patterns.kinds, patterns.too_long)
    assert {kind.id for kind in kinds if not kind.may_keep} == NEVER_KEPT


def test_every_worry_says_in_both_languages_what_to_write_instead() -> None:
    for kind in load_patterns().kinds:
        for said in (kind.label, kind.instead):
            assert min(said.en, said.es)
            assert said.en != said.es


def test_a_text_too_long_to_look_through_is_refused_whole() -> None:
    (worry,) = find_worries("a" * 20_001)

    assert (worry.kind, worry.may_keep) == ("too_long", False)


def test_a_worry_stands_at_the_words_and_not_at_the_signs_around_them() -> None:
    text = "Seen at 02:50. Pt is an illegal alien. Calm."

    (worry,) = find_worries(text)

    assert text[worry.start : worry.end] == "illegal alien"


def test_a_harmless_phrase_does_not_excuse_another_one_beside_it() -> None:
    text = "Undocumented allergy. Undocumented patient."

    (worry,) = find_worries(text)

    assert text[worry.start : worry.end] == "Undocumented patient"


@pytest.mark.parametrize(
    "answer",
    [
        "He asked about her immigration status; she is undocumented.",
        "Asked for her nationality, she is Honduran.",
        "Preguntó por su estatus migratorio y es indocumentada.",
    ],
)
def test_that_somebody_asked_may_be_written_and_what_was_answered_never(answer: str) -> None:
    (worry,) = find_worries(answer)

    assert worry.start > answer.index(" ", 20)


@pytest.mark.parametrize("phrase", UNBROKEN)
def test_any_number_of_hidden_signs_hides_nothing(phrase: str) -> None:
    assert find_worries("\u200b\u2060\u200d\ufeff\u200c".join(phrase))
