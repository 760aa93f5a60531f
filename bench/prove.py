"""How fast proofs are: all conflicts with witnesses, beside Z3 on the same question; the report.

Run it alone: `python -m bench.prove`.
"""

import os
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import z3

from bedside.rules.condition.nodes import Among, And, Condition, Not
from bedside.rules.decide.play import Entry
from bedside.rules.prove.conflicts import find_conflicts, find_meetings, find_opposed
from bedside.rules.prove.finding import Question
from bedside.rules.prove.formulas import Formulas
from bedside.rules.prove.impact import find_impact, load_drafts
from bedside.rules.prove.report import prove, prove_changes
from bedside.rules.prove.world import World, meet
from bedside.rules.tables.compiled import SHIPPED, Compiled, load_compiled
from bedside.rules.tables.cubes import Cube, find_cubes
from bedside.rules.vocabulary.catalogue import Fact, Vocabulary
from bench.figure import Figure
from bench.subject import DAY, PLACE

TIMES = 9
SYNTHETIC, SEED = 600, 7
WORDS = (4, 3, 3, 3, 3, 2, 2)  # invented dimensions, by how many words each has
BEDSIDE = Path(sys.executable).with_name("bedside")
DRAFT = "hospital/sample/officers-may-stay-at-the-bedside.yaml"
RESCINDED = (date(2025, 1, 19), date(2025, 1, 20))
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
    theirs = _time(lambda: ask_z3(world))  # its conditions are parsed by then, as ours are
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
        *_measure_impact(world),
        *_measure_changes(world.compiled),
    ]


def _measure_impact(world: World) -> list[Figure]:
    """Time what one edited norm would change: in a running process, and from the command line."""
    with TemporaryDirectory() as folder:
        draft = Path(folder) / DRAFT
        draft.parent.mkdir(parents=True)
        text = (SHIPPED / DRAFT).read_text("utf-8")
        draft.write_text(text.replace("modality: may", "modality: must"), "utf-8")
        spent = _time(lambda: find_impact(_anew(world), load_drafts(draft, world)))
        command = [str(BEDSIDE), "check", "--impact", str(draft)]
        _run_alone(command, Path(folder))  # it compiles the rulebook and keeps it
        laps = sorted(_run_alone(command, Path(folder)) for _ in range(TIMES))
        wall, whole = laps[TIMES // 2]
    return [
        Figure(
            what="the impact of one edited norm on the shipped rulebook",
            found=spent,
            unit="ms",
            at_most=500,
        ),
        Figure(
            what="`bedside check --impact` on it, cold start with a cache, processor time",
            found=whole * 1e3,
            unit="ms",
            at_most=1_000,
            beside=f"by the wall {wall * 1e3:.0f} ms",
        ),
    ]


def _run_alone(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command as a process of its own; give seconds by the wall and by the processor."""
    kept = {"XDG_CACHE_HOME": str(folder), "PYTHONPYCACHEPREFIX": str(folder / "python")}
    environment = {**os.environ, **kept}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    used, before = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    wall, now = perf_counter() - before, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 1:  # 1: something changes, and somebody has to read it
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr.strip()}")
    return wall, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def _measure_changes(compiled: Compiled) -> list[Figure]:
    """Time the proof that no other answer changes: of the memorandum on protected places."""
    worlds = [World(compiled=compiled, on=day, jurisdiction=PLACE) for day in RESCINDED]
    for world in worlds:
        world.play  # noqa: B018 - likewise
    found: list[int] = []

    def run() -> None:
        report = prove_changes(worlds[0], worlds[1])
        if not report.is_complete:
            raise SystemExit("not every change was settled; the figure is worth nothing")
        found.append(len(report.findings))

    spent = _time(run, times=3)
    return [
        Figure(
            what="all that changed with the memorandum on protected places, proved complete",
            found=spent,
            unit="ms",
            at_most=2_000,
            beside=f"{found[-1]} ways to differ",
        )
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
