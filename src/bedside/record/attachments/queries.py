"""Reading what was handed in. That somebody read it is an event, and the caller's to record."""

import json
from dataclasses import dataclass

from bedside.record.attachments.kinds import COPIED_AS, Kind
from bedside.record.attachments.models import Attachment
from bedside.record.vault.sealed import Strongroom

TABLE = "attachments_attachment"
OCTETS = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known of a file."""

    name: str  # as it was handed in; never the name of a download
    kind: Kind
    pages: int
    size: int
    original: str  # its SHA-256, as the ledger committed to it
    working: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file on its way out, never to be shown by the browser that gets it."""

    name: str
    media: str
    data: bytes


def find_attachments(site: str, owner: str) -> tuple[Attachment, ...]:
    """Find the files of an owner, without the files themselves."""
    found = Attachment.objects.filter(site=site, owner=owner).order_by("place")
    return tuple(found.defer("original", "working"))


def read_about(room: Strongroom, attachment: Attachment) -> About:
    """Read what is known of a file."""
    plain = json.loads(room.open(attachment.about, TABLE, attachment.pk, "about"))
    return About(**plain | {"kind": Kind(plain["kind"])})


def read_working_copy(room: Strongroom, attachment: Attachment) -> Download:
    """Read the copy without metadata: what people look at."""
    form = COPIED_AS[read_about(room, attachment).kind]
    data = room.open_bytes(attachment.working, TABLE, attachment.pk, "working")
    return Download(name=f"copy-{attachment.place}.{form.end}", media=form.media, data=data)


def read_original(room: Strongroom, attachment: Attachment) -> Download:
    """Read the original, byte for byte; it may hold what harms whoever opens it carelessly."""
    data = room.open_bytes(attachment.original, TABLE, attachment.pk, "original")
    return Download(name=f"original-{attachment.place}.bin", media=OCTETS, data=data)
