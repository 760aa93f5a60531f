"""Opening a stay, moving and closing it, answering the questions about it, and who read it."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db.models import Q

from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Answered, Encounter, Packet
from bedside.record.encounters.rooms import make_room, open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import DoneBefore, Happening, append, operation
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.catalogue import Value

# 30 signs that are not taken for one another, read or said.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS_IN_CODE = 6


class ChangedMeanwhile(Refused):
    """A stay that somebody else moved or closed after the page was opened."""

    code: ClassVar[str] = "encounters.changed-meanwhile"
    en: ClassVar[str] = (
        "Somebody else changed this stay after you opened the page: it is now in {unit}, room"
        " {room}. Look, and send yours again if it still holds."
    )
    es: ClassVar[str] = (
        "Otra persona cambió esta estancia después de que usted abrió la página: ahora está en"
        " {unit}, cuarto {room}. Mire y envíe lo suyo otra vez si sigue valiendo."
    )


class Closed(Refused):
    """A stay that is over."""

    code: ClassVar[str] = "encounters.closed"
    en: ClassVar[str] = "This stay is closed; nothing was added. Open a new one if custody goes on."
    es: ClassVar[str] = (
        "Esta estancia está cerrada; no se agregó nada. Abra otra si la custodia continúa."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is known when a stay is opened."""

    unit: str
    room: str
    how: str = "hand"
    patient: str = ""  # how bedside staff know the patient
    number: str = ""  # the hospital's own number, kept only so that it can be found again
    language: str = ""
    opened_at: datetime | None = None  # when it began, if that was before it is noted


@operation
def record_encounter(act: Act, *, opening: Opening, facts: Mapping[str, Value]) -> Encounter:
    """Open a stay under custody with what is known of it."""
    stay = add_encounter(act, opening, facts)
    _tell_opened(act, stay, opening, facts)
    return stay


@operation
def record_encounter_from_message(
    act: Act, *, message: str, opening: Opening, facts: Mapping[str, Value]
) -> Encounter:
    """Open a stay because a registration message says so; the same message opens none again."""
    Site.objects.select_for_update().get(slug=act.site)  # two copies at one moment wait here
    known = hmac.digest(act.master.lookup_key(act.site), f"message\n{message}".encode(), "sha256")
    earlier = Encounter.objects.filter(site_id=act.site, message=known).first()
    if earlier is not None:
        raise DoneBefore(earlier.about, "encounter.opened")
    stay = add_encounter(act, opening, facts)
    stay.message = known
    stay.save(update_fields=["message"])
    _tell_opened(act, stay, opening, facts)
    return stay


def add_encounter(
    act: Act, opening: Opening, facts: Mapping[str, Value], *, code: str = ""
) -> Encounter:
    """Add a stay to an operation that tells of it in its own event."""
    id_ = act.draw_id()
    room = make_room(act, id_)
    stay = Encounter.objects.create(
        id=id_,
        site_id=act.site,
        code=code or draw_code(act),
        unit=opening.unit,
        room=opening.room,
        how=opening.how,
        patient=room.seal(opening.patient, "encounters_encounter", id_, "patient"),
        lookup=find_lookup(act, opening.number),
        language=opening.language,
        opened_at=opening.opened_at or act.at,
        noted_at=act.at,
    )
    for fact, value in sorted(facts.items()):
        add_answer(act, stay, fact=fact, value=value, answered_at=stay.opened_at)
    return stay


@operation
def record_answers(
    act: Act, stay: Encounter, *, facts: Mapping[str, Value], answered_at: datetime | None = None
) -> None:
    """Answer questions about a stay; earlier answers end and stay readable."""
    lock_open(stay)
    for fact, value in sorted(facts.items()):
        add_answer(act, stay, fact=fact, value=value, answered_at=answered_at or act.at)
    content = {"answered_at": (answered_at or act.at).isoformat(), "facts": dict(facts)}
    append(
        act,
        Happening(kind="fact.answered", about=stay.about, record=stay.about, content=content),
    )


