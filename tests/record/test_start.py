"""Starting: a record begins with its key, goes on with it, and does not open without it."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.record.vault.master import make_key_file

PREPARE = (
    "from bedside.config.prepare import prepare; prepare()\n"
    "from django.db import connection\n"
    "from bedside.record.accounts.models import Person\n"
    "print(connection.connection is None, Person.objects.count())\n"
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Begin a record once, and tell what its first start said."""
    folder = tmp_path_factory.mktemp("begun")
    done = _start(folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


@pytest.fixture
def record(begun: tuple[Path, str], tmp_path: Path) -> Path:
    """Copy the begun record, to be started once more."""
    return Path(shutil.copytree(begun[0], tmp_path / "record"))


def test_a_first_start_makes_key_and_tables_for_their_owner_alone(
    begun: tuple[Path, str],
) -> None:
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in begun[0].iterdir()}

    assert modes["bedside.key"] == 0o600
    assert modes["record.sqlite"] == 0o600


def test_no_connection_is_left_open_for_forked_processes_to_share(begun: tuple[Path, str]) -> None:
    assert begun[1].startswith("True ")


def test_a_second_start_finds_what_the_first_one_kept(
    begun: tuple[Path, str], record: Path
) -> None:
    second = _start(record)

    assert second.stdout == begun[1]
    assert second.returncode == 0


def test_the_database_file_tells_nothing_without_its_key(begun: tuple[Path, str]) -> None:
    file = (begun[0] / "record.sqlite").read_bytes()

    assert not file.startswith(b"SQLite format 3")
    assert b"journal_event" not in file


def test_another_key_opens_nothing_and_says_so(record: Path) -> None:
    (record / "bedside.key").unlink()
    make_key_file("", record / "bedside.key", random=os.urandom)

    done = _start(record)

    assert done.returncode != 0
    assert "does not open" in done.stderr
    assert "bedside.key" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_that_others_may_read_is_refused(record: Path) -> None:
    (record / "bedside.key").chmod(0o644)

    done = _start(record)

    assert done.returncode != 0
    assert "0600" in done.stderr


def test_a_web_server_without_a_kept_key_does_not_start(tmp_path: Path) -> None:
    done = _run("import bedside.config.wsgi", tmp_path)

    assert done.returncode != 0
    assert "no key of the record" in done.stderr


def _start(folder: Path) -> subprocess.CompletedProcess[str]:
    return _run(PREPARE, folder)


def _run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
    environment |= {"BEDSIDE_DATA": str(folder), "BEDSIDE_SAMPLE": "yes"}
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
