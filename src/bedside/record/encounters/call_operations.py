"""Calling an agency's supervisor, and noting who decides for a patient who cannot."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bedside.record.encounters.models import Call, Decider, Encounter
from bedside.record.encounters.operations import lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused

NEVER = frozenset({"officer", "agency"})


class CannotDecide(Refused):
    """An officer or an agency named to decide about care."""

    code: ClassVar[str] = "encounters.cannot-decide"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "An officer or an agency does not decide about care for a patient: custody of a person is"
        " not consent for that person. Nothing was recorded as consent; ask whoever the law of the"
        " state names, or the ethics committee."
    )
    es: ClassVar[str] = (
        "Ni un agente ni una agencia deciden sobre la atención de un paciente: tener la custodia no"
        " es consentir por esa persona. No se anotó como consentimiento; pregunte a quien nombre la"
        " ley del estado, o al comité de ética."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A call to a supervisor as it went."""

    called_at: datetime
    agency: str
    number: str
    name: str
    words: str
    outcome: str


@operation
def record_call(act: Act, stay: Encounter, *, spoken: Spoken) -> Call:
    """Note a call to an agency's supervisor: time, name, words, outcome."""
    lock_open(stay)
    id_, room = act.draw_id(), open_room(act, stay)
    said = {
        "agency": spoken.agency,
        "name": spoken.name,
        "number": spoken.number,
        "words": spoken.words,
    }
    call = Call.objects.create(
        id=id_,
        encounter=stay,
        said=room.seal(json.dumps(said), "encounters_call", id_, "said"),
        outcome=spoken.outcome,
        by=act.by,
        called_at=spoken.called_at,
        noted_at=act.at,
    )
    content = {**said, "called_at": spoken.called_at.isoformat(), "outcome": spoken.outcome}
    append(
        act,
        Happening(
            kind="call.made", about=stay.about, record=stay.about, content=content, room=room
        ),
    )
    return call


@operation
def record_decider(act: Act, stay: Encounter, *, who: str, reached_by: str) -> Decider:
    """Note who decides for a patient who cannot; never an officer, never an agency."""
    if who in NEVER:
        raise CannotDecide
    lock_open(stay)
    id_, room = act.draw_id(), open_room(act, stay)
    said = {"reached_by": reached_by, "who": who}
    decider = Decider.objects.create(
        id=id_,
        encounter=stay,
        said=room.seal(json.dumps(said), "encounters_decider", id_, "said"),
        by=act.by,
        noted_at=act.at,
    )
    append(
        act,
        Happening(
            kind="consent.recorded", about=stay.about, record=stay.about, content=said, room=room
        ),
    )
    return decider


@operation
def record_decider_refused(act: Act, stay: Encounter, *, who: str) -> None:
    """Tell the journal that an officer or an agency was named to decide, which changed nothing."""
    append(
        act,
        Happening(
            kind="consent.refused", about=stay.about, record=stay.about, content={"who": who}
        ),
    )
