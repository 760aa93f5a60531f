"""Reading what belongs to a stay: papers, officers, duties, calls, who decides."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from bedside.record.accounts.access import NotThere
from bedside.record.encounters.models import Call, Decider, Duty, Encounter, Officer, Paper
from bedside.record.journal.queries import Reader
from bedside.record.vault.sealed import SITE_RECORD, Strongroom

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSeen:
    """A paper and what was seen on it."""

    id: UUID
    kind: str
    answers: dict[str, str]
    has_image: bool
    by: UUID | None
    shown_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerSeen:
    """An officer as the stay page shows them to staff."""

    id: UUID
    agency: str
    identity: str
    channel: str
    declined: bool
    oriented: bool
    how: str
    arrived_at: datetime
    confirmed_at: datetime | None
    takes_over: UUID | None
    terms_at: datetime | None
    is_of_unit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySeen:
    """A duty, its clock, and what became of it."""

    id: UUID
    act: str
    party: str
    to: str
    norms: tuple[str, ...]
    within: str
    after: str
    due_at: datetime | None
    listed_at: datetime
    done_at: datetime | None
    done_by: UUID | None
    closed_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.done_at is None and self.closed_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSeen:
    """A call as it was noted."""

    name: str
    words: str
    agency: str
    number: str
    outcome: str
    called_at: datetime
    noted_at: datetime
    by: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeciderSeen:
    """Who decides for the patient, as staff found it."""

    who: str
    reached_by: str
    noted_at: datetime
    by: UUID | None


def find_patient(reader: Reader, stay: Encounter) -> str:
    """Find how bedside staff know the patient; nothing if the record was deleted."""
    room = reader.open(stay.about)
    return room.open(stay.patient, "encounters_encounter", stay.pk, "patient") if room else ""


def find_papers(reader: Reader, stay: Encounter) -> tuple[PaperSeen, ...]:
    """Find the papers that were shown, the latest first."""
    room = reader.open(stay.about)
    rows = Paper.objects.filter(encounter=stay).order_by("-shown_at")[:MOST_SHOWN]
    return tuple(_read_paper(room, row) for row in rows) if room else ()


def read_image(reader: Reader, paper: Paper) -> bytes:
    """Open the photograph of a paper, or refuse if there is none."""
    room = reader.open(paper.encounter.about)
    if room is None or not paper.image_kind:
        raise NotThere
    return room.open_bytes(paper.image, "encounters_paper", paper.pk, "image")


def find_officers(reader: Reader, stay: Encounter) -> tuple[OfficerSeen, ...]:
    """Find the officers who are here, and those who signed in at the unit and wait for a stay."""
    here = Q(encounter=stay) | Q(encounter=None, unit=stay.unit, confirmed_at=None)
    rows = Officer.objects.filter(here, site_id=stay.site_id, left_at=None).order_by("arrived_at")
    rooms = {False: reader.open(stay.about), True: reader.open(SITE_RECORD)}
    found = []
    for row in rows[:MOST_SHOWN]:
        room = rooms[row.encounter_id is None]
        if room is not None:
            found.append(_read_officer(room, row))
    return tuple(found)


def find_duties(reader: Reader, stay: Encounter) -> tuple[DutySeen, ...]:
    """Find the duties: open ones first, overdue on top, then what was done or closed."""
    room = reader.open(stay.about)
    if room is None:
        return ()
    rows = Duty.objects.filter(encounter=stay)[: MOST_SHOWN * 5]
    last = datetime.max.replace(tzinfo=stay.opened_at.tzinfo)
    seen = [_read_duty(room, row) for row in rows]
    return tuple(sorted(seen, key=lambda d: (not d.is_open, d.due_at or last, d.listed_at, d.act)))


def find_calls(reader: Reader, stay: Encounter) -> tuple[CallSeen, ...]:
    """Find the calls to supervisors, the latest first."""
    room = reader.open(stay.about)
    if room is None:
        return ()
    rows = Call.objects.filter(encounter=stay).order_by("-called_at")[:MOST_SHOWN]
    return tuple(
        CallSeen(
            **_open(room, row.said, "encounters_call", row.pk, "said"),
            outcome=row.outcome,
            called_at=row.called_at,
            noted_at=row.noted_at,
            by=row.by,
        )
        for row in rows
    )


def find_decider(reader: Reader, stay: Encounter) -> DeciderSeen | None:
    """Find who decides, as it was noted last."""
    room = reader.open(stay.about)
    row = Decider.objects.filter(encounter=stay).order_by("-noted_at").first()
    if room is None or row is None:
        return None
    said = _open(room, row.said, "encounters_decider", row.pk, "said")
    return DeciderSeen(**said, noted_at=row.noted_at, by=row.by)


def _read_paper(room: Strongroom, row: Paper) -> PaperSeen:
    said = _open(room, row.answers, "encounters_paper", row.pk, "answers")
    return PaperSeen(
        id=row.pk,
        kind=said["kind"],
        answers=said["answers"],
        has_image=bool(row.image_kind),
        by=row.by,
        shown_at=row.shown_at,
    )


def _read_officer(room: Strongroom, row: Officer) -> OfficerSeen:
    return OfficerSeen(
        id=row.pk,
        **_open(room, row.said, "encounters_officer", row.pk, "said"),
        declined=row.declined,
        oriented=row.oriented,
        how=row.how,
        arrived_at=row.arrived_at,
        confirmed_at=row.confirmed_at,
        takes_over=row.takes_over_id,
        terms_at=row.terms_at,
        is_of_unit=row.encounter_id is None,
    )


def _read_duty(room: Strongroom, row: Duty) -> DutySeen:
    said = _open(room, row.what, "encounters_duty", row.pk, "what")
    said["norms"] = tuple(said["norms"])
    return DutySeen(
        id=row.pk,
        **said,
        due_at=row.due_at,
        listed_at=row.listed_at,
        done_at=row.done_at,
        done_by=row.done_by,
        closed_at=row.closed_at,
    )


def _open(room: Strongroom, sealed: bytes, table: str, row: UUID, column: str) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(room.open(sealed, table, row, column))
    return plain
