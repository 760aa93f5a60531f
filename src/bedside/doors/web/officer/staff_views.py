"""The post of a stay for staff: where the officer is asked to stand, dangers, his own words."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.officer.exits import DEFAULT_EXITS
from bedside.doors.web.officer.page import STAND, build_officer
from bedside.doors.web.officer.post import build_step, name_place, say_terms
from bedside.doors.web.patient.views import read_word
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, tell_viewed
from bedside.doors.web.stays.stay_page import Teller, say_value
from bedside.doors.web.taps_page import build_answers
from bedside.doors.web.words import say
from bedside.record.accounts.roles import ALLOWED, May, Role
from bedside.record.encounters.models import Encounter
from bedside.record.presence.officer_page_operations import (
    MOST_REASON,
    Asking,
    record_danger_found,
    record_step_ended,
    record_step_out,
)
from bedside.record.presence.patient_queries import (
    access_danger,
    access_step_out,
    find_dangers,
    find_statements,
)
from bedside.record.presence.patient_words import EXITS, WATCHERS_TOLD, Watcher
from bedside.record.presence.refusals import NoSuchChoice
from bedside.rules.vocabulary.problem import Language

MINUTES = (5, 10, 15, 20, 30, 45, 60)
CLINICAL = frozenset(
    {
        Role.BEDSIDE_NURSE,
        Role.CHARGE_NURSE,
        Role.RESIDENT,
        Role.ATTENDING,
        Role.HOUSE_SUPERVISOR,
    }
)
ASSESSORS = ("clinician", "hospital_security")


@require_safe
@for_staff(May.READ_CARE)
def show_post(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show what is asked at the post, the dangers that were told, and the officers' own words."""
    stay = find_stay(staff, stay_id)
    tell_viewed(staff, stay)
    return render(request, "bedside/officer/post.html", _fill(staff, stay, language))


@require_POST
@for_staff(May.WRITE_CARE)
def ask_to_stand(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Ask the officer to stand elsewhere; his page shows it at once."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    record_step_out(staff.act(request), stay, asking=_read_asking(request.POST, staff))
    return _lead_back(stay_id, language)


@require_POST
@for_staff(May.WRITE_CARE)
def end_step_out(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, step_out_id: UUID
) -> HttpResponse:
    """Note that the officer may come back."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    record_step_ended(staff.act(request), access_step_out(stay, step_out_id))
    return _lead_back(stay_id, language)


@require_POST
@for_staff(May.WRITE_CARE)
@screens(reason="post_found_reason")
def find_danger(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, danger_id: UUID
) -> HttpResponse:
    """Keep what the nurse finds about a danger; the advice follows that."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    told = access_danger(stay, danger_id)
    words = find_shelf().vocabulary.facts["danger"].places
    record_danger_found(
        staff.act(request),
        told,
        danger=_read_choice(request.POST, "danger", tuple(map(str, words))),
        assessed_by=_read_choice(request.POST, "assessed_by", ASSESSORS),
        reason=request.POST.get("reason", "").strip(),
    )
    return HttpResponseRedirect(find_address("stay", language, stay_id=str(stay_id)))


def _fill(staff: Staff, stay: Encounter, language: Language) -> dict[str, Any]:
    facts, teller = find_shelf().vocabulary.facts, Teller(staff=staff, language=language)
    dangers = find_dangers(staff.reader(), stay)
    names = teller.roles(one.found_by for one in dangers)
    return {
        "stay": stay,
        "step": build_step(stay, staff.site, build_officer(find_shelf(), language), language),
        "terms_line": say_terms(stay, language),
        "places": [(one, name_place(one, language)) for one in STAND],
        "minutes": [(one, say("post_span", language, n=one)) for one in MINUTES],
        "exits": [
            (id_, name.say(language), DEFAULT_EXITS[id_].value) for id_, name in EXITS.items()
        ],
        "watchers": [(one.value, text.say(language)) for one, text in WATCHERS_TOLD.items()],
        "is_clinical": _find_role(staff) in CLINICAL,
        "dangers": [
            (
                one,
                say_value("danger", one.what, language),
                say(f"post_when_{one.when}", language),
                say_value("danger", one.found["danger"], language) if one.found else "",
                names[one.found_by],
            )
            for one in dangers
        ],
        "found_words": build_answers(facts["danger"], language),
        "assessors": [(one, say_value("danger_assessed_by", one, language)) for one in ASSESSORS],
        "statements": find_statements(staff.reader(), stay),
        "most": MOST_REASON,
        "may_write": staff.standing.may(May.WRITE_CARE) and stay.closed_at is None,
    }


def _read_asking(sent: QueryDict, staff: Staff) -> Asking:
    role = _find_role(staff)
    minutes = _read_choice(sent, "minutes", tuple(map(str, MINUTES)))
    return Asking(
        position=_read_choice(sent, "position", STAND),
        minutes=int(minutes),
        role=role.value,
        is_medical=sent.get("is_medical") == "yes" and role in CLINICAL,
        exits={id_: read_word(sent, f"exit_{id_}", Watcher) for id_ in EXITS},
    )


def _find_role(staff: Staff) -> Role:
    """Find as what somebody asks: the first of their roles that cares for patients."""
    return next(role for role, _ in staff.standing.posts if May.READ_CARE in ALLOWED[role])


def _read_choice(sent: QueryDict, name: str, known: tuple[str, ...]) -> str:
    value = sent.get(name, "")
    if value not in known:
        raise NoSuchChoice(choice=value)
    return value


def _lead_back(stay_id: UUID, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("stay_post", language, stay_id=str(stay_id)))
