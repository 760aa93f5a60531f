"""Three readings of the same conditions: closures, cube tables, and Google's C++ CEL.

A reading answers, for what is known of a situation, which conditions surely hold and which may
and may not. Closures and CEL are asked once for each combination of answers to the facts that a
condition reads; the cube tables are asked anew for every situation.
"""

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import TypeAlias

from cel_expr_python import cel

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "rules"))

from rules_cast import (
    SOAK,
    VOCABULARY,
    base_of,
    conditions,
    knowns,
    shipped,
    times,
    write_condition,
)

from bedside.rules.condition.holds import Closure, compile_closure
from bedside.rules.condition.nodes import Condition, find_facts
from bedside.rules.decide.play import Table
from bedside.rules.rulebook.book import condition_of
from bedside.rules.rulebook.norm import Norm
from bedside.rules.tables.compiled import find_pair
from bedside.rules.tables.cubes import Cube
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Fact, FactType, Value

__all__ = ["SOAK", "VOCABULARY", "conditions", "knowns", "shipped", "times"]

Known: TypeAlias = dict[str, int]
Ask: TypeAlias = Closure
Program: TypeAlias = Callable[[dict[str, Value]], Answer]
Found: TypeAlias = tuple[int, int]  # conditions that surely hold, and that may, as bits

