"""Django's SQLite engine over sqlcipher3: a fixed SQLite, and a file that only its key opens.

The SQLite that comes with Python here can lose a write-ahead log in a race that was mended in
3.51.3. Django names its driver `sqlite3`, so ours stands under that name while Django's engine is
loaded, and no longer: whoever else imports `sqlite3` gets the one of Python.
"""

import sys
from importlib import import_module
from typing import Any

import sqlcipher3


def _load_engine() -> Any:  # noqa: ANN401 - a module
    """Load Django's engine with our driver in the place of Python's."""
    kept = {name: sys.modules.get(name) for name in ("sqlite3", "sqlite3.dbapi2")}
    sys.modules["sqlite3"] = sqlcipher3
    sys.modules["sqlite3.dbapi2"] = sqlcipher3.dbapi2
    try:
        return import_module("django.db.backends.sqlite3.base")
    finally:
        for name, module in kept.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


ENGINE = _load_engine()


class KeyedConnection(sqlcipher3.dbapi2.Connection):  # type: ignore[misc]  # it ships no types
    """A connection that gives its key before anything else is asked of the file."""

    key = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the driver's own
        super().__init__(*args, **kwargs)
        if self.key:
            # A raw key: a passphrase would be stretched anew at every connection.
            self.execute(f"PRAGMA key = \"x'{self.key}'\"")


class DatabaseWrapper(ENGINE.DatabaseWrapper):  # type: ignore[misc, name-defined]  # loaded at run time
    """Django's engine, with the key taken from its options before it connects."""

    def get_connection_params(self) -> dict[str, Any]:
        """Put the key where the driver asks for it, out of the options that Django passes on."""
        params: dict[str, Any] = super().get_connection_params()
        key = params.pop("key", "")
        params["factory"] = type("Keyed", (KeyedConnection,), {"key": key})
        return params
