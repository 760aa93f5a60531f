"""Thousands of damaged files: each is copied or refused, none takes the server or its memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from attachments_cast import TAKEN, draw, write_pdf

from bedside.record.attachments.limits import MOST_MEMORY

PROGRAM = Path(__file__).with_name("attachments_fuzz.py")
MANY = 10_000 if os.environ.get("BEDSIDE_SOAK") == "1" else 120
SEED = 1917


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Lay out sound files to be spoilt."""
    files = TAKEN | {
        "grey": draw("PNG", (40, 30)),
        "progressive": draw("JPEG", (90, 60), progressive=True),
        "lossless": draw("WEBP", (30, 30), lossless=True),
        "pages": write_pdf(3),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


def test_damaged_files_are_copied_or_refused_and_memory_is_bounded(sound: Path) -> None:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(PROGRAM), str(sound), str(MANY), str(SEED)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert sum(told["became"].values()) == MANY
    assert told["became"]["attachments.cannot-open"] > MANY // 50
    assert len(told["became"]) >= 5
    assert told["peak_kib"] < MOST_MEMORY // 1024
