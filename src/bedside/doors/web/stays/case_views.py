"""Moving and closing a stay, duties done, authority checked, calls, and who decides."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.addresses import find_address
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, open_case, tell_viewed
from bedside.doors.web.stays.forms import MOST_LONG, Typed
from bedside.doors.web.stays.opening import MOST_ROOM, find_labels, find_move_units
from bedside.doors.web.stays.stay_page import say_value
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.encounters.call_operations import (
    CannotDecide,
    Spoken,
    record_call,
    record_decider,
    record_decider_refused,
)
from bedside.record.encounters.duty_operations import record_duty_done
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.officer_operations import record_authority_check
from bedside.record.encounters.operations import Closed, record_closing, record_move
from bedside.record.encounters.paper_kinds import load_surrogates
from bedside.record.letters.queries import find_pauses
from bedside.record.paging.operations import record_page
from bedside.record.paging.queries import find_pages_about
from bedside.rules.vocabulary.problem import Language, Problems

BAD = 400
FORMS = ["GET", "HEAD", "POST"]
MOST_REASON = 200
CLOSINGS = ("custody_ended", "discharged", "transferred", "opened_by_mistake")
LEAVINGS = frozenset({"discharged", "transferred"})
OUTCOMES = ("same_paper", "new_paper", "no_paper", "custody_ended")
CALLED = ("agreed", "agreed_in_part", "refused", "calls_back", "no_answer")
ETHICS, NOBODY_DECIDES = "ethics", "nobody_decides"


@require_POST
@for_staff(May.WRITE_CARE)
def move_stay(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Move a patient to another room or unit."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    typed = Typed(request.POST, find_labels(language))
    unit = typed.choice("unit", find_move_units(staff, stay))
    room = typed.text("room", most=MOST_ROOM, needed=True)
    _stop(typed)
    act = staff.act(request)
    record_move(act, stay, unit=unit, room=room, version=_read_version(request))
    name = "stay" if staff.standing.may_in(May.READ_CARE, unit) else "stays"
    parts = {"stay_id": str(stay_id)} if name == "stay" else {}
    return HttpResponseRedirect(find_address(name, language, **parts))


@require_POST
@for_staff(May.WRITE_CARE)
@screens(despite="stay_close_despite")
def close_stay(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Close a stay; where a letter's need is open, only with the reason why it goes on anyway."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    labels = {name: say(f"stay_close_{name}", language) for name in ("why", "despite")}
    typed = Typed(request.POST, labels)
    why = typed.choice("why", CLOSINGS)
    is_paused = why in LEAVINGS and bool(find_pauses(stay))
    despite = typed.text("despite", most=MOST_REASON, needed=is_paused)
    _stop(typed)
    act = staff.act(request)
    record_closing(act, stay, why=why, version=_read_version(request), despite=despite)
    return _lead_back(stay_id, language)


@require_POST
@for_staff(May.WRITE_CARE)
def finish_duty(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, duty_id: UUID
) -> HttpResponse:
    """Note that a duty was done."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    record_duty_done(staff.act(request), stay, duty_id)
    return _lead_back(stay_id, language)