def add_answer(
    act: Act, stay: Encounter, *, fact: str, value: Value, answered_at: datetime
) -> Answered:
    """Add an answer to an operation that tells of it in its own event."""
    id_ = act.draw_id()
    room = open_room(act, stay)
    Answered.objects.filter(encounter=stay, fact=fact, ended_at=None).update(ended_at=act.at)
    sealed = room.seal(json.dumps(value), "encounters_answered", id_, "value")
    return Answered.objects.create(
        id=id_,
        encounter=stay,
        fact=fact,
        value=sealed,
        by=act.by,
        answered_at=answered_at,
        noted_at=act.at,
    )


@operation
def record_move(act: Act, stay: Encounter, *, unit: str, room: str, version: int) -> None:
    """Move a patient; what was answered about the old room counts no more."""
    _take_version(stay, version, unit=unit, room=room, moved_at=act.at)
    content = {"from": {"room": stay.room, "unit": stay.unit}, "to": {"room": room, "unit": unit}}
    append(
        act,
        Happening(kind="encounter.moved", about=stay.about, record=stay.about, content=content),
    )


@operation
def record_closing(act: Act, stay: Encounter, *, why: str, version: int, despite: str = "") -> None:
    """Close a stay: custody ended, or the patient left, perhaps despite a need that was open."""
    _take_version(stay, version, closed_at=act.at, closed_why=why)
    content = {"despite": despite, "why": why}
    append(
        act,
        Happening(kind="encounter.closed", about=stay.about, record=stay.about, content=content),
    )


@operation
def record_viewed(act: Act, stay: Encounter) -> None:
    """Tell the journal who read a stay; the key of the act is one for each five minutes."""
    append(act, Happening(kind="encounter.viewed", about=stay.about, record=stay.about, content={}))


@operation
def record_searched(act: Act, *, number: str) -> Encounter | None:
    """Look for a stay by the hospital's own number or its code; that somebody did is an event."""
    lookup = find_lookup(act, number)
    rows = Encounter.objects.filter(site_id=act.site)
    rows = rows.filter(Q(lookup=lookup) | Q(code=number.strip().upper()))
    found = rows.order_by("-opened_at").first() if lookup else None
    content = {"found": found.about if found else None}
    append(act, Happening(kind="encounter.searched", about=f"site/{act.site}", content=content))
    return found


@operation
def record_exported(act: Act, stay: Encounter, *, what: str) -> None:
    """Tell the journal that something of a stay left the house's record."""
    append(
        act,
        Happening(
            kind="encounter.exported", about=stay.about, record=stay.about, content={"what": what}
        ),
    )


def find_lookup(act: Act, number: str) -> bytes | None:
    """Find under what a hospital's number is found again; nothing for no number."""
    number = "".join(number.split()).upper()
    if not number:
        return None
    return hmac.digest(act.master.lookup_key(act.site), number.encode(), "sha256")


def lock_open(stay: Encounter) -> Encounter:
    """Hold a stay until the operation ends, or refuse if it is closed."""
    held = Encounter.objects.select_for_update().get(pk=stay.pk)
    if held.closed_at is not None:
        raise Closed
    return held


def draw_code(act: Act) -> str:
    """Draw a code that no stay and no paper packet of this hospital has."""
    while True:
        drawn = [SIGNS[byte % len(SIGNS)] for byte in act.random(SIGNS_IN_CODE)]
        code = f"{''.join(drawn[:3])}-{''.join(drawn[3:])}"
        taken = (Encounter, Packet)
        if not any(m.objects.filter(site_id=act.site, code=code).exists() for m in taken):
            return code


def _take_version(stay: Encounter, version: int, **changes: object) -> None:
    held = lock_open(stay)
    if held.version != version:
        raise ChangedMeanwhile(unit=held.unit, room=held.room)
    Encounter.objects.filter(pk=stay.pk).update(version=version + 1, **changes)


def _tell_opened(act: Act, stay: Encounter, opening: Opening, facts: Mapping[str, Value]) -> None:
    content = {
        "code": stay.code,
        "facts": dict(facts),
        "how": opening.how,
        "opened_at": stay.opened_at.isoformat(),
        "patient": opening.patient,
        "room": opening.room,
        "unit": opening.unit,
    }
    append(
        act,
        Happening(kind="encounter.opened", about=stay.about, record=stay.about, content=content),
    )
