"""Writes the ledger of this edition as SQL: `python make_stored_ledger.py NUMBER`."""

import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from ledger_cast import leaves_between
from store_cast import ORIGIN, signer_for

from bedside.trust.ledger.append import append
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.postgres import PostgresStore
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Store
from postgres_server import make_room
from stored_databases import dump_postgres, dump_sqlite

STORED = Path(__file__).parent / "stored"
SIZES = (30, 41)  # of the two checkpoints; one leaf more is not signed yet


def fill(store: Store, book: Path) -> None:
    """Append and sign."""
    with closing(store), closing(open_book(book)) as book_of_heads:
        append(store, leaves_between(0, SIZES[0]))
        signer_for(store, book_of_heads).sign()
        append(store, leaves_between(SIZES[0], SIZES[1]))
        signer_for(store, book_of_heads).sign()
        append(store, leaves_between(SIZES[1], SIZES[1] + 1))


def main() -> None:
    """Write both kinds."""
    number = sys.argv[1]
    STORED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(open_sqlite(folder / "ledger", ORIGIN), folder / "book")
        (STORED / f"{number}.sqlite.sql").write_text(dump_sqlite(folder / "ledger"))
        where = make_room(folder)
        fill(PostgresStore(where, ORIGIN), folder / "other")
        (STORED / f"{number}.postgres.sql").write_text(dump_postgres(where))


if __name__ == "__main__":
    main()
