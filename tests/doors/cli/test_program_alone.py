"""The command as a program of its own: pipes, caches, colour, help."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from command_cast import (
    ANSWERED,
    CACHE,
    COMMAND,
    EXAM,
    NOT_UNDERSTOOD,
    find_traces,
    run,
    start,
)

from bedside.doors.cli.door import find_cache


def test_the_program_answers_as_the_command_in_process_does() -> None:
    assert (
        start("decide", "-", "--json", stdin=EXAM).out
        == run("decide", "-", "--json", stdin=EXAM).out
    )
    assert start("--version").out.startswith("bedside ")
    refused = start("decide", "-", stdin="jurisdiction: us/tx\nfacts: {agency: icee}")
    assert (refused.code, refused.out, find_traces(refused)) == (NOT_UNDERSTOOD, "", [])


@pytest.mark.parametrize("words", [["norms"], ["norms", "--json"], ["facts"], ["facts", "agency"]])
def test_a_reader_that_has_seen_enough_is_no_fault(words: list[str]) -> None:
    with subprocess.Popen(  # noqa: S603 - our own command
        [COMMAND, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": str(CACHE)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read().decode()

    assert (process.returncode, said) == (ANSWERED, "")


def test_a_cache_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    ran = start("decide", "-", "--json", stdin=EXAM, set_={"XDG_CACHE_HOME": f"{tmp_path}/file"})

    assert (ran.out, ran.err) == (run("decide", "-", "--json", stdin=EXAM).out, "")


def test_a_cache_folder_that_depends_on_where_somebody_stands_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for named in ("", "here", "./here"):
        monkeypatch.setenv("XDG_CACHE_HOME", named)
        assert find_cache() == tmp_path / ".cache" / "bedside"


def test_where_nobody_is_at_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nowhere)
    monkeypatch.setenv("XDG_CACHE_HOME", "")

    assert find_cache() is None


def look(**set_: str) -> str:
    """Run the command at a terminal and return what it shows there."""
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    with subprocess.Popen(  # noqa: S603 - our own command
        [COMMAND, "facts", "agency"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**environment, "XDG_CACHE_HOME": str(CACHE), **set_},
    ) as process:
        os.close(theirs)
        shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert process.returncode == ANSWERED
    return shown


def test_a_terminal_gets_colour_unless_it_wants_none() -> None:
    assert "\033[1m" in look()
    assert "\033" not in look(NO_COLOR="1")
    assert "\033" not in start("facts", "agency").out


def test_help_names_every_verb_and_what_it_is_for() -> None:
    ran = run("--help")

    for verb in ("decide", "ask", "explain", "facts", "norms", "check"):
        assert verb in ran.out
    assert (ran.code, find_traces(ran)) == (ANSWERED, [])
    assert sys.executable not in ran.out
