"""Sealing beside its peers: what a field costs, and 100,000 fields re-keyed while people read."""

import argparse
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.data_key import make_data_key
from bedside.trust.sealing.opening import Keyring, make_record, open_record, read_field
from bedside.trust.sealing.receipt import make_receipt
from bedside.trust.sealing.receipt_card import Cost, Pepper, make_card
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.rotation import Holders, rekey_records, turn_key
from bedside.trust.sealing.secret import Secret
from bedside.trust.sealing.site_key import SiteKey, make_site_key, read_site_key
from bedside.trust.sealing.sqlite_store import SqliteStore
from bedside.trust.sealing.store import Field
from bedside.trust.sealing.wrap import KeyName, unwrap_key, wrap_key
from bench.figure import Figure
from bench.marked import put, tabulate, tell_circumstances

DRAW = secrets.token_bytes
TEXT = (
    b"The curtain was drawn; the officer stood where he saw the door and heard nothing. " * 2
    + bytes(32)
)
PLACE = Binding(site="st-mary", table="presence", column="note", row="17")
RECORDS = int(os.environ.get("BEDSIDE_BENCH_RECORDS", "10000"))
FIELDS = 10
TOGETHER = 50
READERS = 2
SEAL, OPEN = "seal: padded, bound to its place", "open"
REKEY = "re-key every record and field"


WANTED = 10  # microseconds to seal a field, or to open it
LONGEST = 60  # seconds to key 100,000 fields anew while they are read


def main() -> None:
    """Print what sealing costs, and what replacing keys costs those who read meanwhile."""
    parser = argparse.ArgumentParser(prog="python -m bench.sealing", description=__doc__)
    parser.add_argument("--write", action="store_true", help="update the page of the docs")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = (compare_operations(), compare_rotations(Path(folder)))
    text = "\n\n".join((tell_circumstances(), *tables))
    print(text)
    if chosen.write:
        put("sealing", text)


def compare_operations() -> str:
    """Tabulate what one field costs, beside bare AES-256-GCM with a fixed key."""
    head = (f"one field of {len(TEXT)} bytes", "measured", "wanted", "", "over bare AES-256-GCM")
    base, rows = None, []
    for name, work in operations():
        cost = time_each(work)
        base = base or cost
        bound = WANTED if name in {SEAL, OPEN} else None
        one = Figure(what=name, found=cost * 1e6, unit="µs", at_most=bound)
        rows.append((name, one.measured, one.wanted, one.verdict, f"{cost / base:,.1f}"))
    return tabulate(head, rows)


def compare_rotations(folder: Path) -> str:
    """Tabulate what replacing keys costs, and how those fared who read meanwhile."""
    fields = f"{RECORDS * FIELDS:,} fields of {RECORDS:,} records in SQLite, {READERS} readers"
    head = (fields, "measured", "wanted", "", "reads", "failed", "slowest read")
    return tabulate(head, list(measure_rotations(folder)))


def operations() -> Iterator[tuple[str, Callable[[], object]]]:
    """Name what is timed, the peers first."""
    bare, nonce, fernet = AESGCM(DRAW(32)), DRAW(12), Fernet(Fernet.generate_key())
    closed, token = bare.encrypt(nonce, TEXT, None), fernet.encrypt(TEXT)
    yield "AES-256-GCM bare: encrypt", lambda: bare.encrypt(nonce, TEXT, None)
    yield "AES-256-GCM bare: decrypt", lambda: bare.decrypt(nonce, closed, None)
    yield "Fernet: encrypt (binds nothing)", lambda: fernet.encrypt(TEXT)
    yield "Fernet: decrypt", lambda: fernet.decrypt(token)
    data_key, site_key = make_data_key(DRAW), make_site_key(KeyName(holder="nurse"), random=DRAW)
    sealed, record = data_key.seal(TEXT, PLACE, random=DRAW), Record(site="st-mary", name="17")
    wrap = wrap_key(data_key, record, site_key, random=DRAW)
    yield SEAL, lambda: data_key.seal(TEXT, PLACE, random=DRAW)
    yield OPEN, lambda: data_key.open(sealed, PLACE)
    yield (
        "new record key, wrapped once",
        lambda: wrap_key(make_data_key(DRAW), record, site_key, random=DRAW),
    )
    yield "unwrap a record key", lambda: unwrap_key(wrap, site_key)
    receipt, pepper = make_receipt(DRAW), Pepper(Secret(DRAW(32)), name="1")
    yield "new receipt", lambda: make_receipt(DRAW)
    yield (
        "receipt card (Argon2id, 64 MiB, 3 passes)",
        lambda: make_card(receipt, pepper, cost=Cost(), random=DRAW),
    )


