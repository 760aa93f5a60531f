"""Reading what was noted: the notes that stand, what is open, what is due."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import Reader
from bedside.record.paging.models import Page
from bedside.record.presence.models import Asked, HandOver, Mark, Restraint, Terms
from bedside.record.presence.words import Outcome
from bedside.record.vault.sealed import Strongroom
from bedside.rules.vocabulary.catalogue import Value

MOST_SHOWN: Final = 500
MOST_EARLIER: Final = 10
OPEN: Final = (Outcome.OPEN, Outcome.REFUSED, Outcome.NOT_SAFE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was claimed, by the names of buttons, and with what paper."""

    claims: tuple[str, ...] = ()
    paper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One note as it is read: the newest reading of a moment, and whether it was corrected."""

    id: UUID
    happened_at: datetime
    noted_at: datetime
    by: UUID
    position: str
    device: str
    preset: str
    facts: Mapping[str, Value]
    heard: Heard
    is_correction: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One request as it is read."""

    id: UUID
    asked_at: datetime
    by: UUID
    preset: str
    words: str
    outcome: Outcome
    answer: str
    answered_at: datetime | None


def find_moments(reader: Reader, stay: Encounter) -> tuple[Moment, ...]:
    """Find the notes that stand, in the order in which things happened."""
    room = reader.open(stay.about)
    if room is None:
        return ()
    rows = Mark.objects.filter(encounter=stay, corrected_by=None, is_withdrawn=False)
    found = []
    for row in rows.order_by("happened_at", "noted_at")[:MOST_SHOWN]:
        facts = room.open(row.facts, "presence_mark", row.pk, "facts")
        found.append(
            Moment(
                id=row.pk,
                happened_at=row.happened_at,
                noted_at=row.noted_at,
                by=row.by,
                position=row.position,
                device=row.device,
                preset=row.preset,
                facts=json.loads(facts) if facts else {},
                heard=read_heard(room, row),
                is_correction=row.corrects_id is not None,
            )
        )
    return tuple(found)


def read_heard(room: Strongroom, mark: Mark) -> Heard:
    """Read what was claimed when a note was made."""
    plain = room.open(mark.heard, "presence_mark", mark.pk, "heard")
    if not plain:
        return Heard()
    said = json.loads(plain)
    return Heard(claims=tuple(said["claims"]), paper=said["paper"])


def find_said(reader: Reader, stay: Encounter) -> tuple[Said, ...]:
    """Find the requests of a stay, the newest first."""
    room = reader.open(stay.about)
    if room is None:
        return ()
    rows = Asked.objects.filter(encounter=stay).order_by("-asked_at")[:MOST_SHOWN]
    return tuple(
        Said(
            id=row.pk,
            asked_at=row.asked_at,
            by=row.by,
            preset=row.preset,
            words=room.open(row.words, "presence_asked", row.pk, "words"),
            outcome=Outcome(row.outcome),
            answer=room.open(row.answer, "presence_asked", row.pk, "answer"),
            answered_at=row.answered_at,
        )
        for row in rows
    )


def find_restraints(stay: Encounter) -> tuple[Restraint, ...]:
    """Find the restraints that are on, the one due first on top."""
    return tuple(stay.restraints.filter(ended_at=None).order_by("check_due_at"))


def find_terms(stay: Encounter) -> Terms | None:
    """Find the agreement that stands."""
    return Terms.objects.filter(encounter=stay, ended_at=None).first()


def find_earlier_terms(stay: Encounter) -> tuple[Terms, ...]:
    """Find the agreements that ended, the newest first."""
    rows = Terms.objects.filter(encounter=stay).exclude(ended_at=None)
    return tuple(rows.order_by("-ended_at")[:MOST_EARLIER])


def find_hand_over(stay: Encounter) -> HandOver | None:
    """Find the hand-over that nobody has taken yet."""
    return HandOver.objects.filter(encounter=stay, taken_at=None).order_by("-given_at").first()


def find_due_climbs(site: str, *, at: datetime) -> tuple[Asked, ...]:
    """Find the refusals that nobody answered in time."""
    rows = Asked.objects.filter(
        encounter__site_id=site,
        encounter__closed_at=None,
        climbs_at__lte=at,
        outcome__in=list(OPEN),
    ).select_related("encounter")
    return tuple(row for row in rows.order_by("climbs_at") if not _has_answer(row))


def _has_answer(asked: Asked) -> bool:
    """Tell whether somebody answered a page about this since it went out."""
    since = asked.answered_at or asked.asked_at
    pages = Page.objects.filter(about=asked.encounter.about, sent_at__gte=since)
    return pages.exclude(answered_at=None).exists()
