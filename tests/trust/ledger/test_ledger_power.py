"""Disks that fail, fill up, lose power and lie: what was acknowledged stays, or it is seen."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, cast

import apsw
import pytest
from ledger_cast import Recorder, leaves_between, log_key, plain_root, tally, times
from ledger_disk import Disk, Stopped
from typing_extensions import override

from bedside.trust.ledger import sqlite as sqlite_module
from bedside.trust.ledger.append import append, read_head
from bedside.trust.ledger.damage import Damage, find_damage
from bedside.trust.ledger.hashing import Head
from bedside.trust.ledger.heads import HeadBook
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.signer import HeadSigner, OlderThanSigned
from bedside.trust.ledger.sqlite import SqliteStore
from bedside.trust.ledger.store import CommitUncertain, Connection, SqlDraft, StoreFailed

KEY = log_key()
ERRORS = (apsw.Error, Stopped)
# A machine that went dark also fails while its connections are closed; nobody can catch that.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def store_on(disk: Disk) -> SqliteStore:
    connect = cast("Callable[[], Connection]", lambda: disk.connect("ledger"))
    return SqliteStore(connect, KEY.name, errors=ERRORS)


def book_on(disk: Disk) -> HeadBook:
    connect = cast("Callable[[], Connection]", lambda: disk.connect("book"))
    return HeadBook(connect, errors=ERRORS)


def plain_head(size: int) -> Head:
    return Head(size=size, root=plain_root([leaf.write() for leaf in leaves_between(0, size)]))


@dataclass
class Run:
    """What one run acknowledged before the machine stopped."""

    acknowledged: int = 0
    signed: list[Head] = field(default_factory=list)


def work(disk: Disk, dice: random.Random, portions: int) -> Run:
    """Append and sign until the work is done or the machine stops."""
    run = Run()
    try:
        store, book = store_on(disk), book_on(disk)
        signer = HeadSigner(store=store, book=book, keys=(KEY,), now=lambda: 1)
        for _ in range(portions):
            end = run.acknowledged + dice.randint(1, 40)
            append(store, leaves_between(run.acknowledged, end))
            run.acknowledged = end
            if dice.random() < 0.3:
                signer.sign()
                seen = book.find(KEY.name)
                run.signed += [seen.head] if seen else []
    except (Refusal, *ERRORS):
        assert disk.stopped
    return run


def find_loss(disk: Disk, run: Run) -> str:
    """Say what of an acknowledged run is missing or wrong on a disk; nothing if all is well."""
    try:
        store, book = store_on(disk), book_on(disk)
        damage: tuple[Damage, ...] = find_damage(store, [KEY.verifier], run.signed)
        if damage:
            return f"damage: {damage[0].say('en')}"
        with store.reading() as snapshot:
            size = snapshot.count_entries()
            head = read_head(snapshot)
        if size < run.acknowledged:
            return f"lost: {run.acknowledged - size} entries"
        if head != plain_head(size):
            return "wrong root"
        HeadSigner(store=store, book=book, keys=(KEY,), now=lambda: 1).sign()
        append(store, leaves_between(size, size + 1))
    except OlderThanSigned:
        return "lost: the signer knows of more"
    except (Refusal, *ERRORS) as error:
        return f"unreadable: {error}"
    return ""


def cut_power(seed: int, *, lies: bool = False, portions: int = 6) -> str:
    """Work, lose power at some call, and say what was lost."""
    rehearsal = Disk()
    work(rehearsal, random.Random(seed), portions)  # noqa: S311 - the same in every run
    dice = random.Random(-seed - 1)  # noqa: S311 - the same in every run
    disk = Disk()
    disk.lies, disk.at = lies, dice.randrange(rehearsal.calls)
    run = work(disk, random.Random(seed), portions)  # noqa: S311 - the same in every run
    return find_loss(disk.after_power_cut(dice), run)


@pytest.fixture(params=[16_000, 4], ids=["long log", "short log"])
def checkpoints(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite move its write-ahead log into the file seldom, or all the time."""
    settings = (*sqlite_module.SETTINGS, f"PRAGMA wal_autocheckpoint = {request.param}")
    monkeypatch.setattr(sqlite_module, "SETTINGS", settings)


