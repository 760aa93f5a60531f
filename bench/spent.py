"""Seconds by the wall and by the processor; on a busy machine only the latter say much."""

from dataclasses import dataclass
from time import perf_counter, process_time


@dataclass(slots=True, kw_only=True)
class Spent:
    """What the blocks that it was the context of took together."""

    wall: float = 0.0
    cpu: float = 0.0

    def __enter__(self) -> None:
        self.wall -= perf_counter()
        self.cpu -= process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += perf_counter()
        self.cpu += process_time()
