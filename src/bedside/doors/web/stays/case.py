"""One stay as a page needs it: what is known, the situation, the advice, and that it was read."""

from dataclasses import dataclass, replace
from functools import cache
from uuid import NAMESPACE_URL, UUID, uuid5

from bedside.doors.web.answer_page import AnswerPage, build_answer
from bedside.doors.web.forms import Tapped
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.case_queries import DutySeen, find_duties
from bedside.record.encounters.duties import compare_duties, find_wanted
from bedside.record.encounters.duty_operations import record_duties_listed
from bedside.record.encounters.freshness import FILE, Freshness, load_freshness
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import record_viewed
from bedside.record.encounters.queries import Known, Where, find_known, mark_stale, situation_of
from bedside.record.journal.operations import DoneBefore
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.vocabulary.problem import Language

VIEWED_EACH = 300  # seconds of the clock in which one person's looking at one stay is one event


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A stay, what is known of it, and what the rules say now."""

    stay: Encounter
    known: tuple[Known, ...]
    situation: Situation
    advice: Advice

    @property
    def fresh(self) -> dict[str, str | int]:
        """What still counts."""
        return {one.fact: one.value for one in self.known if not one.is_stale}


@cache
def find_freshness() -> Freshness:
    """Find how long answers hold, checked against the words of the rulebook in force."""
    return load_freshness(FILE, find_shelf().vocabulary)


def find_where(staff: Staff) -> Where:
    """Find what every situation at this hospital begins with."""
    site = staff.site
    return Where(
        jurisdiction=site.jurisdiction,
        overlays=site.overlays,
        facts=site.facts,
        today=staff.at.astimezone(site.timezone).date(),
    )


def find_stay(staff: Staff, stay_id: UUID, *, to: May = May.READ_CARE) -> Encounter:
    """Find a stay that the person may do this to, or refuse."""
    return access_encounter(staff.standing, stay_id, to=to)


def open_case(staff: Staff, stay: Encounter) -> Case:
    """Read what is known of a stay and ask the rules."""
    found = find_known(staff.reader(), stay)
    known = mark_stale(found, stay, freshness=find_freshness(), at=staff.at)
    situation = situation_of(known, where=find_where(staff))
    return Case(
        stay=stay,
        known=known,
        situation=situation,
        advice=advise(find_shelf().compiled, situation),
    )


def tell_viewed(staff: Staff, stay: Encounter) -> None:
    """Tell the journal that somebody reads a stay, once in each five minutes of the clock."""
    slot = int(staff.at.timestamp()) // VIEWED_EACH
    key = _derive("viewed", stay.site_id, stay.pk, staff.person.pk, slot)
    try:
        record_viewed(staff.act_under(key), stay)
    except DoneBefore:
        return


def refresh_duties(staff: Staff, case: Case) -> tuple[DutySeen, ...]:
    """List what the advice has come to ask, close what no answer asks any more; Bedside does it."""
    stay, listed = case.stay, find_duties(staff.reader(), case.stay)
    if stay.closed_at is not None:
        return listed
    wanted = find_wanted(case.advice, stay, case.known, at=staff.at)
    still = find_wanted(_advise_on_last_known(staff, case), stay, case.known, at=staff.at)
    new, gone = compare_duties(wanted, still=still, listed=listed)
    if not new and not gone:
        return listed
    key = _derive("duties", stay.pk, len(listed), *(one.act for one in new), *sorted(gone))
    try:
        act = replace(staff.act_under(key), by=None)
        record_duties_listed(act, stay, wanted=new, closed=gone)
    except DoneBefore:
        pass  # somebody opened the page at the same moment
    return find_duties(staff.reader(), stay)


def build_page(staff: Staff, case: Case, language: Language) -> AnswerPage:
    """Build the answer as the six taps show it."""
    return build_answer(
        case.advice,
        Tapped(situation=case.situation, fields=()),
        vocabulary=find_shelf().vocabulary,
        site=staff.site,
        language=language,
    )


def _advise_on_last_known(staff: Staff, case: Case) -> Advice:
    if not any(one.is_stale for one in case.known):
        return case.advice
    last = tuple(replace(one, is_stale=False) for one in case.known)
    return advise(find_shelf().compiled, situation_of(last, where=find_where(staff)))


def _derive(*parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, "bedside:" + "|".join(map(str, parts)))
