"""Many conditions at once: a bit for each cube, a bit set for each answer of each fact.

A decision is one look-up and one *and* for each fact that some condition reads. The cubes that
are left surely hold; asked of the opposites, the same tables say what surely does not.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bedside.rules.tables.cubes import Cube


def find_bits(mask: int) -> Iterator[int]:
    """Find the positions of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(slots=True)
class _Column:
    """One fact's part of the table; sets of answers that were asked for are remembered."""

    absent: int  # the cubes that do not read the fact
    cubes: list[tuple[int, int]]  # a cube's bit, and the answers that it allows
    kept: dict[int, int] = field(default_factory=dict)

    def sure(self, answers: int) -> int:
        """Find the cubes that hold whichever of these answers is true."""
        found = self.kept.get(answers)
        if found is None:
            found = self.absent
            for bit, allowed in self.cubes:
                if not answers & ~allowed:
                    found |= bit
            self.kept[answers] = found
        return found


class CubeIndex:
    """Which of many conditions surely hold, for what is known of a situation."""

    def __init__(self, conditions: Sequence[Sequence[Cube]]) -> None:
        """Build the tables; conditions are named by their positions."""
        self.owners: list[int] = []
        self.cubes: list[Cube] = []
        for position, cubes in enumerate(conditions):
            for cube in cubes:
                self.owners.append(1 << position)
                self.cubes.append(cube)
        self.by_owner: dict[int, list[Cube]] = {}
        for owner, cube in zip(self.owners, self.cubes, strict=True):
            self.by_owner.setdefault(owner.bit_length() - 1, []).append(cube)
        self.every = (1 << len(self.cubes)) - 1
        self.columns = self._build()

    def _build(self) -> dict[str, _Column]:
        columns: dict[str, _Column] = {}
        for number, cube in enumerate(self.cubes):
            for fact, allowed in cube.items():
                column = columns.setdefault(fact, _Column(absent=self.every, cubes=[]))
                column.absent &= ~(1 << number)
                column.cubes.append((1 << number, allowed))
        return columns

    def is_settled(self, known: Mapping[str, int]) -> bool:
        """Tell whether every fact that some condition reads has one answer."""
        for fact in self.columns:
            answers = known.get(fact)
            if not answers or answers & (answers - 1):
                return False
        return True

    def find_cubes(self, known: Mapping[str, int]) -> int:
        """Find the cubes that surely hold, as bits."""
        left = self.every
        for fact, column in self.columns.items():
            answers = known.get(fact)
            if answers is None:
                left &= column.absent
            else:
                kept = column.kept.get(answers)
                left &= column.sure(answers) if kept is None else kept
        return left

    def find(self, known: Mapping[str, int]) -> int:
        """Find the conditions that surely hold, as bits over their positions."""
        owners, found, left = self.owners, 0, self.find_cubes(known)
        while left:
            low = left & -left
            found |= owners[low.bit_length() - 1]
            left ^= low
        return found
