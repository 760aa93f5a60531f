"""What is put to every engine: norms, and situations in which every fact is answered."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from bedside.rules.condition.nodes import Condition
from bedside.rules.decide.play import Play, find_play
from bedside.rules.rulebook.book import condition_of, find_reach
from bedside.rules.tables.compiled import Compiled
from bedside.rules.tables.index import CubeIndex, find_bits
from bedside.rules.vocabulary.catalogue import Value, Vocabulary

DAY = date(2026, 11, 23)
PLACE = "us/tx"
SEED = 20261123
Answers: TypeAlias = dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One rulebook's norms by name, the tables made from them, and what is asked of them."""

    vocabulary: Vocabulary
    norms: tuple[tuple[str, Condition], ...]
    index: CubeIndex
    bits: Mapping[str, Mapping[Value, int]]  # what the index calls each answer of each fact
    situations: Sequence[Answers]


def take_shipped(compiled: Compiled, count: int) -> Subject:
    """Take the norms that are in force in one place on one day."""
    play = find_play(compiled, DAY, PLACE, ())
    norms = tuple(_find_conditions(play))
    draw = Draw(compiled.vocabulary, play.table.holds)
    return Subject(
        vocabulary=compiled.vocabulary,
        norms=norms,
        index=play.table.holds,
        bits=find_all_bits(compiled.vocabulary),
        situations=[draw.situation() for _ in range(count)],
    )


def find_all_bits(vocabulary: Vocabulary) -> dict[str, dict[Value, int]]:
    """Find the bit of each answer of each fact that somebody answers; others follow from them."""
    asked = [fact for fact in vocabulary.facts.values() if fact.derived is None]
    return {fact.id: {value: fact.bit(value) for value in fact.domain} for fact in asked}


def _find_conditions(play: Play) -> list[tuple[str, Condition]]:
    """Name each entry; a norm that binds some parties only at some levels has several."""
    named: list[tuple[str, Condition]] = []
    seen: dict[str, int] = {}
    for entry in play.entries:
        id_ = entry.norm.id
        reach = find_reach(entry.norm, on=DAY)[seen.get(id_, 0)]
        seen[id_] = seen.get(id_, 0) + 1
        named.append((f"{id_}#{seen[id_]}", condition_of(entry.norm, reach)))
    return named


class Draw:
    """Draws situations: half uniformly, half one or two facts away from a norm's own cubes."""

    def __init__(self, vocabulary: Vocabulary, index: CubeIndex) -> None:
        self.vocabulary = vocabulary
        self.cubes = index.cubes
        self.facts = [fact for fact in vocabulary.facts.values() if fact.derived is None]
        self.random = random.Random(SEED)  # noqa: S311 - a sample to measure, not a secret

    def situation(self) -> Answers:
        """Draw one situation, with derived facts worked out for engines that need them."""
        draw = self.random
        found = {fact.id: draw.choice(fact.domain) for fact in self.facts}
        if draw.random() < 1 / 2:
            for id_, allowed in draw.choice(self.cubes).items():
                domain = self.vocabulary.facts[id_].domain
                found[id_] = domain[draw.choice(list(find_bits(allowed)))]
            for fact in draw.sample(self.facts, draw.choice((1, 2))):
                found[fact.id] = draw.choice(fact.domain)
        return add_derived(found, self.vocabulary)


def add_derived(answers: Mapping[str, Value], vocabulary: Vocabulary) -> Answers:
    """Add the facts that follow from the answers."""
    found = dict(answers)
    for fact in vocabulary.facts.values():
        if fact.derived is not None:
            base = answers[fact.derived.fact]
            found[fact.id] = next(v for v, of in fact.derived.values.items() if base in of)
    return found
