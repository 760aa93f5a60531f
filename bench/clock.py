"""How time is taken: processor time for ratios, wall time for single calls."""

import gc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from time import perf_counter_ns, process_time_ns
from typing import Any

ROUND = 100  # questions that are timed together by the processor's clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Laps:
    """How long single calls took, in microseconds."""

    each: Sequence[float]

    def at(self, share: float) -> float:
        """Find the time that this share of the calls did not exceed."""
        ordered = sorted(self.each)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def median(self) -> float:
        """The time that half of the calls did not exceed."""
        return self.at(1 / 2)


def time_each(call: Callable[[Any], object], asked: Iterable[Any], *, seconds: float) -> Laps:
    """Time single calls by the wall, until the seconds are spent or nothing is left to ask."""
    gc.collect()
    laps: list[float] = []
    end = perf_counter_ns() + int(seconds * 1e9)
    for one in asked:
        before = perf_counter_ns()
        call(one)
        after = perf_counter_ns()
        laps.append((after - before) / 1e3)
        if after > end:
            break
    return Laps(each=laps)


def cpu_of_each(call: Callable[[Any], object], asked: Sequence[Any], *, seconds: float) -> float:
    """Time calls by the processor's clock, in microseconds for one, for so many seconds."""
    gc.collect()
    endless, spent, count = cycle(asked), 0, 0
    while spent < seconds * 1e9:
        some = list(islice(endless, ROUND))
        before = process_time_ns()
        for one in some:
            call(one)
        spent += process_time_ns() - before
        count += len(some)
    return spent / count / 1e3
