"""Referring a question to ethics, its brief, whose words are kept, and the committee's advice."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.consults.brief import build_brief
from bedside.doors.web.consults.listing import build_lines
from bedside.doors.web.consults.referral_form import build_choices, read_referral, read_spoken
from bedside.doors.web.directory.forms import list_options
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, tell_viewed
from bedside.record.accounts.roles import May
from bedside.record.consults.access import access_consult, access_consult_to_advise
from bedside.record.consults.models import Consult
from bedside.record.consults.operations import (
    MOST_ADVICE,
    MOST_QUESTION,
    MOST_WORDS,
    record_advice,
    record_consult_viewed,
    record_referral,
    record_voice,
)
from bedside.record.consults.queries import find_consults, find_consults_of
from bedside.record.consults.words import LANGUAGES, SPEAKERS, TRANSLATORS
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]


@require_safe
@for_staff(May.READ_CARE)
def show_consults(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the questions that a person may read, the one due first on top."""
    lines = build_lines(find_consults(staff.standing), staff, language)
    context = {
        "waiting": [one for one in lines if one.is_waiting],
        "advised": [one for one in lines if not one.is_waiting],
        "advises": staff.standing.may(May.ADVISE_ETHICS),
        "year": staff.at.astimezone(staff.site.timezone).year,
    }
    return render(request, "bedside/consults/list.html", context)


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(
    question="consults_question",
    patient_words="consults_patient_words",
    patient_translated="consults_translated",
    patient_interpreter="consults_interpreter",
    officer_words="consults_officer_words",
    other_words="consults_other_words",
)
def refer_question(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Ask what the question is and whose words belong to it; then refer it."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    wrongs, status = [], 200
    if request.method == "POST":
        referral = read_referral(staff, stay, request.POST, language)
        try:
            kept = record_referral(staff.act(request), stay, referral=referral)
            return _lead_to(kept.pk, language)
        except DoneBefore as done:
            return _lead_to(UUID(done.about.partition("/")[2]), language)
        except Refused as refused:
            wrongs, status = [refused.say(language)], refused.status
    tell_viewed(staff, stay)
    context = {
        "stay": stay,
        "lines": build_lines(find_consults_of(stay), staff, language),
        "choices": build_choices(staff, stay, request.POST, language),
        "typed": request.POST,
        "most": MOST_WORDS,
        "most_question": MOST_QUESTION,
        "wrongs": wrongs,
    }
    return render(request, "bedside/consults/refer.html", context, status=status)


@require_safe
@for_staff(May.READ_CARE)
def show_consult(
    request: HttpRequest, staff: Staff, language: Language, consult_id: UUID
) -> HttpResponse:
    """Show the brief of a question, the advice on it, and what may be added."""
    consult = access_consult(staff.standing, consult_id)
    record_consult_viewed(staff.act_under(uuid4()), consult)
    return _show(request, staff, language, consult)


@require_safe
@for_staff(May.READ_CARE)
def print_brief(
    request: HttpRequest, staff: Staff, language: Language, consult_id: UUID
) -> HttpResponse:
    """Show the brief alone, as one page to print; that somebody took it is an event."""
    consult = access_consult(staff.standing, consult_id)
    record_consult_viewed(staff.act_under(uuid4()), consult, is_taken=True)
    context = {
        "brief": build_brief(staff, consult, language),
        "stay": consult.encounter,
        "today": staff.at.astimezone(staff.site.timezone).date().isoformat(),
    }
    return render(request, "bedside/consults/sheet.html", context)


@require_POST
@for_staff(May.WRITE_CARE)
@screens(words="consults_words", translated="consults_translated")
def keep_voice(
    request: HttpRequest, staff: Staff, language: Language, consult_id: UUID
) -> HttpResponse:
    """Keep what somebody says of a question."""
    consult = access_consult(staff.standing, consult_id, to=May.WRITE_CARE)
    try:
        record_voice(staff.act(request), consult, spoken=read_spoken(request.POST, language))
    except Refused as refused:
        return _show(request, staff, language, consult, refused=refused)
    return _lead_to(consult_id, language)


@require_POST
@for_staff(May.ADVISE_ETHICS)
@screens(advice="consults_advice")
def give_advice(
    request: HttpRequest, staff: Staff, language: Language, consult_id: UUID
) -> HttpResponse:
    """Keep the committee's advice; the team sees it on the stay."""
    consult = access_consult_to_advise(staff.standing, consult_id)
    text = request.POST.get("advice", "").replace("\x00", "").strip()
    try:
        record_advice(staff.act(request), consult, text=text)
    except Refused as refused:
        return _show(request, staff, language, consult, refused=refused)
    return _lead_to(consult_id, language)


def _show(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    consult: Consult,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    if isinstance(refused, DoneBefore):
        return _lead_to(consult.pk, language)
    sent = request.POST
    context = {
        "brief": build_brief(staff, consult, language),
        "stay": consult.encounter,
        "typed": sent,
        "wrongs": [refused.say(language)] if refused else [],
        "most": MOST_WORDS,
        "most_advice": MOST_ADVICE,
        "speakers": list_options(SPEAKERS, sent.get("speaker", ""), language),
        "languages": list_options(LANGUAGES, sent.get("spoken_language", language), language),
        "translators": list_options(TRANSLATORS, sent.get("translator", ""), language),
        "may_write": staff.standing.may_in(May.WRITE_CARE, consult.encounter.unit),
        "may_advise": staff.standing.may(May.ADVISE_ETHICS),
    }
    status = refused.status if refused else 200
    return render(request, "bedside/consults/consult.html", context, status=status)


def _lead_to(consult_id: UUID, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("consult", language, consult_id=str(consult_id)))
