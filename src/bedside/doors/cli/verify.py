"""`bedside verify FILE`: whether the records in a bundle are proven, or a letter is as signed."""

import json
import sys
import time
from datetime import UTC, datetime
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

PDF = b"%PDF-"
OFFLINE = {
    Tongue.EN: "Whether a later version replaced it, only the hospital knows: open the address of"
    " the code on the letter.\n",
    Tongue.ES: "Si una versión posterior la reemplazó, solo lo sabe el hospital: abra la dirección"
    " del código de la carta.\n",
}
NO_CERTIFICATE = {
    Tongue.EN: "Whose key counts is not said: give the hospital's certificate with --policy.\n",
    Tongue.ES: "No se dijo qué clave vale: dé el certificado del hospital con --policy.\n",
}

PolicyFile = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        help="The keys you trust (C2SP tlog-policy), or a letter's certificate, got another way.",
    ),
]
Fingerprint = Annotated[
    str, typer.Option("--fingerprint", help="Or the SHA-256 of the enclosed policy, got so.")
]


def verify_command(
    bundle: Annotated[
        Path, typer.Argument(help="The bundle, a ZIP file, or a letter, a PDF file.")
    ],
    policy: PolicyFile = None,
    fingerprint: Fingerprint = "",
    *,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
) -> None:
    """Check a bundle or a letter offline: say what is proven, what is not, and why."""
    try:
        archive = bundle.read_bytes()
        trusted = policy.read_bytes() if policy else b""
    except OSError as error:
        said = UNREADABLE[lang].format(file=error.filename, why=error.strerror)
        sys.stderr.write(said)
        raise typer.Exit(NOT_DONE) from None
    if archive.startswith(PDF):
        raise typer.Exit(say_letter(archive, policy, as_json=as_json, lang=lang))
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


def say_letter(pdf: bytes, certificate: Path | None, *, as_json: bool, lang: Tongue) -> int:
    """Check a letter against the hospital's certificate, and say how it stands."""
    # The library that reads signatures takes a third of a second; bundles need none of it.
    from bedside.record.letters.paper.signer import KeyUnreadable, read_certificate
    from bedside.record.letters.paper.verdict import State
    from bedside.record.letters.paper.verify import Trust, verify_letter

    try:
        roots = (read_certificate(certificate),) if certificate else ()
    except KeyUnreadable as unreadable:
        sys.stderr.write(f"{unreadable.say(lang.value)}\n")
        return NOT_DONE
    verdict = verify_letter(pdf, Trust(roots=roots), at=datetime.now(UTC))
    sentence = verdict.sentence.es if lang is Tongue.ES else verdict.sentence.en
    if as_json:
        put(json.dumps({"state": verdict.state.value, "says": sentence}, ensure_ascii=False))
    else:
        put(f"{sentence}\n")
    sys.stderr.write(OFFLINE[lang] if roots else NO_CERTIFICATE[lang])
    return ANSWERED if verdict.state is State.VALID else NEEDS_SOMEBODY
