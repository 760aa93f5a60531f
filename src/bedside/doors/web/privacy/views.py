"""The pages on which the privacy officer begins the day, reads a report, and opens an exposure."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.privacy.choices import Option, list_options, list_stays
from bedside.doors.web.privacy.exposure_page import build_exposure
from bedside.doors.web.privacy.queue import (
    LANES,
    build_queue,
    find_place,
    name_exposure,
    tell_kinds,
    tell_running,
    tell_since,
)
from bedside.doors.web.privacy.reading import read, read_number, read_time
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff, read_key
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.models import Encounter
from bedside.record.journal.operations import DoneBefore
from bedside.record.privacy.access import access_exposure
from bedside.record.privacy.operations import (
    Found,
    record_exposure,
    record_exposure_viewed,
    record_taken_up,
)
from bedside.record.privacy.queries import (
    find_exposure_of,
    find_exposures,
    find_known,
    find_report_clocks,
    needs_privacy,
)
from bedside.record.privacy.refusals import NoMoment, TakenUp
from bedside.record.privacy.tables import load_factors, load_results
from bedside.record.refusal import Refused
from bedside.record.reports.choices import MOST_WORDS, Side
from bedside.record.reports.models import Report
from bedside.record.reports.operations import record_message, record_viewed
from bedside.record.reports.queries import find_messages, find_report, read_report
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

BOTH = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """An exposure of which nobody is left to be told."""

    name: str
    address: str
    result: str


@require_safe
@for_staff(May.KEEP_PRIVACY)
def show_queue(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show what waits, sorted by the days that are left, with what is next in one line each."""
    closed = [
        Closed(
            name=name_exposure(one, language),
            address=find_address("exposure", language, exposure_id=str(one.pk)),
            result=load_results()[one.result][0].say(language),
        )
        for one in find_exposures(staff.standing.site, only_open=False)
    ]
    context = {"items": build_queue(staff, language), "closed": closed}
    return render(request, "bedside/privacy/queue.html", context)


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
@screens(text="privacy_ask_words")
def show_report(
    request: HttpRequest, staff: Staff, language: Language, report_id: UUID
) -> HttpResponse:
    """Show a report that privacy has to look at; ask its author, or take it up."""
    lane, report = _find_report(staff, report_id)
    wrongs, status = [], 200
    if request.method == "POST":
        try:
            return _act_on_report(request, staff, language, report)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
    record_viewed(staff.act_under(uuid4(), lane), report)
    reader = staff.reader(lane)
    context = {
        **_tell_report(staff, report, language),
        **list_for_opening(request.POST, staff, language),
        "read": read_report(reader, report.pk),
        "messages": find_messages(reader, report.pk),
        "exposure": find_exposure_of(reader, report),
        "is_safety": lane is Lane.SAFETY,
        "most": MOST_WORDS,
        "typed": request.POST,
        "wrongs": wrongs,
    }
    return render(request, "bedside/privacy/report.html", context, status=status)


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
def open_exposure(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Open an exposure that no report told of."""
    wrongs, status = [], 200
    if request.method == "POST":
        try:
            known_at = read_time(request.POST, "known_at", staff)
            if known_at is None:
                raise NoMoment
            exposure = _take_up(request, staff, Found(known_at=known_at))
        except DoneBefore as done:
            return HttpResponseRedirect(_lead(done.about.partition("/")[2], language))
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
        else:
            return HttpResponseRedirect(_lead(exposure, language))
    context = {
        **list_for_opening(request.POST, staff, language),
        "typed": request.POST,
        "wrongs": wrongs,
    }
    return render(request, "bedside/privacy/new.html", context, status=status)


@require_safe
@for_staff(May.KEEP_PRIVACY)
def show_exposure(
    request: HttpRequest, staff: Staff, language: Language, exposure_id: UUID
) -> HttpResponse:
    """Show an exposure: its clocks, its assessments, who was told, what waits."""
    exposure = access_exposure(staff.standing, exposure_id)
    record_exposure_viewed(staff.act_under(uuid4()), exposure)
    context = {"page": build_exposure(staff, exposure, language)}
    return render(request, "bedside/privacy/exposure.html", context)


def list_for_opening(
    sent: QueryDict, staff: Staff, language: Language
) -> dict[str, tuple[Option, ...]]:
    """List what a form for opening an exposure offers."""
    return {
        "stays": list_stays(staff, read(sent, "stay")),
        "ways": list_options(load_factors()["acquired"].choices, read(sent, "way"), language),
    }


def _find_report(staff: Staff, report_id: UUID) -> tuple[Lane, Report]:
    """Find a report that is privacy's to look at, in whichever lane it lies."""
    for lane in LANES:
        try:
            report = find_report(staff.reader(lane), report_id)
        except NotThere:
            continue
        if needs_privacy(report):
            return lane, report
    raise NotThere


def _act_on_report(
    request: HttpRequest, staff: Staff, language: Language, report: Report
) -> HttpResponse:
    lane = Lane(report.lane)
    if read(request.POST, "do") == "ask":
        text = read(request.POST, "text")
        record_message(staff.act(request, lane), report, side=Side.HOUSE, text=text)
        return HttpResponseRedirect(request.path_info)
    if find_exposure_of(staff.reader(lane), report) is not None:
        raise TakenUp
    at = find_known(report, staff.site.timezone).at
    found = Found(known_at=at or report.filed_at, is_only_day=at is None)
    exposure = _take_up(request, staff, found)
    # Each lane has an event of its own; the key of the second follows from that of the form.
    key = uuid5(NAMESPACE_URL, f"taken-up/{read_key(request.POST.get('key', ''))}")
    record_taken_up(staff.act_under(key, lane), report, UUID(exposure))
    return HttpResponseRedirect(_lead(exposure, language))


def _take_up(request: HttpRequest, staff: Staff, found: Found) -> str:
    sent = request.POST
    filled = Found(
        known_at=found.known_at,
        is_only_day=found.is_only_day,
        happened_at=read_time(sent, "happened_at", staff),
        way=read(sent, "way"),
        people=read_number(sent, "people", otherwise=1),
    )
    stay = _find_stay(staff, read(sent, "stay"))
    try:
        return str(record_exposure(staff.act(request), stay, found=filled).pk)
    except DoneBefore as done:  # the form was sent twice: the same exposure
        return done.about.partition("/")[2]


def _find_stay(staff: Staff, chosen: str) -> Encounter | None:
    if not chosen:
        return None
    try:
        return access_encounter(staff.standing, UUID(chosen), to=May.READ_CARE)
    except ValueError:
        raise NotThere from None


def _tell_report(staff: Staff, report: Report, language: Language) -> dict[str, object]:
    known = find_known(report, staff.site.timezone)
    only_day = known.at is None
    at = known.at or report.filed_at
    return {
        "kinds": tell_kinds(report, language),
        "since": tell_since(at, known.day, only_day=only_day, language=language),
        "only_day": only_day,
        "clocks": tell_running(find_report_clocks(report, find_place(staff)), language),
        "report": report,
    }


def _lead(exposure: str, language: Language) -> str:
    return find_address("exposure", language, exposure_id=exposure)
