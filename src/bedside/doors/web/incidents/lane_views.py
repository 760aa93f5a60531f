"""For counsel: that all are treated alike, and the operational record whole for a subpoena."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.forms import read_day
from bedside.doors.web.incidents.export_views import give_file
from bedside.doors.web.incidents.lists import say_type
from bedside.doors.web.incidents.published import say_count
from bedside.doors.web.norm_lines import build_line
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.incidents.lane_exports import Scope, write_operational
from bedside.record.incidents.lane_operations import record_lane_exported
from bedside.record.incidents.refusals import BadDay
from bedside.record.incidents.treatment import (
    Group,
    Measures,
    count_types,
    find_permitting,
    find_protecting,
    measure_treatment,
)
from bedside.record.journal.operations import DoneBefore
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


@require_safe
@for_staff(May.AUDIT_LANES)
def show_lanes(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the law that protects officers, the reports of danger, and how each group is treated."""
    norms, vocabulary = find_shelf().norms.values(), find_shelf().vocabulary
    counts = count_types(staff.reader())
    context = {
        "protecting": [build_line(one, vocabulary, language) for one in find_protecting(norms)],
        "permitting": [build_line(one, vocabulary, language) for one in find_permitting(norms)],
        "types": [
            (code, say_type(code, language), say_count(count, language))
            for code, count in counts.items()
        ],
        "measures": [_tell(one, language) for one in measure_treatment(staff.reader(Lane.SAFETY))],
        "today": staff.at.astimezone(staff.site.timezone).date().isoformat(),
    }
    return render(request, "bedside/incidents/lanes.html", context)


@require_POST
@for_staff(May.AUDIT_LANES)
def export_operational(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Give the operational lane of some days, whole; that it was taken out is an event of it."""
    del language
    since, until = read_days(request)
    scope = Scope(
        house=staff.site.name, since=_begin(since, staff), until=_begin(until + ONE_DAY, staff)
    )
    taken = write_operational(staff.reader(), scope)
    said: dict[str, str | int] = {
        "events": taken.events,
        "records": taken.records,
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    try:
        record_lane_exported(staff.act(request), what="operational", scope=said)
    except DoneBefore:  # pressed again: the file is given again, and that is an event, too
        record_lane_exported(staff.act_under(uuid4()), what="operational", scope=said)
    name = f"operational-record-{since.isoformat()}-{until.isoformat()}.zip"
    return give_file(taken.file, "application/zip", name)


def read_days(request: HttpRequest) -> tuple[date, date]:
    """Read the first and the last day, or refuse."""
    since, until = (read_day(request.POST.get(name, "")) for name in ("since", "until"))
    if since is None or until is None or not since <= until <= since + LONGEST:
        sent = (request.POST.get(name, "") for name in ("since", "until"))
        raise BadDay(why=", ".join(sent))
    return since, until


def _begin(day: date, staff: Staff) -> datetime:
    return datetime.combine(day, datetime.min.time(), staff.site.timezone).astimezone(UTC)


def _tell(one: Measures, language: Language) -> tuple[str, ...]:
    return (
        say(f"inc_group_{one.group}", language),
        say_count(one.reports, language),
        say_count(one.closed, language),
        say_count(one.days_to_take, language),
        say_count(one.days_to_close, language),
        say("inc_nobody_to_hear" if one.group is Group.NOBODY else "inc_yes", language),
    )
