"""Where the tests keep the record, and the cast that they begin with."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

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
def open_record(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Give a record in which threads and processes may commit, and which is gone afterwards.

    The journal refuses to be emptied, so SQLite gets a copy of its file; PostgreSQL truncates.
    """
    del transactional_db
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.close()  # the last one to leave empties the write-ahead log
        connection.settings_dict["NAME"] = str(shutil.copy(name, tmp_path / "record.sqlite"))
    yield
    connection.close()
    connection.settings_dict["NAME"] = name


@pytest.fixture
def cast(db: None) -> Cast:
    """Gather the cast at the sample hospital, on a database that is fresh for every test."""
    del db
    settings.BEDSIDE_IS_SAMPLE = True  # before anything asks which hospital this is, and keeps it
    return gather()
