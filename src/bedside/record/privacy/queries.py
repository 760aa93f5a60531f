"""Reading exposures: what waits, how one was assessed, who was told, and which clocks run."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final
from uuid import UUID

from bedside.record.journal.queries import Reader
from bedside.record.privacy.assessing import BREACH, Weighed, read_weighed
from bedside.record.privacy.models import Assessment, Delay, Exposure, Notice, Origin
from bedside.record.reports.choices import Route
from bedside.record.reports.models import Report
from bedside.record.reports.queries import find_reports
from bedside.rules.calendars.clocks import Due, Known, find_clocks, read_known, start
from bedside.rules.calendars.delays import Form, Statement, is_paused, pause
from bedside.rules.incidents.taxonomy import Breach, load_types

MOST_SHOWN: Final = 200
MANY: Final = 500  # people: 45 CFR 164.408
TAKEN_DOWN: Final = frozenset({"texted", "photographed", "recorded"})
OUTSIDE: Final = frozenset({Route.FAMILY, Route.OFFICER})  # whoever writes is not of the house
OPEN: Final = ("", BREACH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One clock of one exposure: by when, whether it waits, and whether it was answered."""

    due: Due
    today: date
    is_paused: bool = False
    given_on: date | None = None

    @property
    def days_left(self) -> int | None:
        """The days to the last day on every reading; below zero it is over."""
        return self.due.count_days_left(self.today)

    @property
    def is_open(self) -> bool:
        """Tell whether somebody is still to be told."""
        return self.given_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAssessment:
    """A signed assessment with what it says; nothing of it if its keys were destroyed."""

    row: Assessment
    weighed: Weighed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDelay:
    """A delay with who stated it and what."""

    row: Delay
    official: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotice:
    """A notice with its words."""

    row: Notice
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where and when clocks are told: the hospital's jurisdiction, its zone, the moment."""

    jurisdiction: str
    zone: tzinfo
    at: datetime

    @property
    def today(self) -> date:
        """The day on the clock of the hospital."""
        return self.at.astimezone(self.zone).date()


def needs_privacy(report: Report) -> bool:
    """Tell whether somebody has to assess if a report tells of a breach."""
    types = load_types()
    found = [types[code].breach for code in report.types if code in types]
    return any(breach is not Breach.NO for breach in found)


def find_waiting_reports(reader: Reader) -> tuple[Report, ...]:
    """Find the reports of the reader's lane that privacy has not taken up, the oldest first."""
    rows = [report for report in find_reports(reader) if needs_privacy(report)]
    taken = Origin.objects.filter(report__in=[row.pk for row in rows])
    gone = set(taken.values_list("report", flat=True))
    return tuple(sorted((r for r in rows if r.pk not in gone), key=lambda r: r.filed_at))


def find_exposure_of(reader: Reader, report: Report) -> UUID | None:
    """Find which exposure a report of the reader's lane led to, with the report's own keys."""
    row = Origin.objects.filter(report=report.pk).first()
    room = reader.open(report.about)
    if row is None or room is None:
        return None
    return UUID(room.open(row.exposure, "privacy_origin", row.pk, "exposure"))


def find_known(report: Report, zone: tzinfo) -> Known:
    """Find when somebody of the house first knew what a report tells; of some, only the day."""
    at = report.filed_at
    if report.discovered_at and report.is_named and report.route not in OUTSIDE:
        at = min(at, report.discovered_at)
    return read_known(at, zone, only_day=not report.is_named)


def find_report_clocks(report: Report, place: Place) -> tuple[Running, ...]:
    """Start the clocks of a report that nobody has taken up yet."""
    sets_off = _set_off(way="texted" if {"P3", "P4"} & set(report.types) else "", people=1)
    known = find_known(report, place.zone)
    return tuple(
        Running(due=start(clock, known, place.zone), today=place.today)
        for clock in find_clocks(place.jurisdiction, sets_off)
    )


def find_exposures(site: str, *, only_open: bool) -> tuple[Exposure, ...]:
    """Find the exposures of a hospital, those known longest first."""
    rows = Exposure.objects.filter(site_id=site).select_related("encounter")
    rows = rows.prefetch_related("delays", "notices")
    rows = rows.filter(result__in=OPEN) if only_open else rows.exclude(result__in=OPEN)
    return tuple(rows.order_by("known_at" if only_open else "-known_at")[:MOST_SHOWN])


def find_running(exposure: Exposure, place: Place) -> tuple[Running, ...]:
    """Find the clocks of an exposure as they stand; none where no breach is left to tell of."""
    if exposure.result not in OPEN:
        return ()
    known = read_known(exposure.known_at, place.zone, only_day=exposure.is_only_day)
    statements = read_statements(exposure.delays.all())
    given = {name: one.given_on for one in exposure.notices.all() for name in one.clocks}
    sets_off = _set_off(way=exposure.way, people=exposure.people)
    running = []
    for clock in find_clocks(place.jurisdiction, sets_off):
        due = pause(start(clock, known, place.zone), statements)
        running.append(
            Running(
                due=due,
                today=place.today,
                is_paused=is_paused(due, statements, today=place.today),
                given_on=given.get(clock.id),
            )
        )
    return tuple(running)


def read_statements(delays: Iterable[Delay]) -> tuple[Statement, ...]:
    """Read what officials stated as the calendar reads it."""
    return tuple(
        Statement(form=Form(row.form), stated_on=row.stated_on, until=row.until) for row in delays
    )


def find_assessments(reader: Reader, exposure: Exposure) -> tuple[ReadAssessment, ...]:
    """Find the signed assessments, the latest first."""
    room = reader.open(exposure.about)
    return tuple(
        ReadAssessment(
            row=row,
            weighed=read_weighed(room.open(row.plain, "privacy_assessment", row.pk, "plain"))
            if room
            else None,
        )
        for row in exposure.assessments.order_by("-number")[:MOST_SHOWN]
    )


def find_delays(reader: Reader, exposure: Exposure) -> tuple[ReadDelay, ...]:
    """Find what officials stated, the latest first."""
    room = reader.open(exposure.about)
    if room is None:
        return ()
    found = []
    for row in exposure.delays.order_by("-stated_on")[:MOST_SHOWN]:
        said = json.loads(room.open(row.said, "privacy_delay", row.pk, "said"))
        found.append(ReadDelay(row=row, official=said["official"], words=said["words"]))
    return tuple(found)


def find_notices(reader: Reader, exposure: Exposure) -> tuple[ReadNotice, ...]:
    """Find who was told, the latest first."""
    room = reader.open(exposure.about)
    rows = exposure.notices.order_by("-given_on", "-noted_at")[:MOST_SHOWN]
    return tuple(
        ReadNotice(row=row, body=room.open(row.body, "privacy_notice", row.pk, "body"))
        for row in rows
        if room is not None
    )


def _set_off(*, way: str, people: int) -> frozenset[str]:
    size = "large_breach" if people >= MANY else "small_breach"
    return frozenset({"breach", size, *(["captured"] if way in TAKEN_DOWN else [])})
