"""A witness cosigns a checkpoint only if it continues the one before (C2SP tlog-witness).

It learns sizes and roots and never an entry. Comparing with the last head and putting the new one
in its place are one step, so that two requests at once cannot make it cosign two histories.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from typing import ClassVar

from bedside.trust.ledger.checkpoint import (
    WHOLE,
    Checkpoint,
    CheckpointUnreadable,
    decode_hash,
    parse_checkpoint,
)
from bedside.trust.ledger.hashing import EMPTY_HEAD, Head
from bedside.trust.ledger.heads import HeadBook, Seen
from bedside.trust.ledger.key import SigningKey, VerifierKey
from bedside.trust.ledger.note import (
    NobodyKnownSigned,
    Note,
    NoteUnreadable,
    SignatureWrong,
    cosign,
    parse_note,
    verify_note,
)
from bedside.trust.ledger.proof import ProofRefused, verify_consistency
from bedside.trust.ledger.refusal import Refusal

LARGEST_REQUEST = 64 * 1024
MOST_LINES = 63
SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"


class RequestUnreadable(Refusal):
    """A request that breaks the protocol."""

    code: ClassVar[str] = "witness.request-unreadable"
    en: ClassVar[str] = "this is no add-checkpoint request; see c2sp.org/tlog-witness"
    es: ClassVar[str] = "esto no es una petición add-checkpoint; vea c2sp.org/tlog-witness"


class LogUnknown(Refusal):
    """A log that this witness was not asked to follow."""

    code: ClassVar[str] = "witness.log-unknown"
    en: ClassVar[str] = "this witness does not follow `{origin}`; ask its keeper to add the log"
    es: ClassVar[str] = "este testigo no sigue `{origin}`; pida a su responsable que lo añada"


class SizeStale(Refusal):
    """A request that starts from another size than the last one cosigned."""

    code: ClassVar[str] = "witness.size-stale"
    en: ClassVar[str] = "{size}"
    es: ClassVar[str] = "{size}"


STATUS: dict[type[Refusal], HTTPStatus] = {
    RequestUnreadable: HTTPStatus.BAD_REQUEST,
    NoteUnreadable: HTTPStatus.BAD_REQUEST,
    CheckpointUnreadable: HTTPStatus.BAD_REQUEST,
    LogUnknown: HTTPStatus.NOT_FOUND,
    NobodyKnownSigned: HTTPStatus.FORBIDDEN,
    SignatureWrong: HTTPStatus.FORBIDDEN,
    SizeStale: HTTPStatus.CONFLICT,
    ProofRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What goes back over HTTP."""

    status: HTTPStatus
    body: str
    content_type: str = TEXT_TYPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request taken apart."""

    old_size: int
    path: tuple[bytes, ...]
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Its key, the logs that it follows, its book, its clock."""

    key: SigningKey
    logs: Sequence[VerifierKey]
    book: HeadBook
    now: Callable[[], int]

    def add_checkpoint(self, request: bytes) -> Answer:
        """Cosign a checkpoint, or say why not."""
        try:
            return Answer(status=HTTPStatus.OK, body=self._cosign(parse_request(request)))
        except Refusal as refusal:
            status = STATUS.get(type(refusal), HTTPStatus.SERVICE_UNAVAILABLE)
            content_type = SIZE_TYPE if isinstance(refusal, SizeStale) else TEXT_TYPE
            return Answer(status=status, body=f"{refusal}\n", content_type=content_type)

    def find_checkpoint(self, origin_hash: str) -> Answer:
        """Find the last cosigned checkpoint of the log whose origin has that SHA-256."""
        for origin in sorted({key.name for key in self.logs}):
            seen = self.book.find(origin)
            if seen is not None and sha256(origin.encode()).hexdigest() == origin_hash:
                return Answer(status=HTTPStatus.OK, body=seen.note)
        return Answer(
            status=HTTPStatus.NOT_FOUND, body="no checkpoint of such a log was cosigned\n"
        )

    def _cosign(self, request: Request) -> str:
        note, checkpoint = request.note, parse_checkpoint(request.note.body)
        keys = [key for key in self.logs if key.name == checkpoint.origin]
        if not keys:
            raise LogUnknown(origin=checkpoint.origin)
        verified = verify_note(note, keys)
        if request.old_size > checkpoint.head.size:
            raise RequestUnreadable

        def step(last: Seen | None) -> Seen:
            _check_follows(last.head if last else EMPTY_HEAD, checkpoint, request)
            at = max(self.now(), last.at if last else 0)  # never back, whatever the clock does
            signatures = (*(one.signature for one in verified), cosign(note.body, self.key, at))
            text = Note(body=note.body, signatures=signatures).write()
            return Seen(head=checkpoint.head, at=at, note=text)

        seen = self.book.advance(checkpoint.origin, step)
        return parse_note(seen.note.encode()).signatures[-1].write()


def write_request(old_size: int, path: Sequence[bytes], note: str) -> bytes:
    """Write an add-checkpoint request."""
    lines = "".join(b64encode(one).decode() + "\n" for one in path)
    return f"old {old_size}\n{lines}\n{note}".encode()


def parse_request(request: bytes) -> Request:
    """Take an add-checkpoint request apart."""
    if len(request) > LARGEST_REQUEST:
        raise RequestUnreadable
    top, gap, note = request.partition(b"\n\n")
    try:
        first, *lines = top.decode("ascii").split("\n")
    except UnicodeDecodeError as error:
        raise RequestUnreadable from error
    word, _, size = first.partition(" ")
    path = tuple(one for one in map(decode_hash, lines) if one is not None)
    whole = word == "old" and gap and WHOLE.fullmatch(size) and len(path) == len(lines)
    if not whole or len(path) > MOST_LINES:
        raise RequestUnreadable
    return Request(old_size=int(size), path=path, note=parse_note(note))


def _check_follows(last: Head, checkpoint: Checkpoint, request: Request) -> None:
    if request.old_size != last.size:
        raise SizeStale(size=last.size)
    verify_consistency(last, checkpoint.head, request.path)
    if checkpoint.head.size == 0:
        verify_consistency(EMPTY_HEAD, checkpoint.head, ())
