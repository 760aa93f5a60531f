"""Yes, no, and not known: three values, and what *and*, *or* and *not* make of them (Kleene)."""

from collections.abc import Iterable
from enum import Enum


class Answer(Enum):
    """What can be said of a statement about a situation."""

    NO = 0
    UNKNOWN = 1
    YES = 2


def both(answers: Iterable[Answer]) -> Answer:
    """Tell what *and* makes of the answers: the least of them."""
    least = Answer.YES
    for answer in answers:
        if answer is Answer.NO:
            return answer
        if answer is Answer.UNKNOWN:
            least = answer
    return least


def either(answers: Iterable[Answer]) -> Answer:
    """Tell what *or* makes of the answers: the greatest of them."""
    greatest = Answer.NO
    for answer in answers:
        if answer is Answer.YES:
            return answer
        if answer is Answer.UNKNOWN:
            greatest = answer
    return greatest


def opposite(answer: Answer) -> Answer:
    """Tell what *not* makes of the answer; unknown stays unknown."""
    return Answer(2 - answer.value)
