"""Things by position, called by bits: sixteen positions at a time, each pattern worked out once."""

from collections.abc import Sequence
from struct import Struct
from typing import Generic, TypeVar

from bedside.rules.tables.index import find_bits

T = TypeVar("T")

WIDTH = 16  # positions in one part; measured: 8 is slower, 32 has too many patterns to remember
MOST_KEPT = 1_024  # patterns remembered for one part
FEW = 12  # so many are called one by one: measured, faster than by parts


class Roster(Generic[T]):
    """The things that the bits of a decision stand for."""

    def __init__(self, things: Sequence[T]) -> None:
        """Call these things by their positions."""
        self.things = things
        parts = -(-len(things) // WIDTH)
        self._size = parts * WIDTH // 8
        self._split = Struct(f"<{parts}H").unpack
        self._kept: list[dict[int, tuple[T, ...]]] = [{} for _ in range(parts)]

    def call(self, bits: int) -> list[T]:
        """Give the things whose bits are set, in order."""
        found: list[T] = []
        if bits.bit_count() <= FEW:
            things = self.things
            while bits:
                low = bits & -bits
                found.append(things[low.bit_length() - 1])
                bits ^= low
            return found
        parts = self._split(bits.to_bytes(self._size, "little"))
        try:
            for kept, pattern in zip(self._kept, parts, strict=True):
                if pattern:
                    found += kept[pattern]
        except KeyError:  # some pattern is called for the first time
            return self._call_anew(parts)
        return found

    def _call_anew(self, parts: tuple[int, ...]) -> list[T]:
        found: list[T] = []
        for number, (kept, pattern) in enumerate(zip(self._kept, parts, strict=True)):
            if pattern not in kept:
                if len(kept) >= MOST_KEPT:
                    kept.clear()
                start = number * WIDTH
                kept[pattern] = tuple(self.things[start + place] for place in find_bits(pattern))
            found += kept[pattern]
        return found
