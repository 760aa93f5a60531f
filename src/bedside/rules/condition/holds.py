"""Answer a condition for one situation: the referee of every faster way."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bedside.rules.condition.nodes import Always, And, Condition, Not, Or
from bedside.rules.condition.sets import allowed_by
from bedside.rules.vocabulary.answer import Answer, both, either, opposite
from bedside.rules.vocabulary.catalogue import Vocabulary

# What is known of a situation: for each fact the answers it may have, as bits; a fact that is
# left out may have any answer.
Known: TypeAlias = Mapping[str, int]
Closure: TypeAlias = Callable[[Known], Answer]


def holds(condition: Condition, known: Known, vocabulary: Vocabulary) -> Answer:
    """Tell whether the condition holds for what is known."""
    return compile_closure(condition, vocabulary)(known)


def compile_closure(condition: Condition, vocabulary: Vocabulary) -> Closure:
    """Turn the condition into a function from what is known to yes, no or unknown."""
    match condition:
        case Always():
            return lambda _: Answer.YES
        case Not(inner=inner):
            closed = compile_closure(inner, vocabulary)
            return lambda known: opposite(closed(known))
        case And(parts=parts):
            all_ = [compile_closure(part, vocabulary) for part in parts]
            return lambda known: both(close(known) for close in all_)
        case Or(parts=parts):
            any_ = [compile_closure(part, vocabulary) for part in parts]
            return lambda known: either(close(known) for close in any_)
    return _compile_test(*allowed_by(condition, vocabulary))


def _compile_test(fact: str, allowed: int) -> Closure:
    def test(known: Known) -> Answer:
        may_be = known.get(fact)
        if may_be is None:
            return Answer.UNKNOWN
        if not may_be & allowed:
            return Answer.NO
        return Answer.UNKNOWN if may_be & ~allowed else Answer.YES

    return test
