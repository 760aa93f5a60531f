"""Reading stays: what is known of one, since when, and the situation that is decided."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from bedside.record.accounts.access import Standing
from bedside.record.accounts.roles import ALLOWED, May
from bedside.record.encounters.freshness import ACTIVITY, Freshness
from bedside.record.encounters.models import Answered, Encounter
from bedside.record.journal.queries import Reader
from bedside.rules.decide.situation import Situation
from bedside.rules.vocabulary.catalogue import Value

TABLE = "encounters_answered"
MOST_STAYS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One answer that stands."""

    fact: str
    value: Value
    by: UUID | None
    answered_at: datetime
    is_stale: bool = False  # last known; `decide` gets it no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What a hospital says of itself that every situation there begins with."""

    jurisdiction: str
    overlays: tuple[str, ...]
    facts: Mapping[str, Value]
    today: date


def find_open_stays(standing: Standing) -> QuerySet[Encounter]:
    """Find the open stays that a person may read, room by room."""
    rows = Encounter.objects.filter(site_id=standing.site, closed_at=None)
    if not standing.may_in(May.READ_CARE, ""):
        units = [unit for role, unit in standing.posts if May.READ_CARE in ALLOWED[role]]
        rows = rows.filter(unit__in=units)
    return rows.order_by("unit", "room", "opened_at")


def find_known(reader: Reader, stay: Encounter) -> tuple[Known, ...]:
    """Find every answer that stands, with its age to be told by whoever shows it."""
    room = reader.open(stay.about)
    if room is None:
        return ()
    rows = Answered.objects.filter(encounter=stay, ended_at=None).order_by("fact")
    return tuple(
        Known(
            fact=row.fact,
            value=json.loads(room.open(row.value, TABLE, row.pk, "value")),
            by=row.by,
            answered_at=row.answered_at,
        )
        for row in rows
    )


def mark_stale(
    known: tuple[Known, ...], stay: Encounter, *, freshness: Freshness, at: datetime
) -> tuple[Known, ...]:
    """Mark what no longer counts: too old, of another room, of something else that went on."""
    act_at = next((one.answered_at for one in known if one.fact == ACTIVITY), None)
    return tuple(
        Known(
            fact=one.fact,
            value=one.value,
            by=one.by,
            answered_at=one.answered_at,
            is_stale=freshness.is_stale(
                one.fact, one.answered_at, at=at, moved_at=stay.moved_at, act_at=act_at
            ),
        )
        for one in known
    )


def situation_of(known: tuple[Known, ...], *, where: Where) -> Situation:
    """Put together the situation that `decide` reads: the house's facts, then what still counts."""
    answered = {one.fact: one.value for one in known if not one.is_stale}
    return Situation(
        as_of=where.today,
        jurisdiction=where.jurisdiction,
        overlays=where.overlays,
        facts={**where.facts, **answered},
    )
