"""The queue as a page shows it: what waits, what is under way, what is closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bedside.doors.web.staff.signed_in import Staff
from bedside.record.accounts.models import Person
from bedside.record.accounts.queries import find_names, find_open_posts
from bedside.record.accounts.roles import ALLOWED, May, Role
from bedside.record.incidents.models import Review
from bedside.record.incidents.queries import Queue
from bedside.record.incidents.words import STATUSES, Status
from bedside.record.letters.models import Raised
from bedside.record.reports.models import Report
from bedside.rules.incidents.taxonomy import load_types
from bedside.rules.vocabulary.problem import Language

MOST_PEOPLE = 200
Option = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that nobody has taken yet: its types alone, none of its words."""

    id: UUID
    types: tuple[Option, ...]
    at: datetime
    unit: str
    is_raised: bool
    is_safety: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One review in a list."""

    id: UUID
    code: str
    title: str
    status: str
    by: str
    at: datetime
    is_withdrawn: bool


def build_waiting(queue: Queue, language: Language) -> tuple[Waiting, ...]:
    """Build what waits, the oldest first."""
    lines = [_tell_report(one, language) for one in queue.reports]
    lines += [_tell_raised(one, language) for one in queue.raised]
    return tuple(sorted(lines, key=lambda line: line.at))


def build_reviews(reviews: Iterable[Review], language: Language) -> tuple[ReviewLine, ...]:
    """Build reviews as lines, in the order in which they come."""
    rows = list(reviews)
    names = find_names({one.assigned_to for one in rows if one.assigned_to})
    return tuple(
        ReviewLine(
            id=one.pk,
            code=one.code,
            title=say_type(one.code, language),
            status=STATUSES[Status(one.status)].say(language),
            by=names.get(one.assigned_to, "") if one.assigned_to else "",
            at=one.closed_at or one.opened_at,
            is_withdrawn=one.report is not None and one.report.is_withdrawn,
        )
        for one in rows
    )


def say_type(code: str, language: Language) -> str:
    """Name a type of incident."""
    type_ = load_types().get(code)
    return type_.title.say(language) if type_ else code


def find_types(report: Report, language: Language) -> tuple[Option, ...]:
    """Find the types under which a report may be reviewed: its own, else those of its families."""
    known = load_types()
    codes = [code for code in report.types if code in known]
    if not codes:
        codes = [
            c for c, one in known.items() if not report.families or one.family in report.families
        ]
    return tuple((code, f"{code} {known[code].title.say(language)}") for code in codes)


def find_people_who(staff: Staff, may: May) -> tuple[Person, ...]:
    """Find who may do something at this hospital now."""
    roles = [role.value for role in Role if may in ALLOWED[role]]
    posts = find_open_posts(at=staff.at).filter(site_id=staff.standing.site, role__in=roles)
    people = Person.objects.filter(pk__in=posts.values("person_id"), is_active=True)
    return tuple(people.order_by("name")[:MOST_PEOPLE])


def _tell_report(report: Report, language: Language) -> Waiting:
    return Waiting(
        id=report.pk,
        types=find_types(report, language),
        at=report.filed_at,
        unit=report.unit,
        is_raised=False,
        is_safety=report.lane == "safety",
    )


def _tell_raised(raised: Raised, language: Language) -> Waiting:
    return Waiting(
        id=raised.pk,
        types=((raised.code, f"{raised.code} {say_type(raised.code, language)}"),),
        at=raised.at,
        unit=raised.letter.encounter.unit,
        is_raised=True,
        is_safety=False,
    )
