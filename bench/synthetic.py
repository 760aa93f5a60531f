"""A rulebook of 120 invented norms over 20 facts: the one that 23 engines were first measured on.

Random draws, their order and the seeds are kept as they were, so that figures stay comparable.
Norms have 4 to 13 tests each, nested exceptions and alternatives; about 9 hold at a time.
"""

import random
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from bedside.rules.condition.nodes import (
    Among,
    And,
    Compare,
    Condition,
    Flag,
    Literal,
    Not,
    Operator,
    Or,
    find_tests,
)
from bedside.rules.tables.cubes import find_cubes
from bedside.rules.tables.index import CubeIndex
from bedside.rules.vocabulary.catalogue import Fact, FactType, Value, Vocabulary
from bench.subject import Answers, Subject, find_all_bits

NORMS, SEED_OF_NORMS, SEED_OF_SITUATIONS = 120, 7, 11
FIRST, LAST = date(2015, 1, 1), date(2028, 1, 1)
START = date(1970, 1, 1)
DAY0, DAY1 = (FIRST - START).days, (LAST - START).days

WORDS = {
    "agency": "ice cbp usms bop state_prison county_jail local_police",
    "custody": "civil_immigration pretrial sentenced material_witness juvenile",
    "jurisdiction": "TX CA AZ NM NY IL WA NJ FL CO MN MA",
    "setting": "ed inpatient icu labor_delivery operating_room clinic psych imaging nicu",
    "activity": "exam intimate_exam briefing procedure breastfeeding labor sleep visit "
    "phone_call discharge transport",
    "warrant": "none administrative judicial",
    "officer_position": "in_room doorway line_of_sight corridor off_unit absent",
    "requester": "nobody officer supervisor agency_counsel court",
}
ENUM = {fact: tuple(words.split()) for fact, words in WORDS.items()}
FLAGS = (
    "pregnant",
    "restrained",
    "conscious",
    "consent",
    "interpreter",
    "counsel_asked",
    "same_sex_officer",
)
RANGES = {
    "age": (0, 100),
    "gestation_weeks": (0, 43),
    "escape_risk": (0, 6),
    "violence_risk": (0, 6),
    "day": (DAY0, DAY1),
}
FACTS = (*ENUM, *FLAGS, *RANGES)
FEW_WORDS = 3
DIMENSIONS = (4, 3, 3, 3, 3, 2, 2)  # how many words each had; drawn, not used here


def take_synthetic(count: int) -> Subject:
    """Make the invented norms, their tables, and situations to ask about.

    For our tables, days and ages that no norm tells apart are one answer, as they were when this
    rulebook was first measured; Bedside's own facts have no dates. Peers get plain numbers.
    """
    norms = _Maker(random.Random(SEED_OF_NORMS)).make(NORMS)  # noqa: S311 - a sample, not a secret
    spans = _Spans([tree for _, tree in norms])
    narrow = _make_vocabulary({fact: (0, len(cuts) + 1) for fact, cuts in spans.cuts.items()})
    bits = find_all_bits(narrow)
    for fact, range_ in RANGES.items():
        bits[fact] = {value: 1 << spans.find(fact, value) for value in range(*range_)}
    return Subject(
        vocabulary=_make_vocabulary(),
        norms=norms,
        index=CubeIndex([find_cubes(spans.fit(tree), narrow) or () for _, tree in norms]),
        bits=bits,
        situations=_make_situations(count),
    )


