"""What tests of reviews share: a report, something raised, a review under way."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.incidents.closing_operations import Hearing, record_feedback, record_hearing
from bedside.record.incidents.harm import After, Rated
from bedside.record.incidents.models import Review
from bedside.record.incidents.operations import record_report_taken
from bedside.record.incidents.rating_operations import record_rating
from bedside.record.incidents.words import Heard
from bedside.record.journal.act import Act
from bedside.record.journal.queries import Reader
from bedside.record.presence.ladder import Ladder
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.presence.request_operations import CameOf, Request, record_request
from bedside.record.presence.words import Outcome
from bedside.record.reports.choices import Harm, Reached, Route
from bedside.record.reports.models import Report
from bedside.record.reports.operations import Origin, Said, record_report
from bedside.trust.ledger.leaf import Lane
from record_cast import NIGHT, UNIT, begin, hire, read_with

TODAY = date(2026, 11, 24)
MILD = Rated(
    reached=Reached.YES,
    physical=Harm.NONE,
    psychological=Harm.MILD,
    dignity=Harm.MODERATE,
    after=frozenset({After.MONITORED}),
)


def begin_safely(by: Person, *, at: datetime = NIGHT) -> Act:
    """Begin an act of the safety lane."""
    return replace(begin(by=by, at=at), lane=Lane.SAFETY)


def read_safely() -> Reader:
    """Say with what rows of the safety lane are read."""
    return replace(read_with(), lane=Lane.SAFETY)


def open_stay(by: Person, *, patient: str = "first baby") -> Encounter:
    """Open a stay in custody."""
    opening = Opening(unit=UNIT, room="412", patient=patient)
    return record_encounter(begin(by=by), opening=opening, facts={"in_custody": True})


def report(
    by: Person,
    *,
    code: str = "P1",
    lane: Lane = Lane.SAFETY,
    words: str = "what happened",
    stay: UUID | None = None,
) -> Report:
    """File a report under somebody's name."""
    said = Said(
        route=Route.ICON,
        families=(code[0],),
        types=(code,),
        reached_patient=Reached.YES,
        unit=UNIT,
        texts={"words": words},
    )
    return record_report(replace(begin(by=by), lane=lane), said, origin=Origin(stay=stay))


def take(report_: Report, *, by: Person | None = None) -> tuple[Review, Person]:
    """Take a report into review."""
    reviewer = by or hire(Role.RISK_MANAGER)
    review = record_report_taken(begin_safely(reviewer), report_, code=report_.types[0])
    return review, reviewer


def fresh(review: Review) -> Review:
    """Read a review again."""
    return Review.objects.select_related("report", "raised").get(pk=review.pk)


def hear(review: Review, by: Person, state: Heard, *, on: date = TODAY, words: str = "") -> None:
    """Note a step of hearing the officer."""
    hearing = Hearing(whom="officer", state=state, on=on, words=words)
    seen = fresh(review).version
    record_hearing(begin_safely(by), fresh(review), hearing=hearing, today=TODAY, seen=seen)


def answer(review: Review, by: Person, *, text: str = "Thank you.", withheld: str = "") -> None:
    """Answer whoever reported, or say why not."""
    seen = fresh(review).version
    record_feedback(begin_safely(by), fresh(review), text=text, withheld=withheld, seen=seen)


def rate(review: Review, by: Person, rated: Rated = MILD) -> None:
    """Rate the harm of a review."""
    record_rating(begin_safely(by), fresh(review), rated=rated)


def note(stay: Encounter, by: Person, *, position: str) -> UUID:
    """Note how things stand while a mother feeds her baby."""
    facts = {"activity": "feeding", "agency": "ice"}
    noted = Noted(position=position, device="in_use", facts=facts, happened_at=NIGHT)
    return record_mark(begin(by=by), stay, noted=noted).pk


def ask(stay: Encounter, by: Person, *, outcome: Outcome, times: int) -> None:
    """Ask an officer so many times."""
    ladder = Ladder(rungs=("charge_nurse",), quietly=(), in_danger=(), wait=timedelta(minutes=5))
    for _ in range(times):
        request = Request(preset="private", words="Please step out.")
        record_request(
            begin(by=by), stay, request=request, came=CameOf(outcome=outcome), ladder=ladder
        )