@pytest.mark.usefixtures("checkpoints")
def test_no_power_cut_loses_what_was_acknowledged(record_property: Recorder) -> None:
    cuts = times(100, soak=1000)

    losses = [loss for seed in range(cuts) if (loss := cut_power(seed))]

    tally(record_property, "power cuts", cuts, len(losses))
    assert losses == []


def test_a_ledger_that_does_not_wait_for_the_disk_would_be_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = tuple(one.replace("= FULL", "= NORMAL") for one in sqlite_module.SETTINGS)
    monkeypatch.setattr(sqlite_module, "SETTINGS", settings)
    monkeypatch.setattr(sqlite_module, "PINNED", {})

    losses = [loss for seed in range(20) if (loss := cut_power(seed))]

    assert any(loss.startswith("lost") for loss in losses)


def test_a_disk_that_lies_about_syncing_is_found_out(record_property: Recorder) -> None:
    cuts = times(20, soak=200)

    losses = [cut_power(seed, lies=True) for seed in range(cuts)]

    # Acknowledged entries are lost on such a disk; what must not be is a ledger that looks whole.
    unnoticed = [loss for loss in losses if loss == "wrong root"]
    tally(record_property, "power cuts of a disk that lies about syncing", cuts, len(unnoticed))
    assert any(losses)
    assert unnoticed == []


def test_a_kill_at_each_call_of_an_append_loses_nothing(record_property: Recorder) -> None:
    base = Disk()
    append(store_on(base), leaves_between(0, 254))
    rehearsal = Disk(base.copied())
    store = store_on(rehearsal)
    append(store, leaves_between(254, 259))

    losses = {}
    for call in range(rehearsal.calls):
        disk = Disk(base.copied())
        disk.at = call
        with pytest.raises((StoreFailed, *ERRORS)):
            append(store_on(disk), leaves_between(254, 259))
        losses[call] = find_loss(disk.after_kill(), Run(acknowledged=254))

    lost = {call: loss for call, loss in losses.items() if loss}
    tally(record_property, "kills at each file system call of an append", len(losses), len(lost))
    assert len(losses) > 10
    assert lost == {}


def full_disk() -> Exception:
    return apsw.FullError("no space left on the simulated disk")


def broken_disk() -> Exception:
    return apsw.IOError("the simulated disk failed")


def fail_everywhere(fault: Callable[[], Exception], *, persists: bool) -> dict[int, list[str]]:
    """Fail at each call of an append, send the same again, and say what went wrong at which."""
    base = Disk()
    append(store_on(base), leaves_between(0, 254))
    rehearsal = Disk(base.copied())
    store = store_on(rehearsal)
    start = rehearsal.calls
    append(store, leaves_between(254, 259))
    return {
        call: list(fail_at(Disk(base.copied()), call, fault, persists=persists))
        for call in range(start, rehearsal.calls)
    }


def fail_at(
    disk: Disk, call: int, fault: Callable[[], Exception], *, persists: bool
) -> Iterator[str]:
    store = store_on(disk)
    disk.at, disk.fault, disk.persists = call, fault, persists
    try:
        append(store, leaves_between(254, 259))
        yield "acknowledged in spite of the fault"
    except StoreFailed:
        pass
    except Refusal as refusal:
        yield str(refusal)
    try:
        places = append(store, leaves_between(254, 259))
    except Refusal as refusal:
        yield str(refusal)
        return
    if places != tuple(range(254, 259)):
        yield f"stands at {places}"
    with store.reading() as snapshot:
        if read_head(snapshot) != plain_head(259):
            yield "wrong root"
    yield from (one.say("en") for one in find_damage(store, []))


