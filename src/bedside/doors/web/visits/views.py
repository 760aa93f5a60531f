"""The pages of visits at the door: the list, a new one, one with what it says to do, its packet."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.visits.details import Typed, build_details, read_details
from bedside.doors.web.visits.forms import find_choices, read_began, read_opening
from bedside.doors.web.visits.list_page import build_list
from bedside.doors.web.visits.tiles import build_choices, build_groups
from bedside.doors.web.visits.visit_page import (
    build_page,
    find_first_contact,
    open_visit,
)
from bedside.record.accounts.roles import May
from bedside.record.visits.access import access_visit
from bedside.record.visits.operations import (
    VisitChanged,
    record_exported,
    record_known,
    record_viewed,
    record_visit,
)
from bedside.rules.vocabulary.problem import Language, Problems

FORM = ["GET", "HEAD", "POST"]


@require_safe
@for_staff(May.READ_VISITS)
def show_visits(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the visits: the open ones first, and the pages that wait for whoever asks."""
    context = {
        "page": build_list(staff, language),
        "may_write": staff.standing.may(May.WRITE_VISITS),
    }
    return render(request, "bedside/visits/list.html", context)


@require_http_methods(FORM)
@for_staff(May.WRITE_VISITS)
def show_new_visit(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Take the first taps: record the visit, page the named contact, lead to the script."""
    if request.method != "POST":
        context = {"groups": build_groups(find_shelf().vocabulary, language), "began": staff.at}
        return render(request, "bedside/visits/new.html", context)
    known = read_opening(request.POST, find_choices(find_shelf().vocabulary, language))
    came_at = read_began(request.POST, at=staff.at)
    contact = find_first_contact(staff, known, language)
    visit = record_visit(staff.act(request), known=known, came_at=came_at, call=[contact])
    return HttpResponseRedirect(find_address("visit", language, visit_id=str(visit.pk)))


@require_safe
@for_staff(May.READ_VISITS)
def show_visit(
    request: HttpRequest, staff: Staff, language: Language, visit_id: UUID
) -> HttpResponse:
    """Show a visit: what to say and do, whom to call, the clocks, what happened."""
    visit = access_visit(staff.standing, visit_id, to=May.READ_VISITS)
    page = build_page(staff, visit, language)
    if visit.by != staff.person.pk:
        record_viewed(staff.act_under(uuid4()), visit)
    is_open = visit.closed_at is None
    context = {
        "visit": visit,
        "page": page,
        "may_write": is_open and staff.standing.may(May.WRITE_VISITS),
        "may_correct": staff.standing.may(May.WRITE_VISITS),
        **build_choices(language),
    }
    return render(request, "bedside/visits/visit.html", context)


@require_http_methods(FORM)
@for_staff(May.WRITE_VISITS)
@screens(
    officers="visits_officers",
    badges="visits_badges",
    place="visits_place",
    about="visits_about",
    their_words="visits_their_words",
    our_words="visits_our_words",
)
def show_details(
    request: HttpRequest, staff: Staff, language: Language, visit_id: UUID
) -> HttpResponse:
    """Ask for all that is known; what somebody else wrote stands beside what is typed."""
    visit = access_visit(staff.standing, visit_id, to=May.WRITE_VISITS)
    earlier = open_visit(staff, visit).known
    if request.method != "POST":
        context = build_details(staff, visit, earlier, language=language)
        return render(request, "bedside/visits/details.html", context)
    try:
        details = read_details(request.POST, staff, visit, earlier)
        if details.says_more_than(earlier, visit):
            record_known(
                staff.act(request),
                visit,
                known=details.known,
                came_at=details.came_at,
                version=details.version,
            )
    except Problems as found:
        typed = Typed(sent=request.POST, problems=found.problems)
    except VisitChanged as changed:
        typed = Typed(sent=request.POST, refused=changed)
    else:
        return HttpResponseRedirect(find_address("visit", language, visit_id=str(visit.pk)))
    context = build_details(staff, visit, earlier, language=language, typed=typed)
    return render(request, "bedside/visits/details.html", context, status=typed.status)


@require_safe
@for_staff(May.READ_VISITS)
def show_packet(
    request: HttpRequest, staff: Staff, language: Language, visit_id: UUID
) -> HttpResponse:
    """Show the packet of a visit, to be printed; that somebody took it is an event."""
    visit = access_visit(staff.standing, visit_id, to=May.READ_VISITS)
    missing = build_page(staff, visit, language).answer.missing
    record_exported(staff.act_under(uuid4()), visit, missing=missing)
    zone = staff.site.timezone
    context = {
        "visit": visit,
        "page": build_page(staff, visit, language),
        "came_day": f"{visit.came_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "taken_day": f"{staff.at.astimezone(zone):%Y-%m-%d %H:%M}",
    }
    return render(request, "bedside/visits/packet.html", context)
