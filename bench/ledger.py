"""The ledger beside a plain hash chain: `python -m bench.ledger [COUNT] [--growth] [--write]`.

Pymerkle is not run here: its licence (GPL) keeps it out of this project's environments.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from time import perf_counter

from bedside.trust.ledger.append import append, prove, read_head
from bedside.trust.ledger.appender import Appender
from bedside.trust.ledger.bundle import BundlePlan, Opened, Record, write_bundle
from bedside.trust.ledger.checkpoint import Checkpoint
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.hashing import Head, hash_leaf
from bedside.trust.ledger.key import Algorithm, make_key
from bedside.trust.ledger.leaf import (
    Kind,
)
from bedside.trust.ledger.note import Note, cosign, sign
from bedside.trust.ledger.proof import verify_inclusion
from bedside.trust.ledger.sqlite import SqliteStore, open_sqlite
from bedside.trust.ledger.tree import find_inclusion_path
from bedside.trust.ledger.verifier import check_bundle, conclude
from bench.chain import fill_chain, read_chain, time_chain_singles
from bench.clock import Laps, time_each
from bench.figure import Figure
from bench.leaves import BATCH, SINGLES, leaves, make_leaf, salt_of
from bench.marked import put, tabulate, tell_circumstances
from bench.spent import Spent

MEBI = 1 << 20
WRITERS = 8
PROOFS = 2000
BUNDLED = 1000
NOW = 1_720_000_000
KEY = make_key("bench.example/1", Algorithm.ED25519, lambda count: b"k" * count)
WITNESS = make_key("witness.example", Algorithm.COSIGNATURE, lambda count: b"w" * count)
POLICY = f"log {KEY.verifier.write()}\nwitness w {WITNESS.verifier.write()}\nquorum w\n"
BESIDE = (
    "immudb 1.11 publishes 1.2 to 1.8 million entries a second in batches of 1,000, embedded, and"
    " 31 transactions a second for one client that writes one at a time. pymerkle 7 on SQLite, in"
    " a run of its own on another day, appended 168,000/s, wrote one entry in 16 ms (p99), needed"
    " 1.0 s to the first proof after opening and 289 ms (p99) while its cache filled."
)
STEPS = (1_000_000, 2_000_000, 5_000_000, 10_000_000)
GROWN = (
    *("leaves", "appended", "by the processor", "one append, p50 and p99", "first proof"),
    *("proof, p50 and p99", "fsck", "by the processor", "size"),
)


def main() -> None:
    """Print the table, and put it into the docs if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--growth", action="store_true", help="measure along the way to COUNT")
    parser.add_argument("--write", action="store_true", help="update the page of the docs")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        grows = chosen.growth
        text = grow(Path(folder), chosen.count) if grows else compare(Path(folder), chosen.count)
    print(text)
    if chosen.write:
        put("the ledger as it grows" if grows else "the ledger", text)


def compare(folder: Path, count: int) -> str:
    """Compare the ledger with a hash chain at one size."""
    head = (f"{count:,} leaves, SQLite, WAL, every commit synced", "ledger", "wanted", "", "chain")
    rows = [
        (one.what, one.measured, one.wanted, one.verdict, one.beside)
        for one in measure(folder, count)
    ]
    return "\n\n".join((tell_circumstances(), tabulate(head, rows), BESIDE))


def measure(folder: Path, count: int) -> Iterator[Figure]:
    """Measure one figure after another."""
    with closing(open_sqlite(folder / "ledger", KEY.name)) as store:
        own = fill(store, 0, count)
        chain, digest = fill_chain(folder / "chain", count)
        for what, ours, theirs, bar in (
            (f"appended, {BATCH:,} a commit", own.wall, chain.wall, 50_000),
            ("the same by the processor", own.cpu, chain.cpu, None),
        ):
            beside = f"{count / theirs:,.0f} /s"
            yield Figure(what=what, found=count / ours, unit="/s", at_least=bar, beside=beside)
        singles = time_singles(store, count)
        chained = time_chain_singles(folder / "chain", count, digest)
        for share, bar in ((0.5, None), (0.99, 5)):
            yield Figure(
                what=f"one durable append, p{share * 100:.0f}",
                found=singles.at(share) / 1000,
                unit="ms",
                at_most=bar,
                beside=f"{chained.at(share) / 1000:.2g} ms",
            )
        waits = time_writers(store, count + len(singles.each))
        yield Figure(
            what=f"{WRITERS} writers through one appender, longest wait",
            found=waits.at(1) / 1000,
            unit="ms",
            at_most=1000,
            beside="none",
        )
        sign_now(store)
    yield Figure(
        what="size on disk",
        found=(folder / "ledger").stat().st_size / MEBI,
        unit="MiB",
        beside=f"{(folder / 'chain').stat().st_size / MEBI:,.0f} MiB",
    )
    yield from measure_proofs(folder, count)
    with closing(open_sqlite(folder / "ledger", KEY.name)) as store:
        yield Figure(
            what="check of everything (`fsck`)",
            found=time_check(store).wall,
            unit="s",
            at_most=5,
            beside=read_chain(folder / "chain"),
        )
        yield measure_bundle(store)


