"""Teaching cases: written from a question, checked, signed by two, and taken out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.consults.cases import (
    build_case,
    build_list,
    find_found,
    find_signing_role,
    list_periods,
    list_settings,
    read_telling,
    write_case,
)
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import NotYours, access
from bedside.record.accounts.roles import May
from bedside.record.consults.access import access_case, access_consult_to_advise
from bedside.record.consults.case_operations import (
    MOST_STORY,
    MOST_TITLE,
    record_case,
    record_case_changed,
    record_case_exported,
    record_signed_off,
)
from bedside.record.consults.case_queries import find_cases, read_case
from bedside.record.consults.models import Consult, TeachingCase
from bedside.record.consults.words import KINDS, Kind
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]
FIELDS = ("title", "story", "lesson", "period", "setting")


@require_safe
@for_staff(May.KEEP_CASES)
def show_cases(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the teaching cases and who signed them."""
    context = {"cases": build_list(staff, find_cases(staff.standing), language)}
    return render(request, "bedside/consults/cases.html", context)


@require_http_methods(FORMS)
@for_staff(May.ADVISE_ETHICS)
@screens(title="cases_name", story="cases_story", lesson="cases_lesson")
def write_new_case(
    request: HttpRequest, staff: Staff, language: Language, consult_id: UUID
) -> HttpResponse:
    """Write a teaching case from a question."""
    consult = access_consult_to_advise(staff.standing, consult_id)
    if request.method != "POST":
        return _show_form(request, staff, language, consult)
    telling = read_telling(staff, consult, request.POST, language)
    try:
        kept = record_case(staff.act(request), consult, telling=telling)
    except DoneBefore as done:
        return _lead_to(UUID(done.about.partition("/")[2]), language)
    except Refused as refused:
        return _show_form(request, staff, language, consult, refused=refused)
    return _lead_to(kept.pk, language)


@require_http_methods(FORMS)
@for_staff(May.KEEP_CASES)
@screens(title="cases_name", story="cases_story", lesson="cases_lesson")
def show_case(
    request: HttpRequest, staff: Staff, language: Language, case_id: UUID
) -> HttpResponse:
    """Show a case with what was found in it; take another wording from ethics."""
    case = access_case(staff.standing, case_id)
    if request.method != "POST":
        return _show(request, staff, language, case)
    access(staff.standing, May.ADVISE_ETHICS)
    telling = read_telling(staff, case.consult, request.POST, language)
    act, version = staff.act(request), _read_version(request)
    try:
        record_case_changed(act, case, telling=telling, version=version)
    except Refused as refused:
        return _show(request, staff, language, case, refused=refused)
    return _lead_to(case_id, language)


@require_POST
@for_staff(May.KEEP_CASES)
def sign_case(
    request: HttpRequest, staff: Staff, language: Language, case_id: UUID
) -> HttpResponse:
    """Sign the version that the page showed, for ethics or as counsel."""
    case = access_case(staff.standing, case_id)
    role = find_signing_role(staff, request.POST.get("role", ""))
    if role is None:
        raise NotYours
    found = find_found(staff, case.consult, read_case(staff.reader(), case))
    try:
        act, version = staff.act(request), _read_version(request)
        record_signed_off(act, case, role=role, version=version, found=found)
    except Refused as refused:
        return _show(request, staff, language, case, refused=refused)
    return _lead_to(case_id, language)


@require_POST
@for_staff(May.KEEP_CASES)
def export_case(
    request: HttpRequest, staff: Staff, language: Language, case_id: UUID
) -> HttpResponse:
    """Give a case as a file, if the check passes now and both signed this version."""
    case = access_case(staff.standing, case_id)
    telling = read_case(staff.reader(), case)
    found = find_found(staff, case.consult, telling)
    try:
        act, version = staff.act(request), _read_version(request)
        record_case_exported(act, case, version=version, found=found)
    except Refused as refused:
        return _show(request, staff, language, case, refused=refused)
    kind = KINDS[Kind(case.consult.kind)].say(language)
    response = HttpResponse(write_case(telling, kind, language), content_type="text/markdown")
    response.headers["Content-Disposition"] = 'attachment; filename="teaching-case.md"'
    return response


def _show_form(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    consult: Consult,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    context = _fill_form(request, staff, language, consult) | {
        "consult": consult,
        "wrongs": [refused.say(language)] if refused else [],
    }
    status = refused.status if refused else 200
    return render(request, "bedside/consults/case_new.html", context, status=status)


def _show(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    case: TeachingCase,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    if isinstance(refused, DoneBefore):
        return _lead_to(case.pk, language)
    case.refresh_from_db()
    shown = build_case(staff, case, language)
    form = _fill_form(
        request,
        staff,
        language,
        case.consult,
        {name: getattr(shown.telling, name) for name in FIELDS},
    )
    context = form | {
        "case": shown,
        "kind": KINDS[Kind(case.consult.kind)].say(language),
        "may_write": staff.standing.may(May.ADVISE_ETHICS),
        "wrongs": [refused.say(language)] if refused else [],
    }
    status = refused.status if refused else 200
    return render(request, "bedside/consults/case.html", context, status=status)


def _fill_form(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    consult: Consult,
    kept: dict[str, str] | None = None,
) -> dict[str, object]:
    sent = {name: request.POST.get(name, (kept or {}).get(name, "")) for name in FIELDS}
    return {
        "typed": sent,
        "periods": list_periods(staff, consult, sent, language),
        "settings": list_settings(consult, sent, language),
        "most_title": MOST_TITLE,
        "most": MOST_STORY,
    }


def _read_version(request: HttpRequest) -> int:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else 0  # noqa: PLR2004 - an integer of the database


def _lead_to(case_id: UUID, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("case", language, case_id=str(case_id)))
