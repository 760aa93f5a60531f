"""Serve the page from this machine: one command, no service to install."""

import os
import socket
import subprocess
import sys
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typing_extensions import override

from bedside.doors.cli.door import NOT_DONE

ADDRESS = "127.0.0.1"
APPLICATION = "bedside.config.wsgi"  # named, not imported: that floor is above this one
PREPARE = "bedside.config.prepare"
TAKEN = (
    "Port {port} cannot be listened on: another program has it, or it is not yours to use; "
    "choose another with --port.\n"
)
SAMPLE_PEOPLE = (
    "Sign in at /home as bedside-nurse, charge-nurse, attending, front-desk, privacy-officer, "
    "staff-keeper and so on; the password of all is {password}.\n"
)
WORKERS = 2  # one process for each core; a synchronous page is fastest without threads
WORK: list[subprocess.Popen[bytes]] = []  # the one helper, once it runs
LONGEST = 30  # seconds a request may take before its process is replaced


def serve_command(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    sample: Annotated[bool, typer.Option(help="Be a sample hospital in Texas.")] = False,  # noqa: FBT002 - typer turns it into --sample
) -> None:
    """Serve the page on this machine until stopped."""
    if sample:
        os.environ["BEDSIDE_SAMPLE"] = "yes"
    if not _is_free(port):
        _stop(TAKEN.format(port=port))
    try:
        import_module(PREPARE).prepare()
        application = import_module(APPLICATION).application
    except SystemExit as stopped:  # settings, site or rulebook: it says what and where
        _stop(f"{stopped}\n")
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # it ships none

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        """The web server, told everything here: it reads no file and no argument of its own."""

        @override
        def load_config(self) -> None:
            for key, value in _find_options(port).items():
                self.cfg.set(key, value)

        @override
        def load(self) -> Any:
            return application

    Server().run()


def _is_free(port: int) -> bool:
    """Tell whether nobody listens on the port yet."""
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((ADDRESS, port))
        except OSError:
            return False
    return True


def _stop(sentence: str) -> NoReturn:
    sys.stderr.write(sentence)
    raise typer.Exit(NOT_DONE)


def _find_options(port: int) -> dict[str, object]:
    return {
        "bind": f"{ADDRESS}:{port}",
        "workers": WORKERS,
        "worker_class": "sync",
        "preload_app": True,  # the rulebook is read once and shared
        "control_socket_disable": True,  # it would stand in the home folder
        "timeout": LONGEST,
        "accesslog": None,
        "loglevel": "warning",
        "limit_request_line": 2_048,
        "when_ready": _say_ready,
        "on_exit": _stop_work,
    }


def _begin_work() -> None:
    """Start the house's own work beside the pages; it stops with them."""
    command = [sys.executable, "-c", "from bedside.doors.cli.main import main; main()", "work"]
    WORK.append(subprocess.Popen(command))  # noqa: S603 - our own command


def _stop_work(_server: object) -> None:
    for work in WORK:
        work.terminate()
        work.wait(LONGEST)


def _say_ready(server: Any) -> None:  # noqa: ANN401 - gunicorn ships no types
    host, port = server.address[0]
    sys.stdout.write(f"Bedside is at http://{host}:{port}/ (Spanish: /es/). Stop it with Ctrl-C.\n")
    if os.environ.get("BEDSIDE_SAMPLE"):
        from bedside.record.accounts.sample import PASSWORD

        sys.stdout.write(SAMPLE_PEOPLE.format(password=PASSWORD))
    sys.stdout.flush()
    _begin_work()
