"""What a reader could work out from everything that is shown, by exact arithmetic.

The rule: from all that was ever shown, a small count (1 to k-1) could be anything from one or fewer
up to k or more. So no small count is known, nor nearly known, nor is any sum of small counts that
is itself small. The reader is taken to know that counts are whole and not negative.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bedside.trust.publication.counts import Counts, Region
from bedside.trust.publication.linear import System
from bedside.trust.publication.table import TooLarge

MOST_STEPS = 4_000_000
MOST_UNKNOWNS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The regions whose number is shown, and those whose number is hidden."""

    shown: tuple[Region, ...]
    hidden: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The smallest parts that the shown and hidden regions cut the counts into."""

    system: System
    of: Mapping[Region, frozenset[int]]
    totals: Mapping[int, int]
    where: Mapping[int, Region]


def find_exposed(counts: Counts, known: Knowledge, *, threshold: int) -> Iterator[Region]:
    """Find the small counts, asked for or not, that a reader could narrow down."""
    parts = cut(counts, known)
    seen: set[frozenset[int]] = set()
    asked = [(parts.of[region], region) for region in known.hidden]
    for target, region in (*asked, *((frozenset({n}), r) for n, r in parts.where.items())):
        small = 0 < sum(parts.totals[one] for one in target) < threshold
        if small and target not in seen:
            seen.add(target)
            if not is_covered(parts.system, target, threshold=threshold):
                yield region


def is_covered(system: System, target: frozenset[int], *, threshold: int) -> bool:
    """Tell whether a count could be one or fewer, and could be the threshold or more."""
    high = system.may_reach(target, least=threshold, most=None)
    return high and system.may_reach(target, least=None, most=1)


def cut(counts: Counts, known: Knowledge) -> Parts:
    """Cut the counts into the parts that a reader can tell apart, and no further."""
    regions = list(dict.fromkeys([*known.shown, *known.hidden]))
    classes = [
        _classes([region[at] for region in regions], one.values)
        for at, one in enumerate(counts.dimensions)
    ]
    blocks = _sign_blocks(regions, classes)
    numbers = {sign: at for at, sign in enumerate(dict.fromkeys(blocks.values()))}
    of = {
        region: frozenset(number for sign, number in numbers.items() if at in sign)
        for at, region in enumerate(regions)
    }
    totals = dict.fromkeys(numbers.values(), 0)
    for cell, count in counts.cells.items():
        sign = blocks.get(tuple(one[value] for one, value in zip(classes, cell, strict=True)))
        if sign is not None:
            totals[numbers[sign]] += count
    where = _where(counts, classes, blocks, numbers)
    system = System((of[region], sum(totals[n] for n in of[region])) for region in known.shown)
    if system.size > MOST_UNKNOWNS:
        raise TooLarge(
            plan=counts.subject, count=system.size, what="unknown parts", most=MOST_UNKNOWNS
        )
    return Parts(system=system, of=of, totals=totals, where=where)


def _classes(sets: Sequence[frozenset[str]], values: Iterable[str]) -> dict[str, int]:
    """Give two values one number if no set tells them apart."""
    distinct = list(dict.fromkeys(sets))
    numbers: dict[tuple[bool, ...], int] = {}
    return {
        value: numbers.setdefault(tuple(value in one for one in distinct), len(numbers))
        for value in values
    }


def _sign_blocks(
    regions: Sequence[Region], classes: Sequence[Mapping[str, int]]
) -> dict[tuple[int, ...], frozenset[int]]:
    """Say of every block of classes in which regions it lies; blocks outside all are left out."""
    inside: dict[tuple[int, ...], set[int]] = {}
    steps = 0
    for at, region in enumerate(regions):
        sides = [
            sorted({numbers[value] for value in side if value in numbers})
            for numbers, side in zip(classes, region, strict=True)
        ]
        for block in product(*sides):
            steps += 1
            if steps > MOST_STEPS:
                what = "comparisons with what was published"
                raise TooLarge(plan="the table", count=steps, what=what, most=MOST_STEPS)
            inside.setdefault(block, set()).add(at)
    return {block: frozenset(signs) for block, signs in inside.items()}


def _where(
    counts: Counts,
    classes: Sequence[Mapping[str, int]],
    blocks: Mapping[tuple[int, ...], frozenset[int]],
    numbers: Mapping[frozenset[int], int],
) -> dict[int, Region]:
    """Name a region for each part; a part of several blocks is named by the box around them."""
    boxes: dict[int, list[set[int]]] = {}
    for block, sign in blocks.items():
        box = boxes.setdefault(numbers[sign], [set() for _ in counts.dimensions])
        for side, number in zip(box, block, strict=True):
            side.add(number)
    return {
        number: tuple(
            frozenset(value for value, at in named.items() if at in side)
            for named, side in zip(classes, box, strict=True)
        )
        for number, box in boxes.items()
    }
