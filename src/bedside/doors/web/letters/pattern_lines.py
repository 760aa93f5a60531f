"""How often other words were asked for, counted by kind of agency: never a list to blame."""

from collections import Counter
from dataclasses import dataclass

from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.letters.models import Letter
from bedside.record.letters.queries import find_history
from bedside.rules.attestation.compare import Effect
from bedside.rules.attestation.events import AgencyLevel, Decision
from bedside.rules.attestation.history import Request
from bedside.rules.vocabulary.problem import Language

MOST_LETTERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternLine:
    """One kind of agency: how many requests, what they wanted, what was answered."""

    agency: str
    asked: int
    never: int
    limits: int
    declined: int
    accepted: int
    waiting: int


def build_patterns(staff: Staff, language: Language) -> tuple[PatternLine, ...]:
    """Count the requests of this hospital's latest letters by kind of agency."""
    letters = Letter.objects.filter(site_id=staff.standing.site).order_by("-started_at")
    reader = staff.reader()
    requests = [
        one for letter in letters[:MOST_LETTERS] for one in find_history(reader, letter).requests
    ]
    counted = {level: _count(level, requests, language) for level in AgencyLevel}
    return tuple(line for line in counted.values() if line.asked)


def _count(level: AgencyLevel, requests: list[Request], language: Language) -> PatternLine:
    some = [one for one in requests if one.asked.agency is level]
    answers = Counter(one.answer.decision if one.answer else None for one in some)
    effects = [one.asked.effects for one in some]
    return PatternLine(
        agency=say(f"letter_agency_{level}", language),
        asked=len(some),
        never=sum(any(one.is_never for one in group) for group in effects),
        limits=sum(any(one.effect is Effect.DELETE_LIMIT for one in group) for group in effects),
        declined=answers[Decision.DECLINE],
        accepted=answers[Decision.ACCEPT] + answers[Decision.ACCEPT_IN_PART],
        waiting=answers[None],
    )
