"""What a reviewer does to a review: one form at a time, each keeping what was typed if refused."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from bedside.doors.web.forms import read_day
from bedside.doors.web.incidents.rows import find_stay_of
from bedside.doors.web.incidents.views import lead_to_review, show_review_page
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import May, Role
from bedside.record.incidents.access import OWNERS, access_review
from bedside.record.incidents.closing_operations import (
    Hearing,
    record_closed,
    record_feedback,
    record_hearing,
    record_withdrawn,
)
from bedside.record.incidents.models import Review
from bedside.record.incidents.operations import (
    bound,
    record_assigned,
    record_concern,
    record_factors,
    record_link,
    record_moved,
    record_reopened,
    record_second_rater,
    refuse_ended,
)
from bedside.record.incidents.rating_operations import Wanted, record_action
from bedside.record.incidents.refusals import BadDay, ChangedMeanwhile, ChoiceMissing
from bedside.record.incidents.words import Change, Concern, Factor, Heard, Status
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.record.reports.choices import Side
from bedside.record.reports.operations import record_message
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane


class Desk:
    """A reviewer at work: the request, the review, how far it had come when the page was opened."""

    def __init__(self, request: HttpRequest, staff: Staff, review: Review) -> None:
        self.staff, self.review = staff, review
        self.sent = request.POST
        self.act = staff.act(request, Lane.SAFETY)
        seen = self.sent.get("seen", "")
        self.seen = int(seen) if seen.isdecimal() and len(seen) < 9 else -1  # noqa: PLR2004 - an integer of the database

    def text(self, name: str) -> str:
        """Read a text as it was typed."""
        return self.sent.get(name, "").strip()

    def word(self, name: str, known: type[StrEnum]) -> str:
        """Read a word of a closed list, or refuse."""
        if self.text(name) not in {one.value for one in known}:
            raise ChoiceMissing
        return self.text(name)

    def person(self, name: str) -> Person:
        """Read a person, or refuse."""
        try:
            found = Person.objects.filter(pk=UUID(self.text(name))).first()
        except ValueError:
            found = None
        if found is None:
            raise ChoiceMissing
        return found

    def day(self, name: str) -> date:
        """Read a day, or refuse."""
        day = read_day(self.text(name))
        if day is None:
            raise BadDay(why=self.text(name) or "?")
        return day

    @property
    def today(self) -> date:
        """The day at the hospital."""
        return self.staff.at.astimezone(self.staff.site.timezone).date()


@require_POST
@for_staff(May.REVIEW_REPORTS)
def work_on_review(
    request: HttpRequest, staff: Staff, language: Language, review_id: UUID
) -> HttpResponse:
    """Do what the form says; if that is refused, show the page with the reason and all typed."""
    review = access_review(staff.standing, review_id, to=May.REVIEW_REPORTS)
    do = DOES.get(request.POST.get("do", ""))
    try:
        if do is None:
            raise ChoiceMissing
        do(Desk(request, staff, review))
    except (DoneBefore, NotThere):
        raise
    except Refused as refused:
        said = refused.say(language)
        return show_review_page(request, staff, language, review=review, problem=said)
    return lead_to_review(review_id, language)


def _assign(desk: Desk) -> None:
    record_assigned(desk.act, desk.review, to=desk.person("to"), seen=desk.seen)


def _move(desk: Desk) -> None:
    status = Status(desk.word("status", Status))
    record_moved(desk.act, desk.review, status=status, why=desk.text("why"), seen=desk.seen)


def _concern(desk: Desk) -> None:
    concern = Concern(desk.word("concern", Concern))
    record_concern(desk.act, desk.review, concern=concern, why=desk.text("why"), seen=desk.seen)


def _factors(desk: Desk) -> None:
    sent = desk.sent.getlist("factor")
    if not set(sent) <= {one.value for one in Factor}:
        raise ChoiceMissing
    record_factors(desk.act, desk.review, factors=[Factor(one) for one in sent], seen=desk.seen)


def _link(desk: Desk) -> None:
    stay = find_stay_of(desk.staff, desk.review)
    marks = {str(one.pk): one.pk for one in stay.marks.all()} if stay else {}
    if stay is None or desk.text("mark") not in marks:
        raise ChoiceMissing
    mark = marks[desk.text("mark")]
    record_link(desk.act, desk.review, mark=mark, stay=stay.pk, seen=desk.seen)


def _second(desk: Desk) -> None:
    record_second_rater(desk.act, desk.review, rater=desk.person("rater"), seen=desk.seen)


def _hear(desk: Desk) -> None:
    hearing = Hearing(
        whom=desk.text("whom"),
        state=Heard(desk.word("state", Heard)),
        on=desk.day("on"),
        words=desk.text("words"),
    )
    record_hearing(desk.act, desk.review, hearing=hearing, today=desk.today, seen=desk.seen)


def _answer(desk: Desk) -> None:
    """Write to the reporter in the lane of the report, then note in the review that it was done."""
    text, withheld = desk.text("answer"), desk.text("withheld")
    review = desk.review
    refuse_ended(review)
    if review.version != desk.seen:
        raise ChangedMeanwhile
    if review.report is not None and not withheld:
        key = uuid5(NAMESPACE_URL, f"bedside:answer|{desk.act.key}")
        act = desk.staff.act_under(key, Lane(review.report.lane))
        with suppress(DoneBefore):  # it was sent, and what is noted of it here was not
            record_message(act, review.report, side=Side.HOUSE, text=bound(text))
    record_feedback(desk.act, review, text=text, withheld=withheld, seen=desk.seen)


def _set(desk: Desk) -> None:
    owner = desk.text("owner")
    if owner not in {role.value for role in OWNERS}:
        raise ChoiceMissing
    wanted = Wanted(
        change=Change(desk.word("change", Change)),
        owner=Role(owner),
        due_on=desk.day("due_on"),
        what=desk.text("what"),
        line=desk.text("line"),
    )
    record_action(desk.act, desk.review, wanted=wanted, today=desk.today)


def _close(desk: Desk) -> None:
    record_closed(desk.act, desk.review, outcome=desk.text("outcome"), seen=desk.seen)


def _withdraw(desk: Desk) -> None:
    record_withdrawn(desk.act, desk.review, seen=desk.seen)


def _reopen(desk: Desk) -> None:
    record_reopened(desk.act, desk.review, why=desk.text("why"), seen=desk.seen)


DOES: dict[str, Callable[[Desk], None]] = {
    "answer": _answer,
    "assign": _assign,
    "close": _close,
    "concern": _concern,
    "factors": _factors,
    "hear": _hear,
    "link": _link,
    "move": _move,
    "reopen": _reopen,
    "second": _second,
    "set": _set,
    "withdraw": _withdraw,
}
