"""What has to be done without anybody asking: sign the heads, end what has run out."""

import os
import signal
import sys
import threading
from importlib import import_module
from typing import Annotated

import typer

EVERY = 60  # seconds between two rounds
SETTINGS = "bedside.config.settings"  # named, not imported: that floor is above this one
ROUND = "bedside.config.rounds"


def work_command(
    every: Annotated[
        int, typer.Option(min=5, max=3600, help="Seconds between two rounds.")
    ] = EVERY,
    once: Annotated[bool, typer.Option(help="Do one round and stop.")] = False,  # noqa: FBT002 - typer turns it into --once
) -> None:
    """Do the house's own work on the record, round after round, until stopped."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    django.setup()
    stopped = threading.Event()
    for sent in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sent, lambda *_: stopped.set())
    do_round = import_module(ROUND).do_round
    while not stopped.is_set():
        for sentence in do_round():
            sys.stderr.write(f"{sentence}\n")
        if once or stopped.wait(every):
            return
