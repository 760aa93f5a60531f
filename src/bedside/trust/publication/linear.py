"""Exact linear arithmetic: what whole, non-negative numbers could stand behind given sums.

A simplex method over whole numbers (each pivot divides exactly by the one before), with Bland's
rule, so that it ends, and without floating point, so that it is never nearly right.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

Equation = tuple[frozenset[int], int]  # these unknowns add up to this

UNBOUNDED: Final = None


class System:
    """Sums of unknowns that are whole numbers of zero or more; it has at least one solution."""

    def __init__(self, equations: Iterable[Equation]) -> None:
        self._fixed, rest = _settle(equations)
        self._names = sorted(set().union(*(unknowns for unknowns, _ in rest)))
        self._column = {name: at for at, name in enumerate(self._names)}
        self._rows = [
            [int(name in unknowns) for name in self._names] + [total] for unknowns, total in rest
        ]
        self._basis = [len(self._names) + at for at in range(len(self._rows))]
        self._scale = 1
        self._find_first_solution()

    @property
    def size(self) -> int:
        """How many unknowns no single sum gives away."""
        return len(self._names)

    def may_reach(self, target: frozenset[int], *, least: int | None, most: int | None) -> bool:
        """Tell whether whole numbers fit in which the target is at least, or at most, so much.

        No is also said where only a solution with fractions was found.
        """
        sign = 1 if most is None else -1
        wanted = least if least is not None else -(most or 0)
        base = sign * sum(self._fixed.get(name, 0) for name in target)
        goal = self._goal(target, sign)
        while True:
            value = base * self._scale + self._value(goal)
            whole = all(row[-1] % self._scale == 0 for row in self._rows)
            if whole and value >= wanted * self._scale:
                return True
            if self._is_free(target, sign):
                return whole
            entering = self._entering(self._gains(goal))
            if entering is None:
                return False
            leaving = self._leaving(entering)
            if leaving is None:
                return whole
            self._pivot(leaving, entering)

    def span(self, target: frozenset[int]) -> tuple[Fraction, Fraction | None]:
        """Give the least and greatest value of the target; nothing if there is no greatest."""
        low = self._optimum(target, -1)
        return -(low if low is not None else Fraction(0)), self._optimum(target, 1)

    def _optimum(self, target: frozenset[int], sign: int) -> Fraction | None:
        if self._is_free(target, sign):
            return UNBOUNDED
        goal = self._goal(target, sign)
        while (entering := self._entering(self._gains(goal))) is not None:
            leaving = self._leaving(entering)
            if leaving is None:
                return UNBOUNDED
            self._pivot(leaving, entering)
        fixed = sign * sum(self._fixed.get(name, 0) for name in target)
        return fixed + Fraction(self._value(goal), self._scale)

    def _is_free(self, target: frozenset[int], sign: int) -> bool:
        """Tell whether some part of the target stands in no equation, and may grow."""
        return sign > 0 and any(
            name not in self._fixed and name not in self._column for name in target
        )

    def _goal(self, target: frozenset[int], sign: int) -> list[int]:
        return [sign if name in target else 0 for name in self._names]

    def _value(self, goal: Sequence[int]) -> int:
        return sum(goal[at] * row[-1] for at, row in zip(self._basis, self._rows, strict=True))

    def _gains(self, goal: Sequence[int]) -> list[int]:
        gains = [one * self._scale for one in goal]
        for at, row in zip(self._basis, self._rows, strict=True):
            if goal[at]:
                gains = [gain - goal[at] * one for gain, one in zip(gains, row, strict=False)]
        return gains

    def _entering(self, gains: Sequence[int]) -> int | None:
        return next((at for at, gain in enumerate(gains) if gain > 0), None)

    def _leaving(self, entering: int) -> int | None:
        best: tuple[Fraction, int, int] | None = None
        for at, row in enumerate(self._rows):
            if row[entering] > 0:
                ratio = (Fraction(row[-1], row[entering]), self._basis[at], at)
                best = ratio if best is None or ratio < best else best
        return best[2] if best else None

    def _pivot(self, at: int, column: int) -> None:
        if self._rows[at][column] < 0:
            self._rows[at] = [-one for one in self._rows[at]]
        source = self._rows[at]
        pivot, scale = source[column], self._scale
        for other, row in enumerate(self._rows):
            factor = row[column]
            if other != at and (factor or pivot != scale):
                self._rows[other] = [
                    (one * pivot - factor * two) // scale
                    for one, two in zip(row, source, strict=True)
                ]
        self._basis[at], self._scale = column, pivot

    def _find_first_solution(self) -> None:
        count = len(self._names)
        while True:
            open_rows = [r for b, r in zip(self._basis, self._rows, strict=True) if b >= count]
            gains = [sum(column) for column in zip(*open_rows, strict=True)][:-1]
            entering = self._entering(gains)
            leaving = None if entering is None else self._leaving(entering)
            if entering is None or leaving is None:
                break
            self._pivot(leaving, entering)
        self._drop_needless_rows(count)

    def _drop_needless_rows(self, count: int) -> None:
        at = 0
        while at < len(self._rows):
            if self._basis[at] >= count:
                column = next((c for c in range(count) if self._rows[at][c]), None)
                if column is None:
                    del self._rows[at], self._basis[at]
                    continue
                self._pivot(at, column)
            at += 1


def _settle(equations: Iterable[Equation]) -> tuple[Mapping[int, int], list[Equation]]:
    """Take out the unknowns that one equation alone gives away: one part, or a sum of zero."""
    fixed: dict[int, int] = {}
    rest = list(dict.fromkeys(equations))
    while True:
        settled: dict[int, int] = {}
        for unknowns, total in rest:
            if total == 0:
                settled.update(dict.fromkeys(unknowns, 0))
            elif len(unknowns) == 1:
                settled[next(iter(unknowns))] = total
        if not settled:
            return fixed, rest
        fixed |= settled
        known = frozenset(settled)
        reduced = (
            (unknowns - known, total - sum(settled.get(one, 0) for one in unknowns))
            for unknowns, total in rest
        )
        rest = list(dict.fromkeys(one for one in reduced if one[0]))
