"""The parsers under Atheris, in a process of its own."""

import subprocess
import sys
from pathlib import Path

from ledger_cast import REPOSITORY, Recorder, tally, times


def fuzz(folder: Path, *arguments: str) -> tuple[int, str]:
    script = str(Path(__file__).parent / "fuzz_ledger.py")
    command = [sys.executable, script, f"-artifact_prefix={folder}/", "-seed=1", *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    return done.returncode, done.stdout + done.stderr


def test_no_input_makes_a_parser_stumble(tmp_path: Path, record_property: Recorder) -> None:
    runs = times(3000, soak=2_000_000)

    code, said = fuzz(tmp_path, f"-runs={runs}", "-max_len=600")

    tally(record_property, "inputs thought up for the parsers", runs, int(code != 0))
    assert code == 0, said[-2000:]
    assert f"Done {runs} runs" in said


def test_a_parser_that_stumbles_would_be_caught(tmp_path: Path) -> None:
    code, said = fuzz(tmp_path, "-runs=200000", "--careless")

    assert code != 0
    assert "IndexError" in said
