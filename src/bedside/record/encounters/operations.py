"""Opening a stay, and answering the questions about it."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bedside.record.encounters.models import Answered, Encounter
from bedside.record.encounters.rooms import make_room, open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.rules.vocabulary.catalogue import Value

# 30 signs that are not taken for one another, read or said.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS_IN_CODE = 6


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
    id_ = act.draw_id()
    room = make_room(act, id_)
    stay = Encounter.objects.create(
        id=id_,
        site_id=act.site,
        code=_draw_code(act),
        unit=opening.unit,
        room=opening.room,
        how=opening.how,
        patient=room.seal(opening.patient, "encounters_encounter", id_, "patient"),
        lookup=find_lookup(act, opening.number),
        language=opening.language,
        opened_at=opening.opened_at or act.at,
        noted_at=act.at,
    )
    happened_at = opening.opened_at or act.at
    for fact, value in sorted(facts.items()):
        add_answer(act, stay, fact=fact, value=value, answered_at=happened_at)
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
        Happening(
            kind="encounter.opened", about=stay.about, record=stay.about, content=content, room=room
        ),
    )
    return stay


@operation
def record_answers(
    act: Act, stay: Encounter, *, facts: Mapping[str, Value], answered_at: datetime | None = None
) -> None:
    """Answer questions about a stay; earlier answers end and stay readable."""
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


def find_lookup(act: Act, number: str) -> bytes | None:
    """Find under what a hospital's number is found again; nothing for no number."""
    number = "".join(number.split()).upper()
    if not number:
        return None
    return hmac.digest(act.master.lookup_key(act.site), number.encode(), "sha256")


def _draw_code(act: Act) -> str:
    while True:
        drawn = [SIGNS[byte % len(SIGNS)] for byte in act.random(SIGNS_IN_CODE)]
        code = f"{''.join(drawn[:3])}-{''.join(drawn[3:])}"
        if not Encounter.objects.filter(site_id=act.site, code=code).exists():
            return code
