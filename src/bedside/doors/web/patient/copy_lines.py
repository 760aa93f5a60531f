"""What is kept about a patient's stay, line by line, as she may read it: roles, never names."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bedside.doors.web.patient.texts import load_texts, load_tongues
from bedside.doors.web.presence.timeline import build_timeline
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import say
from bedside.record.encounters.models import Encounter
from bedside.record.letters.queries import find_letters
from bedside.record.presence.models import Check, Interpreter, Restraint, StepOut
from bedside.record.presence.patient_queries import (
    find_dangers,
    find_officer_asked,
    find_replies,
    find_rights_told,
    find_statements,
)
from bedside.record.presence.patient_words import HEARINGS, WAYS, Way
from bedside.record.presence.words import FINDINGS, Finding

MOST_LINES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """One thing that was kept."""

    at: datetime
    what: str
    detail: str = ""


def build_copy(staff: Staff, stay: Encounter, teller: Teller) -> tuple[CopyLine, ...]:
    """Build the lines in the order in which things happened."""
    lines = [
        *_tell_presence(staff, stay, teller),
        *_tell_restraints(stay, teller),
        *_tell_patient(staff, stay, teller),
        *_tell_officer(staff, stay, teller),
        *_tell_letters(stay, teller),
    ]
    return tuple(sorted(lines, key=lambda line: line.at)[:MOST_LINES])


def _tell_presence(staff: Staff, stay: Encounter, teller: Teller) -> Iterator[CopyLine]:
    """Tell where the officer was noted, and what he was asked."""
    for line in build_timeline(staff, stay, teller):
        word = "patient_copy_seen" if line.rail else "patient_copy_request"
        detail = f"{line.title}. {line.detail}" if line.detail else line.title
        yield CopyLine(at=line.at, what=say(word, teller.language), detail=detail)
    for step in StepOut.objects.filter(encounter=stay)[:MOST_LINES]:
        place = _name_place(step.position, teller)
        yield CopyLine(at=step.at, what=say("patient_copy_step_out", teller.language), detail=place)


def _tell_restraints(stay: Encounter, teller: Teller) -> Iterator[CopyLine]:
    language = teller.language
    for row in Restraint.objects.filter(encounter=stay)[:MOST_LINES]:
        limb = say(f"patient_limb_{row.limb}", language) if row.limb in LIMBS else row.limb
        yield CopyLine(at=row.since, what=say("patient_copy_restraint", language), detail=limb)
        if row.ended_at:
            ended = say("patient_copy_restraint_off", language)
            yield CopyLine(at=row.ended_at, what=ended, detail=limb)
    for check in Check.objects.filter(restraint__encounter=stay)[:MOST_LINES]:
        found = FINDINGS[Finding(check.finding)].say(language)
        yield CopyLine(at=check.at, what=say("patient_copy_check", language), detail=found)


def _tell_patient(staff: Staff, stay: Encounter, teller: Teller) -> Iterator[CopyLine]:
    """Tell what she was told and what she answered."""
    language, reader = teller.language, staff.reader()
    for told in find_rights_told(stay):
        how = WAYS[Way(told.how)].say(language)
        yield CopyLine(at=told.at, what=say("patient_copy_rights", language), detail=how)
    for reply in find_replies(reader, stay):
        question = load_texts().questions.get(reply.question)
        choice = question.find(reply.answer) if question else None
        answer = choice.text.say(language) if choice else reply.answer
        detail = f"{answer}. {HEARINGS[reply.hearing].say(language)}"
        yield CopyLine(at=reply.at, what=say("patient_copy_reply", language), detail=detail)
    room = reader.open(stay.about)
    for row in Interpreter.objects.filter(encounter=stay)[:MOST_LINES] if room else ():
        id_ = room.open(row.language, "presence_interpreter", row.pk, "language") if room else ""
        name = load_tongues()[id_].say(language)
        yield CopyLine(at=row.asked_at, what=say("patient_copy_interpreter", language), detail=name)


def _tell_officer(staff: Staff, stay: Encounter, teller: Teller) -> Iterator[CopyLine]:
    """Tell what the officer asked about her and was answered; his statement is asked for apart."""
    language, reader = teller.language, staff.reader()
    for asked in find_officer_asked(reader, stay):
        label = find_shelf().vocabulary.facts["officer_asks"].find_word(asked.what)
        what = label.label.say(language) if label else asked.what
        detail = say("patient_copy_asked_detail", language, what=what, given=asked.given)
        yield CopyLine(at=asked.at, what=say("patient_copy_asked", language), detail=detail)
    for danger in find_dangers(reader, stay):
        yield CopyLine(at=danger.at, what=say("patient_copy_danger", language))
    for statement in find_statements(reader, stay):
        yield CopyLine(at=statement.at, what=say("patient_copy_statement", language))


def _tell_letters(stay: Encounter, teller: Teller) -> Iterator[CopyLine]:
    for letter in find_letters(stay):
        what = say("patient_copy_letter", teller.language)
        yield CopyLine(at=letter.started_at, what=what, detail=letter.code)


def _name_place(position: str, teller: Teller) -> str:
    dimension = find_shelf().vocabulary.dimensions["position"]
    if position not in dimension.places:
        return ""
    return dimension.words[dimension.places[position]].label.say(teller.language)


LIMBS = frozenset({"right_wrist", "left_wrist", "waist", "right_ankle", "left_ankle"})
