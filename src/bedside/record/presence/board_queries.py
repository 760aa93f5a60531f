"""The board of the house: every open stay, what is open or late there, agreed and actual.

Only columns in the clear are read, in a number of questions that does not grow with the stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Min

from bedside.record.accounts.access import NotThere, Standing
from bedside.record.encounters.board_queries import Waiting, find_waiting
from bedside.record.encounters.models import Encounter
from bedside.record.paging.models import Page
from bedside.record.paging.queries import find_undelivered
from bedside.record.presence.board_models import BoardHandOver, BoardItem, HardStep
from bedside.record.presence.models import Asked, HandOver, Mark, Restraint, Terms
from bedside.record.presence.patient_queries import find_asking_again
from bedside.record.presence.queries import OPEN

UNSEEN: Final = timedelta(minutes=50)  # after which nobody has looked for too long
MOST_ENDED: Final = 100  # in one round
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
    is_undelivered: bool  # a page about it reached nobody
    page: Page | None  # the newest one about it that went out
    late_steps: int  # of a hard case
    ask_again_at: datetime | None  # when the patient is asked again, out of hearing
    at: datetime

    @property
    def is_hot(self) -> bool:
        """Tell whether somebody is needed now: a refusal stands, or a page reached nobody."""
        return self.refused_at is not None or self.is_undelivered

    @property
    def is_late(self) -> bool:
        """Tell whether a clock has run out."""
        is_behind = self.is_check_late or self.is_asking_late or self.late_steps > 0
        return is_behind or self.waiting.needs_somebody

    @property
    def is_asking_late(self) -> bool:
        """Tell whether the patient should have been asked again by now."""
        return self.ask_again_at is not None and self.ask_again_at <= self.at

    @property
    def is_check_late(self) -> bool:
        """Tell whether a restraint should have been looked at by now."""
        return self.check_due_at is not None and self.check_due_at <= self.at

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
    lost = {page.about for page in find_undelivered(standing.site)}
    stays = [one.stay for one in waiting]
    marks, terms = _find_marks(stays), _find_agreed(stays)
    refused, checks = _find_refused(stays), _find_checks(stays)
    again = find_asking_again(stays)
    pages, steps = _find_pages(stays), _count_late_steps(stays, standing.at)
    answered = {about: _find_answer(sent) for about, sent in pages.items()}
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
                is_answered=since is not None and _is_after(answered.get(one.stay.about), since),
                check_due_at=checks.get(id_),
                is_handed_over=id_ in handed,
                is_undelivered=one.stay.about in lost,
                page=pages.get(one.stay.about, [None])[-1],
                late_steps=steps.get(id_, 0),
                ask_again_at=again.get(id_),
                at=standing.at,
            )
        )
    return tuple(sorted(found, key=lambda row: row.order))


def find_ran_out(site: str, *, at: datetime) -> tuple[Terms, ...]:
    """Find the agreements whose time is over although nobody ended them."""
    rows = Terms.objects.filter(encounter__site_id=site, ended_at=None, until__lte=at)
    open_ = rows.filter(encounter__closed_at=None).select_related("encounter")
    return tuple(open_.order_by("until")[:MOST_ENDED])


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


def find_taken(site: str) -> frozenset[tuple[str, str]]:
    """Find the units and rooms in which a patient in custody lies."""
    rows = Encounter.objects.filter(site_id=site, closed_at=None)
    return frozenset(rows.values_list("unit", "room"))


def find_waiting_board(standing: Standing) -> BoardHandOver | None:
    """Find the board that was handed over and that nobody has taken yet."""
    rows = BoardHandOver.objects.filter(site_id=standing.site, taken_at=None, replaced_at=None)
    return rows.order_by("-given_at").first()


def access_board_item(standing: Standing, item_id: UUID) -> BoardItem:
    """Find an open conflict of a board of this house, or refuse."""
    rows = BoardItem.objects.filter(pk=item_id, hand_over__site_id=standing.site)
    item = rows.select_related("hand_over", "encounter").first()
    if item is None:
        raise NotThere
    return item


def access_hand_over(standing: Standing, hand_over_id: UUID) -> BoardHandOver:
    """Find a board of this house that was handed over, or refuse."""
    rows = BoardHandOver.objects.filter(pk=hand_over_id, site_id=standing.site)
    hand_over = rows.first()
    if hand_over is None:
        raise NotThere
    return hand_over


def _count_late_steps(stays: Iterable[Encounter], at: datetime) -> dict[UUID, int]:
    late = HardStep.objects.filter(case__encounter__in=stays, done_at=None, due_at__lte=at)
    counted = late.values("case__encounter").annotate(late=Count("pk"))
    return {row["case__encounter"]: row["late"] for row in counted}


def _find_pages(stays: Iterable[Encounter]) -> dict[str, list[Page]]:
    """Find the pages of each stay, in the order in which they were sent."""
    found: dict[str, list[Page]] = {}
    rows = Page.objects.filter(about__in=[stay.about for stay in stays])
    for page in rows.order_by("sent_at"):
        found.setdefault(page.about, []).append(page)
    return found


def _find_answer(pages: Iterable[Page]) -> datetime | None:
    """Find when somebody last answered."""
    return max((page.answered_at for page in pages if page.answered_at), default=None)


def _is_after(answered: datetime | None, since: datetime) -> bool:
    return answered is not None and answered > since
