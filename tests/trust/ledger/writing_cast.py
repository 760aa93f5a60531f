"""Processes that write to a log: killed at any moment, many at once, and what is wrong after."""

import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ledger_cast import leaves_between, make_leaf
from store_cast import KEY, ORIGIN, Opener, plain_head, signer_for

from bedside.trust.ledger.append import append, read_head
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.hashing import Head
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.leaf import Leaf
from bedside.trust.ledger.signer import OlderThanSigned
from bedside.trust.ledger.store import Store, StoreFailed

WRITERS = 8
MOST_TRIES = 200  # a store that is busy so often is broken
Acknowledge = Callable[[int], None]
Work = Callable[[Opener, Path, int, Acknowledge], None]


@dataclass(kw_only=True)
class Child:
    """A process that writes, and what it acknowledged so far."""

    pid: int
    reader: int
    told: bytes = b""
    status: int | None = None

    def hear(self, count: int) -> None:
        """Wait until it has acknowledged so many times more, or has ended."""
        for _ in range(count):
            self.told += os.read(self.reader, 4)

    def kill(self) -> None:
        """Kill it, if it still runs, and hear the rest."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> None:
        """Hear it to its end."""
        while more := os.read(self.reader, 65_536):
            self.told += more
        os.close(self.reader)
        self.status = os.waitpid(self.pid, 0)[1]

    @property
    def numbers(self) -> list[int]:
        """What it acknowledged: sizes, or places."""
        return [int.from_bytes(self.told[at : at + 4], "big") for at in range(0, len(self.told), 4)]


def start_child(work: Callable[[Acknowledge], None]) -> Child:
    """Run something in a process of its own that can be heard."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return Child(pid=pid, reader=reader)
    try:
        work(lambda number: _tell(writer, number))
        os._exit(0)
    finally:
        os._exit(1)


def _tell(writer: int, number: int) -> None:
    os.write(writer, number.to_bytes(4, "big"))


def write_on(opener: Opener, folder: Path, start: int, acknowledge: Acknowledge) -> None:
    """Append and sign until killed, or until the database is gone."""
    store, book = opener(ORIGIN), open_book(folder / "book")
    signer = signer_for(store, book)
    for size in range(start, start + 100_000, 3):
        append(store, leaves_between(size, size + 3))
        acknowledge(size + 3)
        if size % 5 == 0:
            signer.sign()


def boast(opener: Opener, folder: Path, start: int, acknowledge: Acknowledge) -> None:
    """Write with a fault: acknowledge before the commit."""
    del folder
    store = opener(ORIGIN)
    for size in range(start, start + 100_000, 3):
        acknowledge(size + 3)
        append(store, leaves_between(size, size + 3))


@dataclass(kw_only=True)
class Watch:
    """What was seen of a log between the kills."""

    folder: Path
    heads: list[Head] = field(default_factory=list)
    size: int = 0

    def find_loss(self, store: Store, acknowledged: int) -> str:
        """Say what of the acknowledged entries or of the heads seen before is missing or wrong."""
        with store.reading() as snapshot:
            head = read_head(snapshot)
        self.size = head.size
        if head.size < acknowledged:
            return f"lost {acknowledged - head.size} entries"
        damage = find_damage(store, [KEY.verifier], self.heads)
        self.heads.append(head)
        if damage:
            return damage[0].say("en")
        with closing(open_book(self.folder / "book")) as book:
            try:
                signer_for(store, book).sign()
            except OlderThanSigned as refusal:
                return f"lost: {refusal}"
        return ""


def kill_often(opener: Opener, folder: Path, work: Work, count: int) -> list[str]:
    """Kill one writing process after another and say what each kill lost."""
    dice = random.Random(9)  # noqa: S311 - as good as any
    watch, losses = Watch(folder=folder), []
    for _ in range(count):
        child = start_child(lambda told: work(opener, folder, watch.size, told))
        child.hear(dice.randint(1, 12))
        for _ in range(dice.randint(0, 20_000)):
            pass  # a moment that nothing is in step with
        child.kill()
        with closing(opener(ORIGIN)) as store:  # nothing is open when the next one is forked
            losses.append(watch.find_loss(store, max(child.numbers, default=0)))
    return [loss for loss in losses if loss]


def find_wrong_of_eight(opener: Opener, rounds: int) -> Iterator[str]:
    """Let eight processes append one by one, all at once, and say what is wrong afterwards."""
    opener(ORIGIN).close()

    def write(process: int, told: Acknowledge) -> None:
        store = opener(ORIGIN)
        for number in range(rounds):
            told(insist(store, make_leaf(process * 100_000 + number)))

    children = [
        start_child(lambda told, one=process: write(one, told))  # type: ignore[misc] # a default binds the loop's value
        for process in range(WRITERS)
    ]
    for child in children:
        child.wait()
    store = opener(ORIGIN)
    places = sorted(place for child in children for place in child.numbers)
    if any(child.status for child in children):
        yield "a writer gave up"
    if places != list(range(WRITERS * rounds)):
        yield "places were given twice, or left out"
    with store.reading() as snapshot:
        if snapshot.count_entries() != WRITERS * rounds:
            yield "entries are missing or doubled"
    yield from (one.say("en") for one in find_damage(store, []))


def insist(store: Store, leaf: Leaf) -> int:
    """Send again whenever the database was too busy, as the refusal asks for."""
    for _ in range(MOST_TRIES):
        with suppress(StoreFailed):
            return append(store, [leaf])[0]
    raise StoreFailed(detail=f"{MOST_TRIES} tries were in vain")


def find_other_root(store: Store) -> str:
    """Say if the root is not that of the numbered leaves, worked out by the plain reference."""
    with store.reading() as snapshot:
        head = read_head(snapshot)
    return "" if head == plain_head(head.size) else f"wrong root at {head.size} entries"
