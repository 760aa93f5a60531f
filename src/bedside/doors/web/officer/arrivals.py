"""Officers at a stay: signed in by staff or by a code, confirmed, relieved; the printed sheet."""

from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.officer.codes import Held, hold_code
from bedside.doors.web.officer.post import say_terms
from bedside.doors.web.officer.public import fill_post, find_never_kept
from bedside.doors.web.problems import show_refused
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, tell_viewed
from bedside.doors.web.stays.forms import Typed
from bedside.doors.web.stays.opening import find_units
from bedside.doors.web.stays.tokens import LASTS, Bound, make_token
from bedside.doors.web.taps_page import build_answers
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_officer, access_unit
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.officer_operations import (
    Arrival,
    record_officer,
    record_officer_confirmed,
    record_officer_left,
    record_officer_signed_in,
    record_relief,
)
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import LANGUAGES, Language

BAD = 400
FORMS = ["GET", "HEAD", "POST"]
FIELDS = ("agency", "identity", "channel", "arrived_at")


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
def show_officers(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Sign an officer in whom staff see."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    if request.method != "POST":
        return _show_form(request, stay, language)
    typed = Typed(request.POST, _find_labels(language))
    at = typed.moment("arrived_at", staff.site, now=staff.at)
    arrival = replace(_read_arrival(typed), at=at)
    if typed.problems:
        return _show_form(request, stay, language, typed)
    record_officer(staff.act(request), stay, arrival=arrival)
    return _lead_back(stay_id, language)


@require_POST
@for_staff(May.WRITE_CARE)
def confirm_officer(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, officer_id: UUID
) -> HttpResponse:
    """Confirm an officer who signed in by a code."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    record_officer_confirmed(staff.act(request), stay, access_officer(stay, officer_id))
    return _lead_back(stay_id, language)


@require_POST
@for_staff(May.WRITE_CARE)
def see_officer_off(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, officer_id: UUID
) -> HttpResponse:
    """Note that an officer left."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    record_officer_left(staff.act(request), stay, access_officer(stay, officer_id))
    return _lead_back(stay_id, language)


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
def relieve_officer(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, officer_id: UUID
) -> HttpResponse:
    """Note the relief: who comes, and that both signed the terms."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    officer = access_officer(stay, officer_id)
    if request.method != "POST":
        return _show_form(request, stay, language, leaving=officer_id)
    typed = Typed(request.POST, _find_labels(language))
    arrival = _read_arrival(typed)
    if typed.problems:
        return _show_form(request, stay, language, typed, leaving=officer_id)
    signed = typed.flag("leaving_signed") and typed.flag("coming_signed")
    arrival = replace(arrival, terms=say_terms(stay, language))
    record_relief(staff.act(request), stay, officer, arrival=arrival, both_signed=signed)
    return _lead_back(stay_id, language)


@require_safe
@for_staff(May.WRITE_CARE)
def show_sheet(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the sheet of one stay, to be printed: a code in each language."""
    del language
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    tell_viewed(staff, stay)
    return _show_sheet(request, staff, Bound(stay=stay.pk), stay=stay)


@require_safe
@for_staff(May.WRITE_CARE)
def show_unit_sheet(
    request: HttpRequest, staff: Staff, language: Language, number: int
) -> HttpResponse:
    """Show the sheet of a unit, for the desk: staff say later at which stay the officer is."""
    del language
    units = find_units(staff)
    unit = units[number] if number < len(units) else ""
    access_unit(staff.standing, unit, to=May.WRITE_CARE)
    return _show_sheet(request, staff, Bound(unit=unit), stay=None)


@require_http_methods(FORMS)
def sign_in(request: HttpRequest, language: Language, site: str, token: str) -> HttpResponse:
    """Show officers the one page, and keep what they say of themselves for staff to confirm."""
    try:
        held = hold_code(request, site, token)
        context = fill_post(held, language)
        if request.method == "POST":
            context |= _take(request, held, language)
    except Refused as refused:
        return show_refused(request, refused)
    return render(
        request, "bedside/officer.html", context, status=BAD if context["problems"] else None
    )


def _take(request: HttpRequest, held: Held, language: Language) -> dict[str, Any]:
    typed = Typed(request.POST, _find_labels(language))
    arrival = _read_arrival(typed, by_officer=True)
    problems = [problem.say(language) for problem in typed.problems]
    for text in (arrival.identity, arrival.channel):
        worries = find_never_kept(text, language)
        problems += [f"“{one.words}”: {one.label}. {one.instead}" for one in worries]
    if problems:
        return {"problems": problems, "sent": request.POST}
    with suppress(DoneBefore):  # sent twice; kept once
        record_officer_signed_in(
            held.act(request), arrival=arrival, stay=held.stay, unit=held.bound.unit
        )
    return {"is_kept": True}


def _read_arrival(typed: Typed, *, by_officer: bool = False) -> Arrival:
    agencies = find_shelf().vocabulary.facts["agency"].places
    declined = typed.flag("declined")
    return Arrival(
        agency=typed.choice("agency", map(str, agencies), needed=not declined and by_officer),
        identity="" if declined else typed.text("identity", needed=by_officer),
        channel=typed.text("channel"),
        declined=declined,
        oriented=typed.flag("oriented"),
    )


def _show_form(
    request: HttpRequest,
    stay: Encounter,
    language: Language,
    typed: Typed | None = None,
    leaving: UUID | None = None,
) -> HttpResponse:
    agency = find_shelf().vocabulary.facts["agency"]
    problems = [problem.say(language) for problem in typed.problems] if typed else []
    context = {
        "stay": stay,
        "sent": request.POST,
        "agencies": build_answers(agency, language),
        "leaving": leaving,
        "terms": say_terms(stay, language) if leaving else "",
        "problems": problems,
    }
    return render(request, "bedside/stays/officers.html", context, status=BAD if problems else None)


def _show_sheet(
    request: HttpRequest,
    staff: Staff,
    bound: Bound,
    *,
    stay: Encounter | None,
) -> HttpResponse:
    site, until = staff.standing.site, staff.at + LASTS
    token = make_token(staff.master, site, bound, until=until)
    codes = [
        {"site": staff.site.name.say(one), **_build_code(request, one, site, token)}
        for one in LANGUAGES
    ]
    context = {
        "stay": stay,
        "codes": codes,
        "until": until,
        "unit": bound.unit,
        "units": list(enumerate(find_units(staff))),
    }
    return render(request, "bedside/stays/sheet.html", context)


def _build_code(
    request: HttpRequest, language: Language, site: str, token: str
) -> dict[str, object]:
    """Build one code with the words around it, and its address for whoever cannot scan."""
    path = find_address("sign_in", language, site=site, token=token)
    address = request.build_absolute_uri(path)
    return {
        "lang": language,
        "title": say("sheet_title", language),
        "line": say("sheet_line", language),
        "valid": say("sheet_valid", language),
        "label": say("sheet_label", language),
        "picture": _draw(address),
        "address": address,
    }


def _draw(address: str) -> SafeString:
    drawn = BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, light="#fff", scale=8)
    return mark_safe(drawn.getvalue().decode())  # noqa: S308 - drawn by segno from our own address


def _find_labels(language: Language) -> dict[str, str]:
    return {name: say(f"stay_field_{name}", language) for name in FIELDS}


def _lead_back(stay_id: UUID, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("stay", language, stay_id=str(stay_id)))