def time_each(work: Callable[[], object]) -> float:
    """Time one operation: the best of forty rounds of about 5 milliseconds."""
    started = perf_counter()
    work()
    count = max(1, int(0.005 / max(perf_counter() - started, 1e-7)))
    rounds = []
    for _ in range(40 if count > 1 else 5):
        started = perf_counter()
        for _ in range(count):
            work()
        rounds.append((perf_counter() - started) / count)
    return min(rounds)


def measure_rotations(folder: Path) -> Iterator[Sequence[str]]:
    """Turn the site's key, then re-key every record, while others read."""
    path = folder / "sealing.db"
    store = SqliteStore(lambda: sqlite3.connect(path, check_same_thread=False))
    old, new = (make_site_key(KeyName(holder="nurse", version=v), random=DRAW) for v in (1, 2))
    fill(path, store, old)
    keys = [old.write(), new.write()]
    yield report("readers alone", path, keys, lambda: sleep(5))
    turning = "turn the site's key"
    yield report(turning, path, keys, lambda: list(turn_key(store, old, new, random=DRAW)))
    yield report(REKEY, path, keys, lambda: rekey_all(store, new))
    store.close()


def fill(path: Path, store: SqliteStore, key: SiteKey) -> None:
    """Fill the store; fields go in at once, since writing them one by one is not what is timed."""
    rows = []
    for number in range(RECORDS):
        opened = make_record(store, record(number), [key], random=DRAW)
        for at in range(FIELDS):
            one = place(number, at)
            saved = Field(
                binding=one, record=opened.record, sealed=opened.seal(TEXT, one, random=DRAW)
            )
            rows.append(
                (one.site, one.table, one.column, one.row, opened.record.name, saved.sealed)
            )
    with sqlite3.connect(path) as connection:
        connection.executemany("INSERT INTO sealing_field VALUES (?, ?, ?, ?, ?, ?)", rows)
    connection.close()


def record(number: int) -> Record:
    """Name a record."""
    return Record(site="st-mary", name=f"encounter-{number}")


def place(number: int, at: int) -> Binding:
    """Name a field."""
    return Binding(site="st-mary", table="note", column="text", row=f"{number}-{at}")


def rekey_all(store: SqliteStore, key: SiteKey) -> None:
    """Give every record a new key and seal its fields anew, fifty records to a transaction."""
    keyring, holders = Keyring([key]), Holders(locks=[key])
    for start in range(0, RECORDS, TOGETHER):
        numbers = range(start, min(start + TOGETHER, RECORDS))
        records = [open_record(store, record(number), keyring) for number in numbers]
        list(rekey_records(store, records, holders, random=DRAW))


def report(name: str, path: Path, keys: list[str], work: Callable[[], object]) -> Sequence[str]:
    """Do the work while other processes read without pause, and say how both fared."""
    spawn = get_context("spawn")
    started, done, answers = spawn.Semaphore(0), spawn.Event(), spawn.SimpleQueue()
    readers = [
        spawn.Process(target=read_on, args=(path, keys, (started, done, answers)))
        for _ in range(READERS)
    ]
    for reader in readers:
        reader.start()
    for _ in readers:
        started.acquire()
    begun = perf_counter()
    work()
    took = perf_counter() - begun
    done.set()
    reads, failed, slowest = zip(*(answers.get() for _ in readers), strict=True)
    for reader in readers:
        reader.join()
    bound = LONGEST if name == REKEY else None
    one = Figure(what=name, found=took, unit="s", at_most=bound)
    told = (f"{sum(reads):,}", f"{sum(failed)}", f"{max(slowest) * 1e3:.0f} ms")
    return (name, one.measured, one.wanted, one.verdict, *told)


def read_on(path: Path, keys: list[str], signals: tuple[Any, Any, Any]) -> None:
    """Read fields at random until told to stop; answer how many, how many failed, the slowest."""
    started, done, answers = signals
    store = SqliteStore(lambda: sqlite3.connect(path, check_same_thread=False))
    keyring = Keyring([read_site_key(one, where="this benchmark") for one in keys])
    reads, failed, slowest = 0, 0, 0.0
    started.release()
    while not done.is_set():
        number, at = secrets.randbelow(RECORDS), secrets.randbelow(FIELDS)
        begun = perf_counter()
        try:
            failed += read_field(store, record(number), keyring, place(number, at)) != TEXT
        except Refusal:
            failed += 1
        reads, slowest = reads + 1, max(slowest, perf_counter() - begun)
    answers.put((reads, failed, slowest))
    store.close()


if __name__ == "__main__":
    main()
