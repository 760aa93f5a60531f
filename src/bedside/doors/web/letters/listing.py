"""Lists around letters: open stays with theirs, where one went, and which attendings there are."""

from dataclasses import dataclass
from datetime import datetime

from bedside.doors.web.letters.house import name_of
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.accounts.models import Person
from bedside.record.accounts.queries import find_open_posts
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.queries import find_open_stays
from bedside.record.letters.models import Delivery, Letter
from bedside.record.letters.queries import find_letters
from bedside.rules.attestation.history import History
from bedside.rules.vocabulary.problem import Language

MOST_STAYS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class StayLine:
    """One open stay and its letters."""

    stay: Encounter
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One handing over and what came of it."""

    reader: str
    to: str
    at: datetime
    by: str
    state: str
    is_waiting: bool
    number: int


def build_stays(staff: Staff, language: Language) -> tuple[StayLine, ...]:
    """Build the open stays that the person may read."""
    del language
    return tuple(
        StayLine(stay=stay, letters=find_letters(stay))
        for stay in find_open_stays(staff.standing)[:MOST_STAYS]
    )


def build_deliveries(
    deliveries: tuple[Delivery, ...], history: History, staff: Staff, language: Language
) -> tuple[DeliveryLine, ...]:
    """Build where a letter went, the latest first; rows and events come in one order."""
    told = list(reversed(history.deliveries))
    return tuple(
        DeliveryLine(
            reader=say(f"letter_reader_{row.reader}", language),
            to=event.to,
            at=row.delivered_at,
            by=name_of(event.by),
            state=_say_answer(row, staff, language),
            is_waiting=bool(row.due_at) and row.answered_at is None,
            number=row.number,
        )
        for row, event in zip(deliveries, told, strict=False)
    )


def _say_answer(row: Delivery, staff: Staff, language: Language) -> str:
    if row.answered_at is not None:
        return say("letter_answered", language)
    if row.due_at is None:
        return ""
    late = row.followed_up_at is not None or row.due_at <= staff.at
    return say("letter_answer_missed" if late else "letter_answer_waits", language)


def find_attendings(staff: Staff) -> tuple[Person, ...]:
    """Find who may give an order to sign."""
    posts = find_open_posts(at=staff.at).filter(
        site_id=staff.standing.site, role=Role.ATTENDING.value
    )
    people = Person.objects.filter(pk__in=posts.values("person_id"), is_active=True)
    return tuple(people.exclude(pk=staff.person.pk).order_by("name")[:MOST_STAYS])
