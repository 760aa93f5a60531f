"""The databases that the ledger tests run on: SQLite, and a real PostgreSQL server."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger_cast import leaves_between, log_key, plain_root

from bedside.trust.ledger.append import read_head
from bedside.trust.ledger.hashing import Head
from bedside.trust.ledger.heads import HeadBook
from bedside.trust.ledger.key import SigningKey
from bedside.trust.ledger.postgres import PostgresStore
from bedside.trust.ledger.signer import HeadSigner
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Store
from postgres_server import make_room

KEY = log_key()
ORIGIN = KEY.name
KINDS = ("sqlite", "postgres")
Opener = Callable[[str], Store]


@contextmanager
def opening(kind: str, folder: Path) -> Iterator[Opener]:
    """Open logs in one database of a kind, and close them at the end."""
    stores: list[Store] = []
    where = make_room(folder) if kind == "postgres" else ""

    def open_one(origin: str) -> Store:
        if where:
            stores.append(PostgresStore(where, origin))
        else:
            stores.append(open_sqlite(folder / "ledger", origin))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


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
