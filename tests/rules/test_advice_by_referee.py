"""A second, slow reading of the published order comes to the same advice, word for word."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from rules_cast import VOCABULARY, shipped, times
from slow_referee import Referee

from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Claim, Situation
from bedside.rules.rulebook.book import condition_of
from bedside.rules.rulebook.facts import find_contradictions
from bedside.rules.tables.cubes import find_cubes
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.problem import Place

PLACES = ("us/ca", "us/tx", "us/ny", "us/il", "us/wa", "us/az", "us/fl", "us/nm", "us/ma")
DAYS = (date(2012, 6, 1), date(2022, 3, 1), date(2026, 3, 1), date(2026, 11, 23))
BASES = [fact for fact in VOCABULARY.facts.values() if fact.derived is None]


def draw_situations(count: int, seed: int) -> Iterator[Situation]:
    """Draw situations in which every fact is known, each near where some norm speaks."""
    chance = random.Random(seed)  # noqa: S311 - situations to compare on, no secrets
    norms = list(shipped().rulebook.norms.values())
    overlays = shipped().rulebook.overlays
    cubes = [c for n in norms for c in find_cubes(condition_of(n), VOCABULARY) or ()]
    while count:
        facts = {f.id: chance.choice(f.domain) for f in BASES}
        for cube in chance.sample(cubes, 4):
            for fact, allowed in cube.items():
                places = list(find_bits(allowed))
                facts[fact] = VOCABULARY.facts[fact].domain[chance.choice(places)]
        if find_contradictions(facts, VOCABULARY, place=Place(file="")):
            continue
        count -= 1
        yield Situation(
            as_of=chance.choice(DAYS),
            jurisdiction=chance.choice(PLACES),
            overlays=tuple(chance.sample(overlays, chance.choice((0, 0, 1, 2)))),
            facts=facts,
            arrangement=draw_arrangement(chance),
            asserted=draw_claims(chance),
        )


def draw_arrangement(chance: random.Random) -> dict[str, str]:
    dimensions = list(VOCABULARY.dimensions.values())
    chosen = chance.sample(dimensions, chance.choice((0, 1, 5)))
    return {dimension.id: chance.choice(list(dimension.places)) for dimension in chosen}


def draw_claims(chance: random.Random) -> tuple[Claim, ...]:
    position = VOCABULARY.dimensions["position"]
    return tuple(
        Claim(
            by=chance.choice(("officer", "manager")),
            words=f"claim {number}",
            document=chance.choice(("none", "described", "seen", "copied")),
            arrangement={"position": chance.randrange(1, position.every)},
        )
        for number in range(chance.choice((0, 0, 0, 1, 2)))
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_the_slow_referee_comes_to_the_same_advice(seed: int) -> None:
    seen: Counter[str] = Counter()

    for situation in draw_situations(times(60), seed):
        advice, referee = advise(shipped(), situation), Referee(shipped(), situation)
        for dimension in VOCABULARY.dimensions.values():
            wanted, found = referee.judge(dimension), advice.dimensions.get(dimension.id)
            if found is None:
                assert (wanted.outcome, situation.arrangement.get(dimension.id)) == ("silent", None)
                continue
            about = (dimension.id, situation)
            breaks = {word: frozenset(ids) for word, ids in (found.breaks or {}).items()}
            assert breaks == wanted.breaks, about
            seen[found.outcome] += 1
            if not dimension.many:
                assert (found.outcome, found.advised) == (wanted.outcome, wanted.advised), about

    assert {"clear", "conflict", "silent"} <= set(seen)
