"""One appender for many writers: whoever waits shares one commit with all others who wait."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from shutil import disk_usage
from threading import Lock, Thread
from typing import ClassVar, Self

from bedside.trust.ledger.append import append
from bedside.trust.ledger.leaf import Leaf
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.store import Store

LARGEST_GROUP = 4096
LEAST_FREE = 0.05  # a database that fills its disk can end a log for good, as one in 2024 did


class DiskAlmostFull(Refusal):
    """An append that was declined while there is still room to keep what is there."""

    code: ClassVar[str] = "ledger.disk-almost-full"
    en: ClassVar[str] = (
        "less than 5 % of the disk is free: reading goes on, recording waits; make room"
    )
    es: ClassVar[str] = "queda menos del 5 % del disco: se puede leer, no registrar; libere espacio"


class AppenderStopped(Refusal):
    """An append that came after the appender was stopped."""

    code: ClassVar[str] = "ledger.appender-stopped"
    en: ClassVar[str] = "recording has stopped; start Bedside again and send this once more"
    es: ClassVar[str] = "el registro se detuvo; inicie Bedside y envíe esto otra vez"


Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    leaves: Sequence[Leaf]
    done: Future[Places] = field(default_factory=Future)


def measure_free(path: Path) -> float:
    """Measure the share of a disk that is free."""
    usage = disk_usage(path)
    return usage.free / usage.total


class Appender:
    """The one thread of a process that writes to a log; use it as a context."""

    def __init__(self, store: Store, *, free: Callable[[], float]) -> None:
        self._store, self._free = store, free
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._door = Lock()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._work, name=f"appender {self._store.origin}", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._door:
            thread, self._thread = self._thread, None
            self._jobs.put(None)
        if thread is not None:
            thread.join()

    def append(self, leaves: Sequence[Leaf]) -> Places:
        """Record leaves together with whatever else waits; return once they are on the disk."""
        if self._free() < LEAST_FREE:
            raise DiskAlmostFull
        job = _Job(leaves)
        with self._door:
            if self._thread is None:
                raise AppenderStopped
            self._jobs.put(job)
        return job.done.result()

    def _work(self) -> None:
        going = True
        while going:
            group, going = self._gather()
            if group:
                self._write(group)

    def _gather(self) -> tuple[list[_Job], bool]:
        """Wait for one job, take what else waits, and say whether more may come."""
        group: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            group.append(job)
            if sum(len(one.leaves) for one in group) >= LARGEST_GROUP:
                return group, True
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return group, True
        return group, False

    def _write(self, group: list[_Job]) -> None:
        try:
            places = append(self._store, [leaf for job in group for leaf in job.leaves])
        except Refusal as refusal:
            self._write_apart(group, refusal)
        except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            for job in group:
                job.done.set_exception(error)
        else:
            start = 0
            for job in group:
                end = start + len(job.leaves)
                job.done.set_result(places[start:end])
                start = end

    def _write_apart(self, group: list[_Job], refusal: Refusal) -> None:
        """Find out whose leaves were refused, so that one bad event stops nobody else's."""
        if len(group) == 1:
            group[0].done.set_exception(refusal)
            return
        for job in group:
            self._write([job])
