"""Processes that are killed at any moment, and many that write at once."""

import os
import random
import signal
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ledger_cast import leaves_between, log_key, make_leaf, plain_root, times

from bedside.trust.ledger.append import append, read_head
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.hashing import Head
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.leaf import Hour, Leaf, read_leaf
from bedside.trust.ledger.signer import HeadSigner
from bedside.trust.ledger.sqlite import SqliteStore, open_sqlite
from bedside.trust.ledger.store import StoreFailed

KEY = log_key()
Work = Callable[[Path, int, Callable[[int], None]], None]


def in_child(act: Callable[[], None]) -> int:
    """Run something in a process of its own."""
    child = os.fork()
    if child:
        return child
    try:
        act()
        os._exit(0)
    finally:
        os._exit(1)


def write_until_killed(folder: Path, start: int, acknowledge: Callable[[int], None]) -> None:
    store, book = open_sqlite(folder / "ledger", KEY.name), open_book(folder / "book")
    signer = HeadSigner(store=store, book=book, keys=(KEY,), now=lambda: 1)
    for size in range(start, start + 100_000, 3):
        append(store, leaves_between(size, size + 3))
        acknowledge(size + 3)
        if size % 5 == 0:
            signer.sign()


def boast(folder: Path, start: int, acknowledge: Callable[[int], None]) -> None:
    """Write with a fault: acknowledge before the commit."""
    store = open_sqlite(folder / "ledger", KEY.name)
    for size in range(start, start + 100_000, 3):
        acknowledge(size + 3)
        append(store, leaves_between(size, size + 3))


def kill_one(folder: Path, start: int, work: Work, dice: random.Random) -> int:
    """Let a process write, kill it at some moment, and return what it had acknowledged last."""
    reader, writer = os.pipe()

    def acknowledge(size: int) -> None:
        os.write(writer, size.to_bytes(4, "big"))

    child = in_child(lambda: work(folder, start, acknowledge))
    os.close(writer)
    told = b"".join(os.read(reader, 4) for _ in range(dice.randint(1, 12)))
    for _ in range(dice.randint(0, 20_000)):
        pass  # a moment that nothing is in step with
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := os.read(reader, 4096):
        told += more
    os.close(reader)
    return int.from_bytes(told[-4:], "big")


def find_loss(store: SqliteStore, acknowledged: int, heads: list[Head]) -> str:
    with store.reading() as snapshot:
        size = snapshot.count_entries()
        head = read_head(snapshot)
    if size < acknowledged:
        return f"lost {acknowledged - size} entries"
    damage = find_damage(store, [KEY.verifier], heads)
    heads.append(head)
    return damage[0].say("en") if damage else ""


def kill_often(folder: Path, work: Work, count: int) -> list[str]:
    dice = random.Random(9)  # noqa: S311 - as good as any
    losses, start, heads = [], 0, list[Head]()
    for _ in range(count):
        acknowledged = kill_one(folder, start, work, dice)
        with closing(open_sqlite(folder / "ledger", KEY.name)) as store:
            loss = find_loss(store, acknowledged, heads)
            with store.reading() as snapshot:
                start = snapshot.count_entries()
        losses += [loss] if loss else []
    return losses


def test_no_killed_process_loses_what_it_acknowledged(tmp_path: Path) -> None:
    losses = kill_often(tmp_path, write_until_killed, times(40, soak=500))

    with closing(open_sqlite(tmp_path / "ledger", KEY.name)) as store:
        with store.reading() as snapshot:
            head = read_head(snapshot)
        written = [leaf.write() for leaf in leaves_between(0, head.size)]

    assert losses == []
    assert head.root == plain_root(written)


def test_a_process_that_acknowledges_before_the_commit_would_be_caught(tmp_path: Path) -> None:
    losses = kill_often(tmp_path, boast, 25)

    assert any(loss.startswith("lost") for loss in losses)


def insist(store: SqliteStore, leaf: Leaf) -> tuple[int, ...]:
    """Send again whenever the database was too busy, as the refusal asks for."""
    while True:
        with suppress(StoreFailed):
            return append(store, [leaf])


def test_eight_processes_may_write_and_no_place_is_given_twice(tmp_path: Path) -> None:
    rounds = times(25, soak=1000)
    open_sqlite(tmp_path / "ledger", KEY.name).close()
    reader, writer = os.pipe()

    def write(process: int) -> None:
        store = open_sqlite(tmp_path / "ledger", KEY.name)
        for number in range(rounds):
            (place,) = insist(store, make_leaf(process * 100_000 + number))
            os.write(writer, place.to_bytes(4, "big"))

    children = [in_child(lambda one=process: write(one)) for process in range(8)]  # type: ignore[misc] # a default binds the loop's value
    os.close(writer)
    told = b""
    while more := os.read(reader, 65_536):
        told += more
    os.close(reader)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    places = [int.from_bytes(told[at : at + 4], "big") for at in range(0, len(told), 4)]

    with closing(open_sqlite(tmp_path / "ledger", KEY.name)) as store:
        damage = find_damage(store, [])
    assert statuses == [0] * 8
    assert sorted(places) == list(range(8 * rounds))
    assert damage == ()


@pytest.mark.parametrize("hours", [(5, 4, 3), (3, 3, 9)])
def test_order_is_by_place_whatever_the_clocks_say(tmp_path: Path, hours: tuple[int, ...]) -> None:
    leaves = [
        replace(make_leaf(at), hour=Hour(at=datetime(2024, 3, 1, hour, tzinfo=UTC)))
        for at, hour in enumerate(hours)
    ]
    with closing(open_sqlite(tmp_path / "ledger", KEY.name)) as store:
        for leaf in leaves:
            append(store, [leaf])
        with store.reading() as snapshot:
            kept = [read_leaf(entry.leaf).started_at().hour for entry in snapshot.read_entries()]
        damage = find_damage(store, [])

    assert kept == list(hours)
    assert damage == ()
