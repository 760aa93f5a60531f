"""A real PostgreSQL server that is killed, fails in the middle, or hands over to its replica."""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from ledger_cast import Recorder, leaves_between, tally, times
from postgres_cast import Cluster, running_cluster
from store_cast import KEY, ORIGIN, Opener, head_of, opening, plain_head, signer_for
from test_ledger_restore import reopen_as_epoch
from typing_extensions import override
from writing_cast import Watch, find_other_root, start_child, write_on

from bedside.trust.ledger import postgres as postgres_module
from bedside.trust.ledger.append import append
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.postgres import PostgresConnection, PostgresStore
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.signer import OlderThanSigned
from bedside.trust.ledger.store import Store, StoreFailed, UnsafeStore
from postgres_server import find_postgres

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


def opener_of(cluster: Cluster) -> Opener:
    return lambda origin: PostgresStore(cluster.where, origin)


def kill_server_often(cluster: Cluster, folder: Path, origin: str, count: int) -> list[str]:
    """Kill the whole server again and again under a writing process; say what each kill lost."""
    dice = random.Random(11)  # noqa: S311 - as good as any
    watch, losses = Watch(folder=folder), []

    def opener(_: str) -> PostgresStore:
        return PostgresStore(cluster.where, origin)

    for _ in range(count):
        child = start_child(lambda told: write_on(opener, folder, watch.size, told))
        child.hear(dice.randint(1, 30))
        cluster.kill()
        child.wait()
        cluster.start()
        with closing(opener(origin)) as store:
            losses.append(watch.find_loss(store, max(child.numbers, default=0)))
    return [loss for loss in losses if loss]


def test_no_killed_server_loses_what_it_acknowledged(
    cluster: Cluster, tmp_path: Path, record_property: Recorder
) -> None:
    kills = times(8, soak=300)

    losses = kill_server_often(cluster, tmp_path, ORIGIN, kills)

    tally(record_property, "PostgreSQL servers killed with -9", kills, len(losses))
    assert losses == []
    with closing(PostgresStore(cluster.where, ORIGIN)) as store:
        assert find_other_root(store) == ""


