"""Reporting under one's name, one's own reports, and what the house asks about them."""

import secrets
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.reports.form import Around, clean, read_consent, read_named
from bedside.doors.web.reports.naming import find_names
from bedside.doors.web.reports.offers import name_present, offer
from bedside.doors.web.reports.proposals import PROPOSE
from bedside.doors.web.reports.told import is_closed, tell_kinds, tell_messages, tell_status
from bedside.doors.web.screening.screened import KEEP, Shown, is_stopped
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.roles import May
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.record.reports.access import access_own_report, access_source
from bedside.record.reports.box_operations import empty_box
from bedside.record.reports.choices import MOST_WORDS, Route, Side
from bedside.record.reports.models import Report
from bedside.record.reports.operations import (
    NOWHERE,
    NeedsLane,
    Origin,
    record_message,
    record_messages_read,
    record_report,
    record_withdrawn,
)
from bedside.record.reports.queries import (
    find_default_lane,
    find_messages,
    find_own_reports,
    read_report,
)
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

BOTH = ["GET", "HEAD", "POST"]
LANES = (Lane.SAFETY, Lane.OPERATIONAL)
TAKE_BACK = "withdraw"
NAMING = ("words", "place", "narrative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form on its way back to who typed it, with what is wrong."""

    sent: QueryDict
    origin: Origin = NOWHERE
    unit: str = ""
    worries: tuple[Shown, ...] = ()
    wrongs: tuple[str, ...] = ()
    status: int = 200


@require_safe
@for_staff(May.REPORT)
def show_reports(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the two ways to report, and how far one's own reports have got."""
    today = staff.at.astimezone(staff.site.timezone).date()
    empty_box(
        staff.standing.site,
        begin=lambda at: replace(staff.act_under(uuid4()), by=None, at=at),
        today=today,
        random=secrets.token_bytes,
    )
    own = [
        (one, tell_kinds(one, language), tell_status(one, language))
        for one in find_own_reports(staff.standing)
    ]
    return render(request, "bedside/reports/list.html", {"own": own})


@require_http_methods(BOTH)
@for_staff(May.REPORT)
def write_report(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Take a report under one's name."""
    return _take(request, staff, language, Typed(sent=request.POST))


@require_http_methods(BOTH)
@for_staff(May.READ_CARE)  # whoever reads no stay reports without one
def write_report_of_stay(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    stay_id: UUID,
    mark_id: UUID | None = None,
) -> HttpResponse:
    """Take a report under one's name from a stay or from one row of what was noted there."""
    source = access_source(staff.standing, stay_id, mark_id)
    origin = Origin(stay=source.stay.pk, mark=source.mark.pk if source.mark else None)
    typed = Typed(sent=request.POST, origin=origin, unit=source.stay.unit)
    return _take(request, staff, language, typed)


@require_http_methods(BOTH)
@for_staff(May.REPORT)
def show_own(
    request: HttpRequest, staff: Staff, language: Language, report_id: UUID
) -> HttpResponse:
    """Show one's own report and the talk about it; take an answer, or the wish to take it back."""
    report = access_own_report(staff.standing, report_id)
    wrong, status = "", 200
    if request.method == "POST":
        try:
            _say_more(request, staff, report)
            return HttpResponseRedirect(request.path_info)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrong, status = refused.say(language), refused.status
    lane = Lane(report.lane)
    messages = find_messages(staff.reader(lane), report.pk)
    if any(not one.row.read_by_reporter for one in messages):
        record_messages_read(staff.act_under(uuid4(), lane), report, side=Side.REPORTER)
    read = read_report(staff.reader(lane), report.pk)
    context = {
        "read": read,
        "report": report,
        "kinds": tell_kinds(report, language),
        "status": tell_status(report, language),
        "is_closed": is_closed(report),
        "present": [name_present(role, language) for role in read.present],
        "messages": tell_messages(messages, language),
        "most": MOST_WORDS,
        "text": request.POST.get("text", ""),
        "wrong": wrong,
    }
    return render(request, "bedside/reports/own.html", context, status=status)


def _say_more(request: HttpRequest, staff: Staff, report: Report) -> None:
    act, text = staff.act(request, Lane(report.lane)), clean(request.POST.get("text", ""))
    if request.POST.get("do") == TAKE_BACK:
        record_withdrawn(act, report, reason=text)
    else:
        record_message(act, report, side=Side.REPORTER, text=text)


def _take(request: HttpRequest, staff: Staff, language: Language, typed: Typed) -> HttpResponse:
    if request.method != "POST":
        return _show(request, staff, language, typed)
    worries = find_names(" ".join(typed.sent.get(name, "") for name in NAMING), language)
    if PROPOSE in typed.sent or is_stopped(worries, is_meant=KEEP in typed.sent):
        return _show(request, staff, language, replace(typed, worries=worries))
    try:
        report = _file(request, staff, typed)
    except DoneBefore:
        return HttpResponseRedirect(find_address("reports", language))
    except Refused as refused:
        wrong = replace(typed, wrongs=(refused.say(language),), status=refused.status)
        return _show(request, staff, language, wrong)
    return HttpResponseRedirect(find_address("report_own", language, report_id=str(report.pk)))


def _file(request: HttpRequest, staff: Staff, typed: Typed) -> Report:
    sent = typed.sent
    lane = sent.get("lane", "")
    if lane not in {one.value for one in LANES}:
        raise NeedsLane
    around = Around(at=staff.at, zone=staff.site.timezone, units=_find_units(staff, typed))
    route = Route.ROW if typed.origin.stay else Route.ICON
    route = Route.SPOKEN if clean(sent.get("patient_words", "")) else route
    consent = read_consent(sent)
    origin = replace(consent, stay=typed.origin.stay, mark=typed.origin.mark)
    act = staff.act(request, Lane(lane))
    return record_report(act, read_named(sent, around, route), origin=origin)


def _show(request: HttpRequest, staff: Staff, language: Language, typed: Typed) -> HttpResponse:
    sent = typed.sent
    if request.method != "POST":
        sent = QueryDict(mutable=True)
        sent["lane"] = find_default_lane(staff.standing.site).value
        if typed.unit:
            sent["unit"] = typed.unit
    context = {
        **offer(sent, language, _find_units(staff, typed)),
        "lanes": [(lane.value, sent.get("lane") == lane) for lane in LANES],
        "is_of_stay": typed.origin.stay is not None,
        "most": MOST_WORDS,
        "worries": typed.worries,
        "may_keep": bool(typed.worries),
        "wrongs": typed.wrongs,
        "action": request.path_info,
    }
    return render(request, "bedside/reports/new.html", context, status=typed.status)


def _find_units(staff: Staff, typed: Typed) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*([typed.unit] if typed.unit else []), *staff.site.units]))
