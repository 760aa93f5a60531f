"""What waits at each open stay, so that a list can say where to begin."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from bedside.record.accounts.access import Standing
from bedside.record.encounters.models import Duty, Encounter, Officer
from bedside.record.encounters.queries import MOST_STAYS, find_open_stays

AUTHORITY_EACH = timedelta(hours=12)  # a shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One open stay and what waits there."""

    stay: Encounter
    overdue: int
    next_due: datetime | None
    open_duties: int
    to_confirm: int
    not_oriented: int
    authority_due: datetime
    at: datetime

    @property
    def is_authority_late(self) -> bool:
        """Tell whether the officers' authority should have been checked by now."""
        return self.authority_due <= self.at

    @property
    def needs_somebody(self) -> bool:
        """Tell whether something here should have been done by now."""
        return bool(self.overdue or self.to_confirm or self.not_oriented) or self.is_authority_late

    @property
    def urgency(self) -> tuple[bool, bool, datetime]:
        """Put what is overdue first, and the oldest of it before the rest."""
        due = min(self.next_due or self.authority_due, self.authority_due)
        return (not self.overdue and not self.is_authority_late, not self.needs_somebody, due)


def find_authority_due(stay: Encounter) -> datetime:
    """Find when the officers' authority is to be checked again."""
    return (stay.checked_at or stay.opened_at) + AUTHORITY_EACH


def find_waiting(standing: Standing) -> tuple[Waiting, ...]:
    """Find the open stays that a person may read, what needs doing first on top."""
    stays = list(find_open_stays(standing)[:MOST_STAYS])
    duties, officers = _count_duties(stays, standing.at), _count_officers(stays)
    found = [
        Waiting(
            stay=stay,
            overdue=duties.get(stay.pk, {}).get("overdue") or 0,
            next_due=duties.get(stay.pk, {}).get("next"),
            open_duties=duties.get(stay.pk, {}).get("open") or 0,
            to_confirm=officers.get(stay.pk, {}).get("waiting") or 0,
            not_oriented=officers.get(stay.pk, {}).get("unread") or 0,
            authority_due=find_authority_due(stay),
            at=standing.at,
        )
        for stay in stays
    ]
    return tuple(sorted(found, key=lambda one: one.urgency))


def _count_duties(stays: list[Encounter], at: datetime) -> dict[UUID, dict[str, Any]]:
    rows = Duty.objects.filter(encounter__in=stays, done_at=None, closed_at=None)
    counted = rows.values("encounter").annotate(
        open=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=at)), next=Min("due_at")
    )
    return {row["encounter"]: {**row} for row in counted}


def _count_officers(stays: list[Encounter]) -> dict[UUID, dict[str, Any]]:
    rows = Officer.objects.filter(encounter__in=stays, left_at=None)
    counted = rows.values("encounter").annotate(
        waiting=Count("pk", filter=Q(confirmed_at=None)),
        unread=Count("pk", filter=Q(oriented=False, confirmed_at__isnull=False)),
    )
    return {row["encounter"]: {**row} for row in counted}
