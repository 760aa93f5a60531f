"""Recording a visit at the door: what is known, what happens, who is called, what is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import Strongroom
from bedside.record.visits.known import Known, read_known
from bedside.record.visits.models import Moment, Visit
from bedside.record.visits.rooms import make_room, open_room
from bedside.record.visits.tables import OUTCOMES, REFUSALS

TABLE, MOMENTS = "visits_visit", "visits_moment"
ENTERED, DECLINED = "entered", "declined"
CALLED_AT_THE_DOOR, CALLED_AFTER_ENTRY = "visit", "visit_entered"  # why a page is sent
KINDS = {
    **dict.fromkeys((*REFUSALS, DECLINED), "visit.refused"),
    ENTERED: "visit.entered",
    "phoned_answered": "call.answered",
    "phoned_no_answer": "call.made",
}
SEEN = {"masked": "masked", "name_refused": "refused", "badge_refused": "refused"}


class VisitChanged(Refused):
    """A form of an older state of the visit."""

    code: ClassVar[str] = "visits.changed"
    en: ClassVar[str] = (
        "Somebody else wrote to this visit while your page was open. What they wrote stands beside"
        " what you typed; check it and send once more."
    )
    es: ClassVar[str] = (
        "Alguien más escribió en esta visita mientras su página estaba abierta. Lo que escribió"
        " está junto a lo suyo; revíselo y envíe otra vez."
    )


class VisitClosed(Refused):
    """A visit that is closed takes corrections only."""

    code: ClassVar[str] = "visits.closed"
    en: ClassVar[str] = "This visit is closed. Add a correction; it stands beside what is there."
    es: ClassVar[str] = "Esta visita está cerrada. Agregue una corrección; queda junto a lo demás."


class NothingToCorrect(Refused):
    """A correction that says nothing."""

    code: ClassVar[str] = "visits.nothing-to-correct"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "The correction is empty. Write what is wrong and what is right."
    es: ClassVar[str] = "La corrección está vacía. Escriba qué está mal y qué es lo correcto."


@dataclass(frozen=True, slots=True, kw_only=True)
class Happens:
    """One thing that happens at the door."""

    what: str  # an id of scripts.yaml
    happened_at: datetime
    role: str = ""
    words: str = ""
    witness: str = ""


@operation
def record_visit(act: Act, *, known: Known, came_at: datetime, call: Sequence[str] = ()) -> Visit:
    """Record that officers came, and page whom the house has named for it."""
    id_ = act.draw_id()
    room = make_room(act, id_)
    visit = Visit.objects.create(
        id=id_,
        site_id=act.site,
        by=act.by,
        known=room.seal(known.write(), TABLE, id_, "known"),
        came_at=came_at,
        noted_at=act.at,
    )
    paged = _page(act, visit, call, reason=CALLED_AT_THE_DOOR)
    content = {"came_at": came_at.isoformat(), "known": known.told(), "paged": paged}
    _tell(act, visit, "visit.opened", content, room=room)
    return visit


@operation
def record_known(
    act: Act, visit: Visit, *, known: Known, version: int, came_at: datetime | None = None
) -> Visit:
    """Add to what is known, or correct it; what stood before stays in the journal."""
    visit = _hold(visit)
    if visit.version != version:
        raise VisitChanged
    room = open_room(act, visit.about)
    earlier = read_known(room.open(visit.known, TABLE, visit.pk, "known"))
    came_at = came_at or visit.came_at
    content: dict[str, object] = {"known": known.changes(earlier)}
    if came_at != visit.came_at:
        content["came_at"] = came_at.isoformat()
    visit.came_at = came_at
    _keep(visit, known, room)
    _tell(act, visit, "visit.changed", content, room=room)
    return visit


@operation
def record_moment(act: Act, visit: Visit, *, moment: Happens, call: Sequence[str] = ()) -> Moment:
    """Record what happens: a refusal, a call, an entry, how it ended; page who has to know."""
    visit = _hold(visit)
    room = open_room(act, visit.about)
    id_ = act.draw_id()
    row = Moment.objects.create(
        id=id_,
        visit=visit,
        what=moment.what,
        role=moment.role,
        words=room.seal(moment.words, MOMENTS, id_, "words"),
        witness=room.seal(moment.witness, MOMENTS, id_, "witness"),
        by=act.by,
        happened_at=moment.happened_at,
    )
    _take_in(visit, moment, room)
    paged = _page(act, visit, call, reason=CALLED_AFTER_ENTRY)
    content: dict[str, object] = {
        "happened_at": moment.happened_at.isoformat(),
        "paged": paged,
        "role": moment.role,
        "what": moment.what,
        "witness": moment.witness,
        "words": moment.words,
    }
    _tell(act, visit, KINDS.get(moment.what, "visit.changed"), content, room=room)
    return row


@operation
def record_correction(act: Act, visit: Visit, *, text: str) -> None:
    """Append a correction; it stands beside what it corrects, in a closed visit too."""
    if not text.strip():
        raise NothingToCorrect
    _tell(act, visit, "visit.changed", {"correction": text.strip()})


@operation
def record_closing(act: Act, visit: Visit) -> Visit:
    """Close a visit; from then on it takes corrections only."""
    visit = _hold(visit)
    visit.closed_at = act.at
    visit.version += 1
    visit.save(update_fields=["closed_at", "version"])
    _tell(act, visit, "visit.closed", {"outcome": visit.outcome})
    return visit


@operation
def record_viewed(act: Act, visit: Visit) -> None:
    """Note that somebody read a visit that is not their own."""
    _tell(act, visit, "visit.viewed", {})


@operation
def record_exported(act: Act, visit: Visit, *, missing: Sequence[str]) -> None:
    """Note that the packet was made, and what was missing in it then."""
    _tell(act, visit, "visit.exported", {"missing": sorted(missing), "version": visit.version})


def _hold(visit: Visit) -> Visit:
    """Hold the row until the transaction ends; refuse a closed visit."""
    held = Visit.objects.select_for_update().get(pk=visit.pk)
    if held.closed_at is not None:
        raise VisitClosed
    return held


def _take_in(visit: Visit, moment: Happens, room: Strongroom) -> None:
    """Take over what a moment says of the visit itself."""
    if moment.what in OUTCOMES:
        visit.outcome = moment.what
    known = read_known(room.open(visit.known, TABLE, visit.pk, "known"))
    if moment.what in SEEN and known.identity != "masked":
        known = replace(known, identity=SEEN[moment.what])
    _keep(visit, known, room)


def _keep(visit: Visit, known: Known, room: Strongroom) -> None:
    visit.known = room.seal(known.write(), TABLE, visit.pk, "known")
    visit.version += 1
    visit.save(update_fields=["known", "outcome", "came_at", "version"])


def _page(act: Act, visit: Visit, roles: Sequence[str], *, reason: str) -> list[str]:
    for role in roles:
        add_page(act, about=visit.about, to_role=role, reason=reason)
    return list(roles)


def _tell(
    act: Act,
    visit: Visit,
    kind: str,
    content: Content,
    *,
    room: Strongroom | None = None,
) -> None:
    about = visit.about
    append(act, Happening(kind=kind, about=about, record=about, content=content, room=room))
