"""A condition that the vocabulary does not know, or that can never hold, is refused in words."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rules_cast import VOCABULARY, base_of, conditions, times

from bedside.rules.condition import sets
from bedside.rules.condition.check import check_condition
from bedside.rules.condition.holds import compile_closure
from bedside.rules.condition.nodes import Condition, find_facts
from bedside.rules.condition.parse import parse_condition
from bedside.rules.condition.sets import is_possible
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Place, Problem, find_near, shorten

# condition: the code, the column, and words of the English sentence
REFUSED = {
    "in_custodi": ("unknown-fact", 1, "nobody is ever asked `in_custodi`; did you mean `in_cust"),
    "in_custody && agancy == 'ice'": ("unknown-fact", 15, "did you mean `agency`?"),
    "zzzzzz": ("unknown-fact", 1, "nobody is ever asked `zzzzzz`; `bedside facts` lists them all"),
    "jurisdiction == 'us/tx'": ("unknown-fact", 1, "nobody is ever asked `jurisdiction`"),
    "agency == 'icee'": ("unknown-word", 1, "`agency` is never `icee`; did you mean `ice`?"),
    "agency in ['ice', 'cpb']": ("unknown-word", 1, "`agency` is never `cpb`; did you mean `cbp`?"),
    "agency == ''": ("unknown-word", 1, "`agency` is never ``"),
    "agency == 'ICE'": ("unknown-word", 1, "`agency` is never `ICE`"),
    "trimester == 4": ("unknown-word", 1, "`trimester` is never `4`"),
    "officer_count > 999": ("unknown-word", 1, "`officer_count` is never `999`"),
    "agency": ("not-a-flag", 1, "`agency` is not a yes-or-no fact and cannot stand alone"),
    "!trimester": ("not-a-flag", 2, "compare it with one of its words"),
    "agency < 'ice'": ("no-order", 1, "`agency` has no order; use ==, != or in [..]"),
    "in_custody >= true": ("no-order", 1, "`in_custody` has no order"),
    "agency == 3": ("wrong-type", 1, "`agency` takes a word in quotes, not `3`"),
    "agency == true": ("wrong-type", 1, "`agency` takes a word in quotes, not `true`"),
    "in_custody == 'yes'": ("wrong-type", 1, "`in_custody` takes true or false, not `yes`"),
    "in_custody == 1": ("wrong-type", 1, "`in_custody` takes true or false, not `1`"),
    "trimester == 'two'": ("wrong-type", 1, "`trimester` takes a whole number, not `two`"),
    "trimester == true": ("wrong-type", 1, "`trimester` takes a whole number, not `true`"),
    "in_custody && !in_custody": ("never", 0, "this condition can never hold"),
    "agency == 'ice' && agency == 'cbp'": ("never", 0, "two of its tests exclude each other"),
    "agency == 'ice' && agency_level == 'state'": ("never", 0, "can never hold"),
    "clinical && activity == 'rest'": ("never", 0, "can never hold"),
    "trimester < 0": ("never", 0, "can never hold"),
    "trimester > 2 && trimester < 3": ("never", 0, "can never hold"),
    "!true": ("never", 0, "can never hold"),
    "(in_custody || nursing) && !in_custody && !nursing": ("never", 0, "can never hold"),
}
SOUND = (
    "true",
    "in_custody || !in_custody",
    "agency == 'ice' && agency_level == 'federal'",
    "clinical && activity == 'exam'",
    "trimester <= 3",
    "!(in_custody && agency != 'none')",
    "in_custody == true && nursing != false",
)


def check(text: str, place: Place | None = None) -> tuple[Problem, ...]:
    return check_condition(parse_condition(text, place=place), VOCABULARY, place=place)


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_vocabulary_does_not_know_is_named(text: str) -> None:
    code, column, words = REFUSED[text]

    (problem,) = check(text)

    assert (problem.kind.code, problem.place.column) == (f"condition.{code}", column)
    assert words in problem.say(ENGLISH)
    assert problem.say(SPANISH) != problem.say(ENGLISH)


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_condition_has_no_problem(text: str) -> None:
    assert check(text) == ()


def test_every_problem_of_a_condition_is_reported_at_once() -> None:
    place = Place(file="x.yaml", line=3, column=8)

    found = check("agancy == 'ice' && agency == 'icee' || agency && !nope", place)

    assert [p.kind.code.removeprefix("condition.") for p in found] == [
        "unknown-fact",
        "unknown-word",
        "not-a-flag",
        "unknown-fact",
    ]
    assert [p.place.column for p in found] == [8, 27, 47, 58]
    assert {(p.place.file, p.place.line) for p in found} == {("x.yaml", 3)}


def test_every_word_of_a_list_is_checked() -> None:
    assert len(check("agency in ['icee', 'ice', 'cpb']")) == 2


@settings(max_examples=times(150), deadline=None)
@given(tree=conditions(["in_custody", "pregnancy", "trimester", "agency_level"], most_tests=7))
def test_a_condition_is_called_impossible_exactly_if_nothing_makes_it_hold(tree: Condition) -> None:
    facts = [VOCABULARY.facts[base_of(id_)] for id_ in sorted(find_facts(tree))]
    assume(facts)
    closure = compile_closure(tree, VOCABULARY)

    some = any(
        closure({f.id: f.bit(v) for f, v in zip(facts, values, strict=True)}) is Answer.YES
        for values in product(*(fact.domain for fact in facts))
    )

    assert is_possible(tree, VOCABULARY) is some


def test_a_search_that_takes_too_long_ends_and_accuses_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tree = parse_condition("(agency == 'ice' || agency == 'cbp') && agency == 'bop'")
    assert not is_possible(tree, VOCABULARY)

    monkeypatch.setattr(sets, "MAX_STEPS", 3)

    assert is_possible(tree, VOCABULARY)


@settings(max_examples=times(150), deadline=None)
@given(word=st.text(max_size=200))
def test_somebodys_own_text_is_repeated_safely(word: str) -> None:
    said = shorten(word)

    assert said.isprintable()
    assert len(said) <= 60
    assert find_near(word, VOCABULARY.facts) in {"", *VOCABULARY.facts}
