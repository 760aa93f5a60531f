"""Where the record lies: an encrypted SQLite file, or PostgreSQL by one setting."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from bedside.record.vault.master import Master

SQLITE = "bedside.record.cipher"
FILE = "record.sqlite"
# FULL, not the popular NORMAL, which loses acknowledged commits in a power cut. No mmap_size: it
# turned a race into structural damage elsewhere.
PRAGMAS = ";".join(
    f"PRAGMA {pragma}"
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "journal_size_limit=67108864",
        "trusted_schema=OFF",
        "secure_delete=ON",
        "cache_size=-32768",
    )
)


def find_database(address: str, folder: Path, master: Master) -> dict[str, Any]:
    """Say where the record lies, as Django wants to be told."""
    return _find_postgres(address) if address else _find_sqlite(folder, master)


def _find_sqlite(folder: Path, master: Master) -> dict[str, Any]:
    return {
        "ENGINE": SQLITE,
        "NAME": folder / FILE,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": PRAGMAS,
            "key": master.secret("database").hex(),
        },
    }


def _find_postgres(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
