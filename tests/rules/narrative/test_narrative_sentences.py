"""What people write is recognised in both languages; what they deny is not."""

from pathlib import Path

import pytest

from bedside.rules.incidents.taxonomy import load_types
from bedside.rules.narrative.patterns import LANGUAGES, load_finds
from bedside.rules.narrative.propose import Subject, propose
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.load import load_vocabulary

HERE = Path(__file__).parent
VOCABULARY = load_vocabulary()
HARMS = {"physical", "psychological", "dignity"}


def _read(name: str) -> list[tuple[str, str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [(line[:2], line[4:]) for line in lines]


SAID, MORE, UNSAID = _read("said.txt"), _read("more.txt"), _read("unsaid.txt")
HARMLESS = (HERE.parent / "screening" / "harmless.txt").read_text("utf-8").splitlines()


def find_types(text: str) -> set[str]:
    """Find the types that a text proposes."""
    return {one.id for one in propose(text).about(Subject.TYPE)}


@pytest.mark.parametrize(("code", "sentence"), [*SAID, *MORE])
def test_what_people_write_proposes_its_type(code: str, sentence: str) -> None:
    assert code in find_types(sentence)


@pytest.mark.parametrize(("code", "sentence"), UNSAID)
def test_what_did_not_happen_or_was_another_thing_is_not_proposed(code: str, sentence: str) -> None:
    assert code not in find_types(sentence)


def test_every_type_is_recognised_from_two_sentences_in_each_language() -> None:
    codes = [code for code, _ in SAID]

    assert {code: codes.count(code) for code in codes} == dict.fromkeys(load_types(), 4)


def test_capitals_and_missing_accents_change_nothing() -> None:
    for _, sentence in (*SAID, *MORE):
        bare = sentence.translate(str.maketrans("áéíóúñ", "aeioun"))

        assert find_types(sentence.upper()) == find_types(bare) == find_types(sentence)


def test_ordinary_sentences_of_a_ward_propose_little() -> None:
    proposing = [one for one in HARMLESS if find_types(one)]

    assert len(HARMLESS) >= 150
    assert len(proposing) <= 12


def test_each_language_has_words_under_every_name_and_no_name_is_idle() -> None:
    used = {name for find in load_finds() for name in (*find.of, *find.unless)}
    for path in LANGUAGES:
        table = load_document(path).value
        assert isinstance(table, dict)
        things, doings = table["things"], table["doings"]
        assert isinstance(things, dict)
        assert isinstance(doings, dict)
        same = {
            way[1:]
            for ways in (*things.values(), *doings.values())
            if isinstance(ways, list)
            for way in map(str, ways)
            if way.startswith("=")
        }
        assert not things.keys() & doings.keys()
        assert things.keys() | doings.keys() == used | same | {"staff"}


def test_only_what_the_taxonomy_and_the_vocabulary_know_is_proposed() -> None:
    facts, dimensions = VOCABULARY.facts, VOCABULARY.dimensions
    for said in (said for find in load_finds() for said in find.says):
        if said.subject == Subject.TYPE:
            assert said.id in load_types()
        elif said.subject == Subject.FACT:
            assert said.value in facts[said.id].domain
            assert not facts[said.id].sealed
        elif said.subject == Subject.DIMENSION:
            assert said.value in dimensions[said.id].places
        else:
            assert (said.subject, said.value) == (Subject.HARM, None)
            assert said.id in HARMS


def test_every_type_but_the_near_miss_is_proposed_by_a_find() -> None:
    said = {one.id for find in load_finds() for one in find.says if one.subject == Subject.TYPE}

    assert said == set(load_types()) - {"P7"}
