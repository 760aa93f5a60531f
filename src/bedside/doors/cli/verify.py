"""`bedside verify BUNDLE`: whether the records in a bundle are proven, and what that means."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from bedside.doors.cli.door import (
    ANSWERED,
    NEEDS_SOMEBODY,
    NOT_DONE,
    AsJson,
    Lang,
    Tongue,
    put,
)
from bedside.trust.ledger.verifier import WHY, check_bundle, conclude

UNREADABLE = {
    Tongue.EN: "{file}: {why}; check the path.\n",
    Tongue.ES: "{file}: {why}; revise la ruta.\n",
}

PolicyFile = Annotated[
    Path | None,
    typer.Option("--policy", help="The keys you trust (C2SP tlog-policy), got by another way."),
]
Fingerprint = Annotated[
    str, typer.Option("--fingerprint", help="Or the SHA-256 of the enclosed policy, got so.")
]


def verify_command(
    bundle: Annotated[Path, typer.Argument(help="The bundle, a ZIP file.")],
    policy: PolicyFile = None,
    fingerprint: Fingerprint = "",
    *,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
) -> None:
    """Check a bundle offline: say which records are proven, which are not, and why."""
    try:
        archive = bundle.read_bytes()
        trusted = policy.read_bytes() if policy else b""
    except OSError as error:
        said = UNREADABLE[lang].format(file=error.filename, why=error.strerror)
        sys.stderr.write(said)
        raise typer.Exit(NOT_DONE) from None
    found = check_bundle(archive, int(time.time()), trusted, fingerprint)
    text, proven = conclude(found, lang.value)
    if as_json:
        spanish = lang is Tongue.ES
        rows = [
            {"record": record, "code": code, "says": WHY[code][spanish], "facts": facts}
            for record, code, facts in found
        ]
        put(json.dumps({"proven": proven, "found": rows}, ensure_ascii=False, indent=1))
    else:
        put(text)
    raise typer.Exit(ANSWERED if proven else NEEDS_SOMEBODY)