CEL_TYPES = {
    FactType.WORD: cel.Type.STRING,
    FactType.FLAG: cel.Type.BOOL,
    FactType.COUNT: cel.Type.INT,
}
BASES = tuple(fact for fact in VOCABULARY.facts.values() if fact.derived is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One condition, as a tree and as the text that its norm file gives."""

    tree: Condition
    text: str

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts to be asked for it."""
        return tuple(sorted({base_of(fact) for fact in find_facts(self.tree)}))


def find_cases() -> list[Case]:
    """Find the conditions of all shipped norms, exceptions included, each different one once."""
    found = {write_text(norm): condition_of(norm) for norm in shipped().rulebook.norms.values()}
    return [Case(tree=tree, text=text) for text, tree in found.items()]


def write_text(norm: Norm) -> str:
    """Join the norm's own texts as CEL would: its condition, and none of its exceptions."""
    return " && ".join([f"({norm.when})", *(f"!({unless.when})" for unless in norm.unless)])


def case_of(tree: Condition) -> Case:
    """Take a tree as a case."""
    return Case(tree=tree, text=write_condition(tree))


# --- the readings


def read_by_closures(case: Case) -> Ask:
    """Read the condition as a closure."""
    return compile_closure(case.tree, VOCABULARY)


def make_environment() -> cel.Env:
    """Declare the vocabulary's facts to Google's C++ CEL."""
    types = {fact.id: CEL_TYPES[fact.type] for fact in VOCABULARY.facts.values()}
    return cel.NewEnv(variables=types)


def read_by_cel(case: Case, environment: cel.Env) -> Program:
    """Read the condition's text by Google's C++ CEL; an unknown fact is an error there."""
    program = environment.compile(case.text)

    def ask(given: dict[str, Value]) -> Answer:
        value = program.eval(data=given).plain_value()
        if value is True:
            return Answer.YES
        return Answer.NO if value is False else Answer.UNKNOWN

    return ask


def give_to_cel(known: Mapping[str, int]) -> dict[str, Value]:
    """Turn what is known into CEL's variables; facts with several possible answers are left out."""
    given: dict[str, Value] = {}
    for id_, answers in known.items():
        if answers.bit_count() == 1:
            given[id_] = VOCABULARY.facts[id_].domain[answers.bit_length() - 1]
    for fact in VOCABULARY.facts.values():
        if fact.derived is not None and fact.derived.fact in given:
            base = given[fact.derived.fact]
            given[fact.id] = next(v for v, under in fact.derived.values.items() if base in under)
    return given


def make_table(cases: Sequence[Case]) -> Table:
    """Build the cube tables of the conditions, as deciding does."""
    pairs = [find_pair(case.tree, VOCABULARY) for case in cases]
    closures = {n: read_by_closures(c) for n, c in enumerate(cases) if pairs[n] is None}
    return Table(pairs, closures)


def ask_table(table: Table, known: Known) -> Found:
    """Ask the cube tables."""
    sure = table.find(known)
    return sure, table.find_open(known, sure)


class Panel:
    """Conditions read one by one, by closures and by CEL; each combination is asked once."""

    def __init__(self, cases: Sequence[Case]) -> None:
        """Put conditions that read the same facts together."""
        environment = make_environment()
        self.groups: dict[tuple[str, ...], _Group] = {}
        self.wrong: list[str] = []
        for number, case in enumerate(cases):
            group = self.groups.setdefault(case.facts, _Group(facts=case.facts))
            asks = (read_by_closures(case), read_by_cel(case, environment))
            group.members.append((1 << number, case, *asks))

    def ask(self, row: Known) -> Found:
        """Ask all conditions; the row holds every fact, zero where it is not known."""
        sure = open_ = 0
        for group in self.groups.values():
            key = group.project(row)
            found = group.kept.get(key)
            if found is None:
                found = group.kept[key] = self._ask(group, row)
            sure |= found[0]
            open_ |= found[1]
        return sure, open_

    def _ask(self, group: "_Group", row: Known) -> Found:
        known = {fact: row[fact] for fact in group.facts if row[fact]}
        given = give_to_cel(known)
        sure = open_ = 0
        for bit, case, closure, program in group.members:
            answer, other = closure(known), program(given)
            if other is not answer:
                self.wrong.append(f"CEL: {case.text}: {known}: {answer.name}, {other.name}")
            sure |= bit if answer is Answer.YES else 0
            open_ |= bit if answer is Answer.UNKNOWN else 0
        return group.answers.setdefault((sure, open_), (sure, open_))


@dataclass(slots=True, kw_only=True)
class _Group:
    """The conditions that read the same facts, and what was answered for them."""

    facts: tuple[str, ...]
    members: list[tuple[int, Case, Ask, Program]] = field(default_factory=list)
    kept: dict[object, Found] = field(default_factory=dict)
    answers: dict[Found, Found] = field(default_factory=dict)  # equal answers are kept once
    project: Callable[[Known], object] = lambda _: ()

    def __post_init__(self) -> None:
        """Make the look-up of what the conditions read."""
        if self.facts:
            self.project = itemgetter(*self.facts)


# --- situations


class Drawer:
    """Draws situations one from another; every second one lies near some condition's cubes."""

    def __init__(self, cases: Sequence[Case], seed: int) -> None:
        """Start anywhere."""
        self.chance = random.Random(seed)  # noqa: S311 - situations to compare on, no secrets
        self.cubes = [cube for case in cases for cube in _find_all_cubes(case)]
        self.chance.shuffle(self.cubes)
        self.answers = {fact.id: _find_answers(fact, self.cubes) for fact in BASES}
        self.row: Known = {fact.id: 0 for fact in BASES}

    def draw(self, count: int) -> Iterator[Known]:
        """Draw so many situations; the row is the same object, changed."""
        facts = list(self.row)
        for number in range(count):
            missing = 0.7 if number % 512 < 256 else 0.15
            for fact in facts if number % 2_048 == 0 else self.chance.sample(facts, 2):
                self._change(fact, missing)
            if number % 2:
                self._move_near(self.cubes[number // 2 % len(self.cubes)])
            yield self.row

    def _change(self, fact: str, missing: float) -> None:
        is_missing = self.chance.random() < missing
        self.row[fact] = 0 if is_missing else self.chance.choice(self.answers[fact])

    def _move_near(self, cube: Cube) -> None:
        """Fulfil the cube, then change one or two of its facts, or none."""
        for fact, allowed in cube.items():
            self.row[fact] = self.chance.choice([a for a in self.answers[fact] if a & allowed])
        facts = sorted(cube)
        for fact in self.chance.sample(facts, min(len(facts), self.chance.choice((0, 1, 1, 2)))):
            self._change(fact, 0.3)


def _find_all_cubes(case: Case) -> tuple[Cube, ...]:
    pair = find_pair(case.tree, VOCABULARY)
    return (*pair[0], *pair[1]) if pair else ()


def _find_answers(fact: Fact, cubes: Sequence[Cube]) -> list[int]:
    """Find the answers worth drawing: every word; of numbers those beside some bound."""
    every = [1 << place for place in range(len(fact.domain))]
    if fact.type is not FactType.COUNT:
        return every
    masks = {cube[fact.id] for cube in cubes if fact.id in cube}
    signs = [tuple(bool(mask & bit) for mask in masks) for bit in every]
    bounds = [n for n in range(1, len(every)) if signs[n] != signs[n - 1]]
    places = {0, len(every) - 1, *bounds, *(n - 1 for n in bounds)}
    return [every[place] for place in sorted(places)]


def find_known(row: Known) -> Known:
    """Leave out what is not known."""
    return {fact: answers for fact, answers in row.items() if answers}


def find_differences(
    cases: Sequence[Case], *, count: int, seed: int, panel: Panel | None = None
) -> list[str]:
    """Ask all readings about so many situations, and describe the first differences."""
    table, panel = make_table(cases), panel or Panel(cases)
    for row in Drawer(cases, seed).draw(count):
        found, wanted = ask_table(table, find_known(row)), panel.ask(row)
        if wanted != found:
            off = (wanted[0] ^ found[0]) | (wanted[1] ^ found[1])
            texts = [cases[number].text for number in find_bits(off)]
            panel.wrong.append(f"cubes: {texts[0]}: {find_known(row)}")
        if panel.wrong:
            break
    return panel.wrong
