"""Pausing and going on: the lock, which shows nothing of the record, and the choice of a site."""

from uuid import uuid4

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.staff import session, sign_in_events
from bedside.doors.web.staff.kept_forms import find_safe, lead_to
from bedside.doors.web.staff.signed_in import Staff
from bedside.record.accounts.queries import find_sites
from bedside.record.accounts.sign_in_operations import (
    MOST_MISSES,
    PinMissed,
    is_pin,
    record_pin_missed,
    record_resumed,
)
from bedside.rules.vocabulary.problem import Language

NO_CONTENT, UNAUTHORIZED, FORBIDDEN = 204, 401, 403


@require_http_methods(["GET", "HEAD", "POST"])
def show_lock(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the lock, and let the person whose session it is go on with their PIN."""
    staff = _find_staff(request)
    if staff is None:
        return _send_away(request, language)
    if request.method == "POST":  # a covered page of a session that is used elsewhere asks too
        return _try_pin(request, language, staff)
    return _render_lock(request, staff) if staff.is_locked else _let_on(request, "home")


@require_POST
def lock_now(request: HttpRequest, language: Language) -> HttpResponse:
    """Lock the session at once."""
    if _find_staff(request) is None:
        return _send_away(request, language)
    session.lock(request.session)
    return HttpResponseRedirect(lead_to("lock", language, request.POST.get("next", "home")))


@require_http_methods(["GET", "HEAD", "POST"])
def show_sites(request: HttpRequest, language: Language) -> HttpResponse:
    """Let a person who works at several hospitals say at which they are; none sees another's."""
    staff = _find_staff(request)
    if staff is None:
        return _send_away(request, language)
    if staff.is_locked:
        return HttpResponseRedirect(lead_to("lock", language, "sites"))
    sites = find_sites(staff.person, at=staff.at)
    chosen = request.POST.get("site", "")
    if request.method == "POST" and chosen in {site.slug for site in sites}:
        request.session[session.SITE] = chosen
        return _let_on(request, "home")
    names = [(site.slug, dict(site.plain.get("name", {})).get(language, "")) for site in sites]
    context = {"sites": names, "next": find_safe(request, request.GET.get("next", ""), "home")}
    return render(request, "bedside/staff/sites.html", context)


def _try_pin(request: HttpRequest, language: Language, staff: Staff) -> HttpResponse:
    try:
        if is_pin(staff.person, request.POST.get("pin", "")):
            record_resumed(staff.act_under(uuid4()), staff.person.pk)
            session.resume(request.session, staff.at)
            return _let_on(request, "home")
        left = record_pin_missed(staff.act_under(uuid4()), staff.person.pk)
    except PinMissed:
        left = 0
    if not left:
        sign_in_events.say_why(request, "pin-missed")
        logout(request)
        return _send_away(request, language)
    missed = PinMissed(left=left).say(language)
    if _wants_no_page(request):
        return JsonResponse({"said": missed}, status=FORBIDDEN)
    return _render_lock(request, staff, missed)


def _render_lock(request: HttpRequest, staff: Staff, missed: str = "") -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {
        "missed": missed,
        "next": find_safe(request, wanted, "home"),
        "has_pin": bool(staff.person.pin) and staff.person.pin_misses < MOST_MISSES,
        "username": staff.person.username,
    }
    return render(request, "bedside/staff/lock.html", context, status=FORBIDDEN if missed else 200)


def _let_on(request: HttpRequest, otherwise: str) -> HttpResponse:
    if _wants_no_page(request):
        return HttpResponse(status=NO_CONTENT)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return HttpResponseRedirect(find_safe(request, wanted, otherwise))


def _send_away(request: HttpRequest, language: Language) -> HttpResponse:
    if _wants_no_page(request):
        return JsonResponse({}, status=UNAUTHORIZED)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    back = find_safe(request, wanted, "home")
    return HttpResponseRedirect(lead_to("accounts/login/", language, back))


def _wants_no_page(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _find_staff(request: HttpRequest) -> Staff | None:
    return getattr(request, "staff", None)
