"""Starting the program that opens a file, and believing nothing that it says beyond its form."""

import subprocess
import sys
from pathlib import Path
from threading import Timer

from bedside.record.attachments import sandbox
from bedside.record.attachments.limits import MOST_COPY, WALL_SECONDS

PROGRAM = f"{sandbox.__name__}.program"
MOST_SAID = MOST_COPY + 4096


def run_sandbox(kind: str, data: bytes) -> bytes:
    """Let the program open one file; nothing if it failed or its time was over."""
    program = subprocess.Popen(  # noqa: S603 - our own program; the file reaches it as input only
        [sys.executable, "-I", "-m", PROGRAM, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(sys.executable).anchor,
        env={},
        start_new_session=True,
    )
    clock = Timer(WALL_SECONDS, program.kill)
    clock.start()
    try:
        said = _talk(program, data)
        program.wait()
    finally:
        clock.cancel()
        program.kill()  # nothing, if it has ended
        program.wait()
    return said if program.returncode == 0 else b""


def _talk(program: "subprocess.Popen[bytes]", data: bytes) -> bytes:
    """Give it the file and hear it out; it reads everything before it says anything."""
    assert program.stdin is not None  # noqa: S101 - asked for above
    assert program.stdout is not None  # noqa: S101 - asked for above
    with program.stdin as into, program.stdout as out:
        try:
            into.write(data)
            into.close()
        except BrokenPipeError:  # it ended before it had read everything
            return b""
        return out.read(MOST_SAID + 1)
