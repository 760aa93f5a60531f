"""What the publication tests share: small tables, and an attacker who uses none of our code.

The attacker tries whole numbers for everything that is hidden, by search, and says what fits with
all that is shown.
"""

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

from hypothesis import strategies as st

from bedside.trust.publication.counts import Counts, Dimension
from bedside.trust.publication.postgres_register import PostgresRegister
from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.register import MemoryRegister, Register
from bedside.trust.publication.sqlite_register import SqliteRegister
from bedside.trust.publication.table import Grouping, Plan
from postgres_server import make_room

SOAK = os.environ.get("BEDSIDE_SOAK") == "1"
LETTERS = "abcdefgh"


def times(quick: int, *, soak: int) -> int:
    """Say how often to try: a slice in every run, the whole figure in a soak."""
    return soak if SOAK else quick


def make_counts(shape: Sequence[int], numbers: Iterable[int], *, subject: str = "stays") -> Counts:
    """Make counts of a shape from numbers in order."""
    dimensions = tuple(
        Dimension(name=f"d{at}", values=tuple(LETTERS[:size])) for at, size in enumerate(shape)
    )
    cells = dict(zip(product(*(one.values for one in dimensions)), numbers, strict=True))
    return Counts(subject=subject, dimensions=dimensions, cells=cells)


def whole_plan(counts: Counts, *, name: str = "whole") -> Plan:
    """Plan to publish the counts by all that they are counted by."""
    return Plan(
        name=name,
        groupings=tuple(
            Grouping(dimension=one.name, groups={v: frozenset({v}) for v in one.values})
            for one in counts.dimensions
        ),
    )


def all_counts(
    shapes: Sequence[tuple[int, ...]], *, most: int, subject: str = "stays"
) -> st.SearchStrategy[Counts]:
    """Draw counts of one of the shapes."""

    def of(shape: tuple[int, ...]) -> st.SearchStrategy[Counts]:
        size = 1
        for one in shape:
            size *= one
        numbers = st.lists(st.integers(0, most), min_size=size, max_size=size)
        return numbers.map(lambda drawn: make_counts(shape, drawn, subject=subject))

    return st.sampled_from(list(shapes)).flatmap(of)


KINDS = ("memory", "sqlite", "postgres")


def open_register(kind: str, folder: Path) -> Register:
    """Open a register of a kind; each has a place of its own for each test."""
    if kind == "sqlite":
        return SqliteRegister(lambda: sqlite3.connect(folder / "register"))
    return PostgresRegister(make_room(folder)) if kind == "postgres" else MemoryRegister()


class Attacker:
    """Whoever knows some sums of whole numbers, and searches for what else could be."""

    def __init__(self, sums: Iterable[tuple[frozenset[int], int]], *, ceiling: int) -> None:
        self.sums = list(dict.fromkeys(sums))
        self.ceiling = ceiling

    def could_be(self, target: frozenset[int], wanted: range) -> bool:
        """Tell whether the target could lie in a range."""
        cells = target.union(*(cells for cells, _ in self.sums))
        return self._search(cells, {}, target, wanted)

    def _search(
        self, rest: frozenset[int], tried: dict[int, int], target: frozenset[int], wanted: range
    ) -> bool:
        reached = sum(tried.get(one, 0) for one in target)
        if reached >= wanted.stop or (target <= tried.keys() and reached not in wanted):
            return False
        if not rest:
            return True
        ranges = {cell: self._range(cell, tried) for cell in sorted(rest)}
        cell = min(ranges, key=lambda one: (len(ranges[one]), one not in target))
        values = ranges[cell]
        for value in reversed(values) if wanted.start > 1 and cell in target else values:
            if self._search(rest - {cell}, tried | {cell: value}, target, wanted):
                return True
        return False

    def _range(self, cell: int, tried: Mapping[int, int]) -> range:
        low, high = 0, self.ceiling
        for cells, total in self.sums:
            if cell in cells:
                left = total - sum(tried.get(one, 0) for one in cells)
                high = min(high, left)
                if all(one == cell or one in tried for one in cells):
                    low = max(low, left)
        return range(low, high + 1)


def covers(attacker: Attacker, target: frozenset[int], *, threshold: int) -> bool:
    """Tell whether an attacker cannot rule out one or fewer, nor the threshold or more."""
    return attacker.could_be(target, range(2)) and attacker.could_be(
        target, range(threshold, 10 * attacker.ceiling)
    )


def says_why(refusal: Refusal) -> bool:
    """Tell whether a refusal has a code of ours and a whole sentence in each language."""
    sentences = (refusal.say("en"), refusal.say("es"))
    whole = all(len(one) > 20 and "{" not in one for one in sentences)
    return refusal.code.startswith("publication.") and whole and len(set(sentences)) == 2