@pytest.mark.parametrize("persists", [False, True], ids=["failed", "failed but persisted"])
@pytest.mark.parametrize("fault", [broken_disk, full_disk])
def test_an_error_at_any_call_is_told_and_sending_again_records_exactly_once(
    fault: Callable[[], Exception], record_property: Recorder, *, persists: bool
) -> None:
    found = fail_everywhere(fault, persists=persists)

    wrong = {call: said for call, said in found.items() if said}
    tally(
        record_property,
        "disk errors (EIO, ENOSPC) at each call of an append",
        len(found),
        len(wrong),
    )
    assert wrong == {}


class Deaf:
    """A connection to a disk, on which the answer to a commit can be lost on its way."""

    def __init__(self, disk: Disk, *, hears: Callable[[], bool]) -> None:
        self.connection, self.hears = disk.connect("ledger"), hears

    def execute(self, sql: str, values: Sequence[object] = (), /) -> Iterable[object]:
        rows = self.connection.execute(sql, values)
        if sql == "COMMIT" and not self.hears():
            raise broken_disk()
        return rows

    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> object:
        return self.connection.executemany(sql, rows)

    def close(self) -> None:
        self.connection.close()


def test_a_commit_whose_answer_was_lost_is_uncertain_and_sending_again_records_exactly_once(
    record_property: Recorder,
) -> None:
    disk, hearing = Disk(), [True]
    store = SqliteStore(lambda: Deaf(disk, hears=lambda: hearing[0]), KEY.name, errors=ERRORS)
    append(store, leaves_between(0, 254))

    hearing[0] = False
    with pytest.raises(CommitUncertain, match="send it once more"):
        append(store, leaves_between(254, 259))
    hearing[0] = True
    places = append(store, leaves_between(254, 259))

    with store.reading() as snapshot:
        head = read_head(snapshot)
    tally(record_property, "commits that failed but persisted", 1, head != plain_head(259))
    assert places == tuple(range(254, 259))
    assert head == plain_head(259)
    assert find_damage(store, []) == ()


class RememberingDraft(SqlDraft):
    """A draft with the fault that ended a public log: tiles remembered across a failed write."""

    remembered: ClassVar[dict[tuple[int, int], bytes]] = {}

    @override
    def read_tile(self, level: int, index: int) -> bytes:
        found = self.remembered.get((level, index))
        return found if found is not None else super().read_tile(level, index)

    @override
    def put_tile(self, level: int, index: int, tile: bytes) -> None:
        self.remembered[level, index] = tile
        super().put_tile(level, index, tile)


def test_a_ledger_that_remembers_across_a_failed_write_would_be_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sqlite_module, "SqlDraft", RememberingDraft)

    assert any(fail_everywhere(broken_disk, persists=False).values())


def test_signing_survives_a_stop_at_each_of_its_calls(record_property: Recorder) -> None:
    def sign_on(disk: Disk) -> int:
        store, book = store_on(disk), book_on(disk)
        HeadSigner(store=store, book=book, keys=(KEY,), now=lambda: 1).sign()
        return disk.calls

    base = Disk()
    append(store_on(base), leaves_between(0, 20))
    sign_on(base)
    append(store_on(base), leaves_between(20, 40))
    calls = sign_on(Disk(base.copied()))

    losses = {}
    for call in range(calls):
        disk = Disk(base.copied())
        disk.at = call
        with pytest.raises((StoreFailed, *ERRORS)):
            sign_on(disk)
        after = disk.after_power_cut(random.Random(call))  # noqa: S311 - the same in every run
        losses[call] = find_loss(after, Run(acknowledged=40, signed=[plain_head(20)]))

    lost = {call: loss for call, loss in losses.items() if loss}
    tally(record_property, "power cuts at each call of a signing", calls, len(lost))
    assert lost == {}
