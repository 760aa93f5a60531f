"""Everything that the page of a visit and its packet show, put together once."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.visits.door import Door, DoorAnswer, say_since
from bedside.doors.web.visits.forms import find_choices
from bedside.doors.web.visits.timeline import Entry, Teller
from bedside.doors.web.words import say
from bedside.record.accounts.queries import find_names, find_open_posts
from bedside.record.paging.models import Page
from bedside.record.paging.queries import find_pages_about
from bedside.record.refusal import Refused
from bedside.record.visits.known import Known
from bedside.record.visits.models import Visit
from bedside.record.visits.queries import (
    Call,
    Happened,
    find_calls,
    find_happened,
    find_known,
    find_timeline,
)
from bedside.record.visits.tables import load_moments
from bedside.record.visits.wanted import VisitRecord
from bedside.rules.vocabulary.problem import Language

GONE: Final = 410


class VisitGone(Refused):
    """A visit whose keys were destroyed: what it said can no longer be read by anybody."""

    code: ClassVar[str] = "visits.gone"
    status: ClassVar[int] = GONE
    en: ClassVar[str] = "This visit was deleted; what it said can no longer be read."
    es: ClassVar[str] = "Esta visita se eliminó; lo que decía ya no se puede leer."


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """Somebody who was called: when, how long after they came, and whether they answered."""

    who: str
    how: str
    at: datetime
    since: str
    answered_at: datetime | None
    page: Page | None  # a page that waits for whoever reads this
    is_heard: bool  # whether anybody has the role that was paged


@dataclass(frozen=True, slots=True, kw_only=True)
class HappenedLine:
    """One thing that happened, in words."""

    what: str
    icon: str
    at: datetime
    role: str
    words: str
    witness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPage:
    """The page of a visit."""

    answer: DoorAnswer
    known: tuple[tuple[str, str], ...]
    calls: tuple[CallLine, ...]
    happened: tuple[HappenedLine, ...]
    timeline: tuple[Entry, ...]
    outcome: str


def open_visit(staff: Staff, visit: Visit) -> VisitRecord:
    """Open what is known of a visit, or say that it is gone."""
    reader = staff.reader()
    known = find_known(reader, visit)
    if known is None:
        raise VisitGone
    happened = find_happened(reader, visit)
    pages = find_pages_about(staff.standing, visit.about)
    return VisitRecord(
        known=known,
        outcome=visit.outcome,
        came_at=visit.came_at,
        happened=happened,
        calls=find_calls(pages, happened),
    )


def find_door(staff: Staff, record: VisitRecord, language: Language) -> Door:
    """Hold a visit against the rulebook."""
    return Door(find_shelf(), staff.site, record, at=staff.at, language=language)


def find_first_contact(staff: Staff, known: Known, language: Language) -> str:
    """Find whom to page when officers have just come."""
    record = VisitRecord(known=known, outcome="", came_at=staff.at, happened=(), calls=())
    return find_door(staff, record, language).find_contact()


def build_page(staff: Staff, visit: Visit, language: Language) -> VisitPage:
    """Build the page of a visit."""
    record = open_visit(staff, visit)
    vocabulary = find_shelf().vocabulary
    teller = Teller(find_choices(vocabulary, language), vocabulary, language)
    told = find_timeline(staff.reader(), visit)
    names = find_names({one.by for one in told if one.by})
    return VisitPage(
        answer=find_door(staff, record, language).answer(),
        known=tuple(teller.tell_known(record.known.told())),
        calls=tuple(_build_call(staff, visit, call, teller) for call in record.calls),
        happened=tuple(_build_happened(one, teller) for one in record.happened),
        timeline=tuple(teller.tell(one, names) for one in told),
        outcome=say_outcome(visit, language),
    )


def say_outcome(visit: Visit, language: Language) -> str:
    """Say how a visit stands: how it ended, or that it goes on."""
    if visit.outcome:
        return load_moments()[visit.outcome].label.say(language)
    return say("visits_no_outcome", language)


def _build_call(staff: Staff, visit: Visit, call: Call, teller: Teller) -> CallLine:
    waiting = call.is_page and call.answered_at is None and call.role in staff.standing.roles
    pages = find_pages_about(staff.standing, visit.about) if waiting else ()
    mine = [p for p in pages if (p.to_role, p.sent_at, p.answered_at) == (call.role, call.at, None)]
    posts = find_open_posts(at=staff.at).filter(site_id=staff.standing.site, role=call.role)
    return CallLine(
        is_heard=not call.is_page or posts.exists(),
        who=teller.name_role(call.role),
        how=say("visits_by_page" if call.is_page else "visits_by_phone", teller.language),
        at=call.at,
        since=say_since(call.at - visit.came_at, teller.language),
        answered_at=call.answered_at,
        page=next(iter(mine), None),
    )


def _build_happened(one: Happened, teller: Teller) -> HappenedLine:
    moment = load_moments()[one.what]
    return HappenedLine(
        what=moment.label.say(teller.language),
        icon=moment.icon,
        at=one.at,
        role=teller.name_role(one.role) if one.role else "",
        words=one.words,
        witness=one.witness,
    )
