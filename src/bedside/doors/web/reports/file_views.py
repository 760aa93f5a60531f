"""The files of one's own report: adding one, and taking the copy without metadata out again."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.handed_in import give_download, read_upload
from bedside.doors.web.reports.told import tell_kinds
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.attachments.access import access_attachment
from bedside.record.attachments.copying import open_handed_in
from bedside.record.attachments.limits import MIB, MOST_BYTES, MOST_FILES
from bedside.record.attachments.queries import find_attachments, read_about, read_working_copy
from bedside.record.attachments.refusals import Empty
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.record.reports.access import access_own_report
from bedside.record.reports.file_operations import record_file
from bedside.record.reports.models import Report
from bedside.record.reports.operations import record_viewed
from bedside.record.vault.sealed import Strongroom
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.REPORT)
def show_files(
    request: HttpRequest, staff: Staff, language: Language, report_id: UUID
) -> HttpResponse:
    """Show the files of one's own report, and take another."""
    report = access_own_report(staff.standing, report_id)
    wrong, status = "", 200
    if request.method == "POST":
        try:
            _take(request, staff, report)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrong, status = refused.say(language), refused.status
        else:
            return HttpResponseRedirect(request.path_info)
    room = _open(staff, report)
    files = find_attachments(staff.standing.site, report.about)
    context = {
        "report": report,
        "kinds": tell_kinds(report, language),
        "files": [(one, read_about(room, one)) for one in files],
        "most": MOST_FILES,
        "megabytes": MOST_BYTES // MIB,
        "wrong": wrong,
    }
    return render(request, "bedside/reports/files.html", context, status=status)


@require_safe
@for_staff(May.REPORT)
def give_file(
    request: HttpRequest, staff: Staff, language: Language, report_id: UUID, attachment_id: UUID
) -> HttpResponse:
    """Give the copy without metadata of one's own file."""
    del request, language
    report = access_own_report(staff.standing, report_id)
    found = access_attachment(staff.standing.site, report.about, attachment_id)
    record_viewed(staff.act_under(uuid4(), Lane(report.lane)), report)
    return give_download(read_working_copy(_open(staff, report), found))


def _take(request: HttpRequest, staff: Staff, report: Report) -> None:
    sent = request.FILES.get("file")
    if sent is None:
        raise Empty
    handed_in = open_handed_in(sent.name or "", read_upload(sent))
    record_file(staff.act(request, Lane(report.lane)), report, handed_in)


def _open(staff: Staff, report: Report) -> Strongroom:
    room = staff.reader(Lane(report.lane)).open(report.about)
    if room is None:  # its keys were destroyed
        raise NotThere
    return room
