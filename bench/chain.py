"""A plain hash chain in SQLite: the same leaves, the same care, and no proof of a single one."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import cast

from bedside.trust.ledger.leaf import Leaf
from bedside.trust.ledger.sqlite import connect_sqlite, open_safely
from bench.clock import Laps, time_each
from bench.leaves import BATCH, SINGLES, leaves
from bench.spent import Spent

CHAIN = "CREATE TABLE chain (idx INTEGER PRIMARY KEY, leaf BLOB, digest BLOB)"


def fill_chain(path: Path, count: int) -> tuple[Spent, bytes]:
    """Do the same in a plain hash chain."""
    spent, digest = Spent(), b""
    with closing(cast("sqlite3.Connection", open_safely(lambda: connect_sqlite(path)))) as raw:
        raw.execute(CHAIN)
        for start in range(0, count, BATCH):
            batch = list(leaves(start, min(BATCH, count - start)))
            with spent:
                digest = add_to_chain(raw, start, batch, digest)
    return spent, digest


def add_to_chain(raw: sqlite3.Connection, start: int, batch: Sequence[Leaf], last: bytes) -> bytes:
    """Add leaves to the chain in one commit and give its last digest."""
    rows = []
    for index, one in enumerate(batch, start):
        leaf = one.write()
        last = sha256(last + leaf).digest()
        rows.append((index, leaf, last))
    raw.execute("BEGIN IMMEDIATE")
    raw.executemany("INSERT INTO chain VALUES (?, ?, ?)", rows)
    raw.execute("COMMIT")
    return last


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
