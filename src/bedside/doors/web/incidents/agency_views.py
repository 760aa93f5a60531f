"""How requests to officers were answered, for the agencies themselves: by level, month by month."""

import csv
import io
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.incidents.export_views import give_file
from bedside.doors.web.incidents.published import Table, build_crossed, find_house, write_lines
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.incidents.models import Release
from bedside.record.incidents.publishing import (
    ASKED,
    CAME,
    OFFICERS,
    Wait,
    count_arrivals,
    count_asked,
    find_months,
    find_published,
    plan,
    read_cells,
)
from bedside.record.incidents.publishing_operations import (
    NotPublished,
    Wanted,
    record_published,
)
from bedside.rules.vocabulary.problem import Language

UNPROCESSABLE = 422
KIND = "agency-report.published"
# What a table is crossed with tells which it is.
COLUMNS: tuple[tuple[str, tuple[str, ...], Callable[[str, Language], str]], ...] = (
    ("inc_oriented", ("yes", "no"), lambda word, to: say(f"inc_oriented_{word}", to)),
    ("inc_came", CAME, lambda word, to: say(f"inc_came_{word}", to)),
    ("inc_wait", tuple(one.value for one in Wait), lambda word, to: say(f"inc_wait_{word}", to)),
)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.REPORT_TO_AGENCIES)
def show_agencies(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the reports that were published, and publish the one of the last whole month."""
    today = staff.at.astimezone(staff.site.timezone).date()
    period, months = find_months(today, quarter=False)
    problem = ""
    if request.method == "POST":
        try:
            _publish(request, staff, period, months)
        except NotPublished as refused:
            problem = refused.say(language)
        else:
            return HttpResponseRedirect(find_address("agency_reports", language))
    published = _find_periods(staff)
    context = {
        "period": period,
        "is_published": period in published,
        "reports": [(one, build_tables(staff, one, language)) for one in published],
        "problem": problem,
    }
    status = UNPROCESSABLE if problem else 200
    return render(request, "bedside/incidents/agencies.html", context, status=status)


@require_safe
@for_staff(May.REPORT_TO_AGENCIES)
def give_agencies(
    request: HttpRequest, staff: Staff, language: Language, period: str
) -> HttpResponse:
    """Give a published report as a table file."""
    del request
    tables = build_tables(staff, period, language)
    if not tables:
        raise NotThere
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(write_lines(tables))
    return give_file(out.getvalue().encode(), "text/csv; charset=utf-8", f"agencies-{period}.csv")


def build_tables(staff: Staff, period: str, language: Language) -> tuple[Table, ...]:
    """Build the tables of a period that were published."""
    site = staff.standing.site
    rows = (*find_published(site, ASKED, period), *find_published(site, OFFICERS, period))
    return tuple(_build(row, language) for row in sorted(rows, key=lambda one: one.number))


def _build(row: Release, language: Language) -> Table:
    labels = {key[-1] for key in read_cells(row)}
    title, words, name = next(one for one in COLUMNS if set(one[1]) & labels)
    said = {word: name(word, language) for word in words}
    return build_crossed(row, say(title, language), said, language=language)


def _publish(request: HttpRequest, staff: Staff, period: str, months: tuple[str, ...]) -> None:
    house, reader = find_house(staff), staff.reader()
    asked = count_asked(reader, house, months=months)
    arrivals = count_arrivals(reader, house, months=months)
    wanted = [
        Wanted(counts=asked, plan=plan(period, asked, months=months, by=("level", "came"))),
        Wanted(counts=asked, plan=plan(period, asked, months=months, by=("level", "wait"))),
        Wanted(
            counts=arrivals, plan=plan(period, arrivals, months=months, by=("level", "oriented"))
        ),
    ]
    record_published(staff.act(request), kind=KIND, period=period, wanted=wanted)


def _find_periods(staff: Staff) -> list[str]:
    site = staff.standing.site
    rows = (*find_published(site, ASKED), *find_published(site, OFFICERS))
    return sorted({row.period for row in rows}, reverse=True)
