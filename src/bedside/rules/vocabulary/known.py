"""From answers to what is known: presumptions filled in, derived facts unfolded, wishes weighed."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.rules.vocabulary.catalogue import Value, Vocabulary

WISH = "patient_wish"
ACCEPTS = "accepts_officer"
NOT_ASKED = "not_asked"
IN_PRIVATE = "wish_given_in_private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What is known of a situation, and what was presumed because nobody answered."""

    possible: Mapping[str, int]  # for each fact the answers it may have, as bits; else any
    assumed: Mapping[str, Value]


def settle(facts: Mapping[str, Value], vocabulary: Vocabulary) -> Settled:
    """Work out what is known from the answers given."""
    possible: dict[str, int] = {}
    for id_, value in facts.items():
        fact = vocabulary.facts[id_]
        if fact.derived is None:
            bit = 1 << fact.places[value]
            possible[id_] = possible[id_] & bit if id_ in possible else bit
            continue
        base = vocabulary.facts[fact.derived.fact]
        under = sum(base.bit(of) for of in fact.derived.values.get(value, ()))
        possible[base.id] = possible.get(base.id, base.every) & under
    assumed = _presume(possible, vocabulary)
    return Settled(possible=possible, assumed=assumed)


def discount_wish(settled: Settled, vocabulary: Vocabulary) -> Settled:
    """Count “fine here” as not asked unless it was said out of the officer's hearing."""
    wish, private = vocabulary.facts[WISH], vocabulary.facts[IN_PRIVATE]
    if settled.possible.get(WISH) != wish.bit(ACCEPTS):
        return settled
    if settled.possible.get(IN_PRIVATE) == private.bit(value=True):
        return settled
    possible = {**settled.possible, WISH: wish.bit(NOT_ASKED)}
    return Settled(possible=possible, assumed={**settled.assumed, WISH: NOT_ASKED})


def _presume(possible: dict[str, int], vocabulary: Vocabulary) -> dict[str, Value]:
    assumed: dict[str, Value] = {}
    for fact in vocabulary.presumed:
        if fact.id not in possible and fact.presume is not None:
            assumed[fact.id] = fact.presume
            possible[fact.id] = fact.bit(fact.presume)
    return assumed
