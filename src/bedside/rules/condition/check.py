"""Hold a condition against the vocabulary: every problem at once, with the nearest known word."""

from collections.abc import Iterator

from bedside.rules.condition.nodes import (
    Among,
    Compare,
    Condition,
    Flag,
    Operator,
    Test,
    find_tests,
)
from bedside.rules.condition.sets import is_possible
from bedside.rules.vocabulary.catalogue import Fact, FactType, Vocabulary
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Text, find_near

ORDERED = frozenset({Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST})

UNKNOWN_FACT = ProblemKind(
    code="condition.unknown-fact",
    what=Text(en="nobody is ever asked `{fact}`", es="a nadie se le pregunta nunca `{fact}`"),
    help=Text(en="`bedside facts` lists them all", es="`bedside facts` los enumera todos"),
)
UNKNOWN_WORD = ProblemKind(
    code="condition.unknown-word",
    what=Text(en="`{fact}` is never `{word}`", es="`{fact}` nunca es `{word}`"),
    help=Text(
        en="`bedside facts {fact}` lists its words",
        es="`bedside facts {fact}` enumera sus palabras",
    ),
)
NOT_A_FLAG = ProblemKind(
    code="condition.not-a-flag",
    what=Text(
        en="`{fact}` is not a yes-or-no fact and cannot stand alone",
        es="`{fact}` no es un dato de sí o no y no puede ir solo",
    ),
    help=Text(en="compare it with one of its words", es="compárelo con una de sus palabras"),
)
NO_ORDER = ProblemKind(
    code="condition.no-order",
    what=Text(en="`{fact}` has no order", es="`{fact}` no tiene orden"),
    help=Text(en="use ==, != or in [..]", es="use ==, != o in [..]"),
)
WRONG_TYPE = ProblemKind(
    code="condition.wrong-type",
    what=Text(
        en="`{fact}` takes {takes}, not `{word}`", es="`{fact}` lleva {takes_es}, no `{word}`"
    ),
    help=Text(en="see `bedside facts {fact}`", es="vea `bedside facts {fact}`"),
)
NEVER = ProblemKind(
    code="condition.never",
    what=Text(en="this condition can never hold", es="esta condición nunca se puede cumplir"),
    help=Text(en="two of its tests exclude each other", es="dos de sus comparaciones se excluyen"),
)
TAKES = {
    FactType.WORD: Text(en="a word in quotes", es="una palabra entre comillas"),
    FactType.FLAG: Text(en="true or false", es="true o false"),
    FactType.COUNT: Text(en="a whole number", es="un número entero"),
}


def check_condition(
    condition: Condition, vocabulary: Vocabulary, *, place: Place | None = None
) -> tuple[Problem, ...]:
    """Find everything in the condition that the vocabulary does not know, or that cannot be."""
    place = place or Place(file="")
    problems = [p for test in find_tests(condition) for p in _check_test(test, vocabulary, place)]
    if not problems and not is_possible(condition, vocabulary):
        problems = [NEVER.at(place)]
    return tuple(problems)


def _check_test(test: Test, vocabulary: Vocabulary, place: Place) -> Iterator[Problem]:
    column = place.column + test.column - 1 if place.column else test.column
    here = Place(file=place.file, line=place.line, column=column)
    fact = vocabulary.facts.get(test.fact)
    if fact is None:
        near = find_near(test.fact, vocabulary.facts)
        yield UNKNOWN_FACT.at(here, fact=test.fact, near=near)
        return
    match test:
        case Flag():
            if fact.type is not FactType.FLAG:
                yield NOT_A_FLAG.at(here, fact=fact.id)
        case Compare(operator=operator, value=value):
            if operator in ORDERED and fact.type is not FactType.COUNT:
                yield NO_ORDER.at(here, fact=fact.id)
            yield from _check_value(fact, value, here)
        case Among(values=values):
            for value in values:
                yield from _check_value(fact, value, here)


def _check_value(fact: Fact, value: str | int, here: Place) -> Iterator[Problem]:
    fits = {
        FactType.WORD: isinstance(value, str),
        FactType.FLAG: isinstance(value, bool),
        FactType.COUNT: isinstance(value, int) and not isinstance(value, bool),
    }
    if not fits[fact.type]:
        takes = TAKES[fact.type]
        yield WRONG_TYPE.at(here, fact=fact.id, takes=takes.en, takes_es=takes.es, word=value)
    elif value not in fact.places:
        near = find_near(value, map(str, fact.domain)) if fact.type is FactType.WORD else ""
        yield UNKNOWN_WORD.at(here, fact=fact.id, word=value, near=near)
