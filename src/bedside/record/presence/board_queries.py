"""The board of the house: every open stay, what is open or late there, agreed and actual.

Only columns in the clear are read, in a number of questions that does not grow with the stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Min, Q

from bedside.record.accounts.access import Standing
from bedside.record.encounters.board_queries import Waiting, find_waiting
from bedside.record.encounters.models import Encounter
from bedside.record.paging.models import Page
from bedside.record.presence.models import Asked, HandOver, Mark, Restraint, Terms
from bedside.record.presence.queries import OPEN

UNSEEN: Final = timedelta(minutes=50)  # after which nobody has looked for too long
LONG: Final = timedelta(minutes=5)  # a refusal that nobody answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One stay on the board."""

    stay: Encounter
    waiting: Waiting
    position: str  # where the officer was last seen
    seen_at: datetime | None
    advised: str  # the preset that was advised then
    agreed: str  # the preset that is agreed
    refused_at: datetime | None  # since when a request stands refused
    is_answered: bool  # somebody took the page about it
    check_due_at: datetime | None
    is_handed_over: bool  # and not taken yet
    at: datetime

    @property
    def is_hot(self) -> bool:
        """Tell whether somebody is needed now: a refusal stands."""
        return self.refused_at is not None

    @property
    def is_late(self) -> bool:
        """Tell whether a clock has run out."""
        is_check_late = self.check_due_at is not None and self.check_due_at <= self.at
        return is_check_late or self.waiting.needs_somebody

    @property
    def is_unanswered_long(self) -> bool:
        """Tell whether a refusal has waited longer than five minutes without an answer."""
        since = self.refused_at
        return since is not None and not self.is_answered and self.at - since >= LONG

    @property
    def is_unseen(self) -> bool:
        """Tell whether nobody has looked for too long; not known is not *no*."""
        return self.seen_at is None or self.at - self.seen_at > UNSEEN

    @property
    def order(self) -> tuple[bool, bool, bool, datetime]:
        """Put unanswered refusals first, then refusals, then what is late, the oldest on top."""
        since = self.refused_at or self.check_due_at or self.stay.opened_at
        return (not self.is_unanswered_long, not self.is_hot, not self.is_late, since)


def find_board(standing: Standing) -> tuple[Row, ...]:
    """Find the board of those stays that a person may read."""
    waiting = find_waiting(standing)
    stays = [one.stay for one in waiting]
    marks, terms = _find_marks(stays), _find_agreed(stays)
    refused, checks = _find_refused(stays), _find_checks(stays)
    answered = _find_answered(stays)
    handed = set(
        HandOver.objects.filter(encounter__in=stays, taken_at=None).values_list(
            "encounter_id", flat=True
        )
    )
    found = []
    for one in waiting:
        id_, mark = one.stay.pk, marks.get(one.stay.pk)
        since = refused.get(id_)
        found.append(
            Row(
                stay=one.stay,
                waiting=one,
                position=mark.position if mark else "",
                seen_at=mark.happened_at if mark else None,
                advised=mark.preset if mark else "",
                agreed=terms.get(id_, ""),
                refused_at=since,
                is_answered=since is not None and answered.get(one.stay.about, since) > since,
                check_due_at=checks.get(id_),
                is_handed_over=id_ in handed,
                at=standing.at,
            )
        )
    return tuple(sorted(found, key=lambda row: row.order))


def find_unit(about: str) -> str:
    """Find in which unit a thing is; nothing for a thing of the whole house."""
    room, _, id_ = about.partition("/")
    if room != "encounter":
        return ""
    return Encounter.objects.filter(pk=id_).values_list("unit", flat=True).first() or ""


def _find_marks(stays: Iterable[Encounter]) -> dict[UUID, Mark]:
    rows = Mark.objects.filter(encounter__in=stays, corrected_by=None, is_withdrawn=False)
    seen = rows.exclude(position="").order_by("happened_at", "noted_at").defer("facts")
    return {mark.encounter_id: mark for mark in seen}


def _find_agreed(stays: Iterable[Encounter]) -> dict[UUID, str]:
    rows = Terms.objects.filter(encounter__in=stays, ended_at=None)
    return dict(rows.values_list("encounter_id", "preset"))


def _find_refused(stays: Iterable[Encounter]) -> dict[UUID, datetime]:
    rows = Asked.objects.filter(encounter__in=stays, outcome__in=list(OPEN))
    since = rows.values("encounter").annotate(since=Min("asked_at"), count=Count("pk"))
    return {row["encounter"]: row["since"] for row in since}


def _find_checks(stays: Iterable[Encounter]) -> dict[UUID, datetime]:
    rows = Restraint.objects.filter(encounter__in=stays, ended_at=None)
    due = rows.values("encounter").annotate(due=Min("check_due_at"))
    return {row["encounter"]: row["due"] for row in due}


def _find_answered(stays: Iterable[Encounter]) -> dict[str, datetime]:
    about = [stay.about for stay in stays]
    rows = Page.objects.filter(~Q(answered_at=None), about__in=about).order_by("answered_at")
    return {
        page: answered
        for page, answered in rows.values_list("about", "answered_at")
        if answered is not None
    }