def grow(folder: Path, count: int) -> str:
    """Let one ledger grow, and measure it at some sizes on the way."""
    steps = [step for step in STEPS if step <= count] or [count]
    rows, size = [], 0
    for step in steps:
        with closing(open_sqlite(folder / "ledger", KEY.name)) as store:
            spent = fill(store, size, step)
            single = time_singles(store, step)
            sign_now(store)
        added, size = step - size, step + len(single.each)
        first, proof = time_proofs(folder, size)
        with closing(open_sqlite(folder / "ledger", KEY.name)) as store:
            check = time_check(store)
        rows.append(
            (
                f"{step:,}",
                f"{added / spent.wall:,.0f} /s",
                f"{added / spent.cpu:,.0f} /s",
                f"{single.median / 1000:.1f} and {single.at(0.99) / 1000:.1f} ms",
                f"{first / 1000:.1f} ms",
                f"{proof.median / 1000:.1f} and {proof.at(0.99) / 1000:.1f} ms",
                f"{check.wall:.1f} s",
                f"{check.cpu:.1f} s",
                f"{(folder / 'ledger').stat().st_size / MEBI:,.0f} MiB",
            )
        )
        print(rows[-1], flush=True)
    return "\n\n".join((tell_circumstances(), tabulate(GROWN, rows)))


def time_singles(store: SqliteStore, count: int) -> Laps:
    """Time appends of one entry each."""
    return time_each(lambda leaf: append(store, [leaf]), leaves(count, SINGLES), seconds=20)


def time_writers(store: SqliteStore, count: int) -> Laps:
    """Time each append of several writers that write at once and share their commits."""
    share = SINGLES // WRITERS
    with Appender(store, free=lambda: 1.0) as appender, ThreadPoolExecutor(WRITERS) as writers:

        def write(start: int) -> Sequence[float]:
            mine = leaves(start, share)
            return time_each(lambda leaf: appender.append([leaf]), mine, seconds=20).each

        starts = range(count, count + WRITERS * share, share)
        return Laps(each=[lap for laps in writers.map(write, starts) for lap in laps])


def time_check(store: SqliteStore) -> Spent:
    """Time the check of everything, which must find nothing."""
    spent = Spent()
    with spent:
        damage = find_damage(store, [KEY.verifier])
    if damage:
        raise SystemExit(damage[0].say("en"))
    return spent


def time_proofs(folder: Path, count: int) -> tuple[float, Laps]:
    """Time the first proof from a store that was just opened, opening included, and many more."""
    dice = random.Random(1)  # noqa: S311 - the same places in every run
    start = perf_counter()
    with closing(open_sqlite(folder / "ledger", KEY.name)) as store:

        def find(index: int) -> list[bytes]:
            with store.reading() as snapshot:
                return find_inclusion_path(snapshot, index, count)

        find(count // 3)
        first = (perf_counter() - start) * 1e6
        return first, time_each(find, [dice.randrange(count) for _ in range(PROOFS)], seconds=20)


def measure_proofs(folder: Path, count: int) -> Iterator[Figure]:
    """Measure finding and verifying proofs."""
    first, laps = time_proofs(folder, count)
    yield Figure(
        what="first proof after opening", found=first / 1000, unit="ms", at_most=20, beside="none"
    )
    for share, bar in ((0.5, None), (0.99, 5)):
        what, found = f"inclusion proof, p{share * 100:.0f}", laps.at(share) / 1000
        yield Figure(what=what, found=found, unit="ms", at_most=bar, beside="none")
    with closing(open_sqlite(folder / "ledger", KEY.name)) as store, store.reading() as snapshot:
        head = read_head(snapshot, count)
        path = find_inclusion_path(snapshot, count // 3, count)
    leaf = hash_leaf(next(leaves(count // 3, 1)).write())
    checked = time_each(
        lambda _: verify_inclusion(leaf, count // 3, head, path), range(PROOFS), seconds=5
    )
    what, found = "inclusion proof verified, p99", checked.at(0.99) / 1000
    yield Figure(what=what, found=found, unit="ms", at_most=1, beside="none")


def measure_bundle(store: SqliteStore) -> Figure:
    """Measure the verification of a bundle, as an outside lawyer would run it."""
    with store.reading() as snapshot:
        head = read_head(snapshot)
        note = sign_head(head)
        records = [
            Record(
                leaf=leaf.write(),
                proof=prove(snapshot, number, head.size, note).write(),
                opened=Opened(content=b"%d" % number, salt=salt_of(number)),
            )
            for number, leaf in enumerate(leaves(0, BUNDLED))
        ]

    def export(content: bytes) -> Record:
        leaf = make_leaf(-1, content, Kind.EXPORTED)
        (index,) = append(store, [leaf])
        with store.reading() as snapshot:
            head = read_head(snapshot)
            proof = prove(snapshot, index, head.size, sign_head(head)).write()
        opened = Opened(content=content, salt=salt_of(-1), extension="txt")
        return Record(leaf=leaf.write(), proof=proof, opened=opened)

    plan = BundlePlan(
        name="bench", site="Bench", made_on=date(2024, 3, 1), policy=POLICY, records=records
    )
    archive = write_bundle(plan, export)
    start = perf_counter()
    text, proven = conclude(check_bundle(archive, NOW, POLICY.encode()), "en")
    seconds = perf_counter() - start
    if not proven:
        raise SystemExit(text)
    what = f"bundle of {BUNDLED:,} records verified offline"
    return Figure(what=what, found=seconds, unit="s", at_most=1, beside="none")


def fill(store: SqliteStore, size: int, count: int) -> Spent:
    """Append leaves up to a count and say what the ledger needed."""
    spent = Spent()
    for start in range(size, count, BATCH):
        batch = list(leaves(start, min(BATCH, count - start)))
        with spent:
            append(store, batch)
    return spent


def sign_now(store: SqliteStore) -> Head:
    """Sign the head and keep it with the log."""
    with store.writing() as draft:
        head = read_head(draft)
        draft.add_checkpoint(head.size, sign_head(head))
    return head


def sign_head(head: Head) -> str:
    """Sign a head as the log and as its witness."""
    body = Checkpoint(origin=KEY.name, head=head).write()
    return Note(body=body, signatures=(sign(body, KEY), cosign(body, WITNESS, NOW))).write()


if __name__ == "__main__":
    main()
