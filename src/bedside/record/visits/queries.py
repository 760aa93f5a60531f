"""Reading visits: which are open, what is known of one, what happened, who was called."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from bedside.record.accounts.access import Standing
from bedside.record.journal.queries import Reader, Told, find_events_about
from bedside.record.paging.models import Page
from bedside.record.visits.known import Known, read_known
from bedside.record.visits.models import Moment, Visit
from bedside.record.visits.tables import PHONED

MOST_SHOWN = 100
MOST_MOMENTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One thing that happened, with what was said."""

    what: str
    role: str
    words: str
    witness: str
    by: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody who was called: by page or by telephone, and whether they answered."""

    role: str
    is_page: bool
    at: datetime
    answered_at: datetime | None


def find_visits(standing: Standing) -> tuple[Visit, ...]:
    """Find the visits of the hospital: the open ones first, then the newest."""
    rows = Visit.objects.filter(site_id=standing.site)
    ordered = rows.order_by(F("closed_at").desc(nulls_first=True), "-came_at")
    return tuple(ordered[:MOST_SHOWN])


def find_known(reader: Reader, visit: Visit) -> Known | None:
    """Find what is known of a visit; nothing if its keys are gone."""
    room = reader.open(visit.about)
    if room is None:
        return None
    return read_known(room.open(visit.known, "visits_visit", visit.pk, "known"))


def find_happened(reader: Reader, visit: Visit) -> tuple[Happened, ...]:
    """Find what happened, in the order in which it did."""
    room = reader.open(visit.about)
    if room is None:
        return ()
    rows = Moment.objects.filter(visit=visit).order_by("happened_at", "id")[:MOST_MOMENTS]
    return tuple(
        Happened(
            what=row.what,
            role=row.role,
            words=room.open(row.words, "visits_moment", row.pk, "words"),
            witness=room.open(row.witness, "visits_moment", row.pk, "witness"),
            by=row.by,
            at=row.happened_at,
        )
        for row in rows
    )


def find_calls(pages: Iterable[Page], happened: Iterable[Happened]) -> tuple[Call, ...]:
    """Find whom staff called, by page and by telephone, the first call first."""
    calls = [
        Call(role=page.to_role, is_page=True, at=page.sent_at, answered_at=page.answered_at)
        for page in pages
    ]
    for one in happened:
        if one.what in PHONED:
            answered_at = one.at if one.what == PHONED[0] else None
            calls.append(Call(role=one.role, is_page=False, at=one.at, answered_at=answered_at))
    return tuple(sorted(calls, key=lambda call: call.at))


def find_timeline(reader: Reader, visit: Visit) -> tuple[Told, ...]:
    """Find what the journal tells of a visit, in the order in which it was done."""
    return tuple(reversed(find_events_about(reader, visit.about)))
