"""The accounting of disclosures of one patient: read, kept, held back, and handed out."""

from typing import Final
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.privacy.accounting_lines import (
    AccountingPage,
    tell_accounting,
    write_table,
)
from bedside.doors.web.privacy.choices import Option, list_options
from bedside.doors.web.privacy.reading import find_today, read, read_day, read_stated, read_time
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.models import Encounter
from bedside.record.journal.operations import DoneBefore
from bedside.record.privacy.accounting import Line, find_accounting, find_askings
from bedside.record.privacy.accounting_operations import (
    MOST_SAID,
    Given,
    record_accounting_exported,
    record_accounting_viewed,
    record_answered,
    record_asked,
    record_disclosure,
    record_suspended,
)
from bedside.record.privacy.operations import Stated
from bedside.record.privacy.refusals import NoMoment
from bedside.record.privacy.tables import load_limbs
from bedside.record.refusal import Refused
from bedside.rules.calendars.delays import Form
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Text

BOTH = ["GET", "HEAD", "POST"]
NAME: Final = "accounting.csv"


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
def show_accounting(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show what was disclosed of a patient, what is left out and why, and what was asked for."""
    stay = _access(staff, stay_id)
    wrongs, status = [], 200
    if request.method == "POST":
        try:
            _act(request, staff, stay)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
        else:
            return HttpResponseRedirect(request.path_info)
    record_accounting_viewed(staff.act_under(uuid4()), stay)
    context = {
        "stay": stay,
        "page": _tell(staff, stay, language),
        "askings": find_askings(stay),
        "has_open": any(one.given_on is None for one in find_askings(stay)),
        "today": find_today(staff).isoformat(),
        "wrongs": wrongs,
    }
    return render(request, "bedside/privacy/accounting.html", context, status=status)


@require_safe
@for_staff(May.KEEP_PRIVACY)
def show_copy(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the accounting as the patient gets it, to be printed."""
    stay = _access(staff, stay_id)
    page = _tell(staff, stay, language)
    record_accounting_exported(staff.act_under(uuid4()), stay, told=len(page.told))
    context = {
        "stay": stay,
        "page": page,
        "lede": say("privacy_copy_lede", language, since=page.since),
        "today": find_today(staff).isoformat(),
    }
    return render(request, "bedside/privacy/copy.html", context)


@require_safe
@for_staff(May.KEEP_PRIVACY)
def give_table(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Give the accounting as a table that a spreadsheet reads."""
    del request
    stay = _access(staff, stay_id)
    page = _tell(staff, stay, language)
    record_accounting_exported(staff.act_under(uuid4()), stay, told=len(page.told))
    response = HttpResponse(write_table(page, language), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
@screens(given_to="privacy_given_to", what="privacy_given_what", purpose="privacy_given_for")
def note_disclosure(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Note that something was given to somebody, and by which paragraph."""
    stay = _access(staff, stay_id)
    wrongs, status = [], 200
    if request.method == "POST":
        try:
            given = _read_given(request, staff)
            record_disclosure(staff.act(request), stay, given=given)
        except DoneBefore:
            return _lead(stay, language)
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
        else:
            return _lead(stay, language)
    context = {
        "stay": stay,
        "limbs": _list_limbs(read(request.POST, "limb"), language),
        "typed": request.POST,
        "most": MOST_SAID,
        "wrongs": wrongs,
    }
    return render(request, "bedside/privacy/disclosure.html", context, status=status)


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
@screens(official="privacy_official", words="privacy_stated")
def hold_back(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, disclosure_id: UUID
) -> HttpResponse:
    """Hold one disclosure back for a time, on an agency's statement."""
    stay = _access(staff, stay_id)
    line = _find_line(staff, stay, disclosure_id)
    wrongs, status = [], 200
    if request.method == "POST":
        try:
            stated = read_stated(request.POST, staff)
            _keep_held(request, staff, stay, line=line, stated=stated)
        except DoneBefore:
            return _lead(stay, language)
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
        else:
            return _lead(stay, language)
    forms = {form.value: _say(f"privacy_form_{form.value}") for form in Form}
    context = {
        "stay": stay,
        "what": line.what.say(language),
        "receiver": line.to.say(language),
        "forms": list_options(forms, read(request.POST, "form"), language),
        "today": find_today(staff).isoformat(),
        "typed": request.POST,
        "wrongs": wrongs,
    }
    return render(request, "bedside/privacy/suspension.html", context, status=status)


def _access(staff: Staff, stay_id: UUID) -> Encounter:
    return access_encounter(staff.standing, stay_id, to=May.KEEP_PRIVACY)


def _act(request: HttpRequest, staff: Staff, stay: Encounter) -> None:
    today = find_today(staff)
    if read(request.POST, "do") == "given":
        record_answered(staff.act(request), stay, today=today)
        return
    day = read_day(request.POST, "asked_on", staff)
    if day is None:
        raise NoMoment
    record_asked(staff.act(request), stay, asked_on=day, today=today)


def _tell(staff: Staff, stay: Encounter, language: Language) -> AccountingPage:
    accounting = find_accounting(staff.reader(), stay, today=find_today(staff))
    return tell_accounting(accounting, staff, language)


def _read_given(request: HttpRequest, staff: Staff) -> Given:
    sent = request.POST
    return Given(
        to=read(sent, "given_to"),
        address=read(sent, "address"),
        what=read(sent, "what"),
        purpose=read(sent, "purpose"),
        limb=read(sent, "limb"),
        disclosed_at=read_time(sent, "disclosed_at", staff),
    )


def _find_line(staff: Staff, stay: Encounter, disclosure_id: UUID) -> Line:
    accounting = find_accounting(staff.reader(), stay, today=find_today(staff))
    found = next((one for one in accounting.lines if one.row.endswith(f"/{disclosure_id}")), None)
    if found is None:
        raise NotThere
    return found


def _keep_held(
    request: HttpRequest, staff: Staff, stay: Encounter, *, line: Line, stated: Stated
) -> None:
    today = find_today(staff)
    record_suspended(staff.act(request), stay, line=line, stated=stated, today=today)


def _list_limbs(chosen: str, language: Language) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=limb.id,
            label=f"{limb.title.say(language)} · {limb.cite}",
            is_chosen=limb.id == chosen,
        )
        for limb in load_limbs().values()
    )


def _say(key: str) -> Text:
    return Text(en=say(key, ENGLISH), es=say(key, SPANISH))


def _lead(stay: Encounter, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("accounting", language, stay_id=str(stay.pk)))
