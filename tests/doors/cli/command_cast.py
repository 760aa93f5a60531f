"""How the tests of the command line run it: in this process, or as a program of its own."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast
from unittest.mock import patch

from bedside.doors.cli.main import main

REPOSITORY = Path(__file__).resolve().parents[3]
CACHE = REPOSITORY / "build" / "tests" / "commands"
COMMAND = Path(sys.executable).with_name("bedside")
ANSWERED, NEEDS_SOMEBODY, NOT_UNDERSTOOD, NOT_DONE = 0, 1, 2, 3
Json: TypeAlias = Any  # whatever the program prints
EXAM = '{"jurisdiction": "us/tx", "as_of": "2026-11-23", "facts": {"activity": "exam", "in_custody": true, "agency": "ice"}}'  # noqa: E501 - one line of JSON, as programs send it


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that somebody at a terminal sees."""
        return self.out + self.err

    def json(self) -> Json:
        """Read what it printed for other programs."""
        return json.loads(self.out)


class _Terminalless(io.TextIOWrapper):
    """A stream that is no terminal and keeps what was written."""

    def text(self) -> str:
        self.flush()
        return cast("io.BytesIO", self.buffer).getvalue().decode()


def run(*words: str, stdin: str | bytes = b"") -> Ran:
    """Run the command in this process."""
    raw = stdin.encode() if isinstance(stdin, str) else stdin
    out, err = _Terminalless(io.BytesIO()), _Terminalless(io.BytesIO())
    given = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8")
    code: object = 0
    environment = {"XDG_CACHE_HOME": str(CACHE), "COLUMNS": "200"}
    with (
        patch.object(sys, "argv", ["bedside", *words]),
        patch.object(sys, "stdin", given),
        patch.dict(os.environ, environment),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
    assert isinstance(code, int)
    return Ran(code=code, out=out.text(), err=err.text())


def start(*words: str, stdin: str | bytes = b"", set_: Mapping[str, str] | None = None) -> Ran:
    """Run the command as a program of its own."""
    raw = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(  # noqa: S603 - our own command
        [COMMAND, *words],
        input=raw,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "XDG_CACHE_HOME": str(CACHE), "COLUMNS": "200", **(set_ or {})},
    )
    return Ran(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def find_traces(ran: Ran) -> list[str]:
    """Find signs of a traceback or of a fault of our own."""
    signs = ("Traceback", "  File ", "Bedside itself failed", "Exception ignored", "Error: ")
    return [sign for sign in signs if sign in ran.said]
