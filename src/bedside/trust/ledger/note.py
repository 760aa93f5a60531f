"""Signed notes as C2SP signed-note: a text, an empty line, and a line for each signature."""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from bedside.trust.ledger.key import ID_BYTES, Algorithm, SigningKey, VerifierKey, is_key_name
from bedside.trust.ledger.refusal import Refusal, Said

LARGEST_NOTE = 256 * 1024
MOST_SIGNATURES = 64  # the standard asks verifiers to accept at least 16
STAMP_BYTES = 8
DASH = "— "

TOO_LARGE = Said("it is too large", "es demasiado grande")
NOT_TEXT = Said("it is not plain UTF-8 text", "no es texto UTF-8 simple")
NO_SIGNATURES = Said("it has no signatures", "no tiene firmas")
BAD_LINE = Said("a signature line is malformed", "una línea de firma está mal formada")


class NoteUnreadable(Refusal):
    """A note that breaks the format."""

    code: ClassVar[str] = "ledger.note-unreadable"
    en: ClassVar[str] = "the signed note cannot be read: {why}; ask for it again"
    es: ClassVar[str] = "no se puede leer la nota firmada: {why}; pídala de nuevo"


class SignatureWrong(Refusal):
    """A signature in the name of a known key that this key did not make."""

    code: ClassVar[str] = "ledger.signature-wrong"
    en: ClassVar[str] = "the signature of `{name}` is wrong; the text or the signature was changed"
    es: ClassVar[str] = "la firma de `{name}` es falsa; se cambió el texto o la firma"


class NobodyKnownSigned(Refusal):
    """A note that no key we know has signed."""

    code: ClassVar[str] = "ledger.nobody-known-signed"
    en: ClassVar[str] = "no key that you trust signed this; it may be from somebody else"
    es: ClassVar[str] = "no lo firmó ninguna clave de su confianza; puede ser de otra persona"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature line."""

    name: str
    key_id: bytes
    signature: bytes

    def write(self) -> str:
        """Write the line, with its end."""
        return f"{DASH}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A signature that held: whose, and for a cosignature when it was made."""

    key: VerifierKey
    signature: Signature
    at: int | None = None  # seconds since 1970


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note taken apart; nothing in it is trusted yet."""

    body: bytes
    signatures: tuple[Signature, ...]

    def write(self) -> str:
        """Write the note."""
        return self.body.decode() + "\n" + "".join(one.write() for one in self.signatures)


def parse_note(text: bytes) -> Note:
    """Take a note apart, or refuse it; checks no signature."""
    if len(text) > LARGEST_NOTE:
        raise NoteUnreadable(why=TOO_LARGE)
    if any(byte < ord(" ") and byte != ord("\n") for byte in text):
        raise NoteUnreadable(why=NOT_TEXT)
    try:
        body, gap, lines = text.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise NoteUnreadable(why=NOT_TEXT) from error
    if not gap or not lines.endswith("\n"):
        raise NoteUnreadable(why=NO_SIGNATURES)
    return Note(body=(body + "\n").encode(), signatures=parse_signatures(lines))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Take signature lines apart."""
    split = lines.removesuffix("\n").split("\n")
    if len(split) > MOST_SIGNATURES:
        raise NoteUnreadable(why=TOO_LARGE)
    return tuple(_parse_line(line) for line in split)


def verify_note(note: Note, keys: Iterable[VerifierKey]) -> tuple[Verified, ...]:
    """Check every signature of a known key; one wrong one condemns the note."""
    known = {(key.name, key.key_id): key for key in keys}
    found = [
        _verify(one, known[one.name, one.key_id], note.body)
        for one in note.signatures
        if (one.name, one.key_id) in known
    ]
    if not found:
        raise NobodyKnownSigned
    return tuple(found)


def sign(body: bytes, key: SigningKey) -> Signature:
    """Sign a note's text as its author."""
    return _signature(key, key.sign(body))


def cosign(body: bytes, key: SigningKey, at: int) -> Signature:
    """Sign a checkpoint as its witness, at a time in seconds since 1970."""
    stamped = at.to_bytes(STAMP_BYTES, "big")
    return _signature(key, stamped + key.sign(cosigned_message(body, at)))


def cosigned_message(body: bytes, at: int) -> bytes:
    """Write what an Ed25519 cosignature signs."""
    return b"cosignature/v1\ntime %d\n" % at + body


def _signature(key: SigningKey, signature: bytes) -> Signature:
    return Signature(name=key.name, key_id=key.verifier.key_id, signature=signature)


def _parse_line(line: str) -> Signature:
    name, gap, encoded = line.removeprefix(DASH).partition(" ")
    try:
        signed = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteUnreadable(why=BAD_LINE) from error
    named = line.startswith(DASH) and gap and is_key_name(name)
    # Base64 has spare bits at its end: of the spellings of one signature only one counts.
    if not named or len(signed) <= ID_BYTES or base64.b64encode(signed).decode() != encoded:
        raise NoteUnreadable(why=BAD_LINE)
    return Signature(name=name, key_id=signed[:ID_BYTES], signature=signed[ID_BYTES:])


def _verify(one: Signature, key: VerifierKey, body: bytes) -> Verified:
    signed, at, message = one.signature, None, body
    if key.algorithm is Algorithm.COSIGNATURE:
        at = int.from_bytes(signed[:STAMP_BYTES], "big")
        signed, message = signed[STAMP_BYTES:], cosigned_message(body, at)
    if not key.is_signature(signed, message):
        raise SignatureWrong(name=one.name)
    return Verified(key=key, signature=one, at=at)
