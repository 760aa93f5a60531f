"""What journeys of reviews begin with: reports, rows at a bedside, a quarter and a month behind."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections

from bedside.doors.web.staff.signed_in import find_edition
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.incidents.closing_operations import record_closed, record_feedback
from bedside.record.incidents.harm import Rated
from bedside.record.incidents.models import Review
from bedside.record.incidents.operations import record_report_taken
from bedside.record.incidents.rating_operations import (
    Wanted,
    record_action,
    record_action_done,
    record_rating,
)
from bedside.record.incidents.words import Change
from bedside.record.journal.act import Act
from bedside.record.letters.models import Letter, Raised
from bedside.record.presence.ladder import Ladder
from bedside.record.presence.officer_page_operations import record_statement
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.presence.request_operations import CameOf, Request, record_request
from bedside.record.presence.words import Outcome
from bedside.record.reports.choices import Harm, Reached, Route
from bedside.record.reports.models import Report
from bedside.record.reports.operations import Origin, Said, record_report
from bedside.trust.ledger.leaf import Lane

OF_SAFETY, OF_THE_HOUSE = "canary words of a safety report", "canary words of the house"
STATED = "The nurse told me to stay where I could see the door."
LINE = "The door has glass now."
REPORTS, CLOSED, ASKED = 6, 12, 14
NURSE, REVIEWER = "bedside-nurse", "risk-manager"


def add_reports() -> None:
    """Add everything, the oldest first: the journal takes no step back."""
    now = datetime.now(UTC)
    before = now.replace(day=1) - timedelta(days=12)  # in the month before
    stay = _open_stay(before)
    for _ in range(CLOSED):
        _close(_file("P7", OF_SAFETY, _last_quarter(now)), _last_quarter(now))
    for _ in range(ASKED):
        _ask(stay, before)
    _note(stay, now)
    officer = replace(begin(NURSE, now), by=None)
    record_statement(officer, stay, words=STATED, signed="Badge 1187", language="en")
    for _ in range(REPORTS):
        _file("P1", OF_SAFETY, now, stay=stay.pk)
    _file("S5", OF_THE_HOUSE, now, lane=Lane.OPERATIONAL)
    letter = Letter.objects.create(
        id=uuid4(), site_id="sample", encounter=stay, code="K7QM", started_at=now
    )
    Raised.objects.create(id=uuid4(), site_id="sample", letter=letter, code="D2", at=now)
    connections.close_all()  # no connection may cross the fork into the servers


def begin(username: str, at: datetime, lane: Lane = Lane.OPERATIONAL) -> Act:
    """Begin an act of somebody of the sample hospital."""
    return Act(
        key=uuid4(),
        site="sample",
        by=Person.objects.get(username=username).pk,
        at=at,
        edition=find_edition(),
        master=settings.BEDSIDE_MASTER,
        random=secrets.token_bytes,
        lane=lane,
    )


def _last_quarter(now: datetime) -> datetime:
    """Find a moment in the last whole quarter."""
    first = datetime(now.year, (now.month - 1) // 3 * 3 + 1, 1, 12, tzinfo=UTC)
    return first - timedelta(days=20)


def _open_stay(at: datetime) -> Encounter:
    opening = Opening(unit="Labor and delivery", room="409", patient="first baby")
    return record_encounter(begin(NURSE, at), opening=opening, facts={"agency": "ice"})


def _note(stay: Encounter, at: datetime) -> None:
    facts = {"activity": "feeding", "agency": "ice"}
    noted = Noted(position="at_bedside", device="in_use", facts=facts)
    record_mark(begin(NURSE, at), stay, noted=noted)


def _ask(stay: Encounter, at: datetime) -> None:
    request = Request(preset="private", words="Please step out.")
    came = CameOf(outcome=Outcome.DONE)
    record_request(begin(NURSE, at), stay, request=request, came=came, ladder=Ladder())


def _file(
    code: str, words: str, at: datetime, *, stay: UUID | None = None, lane: Lane = Lane.SAFETY
) -> Report:
    said = Said(
        route=Route.ICON,
        families=(code[0],),
        types=(code,),
        reached_patient=Reached.YES,
        unit="Labor and delivery",
        texts={"words": words},
    )
    return record_report(begin(NURSE, at, lane), said, origin=Origin(stay=stay))


def _close(report: Report, at: datetime) -> None:
    """Review a report to its end, with one change that is done."""
    review = record_report_taken(begin(REVIEWER, at, Lane.SAFETY), report, code=report.types[0])
    rated = Rated(
        reached=Reached.YES, physical=Harm.NONE, psychological=Harm.MILD, dignity=Harm.MILD
    )
    record_rating(begin(REVIEWER, at, Lane.SAFETY), review, rated=rated)
    wanted = Wanted(
        change=Change.ROOM,
        owner=Role.CHARGE_NURSE,
        due_on=at.date(),
        what="glass in the door",
        line=LINE,
    )
    act = begin(REVIEWER, at, Lane.SAFETY)
    action = record_action(act, review, wanted=wanted, today=at.date())
    record_action_done(begin(REVIEWER, at, Lane.SAFETY), action)
    for answer in (_answer, _end):
        answer(Review.objects.select_related("report").get(pk=review.pk), at)


def _answer(review: Review, at: datetime) -> None:
    act = begin(REVIEWER, at, Lane.SAFETY)
    record_feedback(act, review, text="Thank you.", withheld="", seen=review.version)


def _end(review: Review, at: datetime) -> None:
    act = begin(REVIEWER, at, Lane.SAFETY)
    record_closed(act, review, outcome="Glass was put in.", seen=review.version)