class _Spans:
    """Numbers cut where some condition tells them apart, and counted anew from 0."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        found: dict[str, set[int]] = {fact: set() for fact in RANGES}
        for condition in conditions:
            for test in find_tests(condition):
                if isinstance(test, Compare) and isinstance(test.value, int):
                    found[test.fact].add(test.value)
        self.cuts = {fact: sorted(values) for fact, values in found.items()}

    def find(self, fact: str, value: int) -> int:
        """Find the span in which a number lies."""
        return bisect_right(self.cuts[fact], value)

    def fit(self, condition: Condition) -> Condition:
        """Ask for spans where the condition asks for numbers: all its bounds are cuts."""
        match condition:
            case Not(inner=inner):
                return Not(inner=self.fit(inner))
            case And(parts=parts):
                return And(parts=tuple(map(self.fit, parts)))
            case Or(parts=parts):
                return Or(parts=tuple(map(self.fit, parts)))
            case Compare(fact=fact, value=int(value)):
                return replace(condition, value=self.find(fact, value))
        return condition


def _make_vocabulary(ranges: Mapping[str, tuple[int, int]] = RANGES) -> Vocabulary:
    facts = {id_: _make_fact(id_, ranges) for id_ in FACTS}
    return Vocabulary(
        facts=facts,
        dimensions={},
        presets={},
        roles={},
        impossible=(),
        later_acts=frozenset(),
        later_events=frozenset(),
        labels={},
    )


def _make_fact(id_: str, ranges: Mapping[str, tuple[int, int]]) -> Fact:
    domain: tuple[Value, ...] = (False, True)
    type_ = FactType.FLAG
    if id_ in ENUM:
        domain, type_ = ENUM[id_], FactType.WORD
    elif id_ in ranges:
        domain, type_ = tuple(range(*ranges[id_])), FactType.COUNT
    places = {value: place for place, value in enumerate(domain)}
    return Fact(id=id_, type=type_, who="nurse", domain=domain, places=places)


class _Maker:
    """Makes norms by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def make(self, count: int) -> tuple[tuple[str, Condition], ...]:
        return tuple((f"N{number:03d}", self._norm()) for number in range(count))

    def _norm(self) -> Condition:
        parts = [*self._dates(), *self._scope(), *self._patient(), *self._exceptions()]
        while len(parts) < 4:  # noqa: PLR2004 - as the norms were first made
            fact = self.chance.choice(("jurisdiction", "agency", "setting", "activity"))
            if all(not isinstance(p, Among) or p.fact != fact for p in parts):
                parts.append(self._wide(fact))
        self.chance.shuffle(parts)
        words = self.chance.choice(DIMENSIONS)
        self.chance.choice(range(5))  # what it asked, which nothing here reads
        self.chance.choice(range(words))
        return And(parts=tuple(parts))

    def _dates(self) -> list[Condition]:
        since = self.chance.randrange(DAY0, DAY0 + 2500)
        found: list[Condition] = [_compare("day", Operator.AT_LEAST, since)]
        if self._by(0.4):
            until = self.chance.randrange(DAY0 + 3000, DAY1)
            found.append(_compare("day", Operator.LESS, until))
        return found

    def _scope(self) -> list[Condition]:
        found: list[Condition] = []
        if self._by(0.5):
            is_wide = self._by(0.6)
            found.append(self._wide("jurisdiction") if is_wide else self._test("jurisdiction"))
        for fact, share in (("agency", 0.5), ("setting", 0.5), ("activity", 0.45)):
            if self._by(share):
                found.append(self._wide(fact))
        return found

    def _patient(self) -> list[Condition]:
        found: list[Condition] = []
        if self._by(0.5):
            found.append(self._test(self.chance.choice(FLAGS)))
        if self._by(0.3):
            is_grown = self._by(0.6)
            age = self.chance.choice((12, 14, 16, 18) if is_grown else (18, 21))
            found.append(_compare("age", Operator.AT_LEAST if is_grown else Operator.LESS, age))
        return found

    def _exceptions(self) -> list[Condition]:
        found: list[Condition] = []
        if self._by(0.45):
            ways = [self._test(), self._test()]
            if self._by(0.5):
                ways.append(And(parts=(self._test(), self._test())))
            found.append(Or(parts=tuple(ways)))
        if self._by(0.5):
            count = self.chance.choice((2, 2, 3))
            found.append(Not(inner=And(parts=tuple(self._test() for _ in range(count)))))
        if self._by(0.1):
            one, other, third = self._test(), self._test(), self._test()
            rest = Or(parts=(other, Not(inner=third)))
            found.append(Not(inner=And(parts=(one, rest))))
        return found

    def _by(self, share: float) -> bool:
        return self.chance.random() < share

    def _test(self, fact: str = "") -> Condition:
        fact = fact or self.chance.choice(FACTS)
        if fact in ENUM:
            words = ENUM[fact]
            count = self.chance.choice((1, 1, 2, 3)) if len(words) > FEW_WORDS else 1
            picked = tuple(sorted(self.chance.sample(words, count)))
            if count == 1:
                return _compare(fact, Operator.EQUAL, picked[0])
            return Among(fact=fact, values=picked)
        if fact in FLAGS:
            return Flag(fact=fact) if self._by(0.6) else Not(inner=Flag(fact=fact))
        low, high = RANGES[fact]
        operator = self.chance.choice((Operator.AT_LEAST, Operator.LESS))
        return _compare(fact, operator, self.chance.randrange(low + 1, high))

    def _wide(self, fact: str) -> Condition:
        words = ENUM[fact]
        count = max(2, len(words) // 2 + self.chance.randrange(0, 2))
        return Among(fact=fact, values=tuple(sorted(self.chance.sample(words, count))))


def _compare(fact: str, operator: Operator, value: Literal) -> Compare:
    return Compare(fact=fact, operator=operator, value=value)


def _make_situations(count: int) -> list[Answers]:
    chance = random.Random(SEED_OF_SITUATIONS)  # noqa: S311 - a sample, not a secret
    found: list[Answers] = []
    for _ in range(count):
        answers: Answers = {fact: chance.choice(words) for fact, words in ENUM.items()}
        answers.update({fact: chance.random() < 1 / 2 for fact in FLAGS})
        answers.update({fact: chance.randrange(*range_) for fact, range_ in RANGES.items()})
        found.append(answers)
    return found
