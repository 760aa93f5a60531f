"""Opening a record in an emergency, and the page on which that is looked at afterwards."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.staff.signed_in import Staff, find_page_about, for_staff
from bedside.record.accounts.access import NotThere, OtherUnit, access_glass
from bedside.record.accounts.operations import (
    LEAST_REASON,
    MOST_REASON,
    ReasonTooShort,
    record_broken_glass,
    record_glass_seen,
)
from bedside.record.accounts.queries import find_openings
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_encounter
from bedside.record.paging.operations import add_page
from bedside.rules.vocabulary.problem import Language

ENCOUNTER = "encounter"  # the one room whose records are kept by unit


@for_staff(May.BREAK_GLASS)
@require_http_methods(["GET", "HEAD", "POST"])
def show_glass(
    request: HttpRequest, staff: Staff, language: Language, room: str, thing_id: UUID
) -> HttpResponse:
    """Ask why somebody opens a record of another unit, and open it for three hours."""
    about = f"{room}/{thing_id}"
    if _is_open(staff, room, thing_id):
        return HttpResponseRedirect(find_page_about(request, about))
    reason, wrong = request.POST.get("reason", ""), ""
    if request.method == "POST":
        try:
            record_broken_glass(
                staff.act(request), staff.standing, about=about, reason=reason, tell=add_page
            )
            return HttpResponseRedirect(find_page_about(request, about))
        except ReasonTooShort as refused:
            wrong = refused.say(language)
    context = {"wrong": wrong, "reason": reason, "least": LEAST_REASON, "most": MOST_REASON}
    status = ReasonTooShort.status if wrong else 200
    return render(request, "bedside/staff/glass.html", context, status=status)


@for_staff(May.REVIEW_GLASS)
@require_safe
def show_openings(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show every emergency opening of this hospital with its reason, unseen ones first."""
    del language
    openings = [
        (one, find_page_about(request, one.glass.about))
        for one in find_openings(staff.standing, staff.reader())
    ]
    return render(request, "bedside/staff/openings.html", {"openings": openings})


@for_staff(May.REVIEW_GLASS)
@require_POST
def see_opening(
    request: HttpRequest, staff: Staff, language: Language, glass_id: UUID
) -> HttpResponse:
    """Note that an emergency opening was looked at."""
    glass = access_glass(staff.standing, glass_id)
    record_glass_seen(staff.act(request), glass, by=staff.person.pk)
    return HttpResponseRedirect(find_address("openings", language))


def _is_open(staff: Staff, room: str, thing_id: UUID) -> bool:
    """Tell whether the record is open to this person; refuse what is not there or never theirs."""
    if room != ENCOUNTER:
        raise NotThere
    try:
        access_encounter(staff.standing, thing_id, to=May.READ_CARE)
    except OtherUnit:
        return False
    return True
