"""Many conditions at once: a bit for each cube, a bit set for each answer of each fact.

A decision is one look-up and one *and* for each few facts that some condition reads; a fact that
none reads costs nothing. The cubes that are left surely hold; asked of the opposites, the same
tables say what surely does not.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from bedside.rules.tables.cubes import Cube

MOST_ANSWERS = 64  # ways to answer the facts of one group; measured: more gains little
MOST_KEPT = 512  # ways remembered; answers that no cube tells apart, and sets of them, are more


def find_bits(mask: int) -> Iterator[int]:
    """Find the positions of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def is_settled(facts: Iterable[str], known: Mapping[str, int]) -> bool:
    """Tell whether each of these facts has one answer."""
    for fact in facts:
        answers = known.get(fact)
        if not answers or answers & (answers - 1):
            return False
    return True


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
            if len(self.kept) >= max(MOST_KEPT, 2 * self.count_answers()):
                self.kept.clear()  # sets of answers are without end
            self.kept[answers] = found
        return found

    def count_answers(self) -> int:
        """Count the answers that the cubes tell apart, at the least two."""
        return max(2, *(allowed.bit_length() for _, allowed in self.cubes))


@dataclass(slots=True)
class _Group:
    """A few facts that are looked up together."""

    columns: Mapping[str, _Column]
    answers_of: Callable[[Mapping[str, int]], Any]  # raises `KeyError` where one is unknown
    kept: dict[Any, int]

    def find(self, known: Mapping[str, int]) -> int:
        """Find the cubes that no fact of the group keeps from holding, known or not."""
        answers = tuple(map(known.get, self.columns))
        key = answers if len(answers) > 1 else answers[0]  # as `answers_of` has it
        found = self.kept.get(key)
        if found is None:
            found = -1
            for column, one in zip(self.columns.values(), answers, strict=True):
                found &= column.absent if one is None else column.sure(one)
            if len(answers) > 1 and len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            self.kept[key] = found
        return found


class CubeIndex:
    """Which of many conditions surely hold, for what is known of a situation."""

    def __init__(self, conditions: Sequence[Sequence[Cube]]) -> None:
        """Build the tables; conditions are named by their positions.

        The first cube of a condition has the condition's own position, so that most of what is
        found needs no translation; where a condition has no cube, nothing ever holds there.
        """
        self.count = len(conditions)
        further = [(n, cube) for n, cubes in enumerate(conditions) for cube in cubes[1:]]
        self.owners = [1 << n for n in [*range(self.count), *(n for n, _ in further)]]
        self.cubes: list[Cube] = [cubes[0] if cubes else {} for cubes in conditions]
        self.cubes += [cube for _, cube in further]
        self.by_owner = {n: list(cubes) for n, cubes in enumerate(conditions) if cubes}
        self.first = sum(1 << n for n in self.by_owner)
        self.every = self.first | (1 << len(self.cubes)) - (1 << self.count)
        self.columns = self._build()
        self._groups = _gather(self.columns)
        self._tables = tuple((group.answers_of, group.kept) for group in self._groups)
        self._further_owners = {1 << n: 1 << owner for n, (owner, _) in enumerate(further)}

    def _build(self) -> dict[str, _Column]:
        columns: dict[str, _Column] = {}
        for number, cube in enumerate(self.cubes):
            for fact, allowed in cube.items():
                column = columns.setdefault(fact, _Column(absent=self.every, cubes=[]))
                column.absent &= ~(1 << number)
                column.cubes.append((1 << number, allowed))
        return columns

    def find(self, known: Mapping[str, int]) -> int:
        """Find the conditions that surely hold, as bits over their positions."""
        left = self.every
        try:
            for answers_of, kept in self._tables:
                left &= kept[answers_of(known)]
        except KeyError:  # a fact is unknown, or these answers are asked for the first time
            left = self._find_anew(known)
        found, further, owners = left & self.first, left >> self.count, self._further_owners
        while further:
            low = further & -further
            found |= owners[low]
            further ^= low
        return found

    def _find_anew(self, known: Mapping[str, int]) -> int:
        left = self.every
        for group in self._groups:
            left &= group.find(known)
        return left


def _gather(columns: Mapping[str, _Column]) -> tuple[_Group, ...]:
    """Put facts with few answers together, as many as keep a group's table small."""
    sizes = {fact: column.count_answers() for fact, column in columns.items()}
    groups: list[dict[str, _Column]] = []
    room = 0
    for fact in sorted(columns, key=lambda fact: sizes[fact]):
        room //= sizes[fact]
        if not room:
            groups.append({})
            room = max(MOST_ANSWERS // sizes[fact], 1)
        groups[-1][fact] = columns[fact]
    return tuple(_make_group(group) for group in groups)


def _make_group(columns: Mapping[str, _Column]) -> _Group:
    alone = next(iter(columns.values())).kept if len(columns) == 1 else None
    return _Group(
        columns=columns,
        answers_of=itemgetter(*columns),
        kept=alone if alone is not None else {},
    )
