"""`bedside witness FOLDER`: cosign the checkpoints of other people's ledgers over HTTP."""

import os
import secrets
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Annotated

import typer

from bedside.doors.cli.door import NOT_DONE, NOT_UNDERSTOOD, Lang, Tongue, put
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.key import (
    Algorithm,
    SigningKey,
    make_key,
    read_signing_key,
    read_verifier_key,
)
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.witness import Witness
from bedside.trust.ledger.witness_server import make_server

KEY_FILE, BOOK_FILE = "witness.key", "heads.sqlite3"
READY = {
    Tongue.EN: (
        "Witness `{name}` listens on http://{host}:{port}/ and follows {count} ledgers.\n"
        "Give the ledgers' keepers this key: {key}"
    ),
    Tongue.ES: (
        "El testigo `{name}` escucha en http://{host}:{port}/ y sigue {count} libros.\n"
        "Dé esta clave a los responsables de los libros: {key}"
    ),
}
Log = Annotated[
    list[str], typer.Option("--log", help="The key (vkey) of a ledger to follow; repeatable.")
]


def witness_command(
    folder: Annotated[Path, typer.Argument(help="Where the witness keeps its key and its book.")],
    log: Log,
    name: Annotated[str, typer.Option(help="The name of a new witness, such as a domain.")] = "",
    *,
    listen: Annotated[str, typer.Option(help="Address and port to listen on.")] = "127.0.0.1:8100",
    lang: Lang = Tongue.EN,
) -> None:
    """Cosign a ledger's checkpoint if it continues the one before; never two histories."""
    try:
        key = load_key(folder, name or "witness")
        logs = [read_verifier_key(text) for text in log]
    except Refusal as refusal:
        sys.stderr.write(refusal.say(lang.value) + "\n")
        raise typer.Exit(NOT_UNDERSTOOD) from None
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        raise typer.Exit(NOT_DONE) from None
    with closing(open_book(folder / BOOK_FILE)) as book:
        witness = Witness(key=key, logs=logs, book=book, now=lambda: int(time.time()))
        _serve(witness, listen, lang)


def _serve(witness: Witness, listen: str, lang: Tongue) -> None:
    host, _, port = listen.rpartition(":")
    try:
        server = make_server(witness, host, int(port))
    except (OSError, OverflowError, ValueError) as error:
        sys.stderr.write(f"--listen {listen}: {error}\n")
        raise typer.Exit(NOT_UNDERSTOOD) from None
    with server:
        at, public = server.server_address[1], witness.key.verifier.write()
        name, count = witness.key.name, len(witness.logs)
        put(READY[lang].format(name=name, host=host, port=at, count=count, key=public))
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            server.serve_forever()


def load_key(folder: Path, name: str) -> SigningKey:
    """Load the key of the witness, or make one that only this account can read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / KEY_FILE
    if path.exists():
        return read_signing_key(path.read_text(encoding="utf-8"))
    key = make_key(name, Algorithm.COSIGNATURE, secrets.token_bytes)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key.write() + "\n")
    return key
