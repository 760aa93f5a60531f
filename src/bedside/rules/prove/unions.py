"""Questions over unions of norms, which need the solver: gaps, dead and covered norms."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import z3

from bedside.rules.condition.nodes import Condition, find_facts
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.dimension import AMONG_US
from bedside.rules.decide.known import Case
from bedside.rules.decide.play import Entry, find_entries
from bedside.rules.prove.finding import Finding, NotReplayedError, Question, Undecided
from bedside.rules.prove.formulas import Formulas, Found, Verdict
from bedside.rules.prove.shrink import shrink
from bedside.rules.prove.world import CUSTODY, World
from bedside.rules.tables.cubes import Cube
from bedside.rules.vocabulary.catalogue import Dimension, Value, Vocabulary

UNDER_AGENCY = "agency != 'none'"
Outcome_ = Finding | Undecided


def find_gaps(world: World, formulas: Formulas) -> Iterator[Outcome_]:
    """Find, for each dimension, a patient in custody about whom nothing on file speaks."""
    for dimension in world.vocabulary.dimensions.values():
        found = find_gap(world, formulas, dimension)
        if found is not None:
            yield found


def find_gap(world: World, formulas: Formulas, dimension: Dimension) -> Outcome_ | None:
    """Find a patient in custody about whom nothing speaks on one dimension."""
    found = _ask_for_gap(world, formulas, dimension)
    if found.verdict is Verdict.UNDECIDED:
        return Undecided(question=Question.GAPS, norms=(), dimension=dimension.id)
    if found.verdict is Verdict.NONE:
        return None
    facts = shrink(found.facts, partial(is_gap, world, dimension.id))
    finding = Finding(
        question=Question.GAPS,
        norms=(),
        dimension=dimension.id,
        witness=world.place(facts),
        call=AMONG_US,
    )
    if not is_gap(world, dimension.id, facts):
        raise NotReplayedError(finding)
    return finding


def _ask_for_gap(world: World, formulas: Formulas, dimension: Dimension) -> Found:
    """Ask first for a gap under an agency with all presumptions, then for any."""
    entries = [e for e in world.play.entries if any(d == dimension.id for d, _ in e.charges)]
    trees = [parse_condition(dimension.touched_by), *(world.condition(e) for e in entries)]
    touched, *spoken = [formulas.formula(tree) for tree in trees]
    custody = [formulas.formula(parse_condition(text)) for text in (CUSTODY, UNDER_AGENCY)]
    usual = [
        formulas.among(fact.id, fact.bit(fact.presume))
        for fact in world.vocabulary.presumed
        if fact.presume is not None
    ]
    about = [CUSTODY, "agency", *_find_bases(trees, world.vocabulary)]
    gap = [*custody, touched, *(z3.Not(one) for one in spoken)]
    found = formulas.ask([*gap, *usual], about=about)
    return found if found.verdict is Verdict.SOME else formulas.ask(gap, about=about)


def is_gap(world: World, dimension: str, facts: Mapping[str, Value]) -> bool:
    """Tell whether the decider finds nothing that speaks or may speak on the dimension."""
    case = Case(compiled=world.compiled, situation=world.place(facts))
    entries = find_entries(world.play, case.speaking | case.open)
    is_silent = not any(d == dimension for entry in entries for d, _ in entry.charges)
    return is_silent and case.is_touched(dimension)


def find_dead(world: World, formulas: Formulas) -> Iterator[Outcome_]:
    """Find the norms that speak in no situation that anybody can be in."""
    for entry in world.play.entries:
        if any(world.situation(cube) is not None for cube in world.cubes_of(entry)):
            continue
        found = formulas.ask([formulas.formula(world.condition(entry))])
        if found.verdict is Verdict.UNDECIDED:
            yield Undecided(question=Question.DEAD, norms=(entry.norm.id,))
        elif found.verdict is Verdict.NONE:
            yield Finding(question=Question.DEAD, norms=(entry.norm.id,))


def find_covered(world: World, formulas: Formulas) -> Iterator[Outcome_]:
    """Find the norms that another one always speaks with, asking as much of as many, as heavily."""
    for entry in world.play.entries:
        for other in world.play.entries:
            if other is entry or not _asks_as_much(other, entry):
                continue
            verdict = _is_within(world, formulas, entry, other)
            if verdict is Verdict.UNDECIDED:
                yield Undecided(question=Question.COVERED, norms=(entry.norm.id, other.norm.id))
            elif verdict is Verdict.NONE and not _is_named_later(world, formulas, entry, other):
                yield Finding(
                    question=Question.COVERED, norms=(entry.norm.id,), others=(other.norm.id,)
                )
                break


def _is_named_later(world: World, formulas: Formulas, entry: Entry, other: Entry) -> bool:
    """Tell whether the two are equals of which only the later is named."""
    if entry.number > other.number or not _asks_as_much(entry, other):
        return False
    return _is_within(world, formulas, other, entry) is Verdict.NONE


def _asks_as_much(strong: Entry, weak: Entry) -> bool:
    if not weak.charges or not weak.binds <= strong.binds:
        return False
    return all(
        any(
            d == dimension and not c.keeps & ~charge.keeps and c.weight <= charge.weight
            for d, c in strong.charges
        )
        for dimension, charge in weak.charges
    )


def _is_within(world: World, formulas: Formulas, entry: Entry, other: Entry) -> Verdict:
    """Tell whether some situation makes the entry speak and the other not: NONE means never."""
    outer = world.cubes_of(other)
    inner = world.cubes_of(entry)
    if inner and all(any(_holds(wide, cube) for wide in outer) for cube in inner):
        return Verdict.NONE
    alone = [
        formulas.formula(world.condition(entry)),
        z3.Not(formulas.formula(world.condition(other))),
    ]
    return formulas.ask(alone).verdict


def _holds(wide: Cube, cube: Cube) -> bool:
    return all(fact in cube and not cube[fact] & ~allowed for fact, allowed in wide.items())


def _find_bases(trees: Iterable[Condition], vocabulary: Vocabulary) -> list[str]:
    """Find the facts that the conditions read; derived ones are traced to their base."""
    facts = (vocabulary.facts[id_] for tree in trees for id_ in sorted(find_facts(tree)))
    return list(dict.fromkeys(f.derived.fact if f.derived else f.id for f in facts))
