"""The weighing as a formula says what the decider says, in whole situations and parts of them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import z3

from bedside.rules.decide.judge import weigh
from bedside.rules.decide.known import Case
from bedside.rules.prove import scale as scales
from bedside.rules.prove.differences import Space
from bedside.rules.prove.knowledge import Knowledge
from bedside.rules.prove.scale import Scale, Weighed
from bedside.rules.prove.world import World
from bedside.rules.tables.compiled import SHIPPED, Compiled, load_compiled
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.catalogue import Value

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 23)
PLACES = [("us/tx", ("hospital/sample",)), ("us/ca", ("agencies/fresno-sheriff",))]
DIMENSIONS = ("position", "restraint", "disclosure", "family_notice", "departure", "staff_response")


@cache
def shipped() -> Compiled:
    return load_compiled([SHIPPED, ROOT / "examples"], cache=ROOT / "build" / "tests" / "rulebook")


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A dimension's answer as a formula, and what it is asked about."""

    scale: Scale
    known: Knowledge
    weighed: Weighed

    def answer(self, case: Case) -> str:
        """Read the formula's answer where exactly this is known."""
        chosen = []
        for fact, variable in self.known.variables.items():
            every = self.scale.world.vocabulary.facts[fact].every
            answers = case.known.get(fact, every)
            cell = self.known.cells.stands_for[fact].get(answers, answers)
            place = self.known.cells.known[fact].index(cell)
            chosen.append((variable, z3.BitVecVal(place, variable.size())))
        code = z3.simplify(z3.substitute(self.weighed.code, *chosen))
        return self.scale.read(code.as_long(), depends=False)


def make_formula(world: World, dimension: str) -> Formula:
    scale = Scale(world=world, dimension=dimension)
    space = Space(world, scale.trees, scale.whole, milliseconds=10_000)
    return Formula(scale=scale, known=space.known, weighed=scale.weigh(space.known))


def draw(world: World, dimension: str, seed: int, count: int) -> Iterator[dict[str, Value]]:
    """Draw situations near the cells of the dimension's norms; a third of each is left unknown."""
    chance = random.Random(seed)  # noqa: S311 - situations to compare on, no secrets
    near = [e for e in world.play.entries if any(d == dimension for d, _ in e.charges)]
    cubes = [cube for entry in near for cube in world.cubes_of(entry)]
    bases = [fact for fact in world.vocabulary.facts.values() if fact.derived is None]
    for _ in range(count):
        facts = {f.id: chance.choice(f.domain) for f in bases if chance.random() < 0.6}
        for cube in chance.sample(cubes, min(3, len(cubes))):
            for fact, allowed in cube.items():
                domain = world.vocabulary.facts[fact].domain
                facts[fact] = domain[chance.choice(list(find_bits(allowed)))]
        yield facts


def find_disagreements(world: World, dimension: str, count: int) -> list[tuple[str, str]]:
    formula, words = make_formula(world, dimension), world.vocabulary.dimensions[dimension].words
    found = []
    for facts in draw(world, dimension, 7, count):
        case = Case(compiled=world.compiled, situation=world.place(facts))
        said = weigh(case.find_matter(dimension, case.board, case.known))
        word = words[said.place].id if said.place is not None else "-"
        decided, formed = f"{said.outcome.value}: {word}", formula.answer(case)
        if decided != formed:
            found.append((decided, formed))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("place", "overlays"), PLACES)
@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_the_formula_and_the_decider_give_the_same_answer(
    place: str, overlays: tuple[str, ...], dimension: str
) -> None:
    world = World(compiled=shipped(), on=DAY, jurisdiction=place, overlays=overlays)

    assert find_disagreements(world, dimension, 120) == []


FAULTS = {
    "nothing is nearer than anything else": ("_find_nearness", lambda *_: z3.BitVecVal(0, 4)),
    "every word can be had": ("_can_be_had", lambda *_: z3.BoolVal(val=True)),
    "a defeated norm still charges": (
        "charges",
        lambda self, burden, knowledge, *_: self.speaks(burden.entry.number, knowledge),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "dimension"), zip(FAULTS, ("position", "position", "disclosure"), strict=True)
)
def test_a_fault_planted_in_the_formula_is_found(
    monkeypatch: pytest.MonkeyPatch, fault: str, dimension: str
) -> None:
    world = World(compiled=shipped(), on=DAY, jurisdiction="us/tx")
    monkeypatch.setattr(Scale, *FAULTS[fault])

    assert find_disagreements(world, dimension, 120)


@pytest.mark.slow
def test_a_rank_forgotten_in_the_formula_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(compiled=shipped(), on=DAY, jurisdiction="us/tx")
    monkeypatch.setattr(scales, "GUIDANCE", 3)  # the officer's own rules would weigh nothing

    assert find_disagreements(world, "position", 120)
