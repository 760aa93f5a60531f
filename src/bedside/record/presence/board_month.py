"""A month or a quarter of the board in numbers: hours at each place, refusals, minutes to answer.

No name, no room and no agency: levels of agencies only. What nobody observed is counted as such.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.queries import find_known
from bedside.record.journal.queries import Reader
from bedside.record.paging.models import Page
from bedside.record.presence.board_queries import UNSEEN
from bedside.record.presence.models import Mark
from bedside.trust.publication.counts import Counts, Dimension
from bedside.trust.publication.table import Grouping, Plan

NOT_OBSERVED: Final = "not_observed"
NOT_KNOWN: Final = "not_known"
REFUSALS: Final = ("refused", "danger")
MOST_STAYS: Final = 5000
Cell = tuple[str, str]  # level, place


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The time that is counted; its end is outside."""

    label: str  # 2026-11 or 2026-Q4
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The closed lists by which is counted, and the level of each agency."""

    levels: Mapping[str, str]  # agency: level
    places: tuple[str, ...]

    @property
    def all_levels(self) -> tuple[str, ...]:
        """Every level, and not known."""
        return (*dict.fromkeys(self.levels.values()), NOT_KNOWN)


@dataclass(slots=True, kw_only=True)
class Month:
    """What was counted."""

    stays: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    time: dict[Cell, timedelta] = field(default_factory=lambda: defaultdict(timedelta))
    refusals: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    minutes: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def count_month(reader: Reader, span: Span, words: Words) -> Month:
    """Count a span of time."""
    month = Month()
    rows = Encounter.objects.filter(site_id=reader.site, opened_at__lt=span.until)
    here = rows.filter(Q(closed_at=None) | Q(closed_at__gt=span.since))
    for stay in here.order_by("opened_at")[:MOST_STAYS]:
        level = _find_level(reader, stay, words)
        for place, time in _count_places(stay, span).items():
            month.stays[level, place] += 1
            month.time[level, place] += time
        for minutes in _find_answers(stay, span):
            month.refusals[level] += 1
            if minutes is not None:
                month.minutes[level].append(minutes)
    return month


def count_stays(month: Month, span: Span, words: Words) -> tuple[Counts, Plan]:
    """Say how many stays had an officer at each place, ready to be published."""
    dimensions = (
        Dimension(name="level", values=words.all_levels),
        Dimension(name="place", values=(*words.places, NOT_OBSERVED)),
    )
    subject = f"stays by place, {span.label}"
    cells: dict[tuple[str, ...], int] = {
        (level, place): n for (level, place), n in month.stays.items()
    }
    counts = Counts(subject=subject, dimensions=dimensions, cells=cells)
    return counts, _plan(subject, dimensions)


def count_refusals(month: Month, span: Span, words: Words) -> tuple[Counts, Plan]:
    """Say how many refusals there were, ready to be published."""
    dimensions = (Dimension(name="level", values=words.all_levels),)
    subject = f"refusals, {span.label}"
    cells: dict[tuple[str, ...], int] = {(one,): n for one, n in month.refusals.items()}
    counts = Counts(subject=subject, dimensions=dimensions, cells=cells)
    return counts, _plan(subject, dimensions)


def _plan(name: str, dimensions: Iterable[Dimension]) -> Plan:
    groupings = tuple(
        Grouping(dimension=one.name, groups={v: frozenset({v}) for v in one.values})
        for one in dimensions
    )
    return Plan(name=name, groupings=groupings)


def _find_level(reader: Reader, stay: Encounter, words: Words) -> str:
    agency = next((one.value for one in find_known(reader, stay) if one.fact == "agency"), "")
    return words.levels.get(str(agency), NOT_KNOWN)


def _count_places(stay: Encounter, span: Span) -> dict[str, timedelta]:
    """Count the time at each place; a note holds until the next one, and not for ever."""
    notes = Mark.objects.filter(encounter=stay, corrected_by=None, is_withdrawn=False)
    seen = notes.exclude(position="").filter(happened_at__lt=span.until).order_by("happened_at")
    moments = list(seen.values_list("happened_at", "position"))
    ends = min(stay.closed_at or span.until, span.until)
    counted: dict[str, timedelta] = defaultdict(timedelta)
    began = stay.opened_at
    for number, (at, place) in enumerate(moments):
        after = moments[number + 1][0] if number + 1 < len(moments) else ends
        holds = min(after, at + UNSEEN)
        counted[NOT_OBSERVED] += _overlap(began, at, span, ends)
        counted[place] += _overlap(at, holds, span, ends)
        began = holds
    counted[NOT_OBSERVED] += _overlap(began, ends, span, ends)
    return {place: time for place, time in counted.items() if time > timedelta(0)}


def _overlap(since: datetime, until: datetime, span: Span, ends: datetime) -> timedelta:
    return max(min(until, ends) - max(since, span.since), timedelta(0))


def _find_answers(stay: Encounter, span: Span) -> list[float | None]:
    """Find for each refusal the minutes until somebody answered; nothing if nobody did."""
    pages = Page.objects.filter(about=stay.about, sent_at__lt=span.until)
    refused = pages.filter(reason__in=REFUSALS, sent_at__gte=span.since)
    answered = sorted(at for at in pages.values_list("answered_at", flat=True) if at is not None)
    found: list[float | None] = []
    for sent in sorted(set(refused.values_list("sent_at", flat=True))):
        first = next((at for at in answered if at >= sent), None)
        found.append((first - sent).total_seconds() / 60 if first else None)
    return found
