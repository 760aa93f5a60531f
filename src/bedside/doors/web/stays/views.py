"""The list of stays, opening one by hand, and the page of one."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import (
    build_page,
    find_stay,
    open_case,
    refresh_duties,
    tell_viewed,
)
from bedside.doors.web.stays.case_views import CLOSINGS, OUTCOMES
from bedside.doors.web.stays.forms import Typed, read_answers
from bedside.doors.web.stays.opening import (
    build_opening_page,
    find_move_units,
    read_opening,
    read_search,
)
from bedside.doors.web.stays.stay_page import (
    Teller,
    build_calls,
    build_duties,
    build_facts,
    build_officers,
)
from bedside.doors.web.taps_page import build_answers
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.consults.queries import find_on_stay
from bedside.record.encounters.board_queries import find_authority_due, find_waiting
from bedside.record.encounters.case_queries import (
    find_calls,
    find_decider,
    find_officers,
    find_papers,
    find_patient,
)
from bedside.record.encounters.operations import (
    record_answers,
    record_encounter,
    record_exported,
    record_searched,
)
from bedside.record.encounters.paper_kinds import load_surrogates
from bedside.record.holds.queries import Span, find_holds_on
from bedside.record.letters.queries import find_pauses
from bedside.record.presence.queries import find_hand_over
from bedside.rules.vocabulary.problem import Language, Problems

BAD = 400
FORMS = ["GET", "HEAD", "POST"]


@require_safe
@for_staff(May.READ_CARE)
def show_stays(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the open stays: what needs somebody first, then room by room."""
    waiting = find_waiting(staff.standing)
    quiet = sorted(
        (one for one in waiting if not one.needs_somebody),
        key=lambda one: (one.stay.unit, one.stay.room),
    )
    context = {
        "teller": Teller(staff=staff, language=language),
        "urgent": [one for one in waiting if one.needs_somebody],
        "quiet": quiet,
        "may_open": staff.standing.may(May.OPEN_STAYS),
    }
    return render(request, "bedside/stays/list.html", context)


@require_POST
@for_staff(May.READ_CARE)
def search_stays(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Find a stay by the hospital's own number, or by the code that people say aloud."""
    wanted = read_search(request.POST, language)
    found = record_searched(staff.act(request), number=wanted)
    if found is None:
        return render(request, "bedside/stays/none_found.html", {}, status=404)
    find_stay(staff, found.pk)
    return HttpResponseRedirect(find_address("stay", language, stay_id=str(found.pk)))


@require_http_methods(FORMS)
@for_staff(May.OPEN_STAYS)
@screens(patient="stay_field_patient")
def open_stay(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Open a stay by hand."""
    if request.method != "POST":
        page = build_opening_page(staff, language, {})
        return render(request, "bedside/stays/new.html", page)
    typed = Typed(request.POST, {})
    try:
        opening, facts = read_opening(typed, request.POST, staff, language)
    except Problems as found:
        page = build_opening_page(staff, language, request.POST, found.problems)
        return render(request, "bedside/stays/new.html", page, status=BAD)
    stay = record_encounter(staff.act(request), opening=opening, facts=facts)
    return HttpResponseRedirect(find_address("stay", language, stay_id=str(stay.pk)))


@require_safe
@for_staff(May.READ_CARE)
def show_stay(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show a stay: the advice for now, what is to be done, who is here, what is known."""
    stay = find_stay(staff, stay_id)
    tell_viewed(staff, stay)
    return render(request, "bedside/stays/stay.html", _fill_stay(staff, stay_id, language))


@require_http_methods(FORMS)
@for_staff(May.READ_CARE)
def show_answers(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the whole answer with its reasons; take answers to questions."""
    if request.method == "POST":
        return _take_answers(request, staff, language, stay_id)
    stay = find_stay(staff, stay_id)
    tell_viewed(staff, stay)
    case = open_case(staff, stay)
    context = {"stay": stay, "page": build_page(staff, case, language), "is_closed": stay.closed_at}
    return render(request, "bedside/stays/answer.html", context)


@require_safe
@for_staff(May.READ_CARE)
def show_questions(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show every question that may be answered about a stay, with what is known."""
    stay = find_stay(staff, stay_id)
    tell_viewed(staff, stay)
    fresh, facts = open_case(staff, stay).fresh, find_shelf().vocabulary.facts
    asked = [
        {
            "fact": fact,
            "label": fact.question.say(language),
            "answers": build_answers(fact, language),
            "value": _write(fresh.get(fact.id)),
        }
        for fact in facts.values()
        if fact.derived is None and fact.who != "site"
    ]
    return render(request, "bedside/stays/questions.html", {"stay": stay, "asked": asked})


@require_safe
@for_staff(May.READ_CARE)
def export_situation(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Give the situation file that `bedside decide` reads; that somebody took it is an event."""
    del request, language
    stay = find_stay(staff, stay_id)
    situation = open_case(staff, stay).situation
    record_exported(staff.act_under(uuid4()), stay, what="situation")
    plain = {
        "as_of": situation.as_of.isoformat(),
        "jurisdiction": situation.jurisdiction,
        "overlays": list(situation.overlays),
        "facts": dict(situation.facts),
    }
    response = HttpResponse(json.dumps(plain, indent=2), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="situation-{stay.code}.json"'
    return response


def _take_answers(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Keep the answers that say something new."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    fresh = open_case(staff, stay).fresh
    read = read_answers(request.POST, staff.site, known=fresh)
    new = {fact: value for fact, value in read.items() if fresh.get(fact) != value}
    if new:
        record_answers(staff.act(request), stay, facts=new)
    return HttpResponseRedirect(find_address("stay", language, stay_id=str(stay_id)))


def _fill_stay(staff: Staff, stay_id: UUID, language: Language) -> dict[str, Any]:
    stay, reader = find_stay(staff, stay_id), staff.reader()
    case, teller = open_case(staff, stay), Teller(staff=staff, language=language)
    duties = build_duties(refresh_duties(staff, case), teller)
    officers = build_officers(find_officers(reader, stay), teller)
    due, is_late = teller.until(find_authority_due(stay))
    decider, who = find_decider(reader, stay), load_surrogates()[0]
    span = Span(began_at=stay.opened_at, ended_at=stay.closed_at)
    return {
        "stay": stay,
        "patient": find_patient(reader, stay),
        "page": build_page(staff, case, language),
        "facts": build_facts(case, teller),
        "duties": [duty for duty in duties if duty.is_open],
        "ended": [duty for duty in duties if not duty.is_open],
        "officers": officers,
        "authority_due": due,
        "is_authority_late": is_late,
        "papers": find_papers(reader, stay),
        "calls": build_calls(find_calls(reader, stay), teller),
        "decider": decider,
        "decider_word": who[decider.who].say(language) if decider else "",
        "units": find_move_units(staff, stay),
        "closings": [(one, say(f"stay_closing_{one}", language)) for one in CLOSINGS],
        "outcomes": [(one, say(f"stay_authority_{one}", language)) for one in OUTCOMES],
        "may_write": staff.standing.may(May.WRITE_CARE) and stay.closed_at is None,
        "may_evaluate": staff.standing.may(May.EVALUATE_ILL_TREATMENT),
        "opened_age": teller.age(stay.opened_at),
        "hand_over": find_hand_over(stay),
        "pauses": find_pauses(stay),
        "consults": find_on_stay(reader, stay, at=staff.at),
        "held": find_holds_on(stay.site_id, stay.about, span=span),
    }


def _write(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
