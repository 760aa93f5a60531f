"""Reading what the patient was told and answered, and what officers asked, said and were asked."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Min

from bedside.record.accounts.access import NotThere
from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import Reader
from bedside.record.presence.models import (
    CopyAsked,
    DangerTold,
    Interpreter,
    OfficerAsked,
    Reply,
    RightsTold,
    Statement,
    StepOut,
)
from bedside.record.presence.patient_words import Coming, Hearing, Way

MOST_SHOWN: Final = 200
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySeen:
    """One answer of a patient as staff read it."""

    id: UUID
    at: datetime
    by: UUID
    question: str
    answer: str
    language: str
    how: Way
    hearing: Hearing
    others: tuple[str, ...]
    ask_again_at: datetime | None
    asked_again_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be asked again."""
        return self.ask_again_at is not None and self.asked_again_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterpreterSeen:
    """A request for an interpreter as staff read it."""

    id: UUID
    language: str
    asked_at: datetime
    due_at: datetime
    state: Coming
    state_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSeen:
    """What an officer asked for, as staff read it."""

    id: UUID
    at: datetime
    by: UUID
    what: str
    given: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementSeen:
    """An officer's own words."""

    id: UUID
    at: datetime
    language: str
    words: str
    signed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerSeen:
    """A danger that was told, and what was found."""

    id: UUID
    at: datetime
    what: str
    when: str
    words: str
    signed: str
    found_at: datetime | None
    found_by: UUID | None
    found: Mapping[str, str] = field(default_factory=dict)


def find_replies(reader: Reader, stay: Encounter) -> tuple[ReplySeen, ...]:
    """Find the answers of a patient, the newest first."""
    room = reader.open(stay.about)
    rows = Reply.objects.filter(encounter=stay).order_by("-at")[:MOST_SHOWN] if room else ()
    found = []
    for row in rows:
        said = json.loads(room.open(row.said, "presence_reply", row.pk, "said")) if room else {}
        found.append(
            ReplySeen(
                id=row.pk,
                at=row.at,
                by=row.by,
                question=row.question,
                answer=said["answer"],
                language=said["language"],
                how=Way(row.how),
                hearing=Hearing(row.hearing),
                others=tuple(said["others"]),
                ask_again_at=row.ask_again_at,
                asked_again_at=row.asked_again_at,
            )
        )
    return tuple(found)


def find_asking_again(stays: Iterable[Encounter]) -> dict[UUID, datetime]:
    """Find, for stays, when the next question is to be asked again out of the officer's hearing."""
    rows = Reply.objects.filter(
        encounter__in=list(stays), ask_again_at__isnull=False, asked_again_at=None
    )
    due = rows.values("encounter").annotate(due=Min("ask_again_at"))
    return {row["encounter"]: row["due"] for row in due}


def find_interpreter(reader: Reader, stay: Encounter) -> InterpreterSeen | None:
    """Find the request for an interpreter that stands."""
    room = reader.open(stay.about)
    rows = Interpreter.objects.filter(encounter=stay).exclude(state=Coming.ENDED)
    row = rows.order_by("-asked_at").first()
    if room is None or row is None:
        return None
    return InterpreterSeen(
        id=row.pk,
        language=room.open(row.language, "presence_interpreter", row.pk, "language"),
        asked_at=row.asked_at,
        due_at=row.due_at,
        state=Coming(row.state),
        state_at=row.state_at,
    )


def find_officer_asked(reader: Reader, stay: Encounter) -> tuple[AskedSeen, ...]:
    """Find what officers asked for, the newest first."""
    room = reader.open(stay.about)
    rows = OfficerAsked.objects.filter(encounter=stay).order_by("-at")[:MOST_SHOWN]
    return tuple(
        AskedSeen(
            id=row.pk,
            at=row.at,
            by=row.by,
            what=row.what,
            given=room.open(row.given, "presence_officerasked", row.pk, "given"),
            words=room.open(row.words, "presence_officerasked", row.pk, "words"),
        )
        for row in (rows if room else ())
        if room
    )


def find_statements(reader: Reader, stay: Encounter) -> tuple[StatementSeen, ...]:
    """Find the officers' own statements, the newest first."""
    room = reader.open(stay.about)
    rows = Statement.objects.filter(encounter=stay).order_by("-at")[:MOST_SHOWN]
    return tuple(
        StatementSeen(
            id=row.pk,
            at=row.at,
            language=row.language,
            words=room.open(row.words, "presence_statement", row.pk, "words"),
            signed=room.open(row.signed, "presence_statement", row.pk, "signed"),
        )
        for row in (rows if room else ())
        if room
    )


def find_dangers(reader: Reader, stay: Encounter) -> tuple[DangerSeen, ...]:
    """Find the dangers that officers told of: those that wait for a nurse first."""
    room = reader.open(stay.about)
    rows = DangerTold.objects.filter(encounter=stay).order_by("-at")[:MOST_SHOWN]
    found = []
    for row in rows if room else ():
        if room is None:
            continue
        said = json.loads(room.open(row.said, "presence_dangertold", row.pk, "said"))
        seen = room.open(row.found, "presence_dangertold", row.pk, "found")
        found.append(
            DangerSeen(
                id=row.pk,
                at=row.at,
                **said,
                found_at=row.found_at,
                found_by=row.found_by,
                found=json.loads(seen) if seen else {},
            )
        )
    return tuple(sorted(found, key=lambda one: one.found_at is not None))


def find_step_out(stay: Encounter) -> StepOut | None:
    """Find the request to stand elsewhere that stands."""
    return StepOut.objects.filter(encounter=stay, ended_at=None).order_by("-at").first()


def count_open_dangers(stay: Encounter) -> int:
    """Count the dangers that no nurse has looked at."""
    return DangerTold.objects.filter(encounter=stay, found_at=None).count()


def find_rights_told(stay: Encounter) -> tuple[RightsTold, ...]:
    """Find when the patient was told her rights, the newest first."""
    return tuple(RightsTold.objects.filter(encounter=stay).order_by("-at")[:MOST_SHOWN])


def find_copies(stay: Encounter) -> tuple[CopyAsked, ...]:
    """Find the requests for a copy, the newest first."""
    return tuple(CopyAsked.objects.filter(encounter=stay).order_by("-at")[:MOST_SHOWN])


def access_interpreter(stay: Encounter, id_: UUID) -> Interpreter:
    """Find a request for an interpreter of a stay that was reached, or refuse."""
    return _access(Interpreter.objects.filter(encounter=stay, pk=id_).first())


def access_officer_asked(stay: Encounter, id_: UUID) -> OfficerAsked:
    """Find what an officer asked for at a stay that was reached, or refuse."""
    return _access(OfficerAsked.objects.filter(encounter=stay, pk=id_).first())


def access_copy(stay: Encounter, id_: UUID) -> CopyAsked:
    """Find a request for a copy of a stay that was reached, or refuse."""
    return _access(CopyAsked.objects.filter(encounter=stay, pk=id_).first())


def access_step_out(stay: Encounter, id_: UUID) -> StepOut:
    """Find a request to stand elsewhere of a stay that was reached, or refuse."""
    return _access(StepOut.objects.filter(encounter=stay, pk=id_).first())


def access_danger(stay: Encounter, id_: UUID) -> DangerTold:
    """Find a danger that was told of at a stay that was reached, or refuse."""
    return _access(DangerTold.objects.filter(encounter=stay, pk=id_).first())


def _access(row: Row | None) -> Row:
    if row is None:
        raise NotThere
    return row
