"""Starting: a record begins with its key, goes on with it, and does not open without it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

from bedside.record.vault.master import make_key_file

PREPARE = (
    "from bedside.config.prepare import prepare; prepare()\n"
    "from django.db import connection\n"
    "from bedside.record.accounts.models import Person\n"
    "print(connection.connection is None, Person.objects.count())\n"
)


def test_a_first_start_makes_key_and_tables_for_their_owner_alone(tmp_path: Path) -> None:
    done = _start(tmp_path)

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert done.returncode == 0, done.stderr
    assert modes["bedside.key"] == 0o600
    assert modes["record.sqlite"] == 0o600


def test_no_connection_is_left_open_for_forked_processes_to_share(tmp_path: Path) -> None:
    done = _start(tmp_path)

    assert done.stdout.startswith("True ")


def test_a_second_start_finds_what_the_first_one_kept(tmp_path: Path) -> None:
    first, second = _start(tmp_path), _start(tmp_path)

    assert first.stdout == second.stdout
    assert second.returncode == 0


def test_the_database_file_tells_nothing_without_its_key(tmp_path: Path) -> None:
    _start(tmp_path)

    file = (tmp_path / "record.sqlite").read_bytes()
    assert not file.startswith(b"SQLite format 3")
    assert b"journal_event" not in file


def test_another_key_opens_nothing_and_says_so(tmp_path: Path) -> None:
    _start(tmp_path)
    (tmp_path / "bedside.key").unlink()
    make_key_file("", tmp_path / "bedside.key", random=os.urandom)

    done = _start(tmp_path)

    assert done.returncode != 0
    assert "does not open" in done.stderr
    assert "bedside.key" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    _start(tmp_path)
    (tmp_path / "bedside.key").chmod(0o644)

    done = _start(tmp_path)

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
