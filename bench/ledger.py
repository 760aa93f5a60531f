"""The ledger beside a plain hash chain: `python -m bench.ledger [COUNT]`, a million by default.

Pymerkle is not run here: its licence (GPL) keeps it out of this project's environments.
"""

import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import cast

from bedside.trust.ledger.append import append, prove, read_head
from bedside.trust.ledger.bundle import BundlePlan, Opened, Record, write_bundle
from bedside.trust.ledger.checkpoint import Checkpoint
from bedside.trust.ledger.damage import find_damage
from bedside.trust.ledger.hashing import Head, hash_leaf
from bedside.trust.ledger.key import Algorithm, make_key
from bedside.trust.ledger.leaf import (
    Commitment,
    Edition,
    Hour,
    Kind,
    Lane,
    Leaf,
    Pseudonym,
    Role,
    Salt,
    Who,
)
from bedside.trust.ledger.note import Note, cosign, sign
from bedside.trust.ledger.proof import verify_inclusion
from bedside.trust.ledger.sqlite import SqliteStore, connect_sqlite, open_safely, open_sqlite
from bedside.trust.ledger.tree import find_inclusion_path
from bedside.trust.ledger.verifier import check_bundle, conclude
from bench.clock import Laps, time_each

BATCH = 10_000
SINGLES = 1000
PROOFS = 2000
BUNDLED = 1000
NOW = 1_720_000_000
DAY = datetime(2024, 3, 1, tzinfo=UTC)
KEY = make_key("bench.example/1", Algorithm.ED25519, lambda count: b"k" * count)
WITNESS = make_key("witness.example", Algorithm.COSIGNATURE, lambda count: b"w" * count)
POLICY = f"log {KEY.verifier.write()}\nwitness w {WITNESS.verifier.write()}\nquorum w\n"
SECRET = b"p" * 32
PUBLISHED = (
    "immudb 1.11, its own published tables: 1.2 to 1.8 million entries/s in batches of 1,000,"
    " embedded; 31 transactions/s for one client that writes one at a time."
)


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        print(f"\nLedger at {count:,} leaves, SQLite, WAL, every commit synced\n")
        for what, own, bar, chain in measure(Path(folder), count):
            print(f"{what:<44}{own:>14}{bar:>14}{chain:>16}")
    print(f"\n{PUBLISHED}")


def measure(folder: Path, count: int) -> Iterator[tuple[str, str, str, str]]:
    """Measure one line after another."""
    yield "", "ledger", "bar", "hash chain"
    with closing(open_sqlite(folder / "ledger", KEY.name)) as store:
        own = fill(store, count)
        chain, digest = fill_chain(folder / "chain", count)
        yield f"appended, {BATCH:,} a commit", rate(count, own), "50,000/s", rate(count, chain)
        singles = time_each(lambda leaf: append(store, [leaf]), leaves(count, SINGLES), seconds=20)
        chained = time_chain_singles(folder / "chain", count, digest)
        yield "one durable append, median", ms(singles.median), "", ms(chained.median)
        yield "one durable append, p99", ms(singles.at(0.99)), "5 ms", ms(chained.at(0.99))
        head = sign_now(store)
    size = (folder / "ledger").stat().st_size
    chain_size = (folder / "chain").stat().st_size
    yield "size on disk", f"{size >> 20} MB", "", f"{chain_size >> 20} MB"
    yield from measure_proofs(folder, count, head)
    with closing(open_sqlite(folder / "ledger", KEY.name)) as store:
        start = perf_counter()
        damage = find_damage(store, [KEY.verifier])
        whole = perf_counter() - start
        if damage:
            raise SystemExit(damage[0].say("en"))
        yield "check of everything (fsck)", f"{whole:.2f} s", "5 s", read_chain(folder / "chain")
        yield from measure_bundle(store)


