"""From the bytes that somebody handed in to what is kept: both copies, and their digests.

This is done before an operation begins: opening a file takes seconds, and nobody's writing waits
for it.
"""

import hashlib
import json
import logging
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bedside.record.attachments.kinds import COPIED_AS, Kind, tell_kind
from bedside.record.attachments.limits import MOST_COPY, MOST_NAME
from bedside.record.attachments.process import run_sandbox
from bedside.record.attachments.refusals import (
    CannotOpen,
    IsLocked,
    TooLong,
    TooManyPages,
    TooManyPixels,
)
from bedside.record.refusal import Refused

LOG = logging.getLogger("bedside.attachments")
WHY: Mapping[str, type[Refused]] = {
    "locked": IsLocked,
    "long": TooLong,
    "pages": TooManyPages,
    "pixels": TooManyPixels,
}
LINE = 200  # bytes of the program's one line about a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A file that was opened: the original untouched, the working copy without metadata."""

    name: str
    kind: Kind
    pages: int
    original: bytes
    working: bytes

    @property
    def commitment(self) -> dict[str, object]:
        """Say what the ledger commits to; it stands in the content of the caller's event."""
        return {
            "kind": self.kind.value,
            "original": hashlib.sha256(self.original).hexdigest(),
            "pages": self.pages,
            "size": len(self.original),
            "working": hashlib.sha256(self.working).hexdigest(),
        }


def open_handed_in(name: str, data: bytes) -> HandedIn:
    """Open a file in its own process and copy it, or refuse it with what to do instead."""
    kind = tell_kind(data)
    about, working = _read(run_sandbox(kind.value, data))
    why = about.get("why")
    if why in WHY:
        raise WHY[str(why)]
    pages = about.get("pages")
    if about.get("media") != COPIED_AS[kind].media or not isinstance(pages, int) or not working:
        raise CannotOpen
    if about.get("filtered") is not True:
        _warn()
    return HandedIn(name=tidy_name(name), kind=kind, pages=pages, original=data, working=working)


def tidy_name(name: str) -> str:
    """Keep of a name what a person reads: no folders, nothing hidden, not too long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = (c for c in last if not unicodedata.category(c).startswith("C"))
    return " ".join("".join(shown).split())[:MOST_NAME]


def _read(said: bytes) -> tuple[Mapping[str, object], bytes]:
    """Read the answer; a program that was overcome by a file may say anything."""
    line, _, working = said.partition(b"\n")
    if len(line) > LINE or len(working) > MOST_COPY:
        raise CannotOpen
    try:
        about = json.loads(line)
    except ValueError:
        raise CannotOpen from None
    if not isinstance(about, dict):
        raise CannotOpen
    return about, working


@cache
def _warn() -> None:
    LOG.warning("files are opened within limits, but this system filters no calls")
