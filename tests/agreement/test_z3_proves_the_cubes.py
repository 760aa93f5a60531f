"""Over all situations, proved and not sampled: a norm's formula, its cubes and their opposite."""

from collections.abc import Callable
from functools import cache

import pytest
import z3
from agreement_cast import VOCABULARY, Case, find_cases, shipped
from rules_cast import DAY

from bedside.rules.condition.nodes import And, Condition, Or
from bedside.rules.decide.play import GUIDANCE
from bedside.rules.prove.conflicts import find_conflicts, find_opposed
from bedside.rules.prove.formulas import Formulas, Verdict
from bedside.rules.prove.world import World, meet
from bedside.rules.tables import cubes
from bedside.rules.tables.compiled import find_pair

PLACE = "us/tx"


class Proof:
    """Asks whether two readings of one condition can ever differ."""

    def __init__(self) -> None:
        self.formulas = Formulas(VOCABULARY)
        self.solver = z3.SolverFor("QF_FD")  # nobody's situation is left out, possible or not
        self.solver.add(*self.formulas.bounds)

    def never(self, formula: z3.BoolRef) -> bool:
        """Tell whether no situation satisfies it; anything but a proof is a failure."""
        self.solver.push()
        self.solver.add(formula)
        found = self.solver.check()
        self.solver.pop()
        assert found != z3.unknown
        return bool(found == z3.unsat)

    def find_difference(self, case: Case) -> str | None:
        """Compare the formula with the cubes, and the cubes with those of the opposite."""
        pair = find_pair(case.tree, VOCABULARY)
        assert pair is not None, case.text
        formula = self.formulas.formula(case.tree)
        holds, fails = (z3.Or([self.formulas.cube(cube) for cube in side]) for side in pair)
        if not self.never(formula != holds):
            return f"cubes: {case.text}"
        if not self.never(holds == fails):
            return f"opposite: {case.text}"
        return None


@cache
def cases() -> tuple[Case, ...]:
    return tuple(find_cases())


@cache
def proof() -> Proof:
    return Proof()


def find_differences(some: tuple[Case, ...], proof: Proof) -> list[str]:
    return [text for case in some if (text := proof.find_difference(case)) is not None]


def test_every_shipped_norms_formula_equals_its_cubes_and_the_opposite_is_their_complement() -> (
    None
):
    assert len(cases()) > 250

    assert find_differences(cases(), proof()) == []


def slice_() -> tuple[Case, ...]:
    return cases()[::4]


def test_cubes_that_lose_a_way_to_hold_are_found_by_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    keep = cubes._keep_widest  # noqa: SLF001 - the fault is planted inside

    def lose(found: list[cubes.Cube]) -> tuple[cubes.Cube, ...] | None:
        kept = keep(found)
        return kept[:-1] if kept and len(kept) > 1 else kept

    monkeypatch.setattr(cubes, "_keep_widest", lose)

    assert find_differences(slice_(), proof())


def _as_or(self: Formulas, condition: Condition) -> z3.BoolRef:
    swapped = Or(parts=condition.parts) if isinstance(condition, And) else condition
    return TRANSLATE(self, swapped)


def _but_the_first(self: Formulas, fact: str, allowed: int) -> z3.BoolRef:
    return AMONG(self, fact, allowed & (allowed - 1) or allowed)


TRANSLATE, AMONG = Formulas._translate, Formulas.among  # noqa: SLF001 - where faults are planted


@pytest.mark.parametrize(("name", "fault"), [("_translate", _as_or), ("among", _but_the_first)])
def test_a_formula_that_says_something_else_is_found_by_proof(
    monkeypatch: pytest.MonkeyPatch, name: str, fault: Callable[..., z3.BoolRef]
) -> None:
    monkeypatch.setattr(Formulas, name, fault)
    wrong = Proof()
    monkeypatch.undo()
    wrong.formulas = _Faulty(wrong.formulas, name, fault)  # type: ignore[assignment]  # only the formula is wrong, not the cubes

    assert find_differences(slice_(), wrong)


class _Faulty:
    """Formulas of which only conditions are translated wrongly."""

    def __init__(self, right: Formulas, name: str, fault: Callable[..., z3.BoolRef]) -> None:
        self.right, self.wrong = right, Formulas(VOCABULARY)
        setattr(self.wrong, name, fault.__get__(self.wrong))
        self.cube = right.cube

    def formula(self, condition: Condition) -> z3.BoolRef:
        """Translate with the fault."""
        return self.wrong.formula(condition)


# --- pairs: what the cubes find, and nothing else


@cache
def world() -> World:
    return World(compiled=shipped(), on=DAY, jurisdiction=PLACE)


def test_cubes_and_the_solver_agree_on_every_pair_that_asks_in_one_dimension() -> None:
    formulas, said = Formulas(VOCABULARY), {True: 0, False: 0}
    pairs = {
        (one.number, other.number)
        for dimension in VOCABULARY.dimensions
        for one, charged in world().find_charges(dimension)
        for other, against in world().find_charges(dimension)
        if one.number < other.number and charged.keeps != against.keeps
    }

    for numbers in sorted(pairs):
        one, other = (world().play.entries[number] for number in numbers)
        meets = any(
            world().situation(met) is not None
            for left in world().cubes_of(one)
            for right in world().cubes_of(other)
            if (met := meet(left, right)) is not None
        )
        spoken = [formulas.formula(world().condition(entry)) for entry in (one, other)]
        assert meets is (formulas.ask(spoken).verdict is Verdict.SOME), (one.norm.id, other.norm.id)
        said[meets] += 1

    assert min(said.values()) > 20


def test_every_conflict_that_the_cubes_find_is_satisfiable_for_the_solver() -> None:
    formulas = Formulas(VOCABULARY)
    by_id = {entry.norm.id: entry for entry in world().play.entries}

    for finding in find_conflicts(world()):
        spoken = [formulas.formula(world().condition(by_id[id_])) for id_ in finding.norms]
        assert formulas.ask(spoken).verdict is Verdict.SOME


def test_opposed_sets_are_the_smallest_that_leave_no_word() -> None:
    found = find_opposed({0b0011, 0b0110, 0b1100, 0b1001, 0b0101}, 0b1111)

    assert {frozenset(one) for one in found if len(one) == 2} == {
        frozenset({0b0011, 0b1100}),
        frozenset({0b0110, 0b1001}),
    }
    for one in found:
        for left_out in one:
            left = 0b1111
            for mask in one:
                left &= 0b1111 if mask == left_out else mask
            assert left, one


def test_guidance_never_makes_a_conflict() -> None:
    weights = {
        charge.weight for d in VOCABULARY.dimensions for _, charge in world().find_charges(d)
    }

    assert max(weights) < GUIDANCE
