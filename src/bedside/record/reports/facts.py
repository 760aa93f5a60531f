"""Facts and words of the vocabulary that a report says, as `id=value`."""

from functools import cache

from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.load import load_vocabulary

MOST_FACTS = 40


@cache
def find_vocabulary() -> Vocabulary:
    """Find the vocabulary that is part of the program."""
    return load_vocabulary()


def is_known(said: str) -> bool:
    """Tell whether a fact or a dimension has this answer or word."""
    id_, _, value = said.partition("=")
    vocabulary = find_vocabulary()
    if id_ in vocabulary.dimensions:
        return value in vocabulary.dimensions[id_].places
    fact = vocabulary.facts.get(id_)
    return fact is not None and value in {write(one) for one in fact.domain}


def write(value: object) -> str:
    """Write a value as forms and tables do."""
    return str(value).lower() if isinstance(value, bool) else str(value)
