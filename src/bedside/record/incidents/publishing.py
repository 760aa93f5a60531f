"""What a hospital publishes within its own walls: how requests were answered, and what changed.

Counts pass through `trust.publication`: small numbers are hidden, with as many others as keep them
from being worked out, and nothing is shown that earlier tables would give away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Final

from bedside.record.encounters.models import Answered, Encounter, Officer
from bedside.record.incidents.models import Action, Release, Review
from bedside.record.incidents.words import Change, Status
from bedside.record.journal.queries import Reader
from bedside.record.presence.models import Asked
from bedside.record.presence.words import Outcome
from bedside.rules.incidents.taxonomy import load_families
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.trust.publication.coarsen import Period, coarsen_date
from bedside.trust.publication.counts import Counts, Dimension, tabulate
from bedside.trust.publication.release import Release as Table
from bedside.trust.publication.release import read_release
from bedside.trust.publication.table import ALL, Grouping, Plan

LEVELS: Final = ("federal", "state", "local", "tribal", "not_known")
ASKED, OFFICERS, REVIEWED, CHANGED = "asked", "arrivals", "reviewed", "changed"
MOST_ROWS: Final = 20_000
SHARED: Final = {Outcome.DONE: "done", Outcome.PARTLY: "partly", Outcome.REFUSED: "refused"}
CAME: Final = ("done", "partly", "refused", "other")


class Wait(StrEnum):
    """How long an answer took, in steps of the clock."""

    FIVE = "within_5"
    FIFTEEN = "within_15"
    HOUR = "within_60"
    LONGER = "longer"
    NONE = "no_answer"


STEPS: Final = ((5, Wait.FIVE), (15, Wait.FIFTEEN), (60, Wait.HOUR))


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What the counts need to know of a hospital: its clock and the words of the rulebook."""

    zone: tzinfo
    vocabulary: Vocabulary

    def month(self, at: datetime) -> str:
        """Name the month in which something was."""
        return coarsen_date(at.astimezone(self.zone).date(), to=Period.MONTH)

    def level(self, agency: str) -> str:
        """Tell the level of an agency; what nobody said is not known."""
        derived = self.vocabulary.facts["agency_level"].derived
        found = derived.values.items() if derived else ()
        level = next((str(level) for level, agencies in found if agency in agencies), "")
        return level if level in LEVELS else "not_known"


def count_asked(reader: Reader, house: House, *, months: Iterable[str]) -> Counts:
    """Count requests to officers by month, level, what came of them and how long it took."""
    rows = []
    asked = Asked.objects.filter(encounter__site_id=reader.site).select_related("encounter")
    agencies: dict[object, str] = {}
    for one in asked.order_by("asked_at")[:MOST_ROWS]:
        if one.encounter_id not in agencies:
            agencies[one.encounter_id] = _find_agency(reader, one.encounter)
        rows.append(
            {
                "month": house.month(one.asked_at),
                "level": house.level(agencies[one.encounter_id]),
                "came": SHARED.get(Outcome(one.outcome), "other"),
                "wait": _find_wait(one),
            }
        )
    dimensions = (
        _months(rows, months),
        Dimension(name="level", values=LEVELS),
        Dimension(name="came", values=CAME),
        Dimension(name="wait", values=tuple(one.value for one in Wait)),
    )
    return tabulate(rows, subject=ASKED, dimensions=dimensions)


def count_arrivals(reader: Reader, house: House, *, months: Iterable[str]) -> Counts:
    """Count officers who came by month, level, and whether they had read the page for them."""
    rows = []
    came = Officer.objects.filter(site_id=reader.site).exclude(encounter=None)
    agencies: dict[object, str] = {}
    for one in came.select_related("encounter").order_by("arrived_at")[:MOST_ROWS]:
        if one.encounter_id not in agencies and one.encounter is not None:
            agencies[one.encounter_id] = _find_agency(reader, one.encounter)
        rows.append(
            {
                "month": house.month(one.arrived_at),
                "level": house.level(agencies[one.encounter_id]),
                "oriented": "yes" if one.oriented else "no",
            }
        )
    dimensions = (
        _months(rows, months),
        Dimension(name="level", values=LEVELS),
        Dimension(name="oriented", values=("yes", "no")),
    )
    return tabulate(rows, subject=OFFICERS, dimensions=dimensions)


