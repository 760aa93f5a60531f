"""The start page, the pages that wait there, and what a page asks to stay open."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.problems import show_not_found
from bedside.doors.web.staff.home_page import find_waiting, find_ways
from bedside.doors.web.staff.kept_forms import open_form
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.roles import NAMES, May
from bedside.record.paging.operations import record_page_answered
from bedside.record.paging.queries import access_page
from bedside.rules.vocabulary.problem import Language

NO_CONTENT = 204
NOT_SHOWN = frozenset({"key", "version"})  # what a form carries and nobody typed


@for_staff(May.ADVISE)
@require_safe
def show_home(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show where one starts after signing in: what waits, then where to go."""
    context = {
        "waiting": find_waiting(request, staff, language),
        "ways": find_ways(staff, language),
        "roles": sorted(NAMES[role].say(language) for role in staff.standing.roles),
    }
    return render(request, "bedside/staff/home.html", context)


@for_staff(May.ADVISE)
@require_POST
def answer_page(
    request: HttpRequest, staff: Staff, language: Language, page_id: UUID
) -> HttpResponse:
    """Answer a page that was sent to one of the person's roles."""
    page = access_page(staff.standing, page_id)
    record_page_answered(staff.act(request), staff.standing, page.pk)
    return HttpResponseRedirect(find_address("home", language))


@for_staff(May.ADVISE)
@require_safe
def show_still_here(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Say that the session goes on: somebody types on a page that has sent nothing for a while."""
    del request, staff, language
    return HttpResponse(status=NO_CONTENT)


@for_staff(May.ADVISE)
@require_safe
def show_kept(
    request: HttpRequest, staff: Staff, language: Language, kept_id: UUID
) -> HttpResponse:
    """Show what somebody had typed when their session paused or ended, to send it or leave it."""
    del language
    kept = open_form(kept_id, staff.person.pk)
    if kept is None:
        return show_not_found(request)
    fields = [(name, value) for name, values in kept.fields.lists() for value in values]
    context = {
        "kept": kept,
        "kept_id": kept_id,
        "fields": fields,
        "typed": [value for name, value in fields if name not in NOT_SHOWN and value.strip()],
        "has_key": "key" in kept.fields,
    }
    return render(request, "bedside/staff/kept.html", context)
