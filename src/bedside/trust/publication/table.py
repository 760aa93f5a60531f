"""A table as somebody wants to publish it: groups of values, and every sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import ClassVar, Final, TypeAlias

from bedside.trust.publication.counts import Counts, Region
from bedside.trust.publication.refusal import Refusal

Key: TypeAlias = tuple[str, ...]  # a label for each grouped dimension, or ALL

ALL: Final = "*"
MOST_CELLS: Final = 2000


class BadPlan(Refusal):
    """A plan that does not fit the counts."""

    code: ClassVar[str] = "publication.bad-plan"
    en: ClassVar[str] = "the plan `{plan}` cannot be drawn up: `{what}` {why}"
    es: ClassVar[str] = "el plan `{plan}` no se puede hacer: `{what}` {why}"


class TooLarge(Refusal):
    """A table, or several together, too large to be checked."""

    code: ClassVar[str] = "publication.too-large"
    en: ClassVar[str] = (
        "`{plan}` has {count} {what}, at most {most} can be checked; use larger groups"
    )
    es: ClassVar[str] = "`{plan}` tiene {count} {what}; se comprueban hasta {most}, agrupe más"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """One dimension of a table: each label stands for values; values in no group are left out."""

    dimension: str
    groups: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What somebody wants to publish; dimensions without a grouping are summed over."""

    name: str
    groupings: tuple[Grouping, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number of a table, a sum or not."""

    key: Key
    region: Region
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """All numbers of a table, and its lines: a sum with the parts it is made of."""

    name: str
    cells: Mapping[Key, Cell]
    lines: tuple[frozenset[Key], ...]


def draw_table(counts: Counts, plan: Plan) -> Table:
    """Count every cell and every sum of a plan."""
    _refuse_bad_plan(counts, plan)
    labels = [(*one.groups, ALL) for one in plan.groupings]
    keys = list(product(*labels))
    cells = {}
    for key in keys:
        region = _region(counts, plan, key)
        cells[key] = Cell(key=key, region=region, count=counts.count(region))
    lines = tuple(
        frozenset((*key[:at], label, *key[at + 1 :]) for label in labels[at])
        for at in range(len(labels))
        for key in keys
        if key[at] == ALL
    )
    return Table(name=plan.name, cells=cells, lines=lines)


def _region(counts: Counts, plan: Plan, key: Key) -> Region:
    chosen = {
        one.dimension: frozenset().union(*one.groups.values())
        if label == ALL
        else one.groups[label]
        for one, label in zip(plan.groupings, key, strict=True)
    }
    return tuple(chosen.get(one.name, frozenset(one.values)) for one in counts.dimensions)


def _refuse_bad_plan(counts: Counts, plan: Plan) -> None:
    known = {one.name: frozenset(one.values) for one in counts.dimensions}
    names = [one.dimension for one in plan.groupings]
    if not names or len(set(names)) != len(names):
        raise BadPlan(plan=plan.name, what=", ".join(names), why="is empty or repeated")
    for one in plan.groupings:
        if one.dimension not in known:
            raise BadPlan(plan=plan.name, what=one.dimension, why="is not counted by")
        _refuse_bad_groups(plan, one, known[one.dimension])
    count = 1
    for one in plan.groupings:
        count *= len(one.groups) + 1
    if count > MOST_CELLS:
        raise TooLarge(plan=plan.name, count=count, what="cells", most=MOST_CELLS)


def _refuse_bad_groups(plan: Plan, grouping: Grouping, known: frozenset[str]) -> None:
    seen: set[str] = set()
    for label, values in grouping.groups.items():
        if label == ALL or not values or not values <= known or values & seen:
            why = "needs values that are counted, each in one group"
            raise BadPlan(plan=plan.name, what=label, why=why)
        seen |= values
    if not grouping.groups:
        raise BadPlan(plan=plan.name, what=grouping.dimension, why="has no groups")