def count_reviewed(site: str, house: House, *, months: Iterable[str]) -> Counts:
    """Count closed reviews by month and family."""
    closed = Review.objects.filter(site_id=site, status=Status.CLOSED.value)
    rows = [
        {"month": house.month(one.closed_at), "family": one.code[:1]}
        for one in closed.order_by("closed_at")[:MOST_ROWS]
        if one.closed_at is not None
    ]
    families = Dimension(name="family", values=tuple(load_families()))
    return tabulate(rows, subject=REVIEWED, dimensions=(_months(rows, months), families))


def count_changed(site: str, house: House, *, months: Iterable[str]) -> Counts:
    """Count corrective actions that are done, by month and by what they change."""
    done = Action.objects.filter(review__site_id=site).exclude(done_at=None)
    rows = [
        {"month": house.month(one.done_at), "change": one.change}
        for one in done.order_by("done_at")[:MOST_ROWS]
        if one.done_at is not None
    ]
    changes = Dimension(name="change", values=tuple(one.value for one in Change))
    return tabulate(rows, subject=CHANGED, dimensions=(_months(rows, months), changes))


def plan(name: str, counts: Counts, *, months: Iterable[str], by: tuple[str, ...]) -> Plan:
    """Plan a table of some months by other dimensions, each value for itself."""
    of = {one.name: one.values for one in counts.dimensions}
    period = Grouping(dimension="month", groups={name: frozenset(months)})
    groups = [
        Grouping(dimension=one, groups={value: frozenset({value}) for value in of[one]})
        for one in by
    ]
    return Plan(name=name, groupings=(period, *groups))


def find_published(site: str, subject: str, period: str = "") -> tuple[Release, ...]:
    """Find what was published of a subject, the latest first."""
    rows = Release.objects.filter(site_id=site, subject=subject)
    rows = rows.filter(period=period) if period else rows
    return tuple(rows.order_by("-number"))


def read_cells(row: Release) -> Mapping[tuple[str, ...], int | None]:
    """Read the numbers of a published table by the labels beside the period; hidden is nothing."""
    table: Table = read_release(bytes(row.plain))
    return {key[1:]: count for key, count in table.cells.items() if key[0] != ALL}


def find_months(day: date, *, quarter: bool) -> tuple[str, tuple[str, ...]]:
    """Find the last whole month or quarter before a day, with the months in it."""
    length = 3 if quarter else 1
    first = (day.year * 12 + day.month - 1) // length * length - length
    months = tuple(f"{one // 12:04}-{one % 12 + 1:02}" for one in range(first, first + length))
    name = coarsen_date(date.fromisoformat(f"{months[0]}-01"), to=Period.QUARTER)
    return (name if quarter else months[0]), months


def _months(rows: Iterable[Mapping[str, str]], wanted: Iterable[str]) -> Dimension:
    found = sorted({*wanted, *(row["month"] for row in rows)})
    return Dimension(name="month", values=tuple(found))


def _find_wait(one: Asked) -> str:
    if one.answered_at is None:
        return Wait.NONE.value
    minutes = (one.answered_at - one.asked_at).total_seconds() / 60
    return next((step.value for most, step in STEPS if minutes <= most), Wait.LONGER.value)


def _find_agency(reader: Reader, stay: Encounter) -> str:
    """Find the agency that was named last at a stay."""
    room = reader.open(stay.about)
    row = Answered.objects.filter(encounter=stay, fact="agency").order_by("-answered_at").first()
    if room is None or row is None:
        return ""
    return str(room.open(row.value, "encounters_answered", row.pk, "value")).strip('"')
