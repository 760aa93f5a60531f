"""The house's own work: a served record signs its head, and notices another past."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PREPARE = "from bedside.config.prepare import prepare; prepare()"
WORK = "from bedside.doors.cli.main import main; main()"


def test_a_round_signs_and_an_older_copy_of_the_record_is_noticed(tmp_path: Path) -> None:
    _run(tmp_path, PREPARE)
    early = shutil.copy(tmp_path / "record.sqlite", tmp_path / "copy")
    for _ in range(2):
        assert _run(tmp_path, WORK, "work", "--once").stderr == ""
    _add_to_the_record(tmp_path)
    assert _run(tmp_path, WORK, "work", "--once").stderr == ""

    shutil.copy(early, tmp_path / "record.sqlite")
    said = _run(tmp_path, WORK, "work", "--once")

    assert "restored" in said.stderr
    assert "Traceback" not in said.stderr


def _add_to_the_record(folder: Path) -> None:
    """Let the hospital's data change, which is an act."""
    add = (
        "import django; django.setup()\n"
        "from bedside.config import rounds\n"
        "from bedside.record.accounts.operations import record_site\n"
        "from datetime import datetime, UTC\n"
        "record_site(rounds.begin_at('sample', datetime.now(UTC)), plain={'slug': 'sample'})\n"
    )
    assert _run(folder, add).returncode == 0


def _run(folder: Path, code: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
    environment |= {
        "BEDSIDE_DATA": str(folder),
        "BEDSIDE_SAMPLE": "yes",
        "DJANGO_SETTINGS_MODULE": "bedside.config.settings",
    }
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