def measure_proofs(folder: Path, count: int, head: Head) -> Iterator[tuple[str, str, str, str]]:
    """Measure proofs from a connection that was just opened."""
    dice = random.Random(1)  # noqa: S311 - the same places in every run
    start = perf_counter()
    with closing(open_sqlite(folder / "ledger", KEY.name)) as store:
        with store.reading() as snapshot:
            path = find_inclusion_path(snapshot, count // 3, head.size)
        first = (perf_counter() - start) * 1e6
        yield "first proof after opening", ms(first), "20 ms", "none"

        def find(index: int) -> list[bytes]:
            with store.reading() as snapshot:
                return find_inclusion_path(snapshot, index, head.size)

        asked = [dice.randrange(count) for _ in range(PROOFS)]
        laps = time_each(find, asked, seconds=20)
        yield "inclusion proof, median", ms(laps.median), "", "none"
        yield "inclusion proof, p99", ms(laps.at(0.99)), "5 ms", "none"
        leaf = hash_leaf(next(leaves(count // 3, 1)).write())
        checked = time_each(
            lambda _: verify_inclusion(leaf, count // 3, head, path), range(PROOFS), seconds=5
        )
        yield "inclusion proof verified, p99", ms(checked.at(0.99)), "1 ms", "none"


def measure_bundle(store: SqliteStore) -> Iterator[tuple[str, str, str, str]]:
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
    yield f"bundle of {BUNDLED:,} records verified", f"{seconds:.2f} s", "1 s", "none"


def fill(store: SqliteStore, count: int) -> float:
    """Append many leaves and say how many seconds the ledger needed."""
    spent = 0.0
    for start in range(0, count, BATCH):
        batch = list(leaves(start, min(BATCH, count - start)))
        before = perf_counter()
        append(store, batch)
        spent += perf_counter() - before
    return spent


CHAIN = "CREATE TABLE chain (idx INTEGER PRIMARY KEY, leaf BLOB, digest BLOB)"


def fill_chain(path: Path, count: int) -> tuple[float, bytes]:
    """Do the same in a plain hash chain."""
    spent, digest = 0.0, b""
    with closing(cast("sqlite3.Connection", open_safely(lambda: connect_sqlite(path)))) as raw:
        raw.execute(CHAIN)
        for start in range(0, count, BATCH):
            batch = list(leaves(start, min(BATCH, count - start)))
            before = perf_counter()
            rows = []
            for index, one in enumerate(batch, start):
                leaf = one.write()
                digest = sha256(digest + leaf).digest()
                rows.append((index, leaf, digest))
            raw.execute("BEGIN IMMEDIATE")
            raw.executemany("INSERT INTO chain VALUES (?, ?, ?)", rows)
            raw.execute("COMMIT")
            spent += perf_counter() - before
    return spent, digest


def time_chain_singles(path: Path, count: int, digest: bytes) -> Laps:
    """Append to the chain one by one."""
    with closing(cast("sqlite3.Connection", open_safely(lambda: connect_sqlite(path)))) as raw:
        last = [digest]
        index = iter(range(count, count + SINGLES))

        def add(leaf: Leaf) -> None:
            written = leaf.write()
            last[0] = sha256(last[0] + written).digest()
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO chain VALUES (?, ?, ?)", (next(index), written, last[0]))
            raw.execute("COMMIT")

        return time_each(add, leaves(count, SINGLES), seconds=20)


def read_chain(path: Path) -> str:
    """Check the whole chain, the only check that it allows."""
    start, digest = perf_counter(), b""
    with closing(sqlite3.connect(path)) as raw:
        for leaf, kept in raw.execute("SELECT leaf, digest FROM chain ORDER BY idx"):
            digest = sha256(digest + leaf).digest()
            if digest != kept:
                raise SystemExit("the chain is broken")
    return f"{perf_counter() - start:.2f} s"


def leaves(start: int, count: int) -> Iterator[Leaf]:
    """Make leaves, one after another."""
    return (make_leaf(number, b"%d" % number) for number in range(start, start + count))


def make_leaf(number: int, content: bytes, kind: Kind = Kind.NOTED) -> Leaf:
    """Make the numbered leaf."""
    event = Pseudonym(key=SECRET, role=Role.EVENT, reference=str(number))
    who = Who(actor=ACTOR, event=event, object=OBJECT, site=SITE)
    return Leaf(
        kind=kind,
        lane=Lane.OPERATIONAL,
        hour=HOUR,
        who=who,
        commitment=Commitment(salt=salt_of(number), content=content),
        edition=EDITION,
    )


def salt_of(number: int) -> Salt:
    """Make the salt of a leaf."""
    return Salt(secret=sha256(b"%d" % number).digest())


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


def rate(count: int, seconds: float) -> str:
    """Say how many a second."""
    return f"{count / seconds:,.0f}/s"


def ms(microseconds: float) -> str:
    """Say a time in milliseconds."""
    return f"{microseconds / 1000:.2f} ms"


def _name(role: Role, reference: str) -> Pseudonym:
    return Pseudonym(key=SECRET, role=role, reference=reference)


ACTOR, OBJECT = _name(Role.ACTOR, "nurse"), _name(Role.OBJECT, "encounter")
SITE, HOUR, EDITION = _name(Role.SITE, "site"), Hour(at=DAY), Edition(file=b"edition")

if __name__ == "__main__":
    main()
