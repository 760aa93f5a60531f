"""Keeping a file: a part of the caller's own operation, and of the caller's one event."""

import json

from bedside.record.attachments.copying import HandedIn
from bedside.record.attachments.limits import MOST_FILES, MOST_TOTAL
from bedside.record.attachments.models import Attachment
from bedside.record.attachments.queries import TABLE, find_attachments, read_about
from bedside.record.attachments.refusals import TooManyFiles
from bedside.record.journal.act import Act
from bedside.record.vault.sealed import Strongroom


def add_attachment(act: Act, handed_in: HandedIn, *, owner: str, room: Strongroom) -> Attachment:
    """Seal both copies with the owner's keys; the caller's event holds the `commitment`.

    The caller has locked the owner, and has a right to add to it. Nothing here tells who or when.
    """
    earlier = find_attachments(act.site, owner)
    total = sum(read_about(room, one).size for one in earlier) + len(handed_in.original)
    if len(earlier) >= MOST_FILES or total > MOST_TOTAL:
        raise TooManyFiles
    id_ = act.draw_id()
    about = json.dumps({"name": handed_in.name, **handed_in.commitment}, sort_keys=True)
    return Attachment.objects.create(
        id=id_,
        site_id=act.site,
        owner=owner,
        place=len(earlier) + 1,
        about=room.seal(about, TABLE, id_, "about"),
        original=room.seal_bytes(handed_in.original, TABLE, id_, "original"),
        working=room.seal_bytes(handed_in.working, TABLE, id_, "working"),
    )
