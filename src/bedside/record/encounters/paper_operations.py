"""Noting a paper that was shown, and who looked at its photograph."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from bedside.record.encounters.models import Encounter, Paper
from bedside.record.encounters.operations import add_answer, lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.rules.vocabulary.catalogue import Value

TABLE = "encounters_paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A photograph that was decoded and is one."""

    kind: str  # jpeg or png
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What was seen on a paper, the kind that follows from it, and what that answers."""

    answers: Mapping[str, str]
    kind: str
    facts: Mapping[str, Value]
    image: Image | None = None


@operation
def record_paper(act: Act, stay: Encounter, *, shown: Shown) -> Paper:
    """Note a paper and the answers that follow; the ledger commits to the photograph's digest."""
    lock_open(stay)
    id_, room = act.draw_id(), open_room(act, stay)
    said = json.dumps({"answers": dict(shown.answers), "kind": shown.kind})
    image = shown.image
    paper = Paper.objects.create(
        id=id_,
        encounter=stay,
        answers=room.seal(said, TABLE, id_, "answers"),
        image=room.seal_bytes(image.data, TABLE, id_, "image") if image else b"",
        image_kind=image.kind if image else "",
        by=act.by,
        shown_at=act.at,
        noted_at=act.at,
    )
    for fact, value in sorted(shown.facts.items()):
        add_answer(act, stay, fact=fact, value=value, answered_at=act.at)
    content = {
        "answers": dict(shown.answers),
        "facts": dict(shown.facts),
        "image": hashlib.sha256(image.data).hexdigest() if image else None,
        "kind": shown.kind,
        "paper": str(id_),
    }
    append(
        act,
        Happening(
            kind="paper.shown", about=stay.about, record=stay.about, content=content, room=room
        ),
    )
    return paper


@operation
def record_paper_viewed(act: Act, paper: Paper) -> None:
    """Tell the journal who took a photograph of a paper out of the vault."""
    about = paper.encounter.about
    content = {"paper": str(paper.pk)}
    append(act, Happening(kind="paper.viewed", about=about, record=about, content=content))
