"""What a file is, told by its content alone: a name proves nothing, and nobody is asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bedside.record.attachments.limits import MOST_BYTES
from bedside.record.attachments.refusals import (
    Empty,
    IsMarkup,
    IsSound,
    NotTaken,
    TooLarge,
    TwoInOne,
    WrongPicture,
)


class Kind(StrEnum):
    """What is taken."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    PDF = "pdf"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a copy is written: its kind for a browser, and how its name ends."""

    media: str
    end: str


PICTURE = Form(media="image/jpeg", end="jpg")
COPIED_AS = {
    Kind.JPEG: PICTURE,
    Kind.PNG: PICTURE,
    Kind.WEBP: PICTURE,
    Kind.PDF: Form(media="application/pdf", end="pdf"),
    Kind.TEXT: Form(media="text/plain", end="txt"),
}
STARTS = {b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG, b"%PDF-": Kind.PDF}
# Families of containers that begin alike and say at byte 8 what they hold.
RIFF = {b"WEBP": Kind.WEBP}
SOUND_STARTS: tuple[bytes, ...] = (b"ID3", b"OggS", b"fLaC", b"#!AMR", b"\x1aE\xdf\xa3", b"0&\xb2u")
SOUND_STARTS += (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")
SOUND_STARTS += (b"RIFF", b"FORM", b"caff")
NEW_PICTURES = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
NEW_PICTURES |= {b"avif", b"avis"}
MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|iframe|svg|object|embed|img|\?php)\b", re.IGNORECASE
)
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")

# Where a second file hides: programs look for its beginning here, or for an archive's end there.
HEAD, TAIL = 1445, 65_557
ARCHIVE_END = b"PK\x05\x06"


def tell_kind(data: bytes) -> Kind:
    """Tell what is in a file, or refuse it with what to do instead."""
    if not data.strip():
        raise Empty
    if len(data) > MOST_BYTES:
        raise TooLarge
    kind = _find_kind(data)
    if _is_two(kind, data):
        raise TwoInOne
    return kind


def _find_kind(data: bytes) -> Kind:
    for start, kind in STARTS.items():
        if data.startswith(start):
            return kind
    if data[:4] == b"RIFF" and data[8:12] in RIFF:
        return RIFF[data[8:12]]
    if data[4:8] == b"ftyp":
        raise WrongPicture if data[8:12] in NEW_PICTURES else IsSound
    if data.startswith(SOUND_STARTS):
        raise IsSound
    return _find_text(data)


def _find_text(data: bytes) -> Kind:
    if MARKUP.search(data):
        raise IsMarkup
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTaken from None
    if UNPRINTABLE.search(text) or text.startswith(("{\\rtf", "%!PS", "<?xml")):
        raise NotTaken
    return Kind.TEXT


def _is_two(kind: Kind, data: bytes) -> bool:
    """Tell whether another program would find another file in this one."""
    head = data[1:HEAD]
    other = b"%PDF-" in head or MARKUP.search(head) is not None
    return kind is not Kind.TEXT and (other or ARCHIVE_END in data[-TAIL:])
