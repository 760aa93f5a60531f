"""Writes the sealed records of this edition as SQL: `python make_stored_seals.py NUMBER`.

The key is open to everybody and protects nothing.
"""

import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from sealing_cast import fill, name, record, sqlite_store

from bedside.trust.sealing.binding import Binding
from bedside.trust.sealing.postgres_store import PostgresStore
from bedside.trust.sealing.rotation import destroy_record
from bedside.trust.sealing.site_key import SiteKey, make_site_key
from bedside.trust.sealing.sqlite_store import SqliteStore
from bedside.trust.sealing.tombstone import Reason
from postgres_server import make_room
from stored_databases import dump_postgres, dump_sqlite

STORED = Path(__file__).parent / "stored"
GONE = record(2)  # the one that was deleted


def open_key(version: int = 1) -> SiteKey:
    """Make the key that everybody knows."""
    dice = Random(version)  # noqa: S311 - it protects nothing
    return make_site_key(name("role/nurse", version), random=dice.randbytes)


def fill_and_delete(store: SqliteStore | PostgresStore) -> dict[Binding, bytes]:
    """Fill a store, delete one of its records, and say what the fields say."""
    with closing(store):
        said = fill(store, open_key())
        at = datetime(2026, 11, 23, tzinfo=UTC)
        destroy_record(store, GONE, reason=Reason.RETENTION, at=at)
    return said


def main() -> None:
    """Write both kinds."""
    number = sys.argv[1]
    STORED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        fill_and_delete(sqlite_store(Path(folder)))
        (STORED / f"{number}.sqlite.sql").write_text(dump_sqlite(Path(folder) / "sealing.db"))
        where = make_room(Path(folder))
        fill_and_delete(PostgresStore(where))
        (STORED / f"{number}.postgres.sql").write_text(dump_postgres(where))


if __name__ == "__main__":
    main()
