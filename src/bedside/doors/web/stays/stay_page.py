"""What the stay page shows in one language: facts with their age, duties, officers, calls."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bedside.doors.web.addresses import find_address
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.case import Case
from bedside.doors.web.taps_page import Tile, build_answers
from bedside.doors.web.words import say
from bedside.record.accounts.queries import find_open_posts
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.encounters.case_queries import CallSeen, DutySeen, OfficerSeen
from bedside.record.encounters.queries import Known
from bedside.rules.vocabulary.catalogue import FactType, Value
from bedside.rules.vocabulary.problem import Language

UNITS = (("day", 24 * 60), ("hour", 60), ("minute", 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """One answer that stands, who gave it, how long ago."""

    id: str
    label: str
    value: str
    age: str
    by: str
    is_stale: bool
    question: str
    answers: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """One duty and its clock."""

    id: UUID
    act: str
    party: str
    to: str
    clock: str
    is_late: bool
    is_open: bool
    ended: str
    cites: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerLine:
    """One officer as staff see them."""

    seen: OfficerSeen
    agency: str
    age: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLine:
    """One call and what came of it."""

    seen: CallSeen
    outcome: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Says ages and roles in one language, at the moment of the page."""

    staff: Staff
    language: Language

    def age(self, at: datetime) -> str:
        """Say how long ago something was."""
        minutes = max(0, int((self.staff.at - at).total_seconds()) // 60)
        if minutes < 1:
            return say("stay_age_now", self.language)
        return say("stay_age", self.language, span=self.span(minutes))

    def until(self, at: datetime) -> tuple[str, bool]:
        """Say how long until something is due, or since when it is, and whether it is late."""
        minutes = int((at - self.staff.at).total_seconds()) // 60
        if minutes < 0:
            return say("stay_late", self.language, span=self.span(-minutes)), True
        return say("stay_due", self.language, span=self.span(max(minutes, 1))), False

    def span(self, minutes: int) -> str:
        """Say a length of time as one would."""
        unit, each = next((u, e) for u, e in UNITS if minutes >= 2 * e or e == 1)
        number = minutes // each
        many = "one" if number == 1 else "many"
        return say(f"span_{unit}_{many}", self.language, n=number)

    def roles(self, people: Iterable[UUID | None]) -> dict[UUID | None, str]:
        """Name people by what they are here; a name is nobody's business on this page."""
        ids = {person for person in people if person is not None}
        posts = find_open_posts(at=self.staff.at).filter(
            site_id=self.staff.standing.site, person_id__in=ids
        )
        found: dict[UUID | None, str] = {
            person: NAMES[Role(role)].say(self.language).lower()
            for person, role in posts.order_by("-since").values_list("person_id", "role")
        }
        unnamed: dict[UUID | None, str] = {
            person: say("stay_by_staff", self.language) for person in ids - found.keys()
        }
        found.update(unnamed)
        found[None] = say("stay_by_nobody", self.language)
        return found


def say_value(fact_id: str, value: Value, language: Language) -> str:
    """Say an answer as its button does."""
    fact = find_shelf().vocabulary.facts[fact_id]
    if fact.type is FactType.COUNT:
        return str(value)
    word = fact.find_word(value)
    return word.label.say(language) if word else say("yes" if value else "no", language)


def build_facts(case: Case, teller: Teller) -> tuple[FactLine, ...]:
    """Build the answers that stand: those to be asked again first, then by age."""
    facts, names = find_shelf().vocabulary.facts, teller.roles(one.by for one in case.known)
    ordered = sorted(case.known, key=lambda one: (not one.is_stale, one.answered_at))
    return tuple(_build_fact(one, facts[one.fact].id, teller, names[one.by]) for one in ordered)


def build_duties(duties: tuple[DutySeen, ...], teller: Teller) -> tuple[DutyLine, ...]:
    """Build the duties with their clocks; done and closed ones below."""
    names = teller.roles(one.done_by for one in duties)
    return tuple(_build_duty(one, teller, names[one.done_by]) for one in duties)


def build_officers(officers: tuple[OfficerSeen, ...], teller: Teller) -> tuple[OfficerLine, ...]:
    """Build the officers who are here."""
    return tuple(
        OfficerLine(
            seen=one,
            agency=say_value("agency", one.agency, teller.language) if one.agency else "",
            age=teller.age(one.arrived_at),
        )
        for one in officers
    )


def build_calls(calls: tuple[CallSeen, ...], teller: Teller) -> tuple[CallLine, ...]:
    """Build the calls to supervisors."""
    names = teller.roles(one.by for one in calls)
    return tuple(
        CallLine(
            seen=one, outcome=say(f"stay_call_{one.outcome}", teller.language), by=names[one.by]
        )
        for one in calls
    )


def _build_fact(one: Known, id_: str, teller: Teller, by: str) -> FactLine:
    fact = find_shelf().vocabulary.facts[id_]
    return FactLine(
        id=id_,
        label=fact.label.say(teller.language),
        value=say_value(id_, one.value, teller.language),
        age=teller.age(one.answered_at),
        by=by,
        is_stale=one.is_stale,
        question=fact.question.say(teller.language),
        answers=build_answers(fact, teller.language) if one.is_stale else (),
    )


def _build_duty(one: DutySeen, teller: Teller, by: str) -> DutyLine:
    vocabulary, language = find_shelf().vocabulary, teller.language
    clock, is_late = teller.until(one.due_at) if one.due_at else ("", False)
    if not clock and one.after:
        event = vocabulary.label("events", one.after).say(language).lower()
        clock = say("after_event", language, event=event)
    ended = ""
    if one.done_at:
        ended = say("stay_duty_done_by", language, by=by, age=teller.age(one.done_at))
    elif one.closed_at:
        ended = say("stay_duty_closed", language, age=teller.age(one.closed_at))
    norms = find_shelf().norms
    return DutyLine(
        id=one.id,
        act=vocabulary.label("acts", one.act).say(language),
        party=vocabulary.label("parties", one.party).say(language),
        to=_name(one.to, language),
        clock=clock,
        is_late=is_late and one.is_open,
        is_open=one.is_open,
        ended=ended,
        cites=tuple(
            (norms[id_].source.cite, find_address("norm", language, norm_id=id_))
            for id_ in one.norms
            if id_ in norms
        ),
    )


def _name(who: str, language: Language) -> str:
    vocabulary = find_shelf().vocabulary
    if who in vocabulary.roles:
        return vocabulary.roles[who].label.say(language)
    return vocabulary.label("parties", who).say(language) if who else ""
