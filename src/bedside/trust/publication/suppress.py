"""Which cells of a table stay hidden: the small ones, and company for them.

A small count beside a shown sum is no secret. Cells are hidden one by one, those first that give
company along most lines at once and cost least, until exact arithmetic finds every small count
covered (see `deduce`).
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import count

from bedside.trust.publication.deduce import MOST_UNKNOWNS, is_covered
from bedside.trust.publication.linear import System
from bedside.trust.publication.table import ALL, Key, Table, TooLarge


def find_hidden(table: Table, *, threshold: int) -> frozenset[Key]:
    """Find the cells to hide: small ones, and as few others as keep them from being worked out."""
    small = find_small(table, threshold=threshold)
    hidden = set(small)
    parts = _parts(table)
    while True:
        _give_company(table, hidden)
        exposed = next(_find_exposed(table, parts, hidden, threshold=threshold), None)
        if exposed is None:
            return frozenset(hidden)
        hidden.add(_choose(table, hidden, near=exposed))


def find_small(table: Table, *, threshold: int) -> frozenset[Key]:
    """Find the cells that count somebody, but fewer than the threshold."""
    return frozenset(key for key, cell in table.cells.items() if 0 < cell.count < threshold)


def _find_exposed(
    table: Table, parts: Mapping[Key, frozenset[int]], hidden: AbstractSet[Key], *, threshold: int
) -> Iterator[Key]:
    system = System(
        (parts[key], cell.count) for key, cell in table.cells.items() if key not in hidden
    )
    if system.size > MOST_UNKNOWNS:
        what = "hidden cells"
        raise TooLarge(plan=table.name, count=system.size, what=what, most=MOST_UNKNOWNS)
    for key in sorted(find_small(table, threshold=threshold)):
        if not is_covered(system, parts[key], threshold=threshold):
            yield key


def _give_company(table: Table, hidden: set[Key]) -> None:
    """Hide a second cell along every line that has just one: the line alone would tell it."""
    while any(len(line & hidden) == 1 for line in table.lines):
        lonely = [line for line in table.lines if len(line & hidden) == 1]
        hidden.add(_cheapest(table, frozenset().union(*lonely) - hidden, hidden))


def _choose(table: Table, hidden: AbstractSet[Key], *, near: Key) -> Key:
    """Choose one more cell to hide, along a line of the exposed one if any is left there."""
    beside = frozenset[Key]().union(*(line for line in table.lines if near in line)) - hidden
    touching = frozenset[Key]().union(*(line for line in table.lines if line & hidden)) - hidden
    return _cheapest(table, beside or touching or table.cells.keys() - hidden, hidden)


def _cheapest(table: Table, among: AbstractSet[Key], hidden: AbstractSet[Key]) -> Key:
    def cost(key: Key) -> tuple[object, ...]:
        company = sum(key in line and len(line & hidden) == 1 for line in table.lines)
        cell = table.cells[key]
        return (cell.count == 0, -company, key.count(ALL), cell.count, key)

    return min(among, key=cost)


def _parts(table: Table) -> dict[Key, frozenset[int]]:
    """Give each cell the numbers of the innermost cells that it adds up."""
    inner = dict(zip((key for key in table.cells if ALL not in key), count()))
    return {
        key: frozenset(
            number
            for one, number in inner.items()
            if all(label in (ALL, own) for label, own in zip(key, one, strict=True))
        )
        for key in table.cells
    }
