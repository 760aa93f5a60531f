"""What an officer asks for in passing: one tap gives the allowed answer and logs the request."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web.addresses import find_address
from bedside.doors.web.patient.of_stay import find_fresh
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import build_page, find_stay, open_case, tell_viewed
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.taps_page import ICONS
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter
from bedside.record.presence.patient_operations import (
    MOST_WORDS,
    record_exact_words,
    record_officer_asked,
)
from bedside.record.presence.patient_queries import access_officer_asked, find_officer_asked
from bedside.record.presence.refusals import NoSuchChoice
from bedside.rules.decide.advise import advise
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]
# What officers ask most, in the order of the page; each is an answer of the fact `officer_asks`.
COMMON = (
    "discharge_time",
    "patient_info",
    "record_copy",
    "question_patient",
    "interpret",
    "contact_block",
    "letter",
    "remove_patient",
)


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(words="patient_exact_words")
def show_officer_questions(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show what officers ask most; a tap logs it and gives the answer."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    if request.method == "POST":
        return _keep(request, staff, language, stay)
    tell_viewed(staff, stay)
    teller = Teller(staff=staff, language=language)
    asked = find_officer_asked(staff.reader(), stay)
    names = teller.roles(one.by for one in asked)
    context = {
        "stay": stay,
        "common": [
            (one, ICONS["officer_asks"][one], say(f"patient_officer_{one}", language))
            for one in COMMON
        ],
        "asked": [
            (one, say(f"patient_officer_{one.what}", language), names[one.by])
            for one in asked
            if one.what in COMMON
        ],
        "most": MOST_WORDS,
    }
    return render(request, "bedside/patient/officer_questions.html", context)


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(words="patient_exact_words")
def show_officer_question(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, asked_id: UUID
) -> HttpResponse:
    """Show the allowed answer to what was asked, and take his exact words."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    asked = access_officer_asked(stay, asked_id)
    if request.method == "POST":
        words = request.POST.get("words", "").strip()
        if words:
            record_exact_words(staff.act(request), asked, words=words)
        return _lead_to(stay, asked.pk, language)
    tell_viewed(staff, stay)
    seen = next(one for one in find_officer_asked(staff.reader(), stay) if one.id == asked.pk)
    case = open_case(staff, stay)
    context = {
        "stay": stay,
        "asked": seen,
        "title": say(f"patient_officer_{seen.what}", language),
        "page": build_page(staff, case, language),
        "most": MOST_WORDS,
    }
    return render(request, "bedside/patient/officer_question.html", context)


def _keep(request: HttpRequest, staff: Staff, language: Language, stay: Encounter) -> HttpResponse:
    what = request.POST.get("what", "")
    if what not in COMMON:
        raise NoSuchChoice(choice=what)
    asked = record_officer_asked(
        staff.act(request),
        stay,
        what=what,
        given=_find_answer(staff, stay, what, language),
        words=request.POST.get("words", "").strip(),
    )
    return _lead_to(stay, asked.pk, language)


def _find_answer(staff: Staff, stay: Encounter, what: str, language: Language) -> str:
    """Find the sentence that the rules allow for this request."""
    case = open_case(staff, stay)
    facts = {**case.situation.facts, **find_fresh(staff, stay), "officer_asks": what}
    advice = advise(find_shelf().compiled, replace(case.situation, facts=facts))
    return advice.say.say(language)


def _lead_to(stay: Encounter, asked: UUID, language: Language) -> HttpResponse:
    parts = {"stay_id": str(stay.pk), "asked_id": str(asked)}
    return HttpResponseRedirect(find_address("officer_question", language, **parts))
