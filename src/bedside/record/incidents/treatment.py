"""Whether every report is treated alike, whomever it is about: the rules, and the measures.

Counsel may audit this without reading a single review: only types, days and counts are used.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bedside.record.incidents.concerns import HEARD_OF, find_concern
from bedside.record.incidents.models import Review
from bedside.record.incidents.words import Concern, Status
from bedside.record.journal.queries import Reader
from bedside.record.reports.models import Report
from bedside.rules.incidents.taxonomy import load_types
from bedside.rules.rulebook.norm import Modality, Norm
from bedside.trust.publication.publish import LEAST_THRESHOLD

OFFICERS: Final = frozenset({"officer", "agency"})
# Law that protects officers, and whoever holds their custody, from staff and everybody else.
PROTECTING: Final = (
    "us/federal/congress/18-usc-111-a-no-force-against-officers",
    "us/federal/congress/18-usc-1505-no-obstruction",
    "us/federal/congress/18-usc-1071-no-concealing-after-warrant",
    "us/federal/congress/18-usc-1519-no-falsified-record",
    "us/federal/congress/18-usc-1001-a-no-false-statement",
    "us/federal/congress/8-usc-1324-a-no-hiding",
)


class Group(StrEnum):
    """Whose conduct a type is ordinarily about."""

    OFFICER = "officer"
    STAFF = "staff"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """How the reports of a group were treated; nothing where too few are to be counted."""

    group: Group
    reports: int | None
    closed: int | None
    days_to_take: int | None  # the middle one
    days_to_close: int | None
    heard_first: bool  # the rule, not a count: nobody's review closes before they were heard


def find_group(code: str) -> Group:
    """Find the group of a type; what is about both is counted with officers."""
    concern = find_concern(code)
    if concern is Concern.BOTH:
        return Group.OFFICER
    return Group(concern.value)


def measure_treatment(reader: Reader) -> tuple[Measures, ...]:
    """Measure each group of reports by the same few numbers."""
    reviews = list(Review.objects.filter(site_id=reader.site).select_related("report"))
    untaken = Report.objects.filter(site_id=reader.site, review=None, withdrawn_at=None)
    waiting = [find_group((one.types or [""])[0]) for one in untaken]
    return tuple(
        _measure(group, [one for one in reviews if find_group(one.code) is group], waiting)
        for group in Group
    )


def find_protecting(norms: Collection[Norm]) -> tuple[Norm, ...]:
    """Find the norms that protect officers: law against harm, obstruction and false words."""
    return tuple(norm for norm in norms if norm.id in PROTECTING)


def find_permitting(norms: Collection[Norm]) -> tuple[Norm, ...]:
    """Find what officers and agencies may do, by norms that say so."""
    return tuple(n for n in norms if n.modality is Modality.MAY and n.binds & OFFICERS)


def find_safety_types() -> tuple[str, ...]:
    """Find the types by which danger to officers, and staff who stand in their way, is reported."""
    return tuple(code for code in load_types() if code.startswith("S"))


def count_types(reader: Reader) -> dict[str, int | None]:
    """Count the reports of each type of that family; fewer than eleven are not told."""
    rows = Report.objects.filter(site_id=reader.site)
    every = [code for one in rows.only("types") for code in one.types]
    return {code: _hide(every.count(code)) for code in find_safety_types()}


def _measure(group: Group, reviews: list[Review], waiting: list[Group]) -> Measures:
    closed = [one for one in reviews if one.status == Status.CLOSED.value and one.closed_at]
    taken = [(one.opened_at - one.report.filed_at).days for one in reviews if one.report]
    ended = [(one.closed_at - one.opened_at).days for one in closed if one.closed_at]
    return Measures(
        group=group,
        reports=_hide(len(reviews) + waiting.count(group)),
        closed=_hide(len(closed)),
        days_to_take=_find_middle(taken),
        days_to_close=_find_middle(ended),
        heard_first=group is Group.NOBODY or bool(HEARD_OF[Concern(group.value)]),
    )


def _find_middle(days: list[int]) -> int | None:
    """Find the middle of some days; of few nothing is told."""
    return sorted(days)[len(days) // 2] if len(days) >= LEAST_THRESHOLD else None


def _hide(count: int) -> int | None:
    return count if count == 0 or count >= LEAST_THRESHOLD else None
