"""Sealed records that an earlier edition left open in this one, and what was deleted stays so."""

from contextlib import closing
from pathlib import Path

import pytest
from make_stored_seals import GONE, STORED, open_key
from sealing_cast import DRAW, SITE, record_of, sqlite_store

from bedside.trust.sealing.binding import Binding
from bedside.trust.sealing.opening import Keyring, open_record, read_field
from bedside.trust.sealing.postgres_store import PostgresStore
from bedside.trust.sealing.rotation import turn_key
from bedside.trust.sealing.sqlite_store import SqliteStore
from bedside.trust.sealing.tombstone import RecordDestroyed
from stored_databases import load_postgres, load_sqlite

EDITIONS = sorted(one.name for one in STORED.iterdir())
SAID = {
    Binding(
        site=SITE, table="note", column="text", row=f"{number}-{row}"
    ): f"note {row} of record {number}".encode()
    for number in range(2)
    for row in range(4)
}


def open_stored(edition: str, folder: Path) -> SqliteStore | PostgresStore:
    text = (STORED / edition).read_text()
    if "postgres" in edition:
        return PostgresStore(load_postgres(text, folder))
    load_sqlite(text, folder / "sealing.db")
    return sqlite_store(folder)


@pytest.mark.parametrize("edition", EDITIONS)
def test_records_of_an_earlier_edition_open_and_what_was_deleted_stays_deleted(
    edition: str, tmp_path: Path
) -> None:
    old, new = open_key(), open_key(2)
    with closing(open_stored(edition, tmp_path)) as store:
        found = {at: read_field(store, record_of(at), Keyring([old]), at) for at in SAID}
        with pytest.raises(RecordDestroyed):
            open_record(store, GONE, Keyring([old]))
        list(turn_key(store, old, new, random=DRAW))
        after = {at: read_field(store, record_of(at), Keyring([new]), at) for at in SAID}

    assert found == SAID
    assert after == SAID
