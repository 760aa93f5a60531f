"""What passes between staff and an officer on his own page: where to stand, danger, his words.

Whoever writes under a code is nobody to us: a danger changes no answer until a nurse has looked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import add_answer, lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.presence.models import DangerTold, Statement, StepOut
from bedside.record.presence.patient_refusals import AnsweredElsewhere, TooManyFromOfficers
from bedside.record.presence.patient_words import StepAnswer, Watcher
from bedside.record.presence.refusals import WordsTooLong

MOST_STATEMENT: Final = 2000
MOST_REASON: Final = 500
MOST_OPEN: Final = 5  # dangers that nobody looked at yet, and statements in a day
DAY: Final = timedelta(days=1)
PAGED: Final = ("bedside_nurse", "charge_nurse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Where an officer is asked to stand, by whom, for how long, and who guards what."""

    position: str
    minutes: int
    role: str
    is_medical: bool = False
    exits: Mapping[str, Watcher]


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """A danger as an officer tells it."""

    what: str  # an answer of the fact `danger`
    when: str
    words: str
    signed: str = ""


@operation
def record_step_out(act: Act, stay: Encounter, *, asking: Asking) -> StepOut:
    """Ask an officer to stand elsewhere; what was asked before ends with it."""
    lock_open(stay)
    StepOut.objects.filter(encounter=stay, ended_at=None).update(ended_at=act.at)
    exits = {name: watcher.value for name, watcher in sorted(asking.exits.items())}
    step = StepOut.objects.create(
        id=act.draw_id(),
        encounter=stay,
        at=act.at,
        by=act.person,
        role=asking.role,
        position=asking.position,
        minutes=asking.minutes,
        is_medical=asking.is_medical,
        exits=json.dumps(exits),
    )
    if asking.is_medical:
        add_answer(
            act, stay, fact="clinician_states_medical_reason", value=True, answered_at=act.at
        )
    content = {
        "exits": exits,
        "medical": asking.is_medical,
        "minutes": asking.minutes,
        "position": asking.position,
        "role": asking.role,
        "step_out": str(step.pk),
    }
    _tell(act, stay, "step-out.asked", content)
    return step


@operation
def record_step_answer(act: Act, step: StepOut, *, answer: StepAnswer) -> StepOut:
    """Keep what the officer answered on his page; his first answer counts."""
    step = _hold(step)
    if step.answered_at is not None:
        raise AnsweredElsewhere
    step.answer, step.answered_at = answer, act.at
    step.save(update_fields=["answer", "answered_at"])
    if answer is StepAnswer.ASKS_SUPERVISOR:
        add_page(act, about=step.encounter.about, to_role="charge_nurse", reason="supervisor_asked")
    content = {"answer": answer.value, "how": "qr", "step_out": str(step.pk)}
    _tell(act, step.encounter, "step-out.answered", content)
    return step


@operation
def record_step_ended(act: Act, step: StepOut) -> StepOut:
    """Note that the officer may come back."""
    step = _hold(step)
    step.ended_at = act.at
    step.save(update_fields=["ended_at"])
    _tell(act, step.encounter, "step-out.ended", {"step_out": str(step.pk)})
    return step


@operation
def record_statement(
    act: Act, stay: Encounter, *, words: str, signed: str, language: str
) -> Statement:
    """Keep an officer's own words as he wrote them."""
    if len(words) > MOST_STATEMENT:
        raise WordsTooLong(most=MOST_STATEMENT)
    lock_open(stay)
    if Statement.objects.filter(encounter=stay, at__gt=act.at - DAY).count() >= MOST_OPEN:
        raise TooManyFromOfficers(most=MOST_OPEN)
    id_, room = act.draw_id(), open_room(act, stay)
    statement = Statement.objects.create(
        id=id_,
        encounter=stay,
        at=act.at,
        language=language,
        words=room.seal(words, "presence_statement", id_, "words"),
        signed=room.seal(signed, "presence_statement", id_, "signed"),
    )
    content = {"how": "qr", "language": language, "signed": signed, "words": words}
    _tell(act, stay, "statement.made", content | {"statement": str(id_)})
    return statement


@operation
def record_danger_told(act: Act, stay: Encounter, *, danger: Danger) -> DangerTold:
    """Keep a danger that an officer tells of, and call the nurse, who looks and decides."""
    if len(danger.words) > MOST_REASON:
        raise WordsTooLong(most=MOST_REASON)
    lock_open(stay)
    if DangerTold.objects.filter(encounter=stay, found_at=None).count() >= MOST_OPEN:
        raise TooManyFromOfficers(most=MOST_OPEN)
    id_ = act.draw_id()
    content = {
        "signed": danger.signed,
        "what": danger.what,
        "when": danger.when,
        "words": danger.words,
    }
    sealed = open_room(act, stay).seal(json.dumps(content), "presence_dangertold", id_, "said")
    told = DangerTold.objects.create(id=id_, encounter=stay, at=act.at, said=sealed)
    for role in PAGED:
        add_page(act, about=stay.about, to_role=role, reason="danger_told")
    _tell(act, stay, "danger.told", content | {"danger": str(id_), "how": "qr"})
    return told


@operation
def record_danger_found(
    act: Act, told: DangerTold, *, danger: str, assessed_by: str, reason: str
) -> DangerTold:
    """Keep what the nurse finds about a danger; from now on it answers for the stay."""
    if len(reason) > MOST_REASON:
        raise WordsTooLong(most=MOST_REASON)
    stay = lock_open(told.encounter)
    told.refresh_from_db()
    if told.found_at is not None:
        raise AnsweredElsewhere
    content = {"assessed_by": assessed_by, "danger": danger, "reason": reason}
    told.found_at, told.found_by = act.at, act.person
    told.found = open_room(act, stay).seal(
        json.dumps(content), "presence_dangertold", told.pk, "found"
    )
    told.save(update_fields=["found_at", "found_by", "found"])
    for fact, value in (("danger", danger), ("danger_assessed_by", assessed_by)):
        add_answer(act, stay, fact=fact, value=value, answered_at=act.at)
    _tell(act, stay, "danger.found", content | {"told": str(told.pk)})
    return told


def _hold(step: StepOut) -> StepOut:
    lock_open(step.encounter)
    step.refresh_from_db()
    if step.ended_at is not None:
        raise AnsweredElsewhere
    return step


def _tell(act: Act, stay: Encounter, kind: str, content: Content) -> None:
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))
