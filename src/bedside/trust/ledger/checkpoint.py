"""Checkpoints as C2SP tlog-checkpoint: a log's name, its size and its root, as a signed note."""

import base64
import binascii
import re
from dataclasses import dataclass
from typing import ClassVar

from bedside.trust.ledger.hashing import HASH_BYTES, Head
from bedside.trust.ledger.refusal import Refusal

WHOLE = re.compile(r"0|[1-9][0-9]{0,18}")
LINES = 3


class CheckpointUnreadable(Refusal):
    """A note whose text is no checkpoint."""

    code: ClassVar[str] = "ledger.checkpoint-unreadable"
    en: ClassVar[str] = "this is signed, but it is no checkpoint of a log: `{text}`"
    es: ClassVar[str] = "esto está firmado, pero no es un punto de control: `{text}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a log says of itself at one size."""

    origin: str
    head: Head
    extensions: tuple[str, ...] = ()  # others may write them; we never do, for nobody audits them

    def write(self) -> bytes:
        """Write the text that is signed."""
        root = base64.b64encode(self.head.root).decode()
        lines = (self.origin, str(self.head.size), root, *self.extensions)
        return "".join(f"{line}\n" for line in lines).encode()


def parse_checkpoint(body: bytes) -> Checkpoint:
    """Read a checkpoint from the text of a note."""
    text = body.decode("utf-8", "replace")
    origin, size, root, *extensions = text.removesuffix("\n").split("\n") + [""] * LINES
    extensions = extensions[:-LINES]
    digest = decode_hash(root)
    if not origin or not WHOLE.fullmatch(size) or digest is None or "" in extensions:
        raise CheckpointUnreadable(text=text[:60])
    head = Head(size=int(size), root=digest)
    return Checkpoint(origin=origin, head=head, extensions=tuple(extensions))


def decode_hash(text: str) -> bytes | None:
    """Decode one base64 hash, or nothing; only the one right spelling of it counts."""
    try:
        digest = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(digest) != HASH_BYTES or base64.b64encode(digest).decode() != text:
        return None
    return digest
