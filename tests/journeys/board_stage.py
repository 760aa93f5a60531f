"""The sample hospital with a full board, served with the addresses that its pages may go to."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
KEY = "the key that the gateway shares with us"
START = (
    "import sys; sys.path[:0] = [{here!r}];"
    " from board_seed import serve; serve(port={port}, site={site!r}, is_full={full})"
)
WRITE = (
    "import sys; sys.path[:0] = [{here!r}]; from pathlib import Path;"
    " from board_seed import write_site; write_site(Path({folder!r}), {paging!r})"
)
WORK = "from bedside.doors.cli.main import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hospital:
    """A served hospital, and how its own work is done."""

    address: str
    environ: Mapping[str, str]

    def do_round(self) -> str:
        """Do one round of the house's own work, as `bedside work --once` does."""
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", WORK, "work", "--once"],
            env=dict(self.environ),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stderr


@contextmanager
def serve_hospital(
    folder: Path, *, mail: int = 9, gateway: int = 9, full: bool = False
) -> Iterator[Hospital]:
    """Serve the hospital on a free port, with receivers of its pages at these ports."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    paging = (
        f"paging:\n  address: http://127.0.0.1:{port}\n  private_network: true\n"
        "  mail_from: bedside@hospital.example\n  mail_domains: [hospital.example]\n"
        f"  sms_gateway: http://127.0.0.1:{gateway}/send\n  push_hosts: [127.0.0.1]\n"
    )
    environ = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
    environ |= {
        "BEDSIDE_DATA": str(folder / "record"),
        "BEDSIDE_MAIL": f"smtp://127.0.0.1:{mail}",
        "BEDSIDE_SAMPLE": "yes",
        "BEDSIDE_SITE": str(folder / "site.yaml"),
        "BEDSIDE_SMS_KEY": KEY,
    }
    named = {"here": str(HERE), "folder": str(folder), "paging": paging, "port": port, "full": full}
    write = WRITE.format(**named)
    unset = {k: v for k, v in environ.items() if not k.startswith("BEDSIDE_")}
    subprocess.run([sys.executable, "-c", write], env=unset, check=True)  # noqa: S603 - our own
    started = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", START.format(**named, site=environ["BEDSIDE_SITE"])],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout is not None
        assert f":{port}/" in started.stdout.readline()  # said once it listens
        yield Hospital(address=f"http://127.0.0.1:{port}/", environ=environ)
    finally:
        started.terminate()
        started.communicate(timeout=20)
