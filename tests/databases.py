"""Where the tests keep the record, and the cast that they begin with."""

import os

import pytest
from django.conf import settings

from record_cast import Cast, gather


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Give SQLite a real file: write-ahead log, locks and key as at a hospital."""
    del django_db_modify_db_settings_parallel_suffix
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "bedside.record.cipher":
        folder = tmp_path_factory.mktemp(f"record{os.getpid()}")
        database.setdefault("TEST", {})["NAME"] = str(folder / "record.sqlite")


@pytest.fixture
def cast(db: None) -> Cast:
    """Gather the cast at the sample hospital, on a database that is fresh for every test."""
    del db
    return gather()
