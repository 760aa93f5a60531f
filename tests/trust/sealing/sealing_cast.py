"""What the sealing tests share: one site, one record, its holders, both stores."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from typing import Final

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.data_key import make_data_key
from bedside.trust.sealing.memory_store import MemoryStore
from bedside.trust.sealing.opening import make_record, write_field
from bedside.trust.sealing.postgres_store import PostgresStore
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.site_key import SiteKey, make_site_key
from bedside.trust.sealing.sqlite_store import SqliteStore
from bedside.trust.sealing.store import Store
from bedside.trust.sealing.wrap import KeyName
from postgres_server import make_room

KINDS: Final = ("memory", "sqlite", "postgres")

SOAK = os.environ.get("BEDSIDE_SOAK") == "1"
DRAW: Final = Random(20261123).randbytes  # noqa: S311 - a failure shall fail again
PIN: Final = "3141"
SITE: Final = "st-mary"
RECORD: Final = Record(site=SITE, name="encounter-17")
HERE: Final = Binding(site=SITE, table="presence", column="agency", row="17")
DATA_KEY: Final = make_data_key(DRAW)


def times(quick: int, *, soak: int) -> int:
    """Say how often to try: a slice in every run, the whole figure in a soak."""
    return soak if SOAK else quick


def name(holder: str, version: int = 1) -> KeyName:
    """Name a key."""
    return KeyName(holder=holder, version=version)


def site_key(holder: str = "role/nurse", version: int = 1) -> SiteKey:
    """Make a key for a holder."""
    return make_site_key(name(holder, version), random=DRAW)


def sqlite_store(folder: Path) -> SqliteStore:
    """Open a store in a file of that folder."""
    path = folder / "sealing.db"
    return SqliteStore(lambda: sqlite3.connect(path, check_same_thread=False))


@contextmanager
def opening(kind: str, folder: Path) -> Iterator[Store]:
    """Open a store of a kind, and close it at the end."""
    if kind == "memory":
        yield MemoryStore()
        return
    postgres = kind == "postgres"
    with closing(PostgresStore(make_room(folder)) if postgres else sqlite_store(folder)) as store:
        yield store


def fill(store: Store, key: SiteKey, *, records: int = 3, fields: int = 4) -> dict[Binding, bytes]:
    """Fill a store with records under one key; give what each field says."""
    said = {}
    for number in range(records):
        opened = make_record(store, record(number), [key], random=DRAW)
        for row in range(fields):
            place = Binding(site=SITE, table="note", column="text", row=f"{number}-{row}")
            said[place] = f"note {row} of record {number}".encode()
            write_field(store, opened, place, said[place], random=DRAW)
    return said


def record(number: int) -> Record:
    """Name one of the records that `fill` makes."""
    return Record(site=SITE, name=f"record-{number}")


def record_of(place: Binding) -> Record:
    """Name the record that a field of `fill` belongs to."""
    return record(int(place.row.split("-")[0]))


def says_why(refusal: Refusal) -> bool:
    """Tell whether a refusal has a code of ours and a whole sentence in each language."""
    sentences = (refusal.say("en"), refusal.say("es"))
    whole = all(len(one) > 20 and "{" not in one for one in sentences)
    return refusal.code.startswith("sealing.") and whole and len(set(sentences)) == 2
