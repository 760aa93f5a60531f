"""The command line keeps its word where the terminal, the disk or the home folder does not."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from command_cast import (
    ANSWERED,
    CACHE,
    COMMAND,
    EXAM,
    NOT_DONE,
    NOT_UNDERSTOOD,
    Ran,
    find_traces,
    run,
    start,
)

FULL = Path("/dev/full")


def through_shell(words: str, tmp_path: Path, set_: Mapping[str, str] | None = None) -> Ran:
    """Run the command as a shell does, with its redirections; `exam.json` lies beside it."""
    (tmp_path / "exam.json").write_text(EXAM)
    done = subprocess.run(  # noqa: S602 - our own command, with the shell's own redirections
        f"{COMMAND} {words}",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "XDG_CACHE_HOME": str(CACHE), **(set_ or {})},
    )
    return Ran(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


@pytest.mark.parametrize("words", ["decide exam.json", "norms", "facts", "--version"])
@pytest.mark.parametrize("where", [">&-", "> /dev/full"])
def test_an_answer_that_cannot_be_written_is_no_fault_of_ours(
    words: str, where: str, tmp_path: Path
) -> None:
    assert FULL.exists()

    ran = through_shell(f"{words} {where}", tmp_path)

    assert (ran.code, find_traces(ran)) == (NOT_DONE, [])
    assert "The answer could not be written" in ran.err
    assert "No se pudo escribir la respuesta" in ran.err


def test_nothing_to_read_is_said_where_standard_input_is_closed(tmp_path: Path) -> None:
    ran = through_shell("decide - <&-", tmp_path)

    assert (ran.code, find_traces(ran)) == (NOT_UNDERSTOOD, [])
    assert "-: this file is empty" in ran.err


def test_the_exit_code_holds_where_standard_error_is_closed(tmp_path: Path) -> None:
    assert through_shell("decide nowhere.yaml 2>&-", tmp_path).code == NOT_DONE
    assert through_shell("decide exam.json --as-of x 2>&-", tmp_path).code == NOT_UNDERSTOOD


@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_that_has_seen_enough_gets_no_complaint(reader: str, tmp_path: Path) -> None:
    ran = through_shell(f"norms --json | {reader}", tmp_path)

    assert ran.err == ""


def test_a_terminal_without_our_letters_gets_the_answer_with_marks_in_their_place() -> None:
    ran = start(
        "decide", "-", "--lang", "es", stdin=EXAM, set_={"PYTHONIOENCODING": "ascii:strict"}
    )

    assert (ran.code, find_traces(ran)) == (ANSWERED, [])
    assert "Diga: ?Esta persona" in ran.out


def test_the_command_line_keeps_the_rulebook_where_the_setting_says(tmp_path: Path) -> None:
    start("facts", "agency", set_={"BEDSIDE_CACHE": str(tmp_path / "kept")})
    ran = start("decide", "-", stdin=EXAM, set_={"BEDSIDE_CACHE": str(tmp_path / "kept")})

    assert ran.code == ANSWERED
    assert list((tmp_path / "kept").iterdir())


def test_a_misspelt_answer_is_asked_for_again_and_a_label_is_an_answer() -> None:
    ran = run("ask", stdin="exma\nexam\nq\n")
    labelled = run("ask", stdin="Intimate exam\nq\n")

    assert ran.err.count("What is happening now?") == 2
    assert "The patient needs privacy for this." in ran.out
    assert labelled.err.count("What is happening now?") == 1


def test_noise_without_end_ends() -> None:
    ran = run("ask", stdin="noise\n" * 1000)

    assert find_traces(ran) == []
    assert ran.code == ANSWERED
