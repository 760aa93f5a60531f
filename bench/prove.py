"""How fast proofs are: all conflicts with witnesses, beside Z3 on the same question; the report.

Run it alone: `python -m bench.prove`.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import z3

from bedside.rules.condition.nodes import Among, And, Condition, Not
from bedside.rules.decide.play import Entry
from bedside.rules.prove.conflicts import find_conflicts, find_meetings, find_opposed
from bedside.rules.prove.finding import Question
from bedside.rules.prove.formulas import Formulas
from bedside.rules.prove.report import prove
from bedside.rules.prove.world import World, meet
from bedside.rules.tables.compiled import load_compiled
from bedside.rules.tables.cubes import Cube, find_cubes
from bedside.rules.vocabulary.catalogue import Fact, Vocabulary
from bench.figure import Figure
from bench.subject import DAY, PLACE

TIMES = 9
SYNTHETIC, SEED = 600, 7
WORDS = (4, 3, 3, 3, 3, 2, 2)  # invented dimensions, by how many words each has
QUESTIONS = tuple(question for question in Question if question is not Question.CHANGES)


def main() -> None:
    """Print the table."""
    with TemporaryDirectory() as folder:
        figures = measure_prove(Path(folder))
    width = max(len(figure.what) for figure in figures)
    for one in figures:
        verdict = f"{one.wanted:>12}  {one.verdict:<6} {one.beside}"
        print(f"{one.what:<{width}}  {one.measured:>12}  {verdict}")


def measure_prove(cache: Path) -> list[Figure]:
    """Time proofs over the shipped rulebook in one place, and over invented norms."""
    world = World(compiled=load_compiled(cache=cache), on=DAY, jurisdiction=PLACE)
    world.play  # noqa: B018 - what a day and a place fix is worked out once, before any question
    found = find_conflicts(world)
    ours = _time(lambda: find_conflicts(_anew(world)))
    sets = ask_z3(world)
    theirs = _time(lambda: ask_z3(world), times=3)
    if len(sets) != sum(1 for _ in find_meetings(world)):
        raise SystemExit("Z3 and the cubes answer differently; no figure is worth anything")
    report = _time(lambda: prove(_anew(world), QUESTIONS), times=3)
    pairs, spent = _pair_up(SYNTHETIC, world.vocabulary)
    return [
        Figure(
            what="all conflicts of the shipped rulebook with replayed witnesses",
            found=ours,
            unit="ms",
            at_most=50,
            beside=f"{len(found)} found among {len(world.play.entries)} norms in force",
        ),
        Figure(
            what="the same asked of Z3, one solver, witnesses read and not replayed",
            found=theirs,
            unit="ms",
        ),
        Figure(what="Z3 over ours", found=theirs / ours, unit="x", at_least=20),
        Figure(
            what="the whole report: conflicts, gaps, dead, covered, concessions",
            found=report,
            unit="ms",
            at_most=2_000,
        ),
        Figure(
            what=f"{SYNTHETIC} invented norms, every opposed pair",
            found=spent,
            unit="ms",
            at_most=150,
            beside=f"{pairs:,} pairs meet",
        ),
    ]


def _time(call: Callable[[], object], times: int = TIMES) -> float:
    """Time calls by the processor's clock, in milliseconds, and give the median."""
    laps = []
    for _ in range(times):
        before = process_time()
        call()
        laps.append((process_time() - before) * 1e3)
    return median(laps)


def _anew(world: World) -> World:
    """Forget what was worked out, but keep the day's tables."""
    return World(compiled=world.compiled, on=world.on, jurisdiction=world.jurisdiction)


# --- the same question, asked of Z3


def ask_z3(world: World) -> list[tuple[str, ...]]:
    """Find the same sets with one solver that knows every norm."""
    asking = _Asking(world)
    return [
        norms
        for dimension in world.vocabulary.dimensions.values()
        if not dimension.many
        for norms in asking.find(dimension.id)
    ]


