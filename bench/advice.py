"""How long complete advice takes: every fact known, and six taps with all else unknown."""

import random
from pathlib import Path

from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.tables.compiled import Compiled, load_compiled
from bench.clock import cpu_of_each, time_each
from bench.figure import Figure
from bench.subject import DAY, PLACE, SEED, Answers, take_shipped

COUNT = 400
SECONDS = 6.0
TAPPED = ("activity", "officer_asks", "patient_wish", "danger", "legal_restraint")  # and position
POSITION, IN_CUSTODY, IN_PRIVATE = "position", "in_custody", "wish_given_in_private"


def measure_advice(cache: Path) -> list[Figure]:
    """Time advice, the question included."""
    compiled = load_compiled(cache=cache)
    known = _find_known(compiled)
    tapped = _find_tapped(compiled)
    return [
        *_time(compiled, known, "advice, every fact known", at_most=300),
        *_time(compiled, tapped, "advice, six taps and all else unknown", at_most=5_000),
    ]


def _time(compiled: Compiled, asked: list[Situation], what: str, at_most: float) -> list[Figure]:
    for one in asked:
        advise(compiled, one)
    laps = time_each(lambda one: advise(compiled, one), asked * 5, seconds=SECONDS)
    spent = cpu_of_each(lambda one: advise(compiled, one), asked, seconds=SECONDS / 4)
    beside = f"processor time {spent:,.0f} µs for one"
    return [
        Figure(what=f"{what}, p50", found=laps.median, unit="µs", at_most=at_most, beside=beside),
        Figure(what=f"{what}, p99", found=laps.at(0.99), unit="µs"),
    ]


def _find_known(compiled: Compiled) -> list[Situation]:
    facts = compiled.vocabulary.facts
    return [
        Situation(
            as_of=DAY,
            jurisdiction=PLACE,
            facts={id_: value for id_, value in one.items() if facts[id_].derived is None},
        )
        for one in take_shipped(compiled, COUNT).situations
    ]


def _find_tapped(compiled: Compiled) -> list[Situation]:
    """Draw what six taps say: five facts, where the officer stands, and that he is an officer."""
    vocabulary, chance = compiled.vocabulary, random.Random(SEED)  # noqa: S311 - a sample
    places = [word.id for word in vocabulary.dimensions[POSITION].words]
    found = []
    for _ in range(COUNT):
        facts: Answers = {IN_CUSTODY: True, IN_PRIVATE: True}
        facts |= {id_: chance.choice(vocabulary.facts[id_].domain) for id_ in TAPPED}
        stands = {POSITION: chance.choice(places)}
        found.append(Situation(as_of=DAY, jurisdiction=PLACE, facts=facts, arrangement=stands))
    return found
