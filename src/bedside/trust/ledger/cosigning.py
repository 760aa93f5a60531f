"""Asking witnesses to cosign: what a log sends, and what it keeps of the answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import ClassVar

from bedside.trust.ledger.checkpoint import WHOLE, parse_checkpoint
from bedside.trust.ledger.key import VerifierKey
from bedside.trust.ledger.note import Note, Signature, parse_note, parse_signatures, verify_note
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.store import Store
from bedside.trust.ledger.tree import find_consistency_path
from bedside.trust.ledger.witness import write_request

Send = Callable[[str, bytes], tuple[int, str]]  # address and request to status and body


class WitnessDeclined(Refusal):
    """A witness that would not cosign."""

    code: ClassVar[str] = "ledger.witness-declined"
    en: ClassVar[str] = "witness `{name}` declined ({status}): {answer}"
    es: ClassVar[str] = "el testigo `{name}` se negó ({status}): {answer}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WitnessAt:
    """A witness that one knows, and where it listens."""

    key: VerifierKey
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A checkpoint with the cosignatures that were given, and who gave none and why."""

    note: str
    declined: tuple[Refusal, ...]


def collect_cosignatures(store: Store, witnesses: Sequence[WitnessAt], send: Send) -> Collected:
    """Ask each witness to cosign the last checkpoint and keep it with what they gave."""
    with store.reading() as snapshot:
        text = snapshot.find_last_checkpoint() or ""
    note = parse_note(text.encode())
    given: list[Signature] = []
    declined: list[Refusal] = []
    for witness in witnesses:
        try:
            given.append(_ask(store, witness, note, send))
        except Refusal as refusal:
            declined.append(refusal)
    signatures = tuple(dict.fromkeys((*note.signatures, *given)))
    whole = replace(note, signatures=signatures).write()
    if whole != text:
        with store.writing() as draft:
            draft.add_checkpoint(parse_checkpoint(note.body).head.size, whole)
    return Collected(note=whole, declined=tuple(declined))


def _ask(store: Store, witness: WitnessAt, note: Note, send: Send) -> Signature:
    status, body = _send(store, witness, note, (0, send))
    if status == HTTPStatus.CONFLICT and WHOLE.fullmatch(body.strip()):
        status, body = _send(store, witness, note, (int(body), send))
    if status != HTTPStatus.OK:
        raise WitnessDeclined(name=witness.key.name, status=status, answer=body.strip())
    found = verify_note(replace(note, signatures=parse_signatures(body)), [witness.key])
    return found[0].signature


def _send(store: Store, witness: WitnessAt, note: Note, start: tuple[int, Send]) -> tuple[int, str]:
    old, send = start
    new = parse_checkpoint(note.body).head.size
    path: list[bytes] = []
    if 0 < old < new:
        with store.reading() as snapshot:
            path = find_consistency_path(snapshot, old, new)
    elif old > new:
        raise WitnessDeclined(
            name=witness.key.name, status=HTTPStatus.CONFLICT, answer=f"{old} > {new}"
        )
    return send(
        f"{witness.address.rstrip('/')}/add-checkpoint", write_request(old, path, note.write())
    )