def test_a_server_that_does_not_wait_for_the_disk_would_be_caught(
    cluster: Cluster, tmp_path: Path, record_property: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    safely = postgres_module.open_safely

    def carelessly(where: str) -> PostgresConnection:
        connection = safely(where)
        connection.execute("SET synchronous_commit = off")
        return connection

    monkeypatch.setattr(postgres_module, "open_safely", carelessly)

    losses = kill_server_often(cluster, tmp_path, "careless.example", 3)

    tally(record_property, "faults planted in our own code", 1, not losses)
    assert any(loss.startswith("lost") for loss in losses)


def test_a_session_that_would_not_wait_for_the_disk_is_made_to(cluster: Cluster) -> None:
    careless = f"{cluster.where}&options=-csynchronous_commit%3Dlocal"

    with closing(postgres_module.open_safely(careless)) as connection:
        assert list(connection.execute("SHOW synchronous_commit")) == [("on",)]


def test_a_server_that_never_waits_for_the_disk_is_refused(cluster: Cluster) -> None:
    cluster.ask("ALTER SYSTEM SET fsync = off")
    cluster.ask("SELECT pg_reload_conf()")
    try:
        with pytest.raises(UnsafeStore, match="fsync = off, which can lose records; set it to on"):
            open_until_refused(cluster.where)
    finally:
        cluster.ask("ALTER SYSTEM RESET fsync")
        cluster.ask("SELECT pg_reload_conf()")


def open_until_refused(where: str) -> None:
    while True:  # the server reads its settings when it comes to it
        postgres_module.open_safely(where).close()


class Failing(PostgresConnection):
    """A connection that is cut at one of its statements, before that takes effect or after."""

    calls = 0
    at: int | None = None
    persists = False

    def _cut(self) -> None:
        ((number,),) = super().execute("SELECT pg_backend_pid()")
        with psycopg.connect(find_postgres(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (number,))

    def _step(self, act: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the statement gives
        now, Failing.calls = Failing.calls, Failing.calls + 1
        if now != Failing.at:
            return act()
        if Failing.persists:
            act()
            self._cut()
            raise psycopg.OperationalError("the answer was lost on its way")
        self._cut()
        return act()

    @override
    def execute(self, sql: str, values: Sequence[object] = (), /) -> Iterable[Any]:
        return self._step(lambda: super(Failing, self).execute(sql, values))  # type: ignore[no-any-return] # a statement gives anything

    @override
    def executemany(self, sql: str, rows: Iterable[Sequence[object]], /) -> None:
        self._step(lambda: super(Failing, self).executemany(sql, rows))


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Failing]]:
    monkeypatch.setattr(postgres_module, "PostgresConnection", Failing)
    Failing.calls, Failing.at = 0, None
    yield Failing
    Failing.at = None


def fail_everywhere(opener: Opener, failing: type[Failing]) -> Iterator[list[str]]:
    """Cut the connection at each statement of an append, send the same again, say what is wrong."""
    with closing(opener("rehearsal.example")) as store:
        append(store, leaves_between(0, 254))
        start = failing.calls
        append(store, leaves_between(254, 259))
        statements = failing.calls - start
    assert statements > 8
    for statement in range(statements):
        with closing(opener(f"{statement}.example")) as store:
            append(store, leaves_between(0, 254))
            failing.at = failing.calls + statement
            yield [f"statement {statement}: {said}" for said in fail_at(store)]
            failing.at = None


def fail_at(store: Store) -> Iterator[str]:
    try:
        append(store, leaves_between(254, 259))
        yield "acknowledged in spite of the fault"
    except StoreFailed:
        pass
    try:
        if append(store, leaves_between(254, 259)) != tuple(range(254, 259)):
            yield "stands elsewhere"
    except Refusal as refusal:
        yield str(refusal)
    if head_of(store) != plain_head(259):
        yield "wrong root"
    yield from (one.say("en") for one in find_damage(store, []))


@pytest.mark.parametrize("persists", [False, True], ids=["failed", "failed but persisted"])
def test_a_connection_cut_at_any_statement_is_told_and_sending_again_records_exactly_once(
    failing: type[Failing], tmp_path: Path, record_property: Recorder, *, persists: bool
) -> None:
    failing.persists = persists

    with opening("postgres", tmp_path) as opener:
        found = list(fail_everywhere(opener, failing))

    wrong = [said for one in found for said in one]
    tally(
        record_property, "connections to PostgreSQL cut at each statement", len(found), len(wrong)
    )
    assert wrong == []


def hand_over(primary: Cluster, folder: Path, watch: Watch, *, hears: int) -> tuple[Cluster, str]:
    """Kill a primary under load, promote its synchronous replica, and say what was lost."""
    PostgresStore(primary.where, ORIGIN).close()
    heir = primary.copy("-R")
    heir.start()
    primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
    primary.ask("SELECT pg_reload_conf()")
    while primary.ask("SELECT sync_state FROM pg_stat_replication") != [("sync",)]:
        pass  # it answers at once
    child = start_child(lambda told: write_on(opener_of(primary), folder, watch.size, told))
    child.hear(hears)
    primary.kill()
    child.wait()
    heir.promote()
    with closing(PostgresStore(heir.where, ORIGIN)) as store:
        return heir, watch.find_loss(store, max(child.numbers))


def test_a_synchronous_replica_that_takes_over_has_all_that_was_acknowledged(
    tmp_path: Path, record_property: Recorder
) -> None:
    dice = random.Random(12)  # noqa: S311 - as good as any
    turns, watch, losses = times(2, soak=40), Watch(folder=tmp_path), []

    with running_cluster() as primary:
        for _ in range(turns):
            primary, loss = hand_over(primary, tmp_path, watch, hears=dice.randint(5, 60))  # noqa: PLW2901 - the heir is the next primary
            losses += [loss] if loss else []
        with closing(PostgresStore(primary.where, ORIGIN)) as store:
            append(store, leaves_between(watch.size, watch.size + 1))
            other = find_other_root(store)

    tally(record_property, "primaries killed, synchronous replica promoted", turns, len(losses))
    assert losses == []
    assert other == ""


def test_a_replica_that_lagged_is_not_signed_for_until_an_epoch_is_opened(
    tmp_path: Path, record_property: Recorder
) -> None:
    with running_cluster() as primary, closing(open_book(tmp_path / "book")) as book:
        PostgresStore(primary.where, ORIGIN).close()
        heir = primary.copy("-R")
        heir.start()
        child = start_child(lambda told: write_on(opener_of(primary), tmp_path, 0, told))
        child.hear(5)
        heir.stop()
        child.hear(20)
        primary.kill()
        child.wait()
        heir.start()
        heir.promote()

        with closing(PostgresStore(heir.where, ORIGIN)) as store:
            lost = max(child.numbers) - head_of(store).size
            with pytest.raises(OlderThanSigned, match="open an epoch"):
                signer_for(store, book).sign()
            seen = book.find(ORIGIN)
            assert seen is not None
            with closing(reopen_as_epoch(store, seen.note)) as epoch:
                append(epoch, leaves_between(0, 30))
                signed = signer_for(epoch, book).sign()
                damage = [*find_damage(store, [KEY.verifier]), *find_damage(epoch, [KEY.verifier])]

    tally(record_property, "primaries killed, lagging replica promoted", 1, 0)
    assert lost > 0
    assert signed.startswith(f"{epoch.origin}\n31\n")
    assert damage == []