@require_POST
@for_staff(May.WRITE_CARE)
def check_authority(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Note this shift's look at the officers' authority."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    typed = Typed(request.POST, {"outcome": say("stay_authority_asked", language)})
    outcome = typed.choice("outcome", OUTCOMES)
    _stop(typed)
    record_authority_check(staff.act(request), stay, outcome=outcome)
    name = "stay_papers" if outcome == "new_paper" else "stay"
    return HttpResponseRedirect(find_address(name, language, stay_id=str(stay_id)))


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(words="stay_field_words")
def show_calls(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show whom to call at the agency, and note the call."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    if request.method != "POST":
        tell_viewed(staff, stay)
        return _show_calls(request, staff, stay, language=language)
    typed = Typed(request.POST, _name_call_fields(language))
    agencies = find_shelf().vocabulary.facts["agency"].places
    spoken = Spoken(
        called_at=typed.moment("called_at", staff.site, now=staff.at),
        agency=typed.choice("agency", map(str, agencies), needed=False),
        number=typed.text("phone"),
        name=typed.text("supervisor", needed=request.POST.get("outcome") != "no_answer"),
        words=typed.text("words", most=MOST_LONG),
        outcome=typed.choice("outcome", CALLED),
    )
    if typed.problems:
        problems = [problem.say(language) for problem in typed.problems]
        return _show_calls(request, staff, stay, language=language, problems=problems)
    record_call(staff.act(request), stay, spoken=spoken)
    return _lead_back(stay_id, language)


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(reached_by="stay_field_reached_by")
def show_deciders(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Ask who decides for a patient who cannot; an officer or an agency is refused."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    if request.method != "POST":
        tell_viewed(staff, stay)
        return _show_deciders(request, staff, stay, language=language)
    if stay.closed_at is not None:
        raise Closed
    if request.POST.get("page") == ETHICS:
        act = staff.act(request)
        record_page(act, about=stay.about, to_role=ETHICS, reason=NOBODY_DECIDES, record=stay.about)
        return HttpResponseRedirect(request.path)
    labels = {name: say(f"stay_field_{name}", language) for name in ("who", "reached_by")}
    typed = Typed(request.POST, labels)
    who = typed.choice("who", load_surrogates()[0])
    reached_by = typed.text("reached_by")
    if typed.problems:
        problems = [problem.say(language) for problem in typed.problems]
        return _show_deciders(request, staff, stay, language=language, problems=problems)
    try:
        record_decider(staff.act(request), stay, who=who, reached_by=reached_by)
    except CannotDecide as refused:
        record_decider_refused(staff.act(request), stay, who=who)
        problems = [refused.say(language)]
        return _show_deciders(request, staff, stay, language=language, problems=problems)
    return _lead_back(stay_id, language)


def _show_calls(
    request: HttpRequest,
    staff: Staff,
    stay: Encounter,
    *,
    language: Language,
    problems: list[str] | None = None,
) -> HttpResponse:
    known = {one.fact: one.value for one in open_case(staff, stay).known}
    here = request.POST.get("agency") or str(known.get("agency", ""))
    contacts = [
        {
            "agency": agency,
            "label": say_value("agency", agency, language),
            "name": contact.name.say(language),
            "phone": contact.phone,
            "verified": contact.verified,
        }
        for agency, contact in staff.site.agency_contacts.items()
    ]
    local = staff.at.astimezone(staff.site.timezone)
    context = {
        "stay": stay,
        "sent": request.POST,
        "agency": here,
        "contact": next((one for one in contacts if one["agency"] == here), None),
        "contacts": [one for one in contacts if one["agency"] != here],
        "called_at": request.POST.get("called_at") or f"{local:%Y-%m-%dT%H:%M}",
        "outcomes": [(o, say(f"stay_call_{o}", language)) for o in CALLED],
        "problems": problems or [],
    }
    return render(request, "bedside/stays/calls.html", context, status=BAD if problems else None)


def _show_deciders(
    request: HttpRequest,
    staff: Staff,
    stay: Encounter,
    *,
    language: Language,
    problems: list[str] | None = None,
) -> HttpResponse:
    who, states = load_surrogates()
    order: dict[str, Any] | None = states.get(staff.site.jurisdiction)
    roles = find_shelf().vocabulary.roles
    pages = find_pages_about(staff.standing, stay.about)
    paged = [page for page in pages if page.reason == NOBODY_DECIDES]
    context = {
        "stay": stay,
        "sent": request.POST,
        "who": [(id_, label.say(language)) for id_, label in who.items()],
        "order": [who[id_].say(language) for id_ in order["order"]] if order else [],
        "source": order["source"] if order else None,
        "people": [
            (roles[role].label.say(language), staff.site.phones.get(role, ""))
            for role in (ETHICS, "counsel")
        ],
        "paged": paged[-1] if paged else None,
        "problems": problems or [],
    }
    return render(request, "bedside/stays/deciders.html", context, status=BAD if problems else None)


def _name_call_fields(language: Language) -> dict[str, str]:
    fields = ("called_at", "agency", "phone", "supervisor", "words", "outcome")
    return {name: say(f"stay_field_{name}", language) for name in fields}


def _read_version(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0  # noqa: PLR2004 - digits of a counter


def _stop(typed: Typed) -> None:
    if typed.problems:
        raise Problems(typed.problems)


def _lead_back(stay_id: UUID, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("stay", language, stay_id=str(stay_id)))
