"""Rating harm where one was asked to, with the meaning of each word at the point of choice."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.incidents.lists import build_reviews, say_type
from bedside.doors.web.incidents.review_page import read_reported
from bedside.doors.web.incidents.views import UNPROCESSABLE, tell_viewed
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.incidents.access import access_rating
from bedside.record.incidents.harm import AFTERS, HARMS, ITEMS, MEANINGS, After, Rated
from bedside.record.incidents.queries import find_to_rate
from bedside.record.incidents.rating_operations import record_rating
from bedside.record.incidents.refusals import ChoiceMissing
from bedside.record.reports.choices import Harm, Reached
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane


@require_safe
@for_staff(May.RATE_HARM)
def show_to_rate(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the reviews whose harm somebody asked this person to rate."""
    lines = build_reviews(find_to_rate(staff.standing), language)
    return render(request, "bedside/incidents/to_rate.html", {"reviews": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.RATE_HARM)
def rate_harm(
    request: HttpRequest, staff: Staff, language: Language, review_id: UUID
) -> HttpResponse:
    """Rate the harm of a review, without anything that another rater thinks."""
    review = access_rating(staff.standing, review_id)
    problem = ""
    if request.method == "POST":
        try:
            rated = _read(request)
        except ChoiceMissing as missing:
            problem = missing.say(language)
        else:
            record_rating(staff.act(request, Lane.SAFETY), review, rated=rated)
            return _lead_on(staff, review.pk, language)
    tell_viewed(staff, review)
    harms = [(h.value, HARMS[h].say(language), MEANINGS[h].say(language)) for h in HARMS]
    context = {
        "review": review,
        "title": say_type(review.code, language),
        "reported": read_reported(staff, review, language),
        "items": [(item, say(f"inc_{item}", language), harms) for item in ITEMS],
        "reached": [(one.value, say(f"inc_reached_{one}", language)) for one in Reached],
        "afters": [(one.value, AFTERS[one].say(language)) for one in AFTERS],
        "has_rated": review.ratings.filter(rater=staff.person.pk).exists(),
        "problem": problem,
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "bedside/incidents/rating.html", context, status=status)


def _read(request: HttpRequest) -> Rated:
    sent = request.POST
    after = sent.getlist("after")
    try:
        return Rated(
            reached=Reached(sent.get("reached", "")),
            physical=Harm(sent.get("physical", "")),
            psychological=Harm(sent.get("psychological", "")),
            dignity=Harm(sent.get("dignity", "")),
            after=frozenset(map(After, after)),
        )
    except ValueError:
        raise ChoiceMissing from None


def _lead_on(staff: Staff, review_id: UUID, language: Language) -> HttpResponse:
    if staff.standing.may(May.REVIEW_REPORTS):
        to = find_address("review", language, review_id=str(review_id))
    else:
        to = find_address("ratings", language)
    return HttpResponseRedirect(to)
