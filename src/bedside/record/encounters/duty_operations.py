"""Duties with clocks: what is to be done is listed, done by somebody, or closed with the reason."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from bedside.record.encounters.models import Duty, Encounter
from bedside.record.encounters.operations import lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused

TABLE = "encounters_duty"
NO_LONGER = "no_longer_applies"


class NotOpen(Refused):
    """A duty that is done or closed."""

    code: ClassVar[str] = "encounters.duty-not-open"
    en: ClassVar[str] = "Somebody did or closed this already; nothing was changed."
    es: ClassVar[str] = "Alguien ya lo hizo o lo cerró; no cambió nada."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Something that has to be done, from when its clock runs, and by when."""

    act: str
    party: str
    to: str
    norms: tuple[str, ...]
    within: str
    after: str
    began_at: datetime
    due_at: datetime | None


@operation
def record_duties_listed(
    act: Act, stay: Encounter, *, wanted: tuple[Wanted, ...], closed: tuple[UUID, ...]
) -> None:
    """List what has come to be due, and close what the answers no longer ask; done ones stay."""
    lock_open(stay)
    room = open_room(act, stay)
    listed = []
    for one in wanted:
        id_ = act.draw_id()
        what = {
            "act": one.act,
            "after": one.after,
            "norms": list(one.norms),
            "party": one.party,
            "to": one.to,
            "within": one.within,
        }
        Duty.objects.create(
            id=id_,
            encounter=stay,
            what=room.seal(json.dumps(what), TABLE, id_, "what"),
            began_at=one.began_at,
            due_at=one.due_at,
            listed_at=act.at,
        )
        due_at = one.due_at.isoformat() if one.due_at else None
        listed.append({"due_at": due_at, "duty": str(id_), **what})
    open_ = Duty.objects.filter(encounter=stay, pk__in=closed, done_at=None, closed_at=None)
    open_.update(closed_at=act.at, closed_why=NO_LONGER)
    content = {"closed": sorted(map(str, closed)), "listed": listed, "why": NO_LONGER}
    append(
        act,
        Happening(
            kind="duty.listed", about=stay.about, record=stay.about, content=content, room=room
        ),
    )


@operation
def record_duty_done(act: Act, stay: Encounter, duty_id: UUID) -> None:
    """Note that a duty was done, and by whom."""
    open_ = Duty.objects.filter(encounter=stay, pk=duty_id, done_at=None, closed_at=None)
    if not open_.update(done_at=act.at, done_by=act.by):
        raise NotOpen
    content = {"duty": str(duty_id)}
    append(act, Happening(kind="duty.done", about=stay.about, record=stay.about, content=content))
