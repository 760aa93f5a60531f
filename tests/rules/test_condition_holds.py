"""Yes, no and unknown follow Kleene, and never say more than every completion would."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rules_cast import VOCABULARY, base_of, conditions, draw_test, knowns, times

from bedside.rules.condition.holds import compile_closure, holds
from bedside.rules.condition.nodes import (
    And,
    Condition,
    Not,
    Or,
    find_facts,
    find_tests,
)
from bedside.rules.condition.parse import parse_condition
from bedside.rules.condition.sets import allowed_by
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.answer import Answer, both, either, opposite

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
SMALL = ("in_custody", "nursing", "pregnancy", "trimester", "agency_level")


def bit(fact: str, value: str | int) -> int:
    return VOCABULARY.facts[fact].bit(value)


def answer(text: str, **facts: str | int) -> Answer:
    return holds(parse_condition(text), {f: bit(f, v) for f, v in facts.items()}, VOCABULARY)


@pytest.mark.parametrize(
    ("one", "other", "and_", "or_"),
    [
        (YES, YES, YES, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (YES, NO, NO, YES),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, NO, NO, UNKNOWN),
        (NO, NO, NO, NO),
    ],
)
def test_and_takes_the_least_and_or_the_greatest(
    one: Answer, other: Answer, and_: Answer, or_: Answer
) -> None:
    assert both([one, other]) is both([other, one]) is and_
    assert either([one, other]) is either([other, one]) is or_


def test_not_turns_yes_and_no_and_leaves_unknown() -> None:
    assert [opposite(a) for a in (YES, NO, UNKNOWN)] == [NO, YES, UNKNOWN]
    assert (both([]), either([])) == (YES, NO)


@pytest.mark.parametrize(
    ("text", "facts", "wanted"),
    [
        ("in_custody", {}, UNKNOWN),
        ("in_custody", {"in_custody": True}, YES),
        ("!in_custody", {"in_custody": True}, NO),
        ("in_custody && nursing", {"nursing": False}, NO),
        ("in_custody || nursing", {"nursing": True}, YES),
        ("in_custody || !in_custody", {}, UNKNOWN),
        ("in_custody && !in_custody", {}, UNKNOWN),
        ("agency != 'ice'", {}, UNKNOWN),
        ("agency != 'ice'", {"agency": "cbp"}, YES),
        ("agency in ['ice', 'cbp']", {"agency": "cbp"}, YES),
        ("agency in ['ice', 'cbp']", {"agency": "bop"}, NO),
        ("trimester >= 2", {"trimester": 2}, YES),
        ("trimester > 2", {"trimester": 2}, NO),
        ("trimester < 2", {"trimester": 2}, NO),
        ("trimester <= 2", {"trimester": 2}, YES),
        ("trimester != 2", {"trimester": 2}, NO),
        ("agency_level == 'federal'", {"agency": "ice"}, YES),
        ("agency_level == 'federal'", {"agency": "county_jail"}, NO),
        ("clinical", {"activity": "exam"}, YES),
        ("clinical", {"activity": "rest"}, NO),
        ("clinical == false", {"activity": "rest"}, YES),
        ("true", {}, YES),
        ("!true || in_custody", {}, UNKNOWN),
    ],
)
def test_a_condition_is_answered(text: str, facts: dict[str, str | int], wanted: Answer) -> None:
    assert answer(text, **facts) is wanted


def test_several_possible_answers_are_enough_where_all_of_them_agree() -> None:
    tree = parse_condition("agency in ['ice', 'cbp', 'usms']")
    ice, cbp, none = (bit("agency", a) for a in ("ice", "cbp", "none"))

    assert holds(tree, {"agency": ice | cbp}, VOCABULARY) is YES
    assert holds(tree, {"agency": ice | none}, VOCABULARY) is UNKNOWN
    assert holds(tree, {"agency": none}, VOCABULARY) is NO


def find_completions(tree: Condition, what: dict[str, int]) -> set[Answer]:
    """Answer the condition for every way in which what is not known may be."""
    facts = [VOCABULARY.facts[id_] for id_ in sorted({base_of(f) for f in find_facts(tree)})]
    closure = compile_closure(tree, VOCABULARY)
    choices = [list(find_bits(what.get(fact.id, fact.every))) for fact in facts]
    return {
        closure({f.id: 1 << place for f, place in zip(facts, places, strict=True)})
        for places in product(*choices)
    }


@settings(max_examples=times(200), deadline=None)
@given(tree=conditions(SMALL, most_tests=8), what=knowns(SMALL))
def test_what_is_said_holds_in_every_completion(tree: Condition, what: dict[str, int]) -> None:
    said = holds(tree, what, VOCABULARY)

    found = find_completions(tree, what)

    assert UNKNOWN not in found
    assert said is UNKNOWN or found == {said}


@st.composite
def once_each(draw: st.DrawFn) -> Condition:
    """Draw a condition that reads each fact at most once."""
    facts = draw(st.permutations(["in_custody", "nursing", "pregnancy", "trimester", "agency"]))
    trees: list[Condition] = [draw(draw_test(VOCABULARY.facts[f])) for f in facts[:4]]
    while len(trees) > 1:
        pair = (trees.pop(), trees.pop())
        joined: Condition = And(parts=pair) if draw(st.booleans()) else Or(parts=pair)
        trees.insert(0, Not(inner=joined) if draw(st.booleans()) else joined)
    return trees[0]


@settings(max_examples=times(150), deadline=None)
@given(tree=once_each(), what=knowns(SMALL))
def test_unknown_is_said_only_where_completions_differ_if_each_fact_is_read_once(
    tree: Condition, what: dict[str, int]
) -> None:
    for test in find_tests(tree):  # a test that nothing, or everything, passes decides nothing
        fact, allowed = allowed_by(test, VOCABULARY)
        assume(allowed not in {0, VOCABULARY.facts[fact].every})

    said = holds(tree, what, VOCABULARY)

    found = find_completions(tree, what)
    assert found == ({YES, NO} if said is UNKNOWN else {said})


@settings(max_examples=times(200), deadline=None)
@given(tree=conditions(SMALL), what=knowns(SMALL), data=st.data())
def test_learning_more_never_takes_back_a_yes_or_a_no(
    tree: Condition, what: dict[str, int], data: st.DataObject
) -> None:
    before = holds(tree, what, VOCABULARY)
    assume(before is not UNKNOWN)
    fact = VOCABULARY.facts[data.draw(st.sampled_from(sorted({base_of(f) for f in SMALL})))]
    place = data.draw(st.sampled_from(list(find_bits(what.get(fact.id, fact.every)))))

    after = holds(tree, {**what, fact.id: 1 << place}, VOCABULARY)

    assert after is before


@settings(max_examples=times(150), deadline=None)
@given(one=conditions(SMALL), other=conditions(SMALL), what=knowns(SMALL))
def test_de_morgan_holds_with_unknowns(
    one: Condition, other: Condition, what: dict[str, int]
) -> None:
    def said(tree: Condition) -> Answer:
        return holds(tree, what, VOCABULARY)

    pair = (one, other)
    turned = (Not(inner=one), Not(inner=other))

    assert said(Not(inner=And(parts=pair))) is said(Or(parts=turned))
    assert said(Not(inner=Or(parts=pair))) is said(And(parts=turned))
