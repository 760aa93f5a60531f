"""What each test of a fact allows, as a set of the fact's answers; derived facts are unfolded."""

from bedside.rules.condition.nodes import (
    Always,
    Among,
    And,
    Compare,
    Condition,
    Flag,
    Literal,
    Not,
    Operator,
    Or,
    Test,
)
from bedside.rules.vocabulary.catalogue import Vocabulary

MAX_STEPS = 20_000


def allowed_by(test: Test, vocabulary: Vocabulary) -> tuple[str, int]:
    """Tell which fact the test reads in the end, and which of its answers pass, as bits."""
    fact = vocabulary.facts[test.fact]
    values = [value for value in fact.domain if _passes(test, value)]
    if fact.derived is None:
        return fact.id, sum(fact.bit(value) for value in values)
    base = vocabulary.facts[fact.derived.fact]
    under = {of for value in values for of in fact.derived.values.get(value, ())}
    return base.id, sum(base.bit(of) for of in under)


def _passes(test: Test, value: Literal) -> bool:
    match test:
        case Flag():
            return value is True
        case Among(values=values):
            return value in values
        case Compare(operator=operator, value=wanted):
            return _compare(value, operator, wanted)


def _compare(value: Literal, operator: Operator, wanted: Literal) -> bool:
    if operator in {Operator.EQUAL, Operator.UNEQUAL}:
        return (value == wanted) is (operator is Operator.EQUAL)
    assert isinstance(value, int)  # noqa: S101 - check_condition has refused order on words
    assert isinstance(wanted, int)  # noqa: S101 - likewise
    return {
        Operator.LESS: value < wanted,
        Operator.AT_MOST: value <= wanted,
        Operator.MORE: value > wanted,
        Operator.AT_LEAST: value >= wanted,
    }[operator]


def is_possible(condition: Condition, vocabulary: Vocabulary) -> bool:
    """Tell whether some situation makes the condition hold; yes, too, if the search is too long."""
    return _search([(condition, True)], {}, vocabulary, budget=[MAX_STEPS])


def _search(
    goals: list[tuple[Condition, bool]],
    possible: dict[str, int],
    vocabulary: Vocabulary,
    budget: list[int],
) -> bool:
    while goals:
        budget[0] -= 1
        if budget[0] < 0:
            return True
        condition, wanted = goals.pop()
        if isinstance(condition, And | Or) and isinstance(condition, And) is not wanted:
            return any(
                _search([*goals, (part, wanted)], dict(possible), vocabulary, budget)
                for part in condition.parts
            )
        if not _take(condition, goals, possible, vocabulary, wanted=wanted):
            return False
    return True


def _take(
    condition: Condition,
    goals: list[tuple[Condition, bool]],
    possible: dict[str, int],
    vocabulary: Vocabulary,
    *,
    wanted: bool,
) -> bool:
    """Take one goal that leaves no choice; tell whether it can still be met."""
    match condition:
        case Always():
            return wanted
        case Not(inner=inner):
            goals.append((inner, not wanted))
        case And(parts=parts) | Or(parts=parts):
            goals.extend((part, wanted) for part in parts)
        case _:
            return _narrow(condition, possible, vocabulary, wanted=wanted)
    return True


def _narrow(test: Test, possible: dict[str, int], vocabulary: Vocabulary, *, wanted: bool) -> bool:
    fact, allowed = allowed_by(test, vocabulary)
    every = vocabulary.facts[fact].every
    possible[fact] = possible.get(fact, every) & (allowed if wanted else every & ~allowed)
    return possible[fact] != 0
