"""Noting how things stand, and taking back or correcting a note."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import add_answer, lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.presence.models import Mark
from bedside.record.presence.refusals import CorrectedBefore, UndoTooLate
from bedside.rules.vocabulary.catalogue import Value

TABLE: Final = "presence_mark"
UNDO: Final = timedelta(seconds=10)
# A little longer than what people are told: a tap in the last second is not lost to the network.
GRACE: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What somebody noted at one moment."""

    position: str = ""
    device: str = ""
    preset: str = ""
    facts: Mapping[str, Value]
    claims: tuple[str, ...] = ()  # what an officer or a manager claimed, by the names of buttons
    paper: str = ""  # what was shown for it
    happened_at: datetime | None = None


@operation
def record_mark(act: Act, stay: Encounter, *, noted: Noted, corrects: Mark | None = None) -> Mark:
    """Note how things stand; the answers are the stay's from then on."""
    lock_open(stay)
    mark = add_mark(act, stay, noted=noted, corrects=corrects)
    for fact, value in sorted(noted.facts.items()):
        add_answer(act, stay, fact=fact, value=value, answered_at=mark.happened_at)
    kind = "presence.corrected" if corrects else "presence.noted"
    content = {
        "claims": list(noted.claims),
        "corrects": str(corrects.pk) if corrects else None,
        "device": noted.device,
        "facts": dict(noted.facts),
        "happened_at": mark.happened_at.isoformat(),
        "mark": str(mark.pk),
        "paper": noted.paper,
        "position": noted.position,
        "preset": noted.preset,
    }
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))
    return mark


@operation
def record_undo(act: Act, mark: Mark) -> Mark:
    """Take back a note within ten seconds; both rows stay."""
    if act.at - mark.noted_at > UNDO + GRACE:
        raise UndoTooLate(seconds=int(UNDO.total_seconds()))
    stay = lock_open(mark.encounter)
    taken = add_mark(act, stay, noted=Noted(facts={}), corrects=mark, is_withdrawn=True)
    content = {"corrects": str(mark.pk), "mark": str(taken.pk), "withdrawn": True}
    happening = Happening(
        kind="presence.corrected", about=stay.about, record=stay.about, content=content
    )
    append(act, happening)
    return taken


def add_mark(
    act: Act,
    stay: Encounter,
    *,
    noted: Noted,
    corrects: Mark | None = None,
    is_withdrawn: bool = False,
) -> Mark:
    """Add a note to an operation that tells of it in its own event."""
    if corrects is not None and Mark.objects.filter(corrects=corrects).exists():
        raise CorrectedBefore
    id_ = act.draw_id()
    room = open_room(act, stay)
    facts = json.dumps(dict(noted.facts), sort_keys=True) if noted.facts else ""
    heard = json.dumps({"claims": noted.claims, "paper": noted.paper}) if noted.claims else ""
    return Mark.objects.create(
        id=id_,
        encounter=stay,
        happened_at=noted.happened_at or (corrects.happened_at if corrects else act.at),
        noted_at=act.at,
        by=act.person,
        position=noted.position,
        device=noted.device,
        preset=noted.preset,
        facts=room.seal(facts, TABLE, id_, "facts"),
        heard=room.seal(heard, TABLE, id_, "heard"),
        corrects=corrects,
        is_withdrawn=is_withdrawn,
    )
