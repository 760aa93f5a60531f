"""The queue of what was reported and raised, and one review with all that belongs to it."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.incidents.lists import (
    build_reviews,
    build_waiting,
    find_people_who,
    find_types,
    say_type,
)
from bedside.doors.web.incidents.review_page import (
    build_actions,
    build_hearings,
    build_ratings,
    build_steps,
    find_options,
    read_reported,
)
from bedside.doors.web.incidents.rows import build_rows, find_choices, find_stay_of
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.roles import NAMES, May
from bedside.record.incidents.access import (
    OWNERS,
    access_raised,
    access_review,
    access_untaken,
)
from bedside.record.incidents.agreement import Agreement, write_hundredths
from bedside.record.incidents.models import Review
from bedside.record.incidents.operations import (
    record_raised_taken,
    record_report_taken,
    record_review_viewed,
)
from bedside.record.incidents.queries import (
    find_closed,
    find_missing,
    find_queue,
    find_story,
    measure_agreement,
)
from bedside.record.incidents.refusals import ChoiceMissing
from bedside.record.incidents.words import (
    CHANGES,
    CONCERNS,
    FACTORS,
    HEARINGS,
    STATUSES,
    Status,
)
from bedside.record.journal.operations import DoneBefore
from bedside.record.presence.patient_queries import find_statements
from bedside.record.reports.operations import record_viewed
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

VIEWED_EACH = 300  # seconds in which one person's reading of one review is one event
UNPROCESSABLE = 422


@require_safe
@for_staff(May.READ_REVIEWS)
def show_queue(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show what waits for a reviewer, what is under way, and how well two raters agree."""
    queue = find_queue(staff.standing)
    measured = measure_agreement(
        staff.reader(Lane.SAFETY), find_closed(staff.standing.site) if _may_take(staff) else ()
    )
    context = {
        "waiting": build_waiting(queue, language),
        "reviews": build_reviews(queue.reviews, language),
        "closed": build_reviews(queue.closed, language),
        "may_take": _may_take(staff),
        "agreement": [(f"inc_{item}", _say_kappa(one)) for item, one in measured.items()],
        "pairs": max((one.pairs for one in measured.values()), default=0),
    }
    return render(request, "bedside/incidents/queue.html", context)


@require_POST
@for_staff(May.REVIEW_REPORTS)
def take_report(
    request: HttpRequest, staff: Staff, language: Language, report_id: UUID
) -> HttpResponse:
    """Take a report into review under one of its types."""
    report = access_untaken(staff.standing, report_id)
    code = request.POST.get("code", "")
    if code not in {one for one, _ in find_types(report, language)}:
        raise ChoiceMissing
    review = record_report_taken(staff.act(request, Lane.SAFETY), report, code=code)
    return lead_to_review(review.pk, language)


@require_POST
@for_staff(May.REVIEW_REPORTS)
def take_raised(
    request: HttpRequest, staff: Staff, language: Language, raised_id: UUID
) -> HttpResponse:
    """Take into review what was raised by itself."""
    raised = access_raised(staff.standing, raised_id)
    review = record_raised_taken(staff.act(request, Lane.SAFETY), raised)
    return lead_to_review(review.pk, language)


@require_safe
@for_staff(May.READ_REVIEWS)
def show_review(
    request: HttpRequest, staff: Staff, language: Language, review_id: UUID
) -> HttpResponse:
    """Show one review."""
    review = access_review(staff.standing, review_id, to=May.READ_REVIEWS)
    tell_viewed(staff, review)
    return show_review_page(request, staff, language, review=review)


def show_review_page(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    *,
    review: Review,
    problem: str = "",
) -> HttpResponse:
    """Show the page of a review that was reached, with what went wrong and what was typed."""
    story = find_story(staff.reader(Lane.SAFETY), review)
    stay = find_stay_of(staff, review)
    is_open = review.status not in {Status.CLOSED.value, Status.WITHDRAWN.value}
    context = {
        "review": review,
        "title": say_type(review.code, language),
        "status_word": STATUSES[Status(review.status)].say(language),
        "is_open": is_open,
        "works": is_open and _may_take(staff),
        "may_reopen": not is_open and _may_take(staff),
        "reported": read_reported(staff, review, language),
        "rows": build_rows(staff, story, language),
        "choices": find_choices(staff, stay, story, language),
        "stay": stay,
        "statements": find_statements(staff.reader(), stay) if stay else (),
        "missing": [one.say(language) for one in find_missing(review, story)],
        "ratings": build_ratings(staff, review, language),
        "count_rated": review.ratings.count(),
        "may_rate": is_open and _may_rate(staff, review),
        "hearings": build_hearings(story, language),
        "actions": build_actions(staff, review, language),
        "steps": build_steps(story, language),
        "story": story,
        "problem": problem,
        "sent": request.POST if problem else {},
        **_find_choices(staff, review, language),
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "bedside/incidents/review.html", context, status=status)


def lead_to_review(review_id: UUID, language: Language) -> HttpResponse:
    """Lead to the page of a review."""
    return HttpResponseRedirect(find_address("review", language, review_id=str(review_id)))


def tell_viewed(staff: Staff, review: Review) -> None:
    """Tell the journals of both lanes that somebody reads, once in each five minutes."""
    slot = int(staff.at.timestamp()) // VIEWED_EACH
    key = f"bedside:read|{review.pk}|{staff.person.pk}|{slot}"
    try:
        record_review_viewed(staff.act_under(uuid5(NAMESPACE_URL, key), Lane.SAFETY), review)
        if review.report is not None:
            own = uuid5(NAMESPACE_URL, f"{key}|report")
            record_viewed(staff.act_under(own, Lane(review.report.lane)), review.report)
    except DoneBefore:
        return


def _find_choices(staff: Staff, review: Review, language: Language) -> dict[str, object]:
    """Find what the forms of the page offer."""
    raters = [p for p in find_people_who(staff, May.RATE_HARM) if p.pk != review.assigned_to]
    return {
        "factors": find_options(FACTORS, language),
        "concerns": find_options(CONCERNS, language),
        "hearing_states": find_options(HEARINGS, language),
        "changes": find_options(CHANGES, language),
        "owners": [(role.value, NAMES[role].say(language)) for role in OWNERS],
        "raters": raters,
        "reviewers": find_people_who(staff, May.REVIEW_REPORTS),
        "today": staff.at.astimezone(staff.site.timezone).date().isoformat(),
    }


def _may_take(staff: Staff) -> bool:
    return staff.standing.may(May.REVIEW_REPORTS)


def _may_rate(staff: Staff, review: Review) -> bool:
    person = staff.person.pk
    is_asked = person in (review.assigned_to, review.second_rater)
    return is_asked and not review.ratings.filter(rater=person).exists()


def _say_kappa(one: Agreement) -> str:
    return write_hundredths(one.kappa) if one.kappa is not None else ""
