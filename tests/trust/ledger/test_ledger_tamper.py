"""Whoever can write to the database: flipped bits, raw SQL, older copies, rewritten pasts."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from ledger_cast import (
    Recorder,
    leaves_between,
    log_key,
    make_leaf,
    tally,
    times,
)

from bedside.trust.ledger import damage as damage_module
from bedside.trust.ledger.append import append, read_head
from bedside.trust.ledger.damage import Damage, find_damage
from bedside.trust.ledger.hashing import Head, hash_leaf
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.signer import HeadSigner
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Connection, SqlDraft, Store
from bedside.trust.ledger.tree import grow_tiles

KEY = log_key()
SIZE = 300
TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_original(tmp_path_factory.mktemp("original"))


def make_original(folder: Path) -> Path:
    """Make a log of 300 entries and two checkpoints, without the triggers that protect it."""
    with (
        closing(open_sqlite(folder / "ledger", KEY.name)) as store,
        closing(open_book(folder / "book")) as book,
    ):
        signer = HeadSigner(store=store, book=book, keys=(KEY,), now=lambda: 1)
        for start, end in ((0, 200), (200, SIZE)):
            append(store, leaves_between(start, end))
            signer.sign()
    with closing(sqlite3.connect(folder / "ledger")) as raw:
        for (name,) in raw.execute(TRIGGERS).fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("PRAGMA journal_mode = DELETE")
    return folder / "ledger"


@pytest.fixture
def raw(original: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    shutil.copy(original, tmp_path / "copy")
    with closing(open_raw(tmp_path / "copy")) as raw:
        yield raw


def open_raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


@dataclass(frozen=True)
class OpenStore:
    """A store over a connection inside a transaction, so that what was done can be undone."""

    connection: sqlite3.Connection
    origin: str = KEY.name

    @contextmanager
    def reading(self) -> Iterator[SqlDraft]:
        yield SqlDraft(connection=cast("Connection", self.connection), log=1)

    def find_own_damage(self) -> tuple[str, ...]:
        rows = [str(row[0]) for row in self.connection.execute("PRAGMA integrity_check")]
        return () if rows == ["ok"] else tuple(rows)


def check(raw: sqlite3.Connection, known: tuple[Head, ...] = ()) -> tuple[Damage, ...]:
    return find_damage(cast("Store", OpenStore(raw)), [KEY.verifier], known)


COLUMNS = {
    "ledger_entry": ("event", "leaf", "idx"),
    "ledger_tile": ("hashes", "level", "idx"),
    "ledger_checkpoint": ("note", "number", "size"),
}


KEYS = {"ledger_entry": "idx", "ledger_tile": "level, idx", "ledger_checkpoint": "number"}


def flip_somewhere(raw: sqlite3.Connection, dice: random.Random) -> str:
    """Flip one bit of one value, weighted by how much each column holds."""
    table = dice.choices(list(COLUMNS), weights=[6, 3, 1])[0]
    column = dice.choices(COLUMNS[table], weights=[8, 1, 1])[0]
    keys = KEYS[table]
    rows = raw.execute(f"SELECT {keys}, {column} FROM {table}").fetchall()  # noqa: S608 - our own names
    *key, value = dice.choice(rows)
    where = " AND ".join(f"{name} = ?" for name in keys.split(", "))
    raw.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (flip(value, dice), *key))  # noqa: S608 - our own names
    return f"{table}.{column} {key}"


def flip(value: object, dice: random.Random) -> object:
    if isinstance(value, int):
        return value ^ (1 << dice.randrange(20))
    data = bytearray(value.encode() if isinstance(value, str) else cast("bytes", value))
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(7)
    return data.decode("latin-1") if isinstance(value, str) else bytes(data)


def count_missed_flips(raw: sqlite3.Connection, tries: int) -> list[str]:
    dice = random.Random(42)  # noqa: S311 - the same flips in every run
    missed = []
    for _ in range(tries):
        raw.execute("BEGIN")
        try:
            place = flip_somewhere(raw, dice)
            if not check(raw):
                missed.append(place)
        except sqlite3.IntegrityError:
            pass  # the database itself refused the value
        raw.execute("ROLLBACK")
    return missed


def test_the_original_is_in_order(raw: sqlite3.Connection) -> None:
    assert check(raw) == ()


def test_every_flipped_bit_is_found(raw: sqlite3.Connection, record_property: Recorder) -> None:
    flips = times(1000, soak=10_000)

    missed = count_missed_flips(raw, flips)

    tally(record_property, "bits flipped in entries, tiles and checkpoints", flips, len(missed))
    assert missed == []


def test_a_check_that_does_not_look_at_tiles_would_be_caught(
    raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(damage_module._Check, "_compare", lambda *_: iter(()))  # noqa: SLF001 - the fault is planted inside

    assert count_missed_flips(raw, 200) != []


def test_a_bit_flipped_in_the_file_is_found_or_changes_nothing_that_is_kept(
    original: Path, record_property: Recorder
) -> None:
    dice, clean, unnoticed = random.Random(3), original.read_bytes(), []  # noqa: S311 - as good as any
    with closing(sqlite3.connect(original)) as raw:
        wanted = dump(raw)

    flips = times(200, soak=5000)
    for _ in range(flips):
        data = bytearray(clean)
        place = dice.randrange(len(data))
        data[place] ^= 1 << dice.randrange(8)
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as raw:
            try:
                raw.deserialize(bytes(data))
                found = bool(check(raw)) or dump(raw) == wanted
            except (sqlite3.DatabaseError, UnicodeDecodeError):  # it cannot even be opened
                found = True
        if not found:
            unnoticed.append(place)

    tally(record_property, "bits flipped in the database file", flips, len(unnoticed))
    assert unnoticed == []


def dump(raw: sqlite3.Connection) -> list[object]:
    return [raw.execute(f"SELECT * FROM {table}").fetchall() for table in COLUMNS]  # noqa: S608 - our own names


SWAP = (
    "UPDATE ledger_entry SET idx = -1 WHERE idx = 7",
    "UPDATE ledger_entry SET idx = 7 WHERE idx = 8",
    "UPDATE ledger_entry SET idx = 8 WHERE idx = -1",
)
TAMPERING: dict[str, tuple[str, ...]] = {
    "two leaves in one entry": (
        "UPDATE ledger_entry SET leaf = CAST(leaf || x'0a' || leaf AS BLOB) WHERE idx = 3",
    ),
    "an entry changed": ("UPDATE ledger_entry SET leaf = x'00' WHERE idx = 3",),
    "an entry copied over another": (
        (
            "UPDATE ledger_entry SET leaf = (SELECT leaf FROM ledger_entry WHERE idx = 4)"
            " WHERE idx = 3"
        ),
    ),
    "an entry dropped": ("DELETE FROM ledger_entry WHERE idx = 100",),
    "the first entry dropped": ("DELETE FROM ledger_entry WHERE idx = 0",),
    "the last entry dropped": ("DELETE FROM ledger_entry WHERE idx = 299",),
    "the end cut off": ("DELETE FROM ledger_entry WHERE idx >= 250",),
    "an entry added": ("INSERT INTO ledger_entry VALUES (1, 300, x'01', x'02')",),
    "an entry added far away": ("INSERT INTO ledger_entry VALUES (1, 9999, x'01', x'02')",),
    "two entries swapped": SWAP,
    "an event renamed": ("UPDATE ledger_entry SET event = x'00' WHERE idx = 9",),
    "a tile changed": ("UPDATE ledger_tile SET hashes = zeroblob(8192) WHERE idx = 0",),
    "a tile dropped": ("DELETE FROM ledger_tile WHERE level = 0 AND idx = 1",),
    "a higher tile dropped": ("DELETE FROM ledger_tile WHERE level = 1",),
    "a tile added": ("INSERT INTO ledger_tile VALUES (1, 2, 0, zeroblob(32))",),
    "a tile made longer": ("UPDATE ledger_tile SET hashes = zeroblob(64) WHERE level = 1",),
    "a checkpoint dropped": ("DELETE FROM ledger_checkpoint WHERE number = 0",),
    "a checkpoint relabelled": ("UPDATE ledger_checkpoint SET size = 299 WHERE number = 1",),
    "a checkpoint rewritten": ("UPDATE ledger_checkpoint SET note = replace(note, '300', '299')",),
    "everything dropped": ("DELETE FROM ledger_entry", "DELETE FROM ledger_tile"),
    "another log's predecessor": (
        "INSERT INTO ledger_log VALUES (2, 'other', NULL)",
        "UPDATE ledger_log SET follows = 2 WHERE log = 1",
    ),
}


@pytest.mark.parametrize("kind", list(TAMPERING))
def test_tampering_with_raw_sql_is_found(
    raw: sqlite3.Connection, kind: str, record_property: Recorder
) -> None:
    for statement in TAMPERING[kind]:
        raw.execute(statement)

    found = check(raw)

    tally(record_property, "tampering with raw SQL", 1, not found)
    assert found
    assert all(one.say("en") != one.say("es") for one in found)


def test_a_past_rewritten_with_all_its_hashes_is_found_by_the_head_that_was_signed(
    raw: sqlite3.Connection,
) -> None:
    with OpenStore(raw).reading() as snapshot:
        known = read_head(snapshot, 200)
    forged = make_leaf(5, content=b"forged")
    raw.execute("UPDATE ledger_entry SET leaf = ? WHERE idx = 5", (forged.write(),))
    with OpenStore(raw).reading() as snapshot:
        hashes = [hash_leaf(entry.leaf) for entry in snapshot.read_entries()]
    raw.execute("DELETE FROM ledger_tile")
    with OpenStore(raw).reading() as draft:
        for level, index, tile in grow_tiles(draft, 0, hashes):
            draft.put_tile(level, index, tile)

    signed = check(raw)
    raw.execute("DELETE FROM ledger_checkpoint")
    unsigned, by_witness = check(raw), check(raw, (known,))

    assert [one.what.en for one in signed] == ["the entries are not those signed"] * 2
    assert (
        unsigned == ()
    )  # nothing inside of the database can show it: that is what witnesses are for
    assert [one.place for one in by_witness] == ["known head"]


def test_a_database_that_gives_back_nonsense_is_damaged_and_does_not_stop_the_check(
    raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqlDraft, "read_pages", lambda *_: iter([[(0, None, 7)]]))

    found = check(raw)

    assert [one.place for one in found] == ["reading"]