class _Asking:
    """One solver, and for each norm a name for *it speaks and nothing silences it*."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.formulas = Formulas(world.vocabulary)
        self.solver = self.formulas.solver
        self.witnesses: list[list[z3.ExprRef]] = []
        self.names: dict[tuple[int, str], z3.BoolRef] = {}

    def find(self, dimension: str) -> Iterator[tuple[str, ...]]:
        """Find the sets of one dimension, each once."""
        wishes: dict[int, dict[str, list[Entry]]] = {}
        for entry, charge in self.world.find_charges(dimension):
            wishes.setdefault(charge.keeps, {}).setdefault(charge.source, []).append(entry)
        seen: set[frozenset[str]] = set()
        for masks in find_opposed(wishes, self.world.find_candidates(dimension)):
            for sources in product(*(wishes[mask].values() for mask in masks)):
                norms = next(self._find_meeting(sources, dimension), None)
                if norms is not None and frozenset(norms) not in seen:
                    seen.add(frozenset(norms))
                    yield norms

    def _find_meeting(
        self, sources: Sequence[list[Entry]], dimension: str
    ) -> Iterator[tuple[str, ...]]:
        for entries in product(*sources):
            if self.solver.check(*(self._speaks(one, dimension) for one in entries)) == z3.sat:
                model = self.solver.model()
                facts = self.formulas.variables.values()
                self.witnesses.append([model.eval(f, model_completion=True) for f in facts])
                yield tuple(entry.norm.id for entry in entries)

    def _speaks(self, entry: Entry, dimension: str) -> z3.BoolRef:
        name = self.names.get((entry.number, dimension))
        if name is None:
            name = self.names[entry.number, dimension] = z3.Bool(f"{entry.number} {dimension}")
            parts = [self.formulas.formula(self.world.condition(entry))]
            for number in self.world.play.beaten_by.get(entry.number, ()):
                by = self.world.play.entries[number]
                if not by.asks or any(ask.dimension == dimension for ask in by.asks):
                    parts.append(z3.Not(self.formulas.formula(self.world.condition(by))))
            self.solver.add(z3.Implies(name, z3.And(parts)))
        return name


# --- invented norms


def _pair_up(count: int, vocabulary: Vocabulary) -> tuple[int, float]:
    """Find which opposed pairs of invented norms meet; the cubes are made beforehand."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    facts = [fact for fact in vocabulary.facts.values() if fact.derived is None]
    groups: dict[tuple[int, int], list[tuple[Cube, ...]]] = {}
    for _ in range(count):
        dimension = chance.randrange(len(WORDS))
        word = chance.randrange(WORDS[dimension])
        cubes = find_cubes(_invent(chance, facts), vocabulary) or ()
        groups.setdefault((dimension, word), []).append(cubes)
    opposed = [
        (one, other)
        for (dimension, word), norms in groups.items()
        for (against, different), others in groups.items()
        if dimension == against and word < different
        for one in norms
        for other in others
    ]
    met: list[int] = []

    def run() -> None:
        met.append(sum(_meet(one, other) for one, other in opposed))

    spent = _time(run)
    return met[-1], spent


def _invent(chance: random.Random, facts: Sequence[Fact]) -> Condition:
    """Invent a condition: three to six facts among some of their answers, and an exception."""

    def test(fact: Fact) -> Condition:
        most = max(1, len(fact.domain) // 2)
        return Among(
            fact=fact.id, values=tuple(chance.sample(fact.domain, chance.randint(1, most)))
        )

    parts = [test(fact) for fact in chance.sample(facts, chance.randint(3, 6))]
    unless = And(parts=tuple(test(fact) for fact in chance.sample(facts, 2)))
    return And(parts=(*parts, Not(inner=unless)))


def _meet(one: tuple[Cube, ...], other: tuple[Cube, ...]) -> bool:
    return any(meet(a, b) is not None for a in one for b in other)


if __name__ == "__main__":
    main()
