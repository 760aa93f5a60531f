"""A patient's copy of what is kept about her stay: asked for, given, read in her language."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web.addresses import find_address
from bedside.doors.web.patient.copy_lines import build_copy
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, tell_viewed
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import SAID
from bedside.record.accounts.roles import May
from bedside.record.encounters.operations import record_exported
from bedside.record.presence.patient_operations import record_copy_asked, record_copy_given
from bedside.record.presence.patient_queries import access_copy, find_copies
from bedside.rules.vocabulary.problem import ENGLISH, Language

FORMS = ["GET", "HEAD", "POST"]


@require_http_methods(FORMS)
@for_staff(May.READ_CARE)
def show_copies(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the requests for a copy, and take one."""
    if request.method == "POST":
        stay = find_stay(staff, stay_id, to=May.GIVE_COPIES)
        record_copy_asked(staff.act(request), stay)
        return _lead_back(stay_id, language)
    stay = find_stay(staff, stay_id)
    tell_viewed(staff, stay)
    may_give = staff.standing.may(May.GIVE_COPIES)
    context = {"stay": stay, "copies": find_copies(stay), "may_give": may_give}
    return render(request, "bedside/patient/copies.html", context)


@require_http_methods(FORMS)
@for_staff(May.GIVE_COPIES)
def show_copy(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, copy_id: UUID
) -> HttpResponse:
    """Give a copy, and show one that was given; each look at it is told in the journal."""
    stay = find_stay(staff, stay_id, to=May.GIVE_COPIES)
    asked = access_copy(stay, copy_id)
    if request.method == "POST":
        record_copy_given(staff.act(request), asked)
        parts = {"stay_id": str(stay_id), "copy_id": str(copy_id)}
        return HttpResponseRedirect(find_address("stay_copy", language, **parts))
    if asked.given_at is None:
        return _lead_back(stay_id, language)
    record_exported(staff.act_under(uuid4()), stay, what="copy for the patient")
    # The words of these pages carry no signature, so Spanish is shown in a sample hospital alone.
    is_held_back = language != ENGLISH and not staff.site.is_sample
    shown = ENGLISH if is_held_back else language
    context = {
        "stay": stay,
        "copy": asked,
        "lines": build_copy(staff, stay, Teller(staff=staff, language=shown)),
        "is_held_back": is_held_back,
        "is_unreviewed": language != ENGLISH and not is_held_back,
        "told": SAID[shown],
        "shown": shown,
    }
    return render(request, "bedside/patient/copy.html", context)


def _lead_back(stay_id: UUID, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("stay_copies", language, stay_id=str(stay_id)))
