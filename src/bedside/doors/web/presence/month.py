"""A month or a quarter of the board as numbers for a spreadsheet; small ones are hidden."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from statistics import median
from typing import ClassVar, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.roles import May
from bedside.record.presence.board_export_operations import THRESHOLD, record_month_exported
from bedside.record.presence.board_month import (
    Month,
    Span,
    Words,
    count_month,
    count_refusals,
    count_stays,
)
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language
from bedside.trust.publication.release import Release
from bedside.trust.publication.table import ALL

MONTHS: Final = 12  # that are offered
NAMED: Final = re.compile(r"(20[0-9]{2})-(?:(0[1-9]|1[0-2])|Q([1-4]))")
HEAD: Final = ("table", "agency_level", "place", "count", "hours", "median_minutes_to_answer")
HOUR: Final = 3600


class NoSuchMonth(Refused):
    """A month that is none, or that is not over."""

    code: ClassVar[str] = "presence.no-such-month"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "`{typed}` is no month or quarter that is over; choose one from the list."
    es: ClassVar[str] = "`{typed}` no es un mes ni trimestre terminado; elija uno de la lista."


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.KEEP_BOARD)
def export_month(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Offer the months and quarters that are over, and give one as a file."""
    del language
    if request.method != "POST":
        context = {"labels": find_labels(staff), "threshold": THRESHOLD}
        return render(request, "bedside/presence/months.html", context)
    span = read_span(request.POST.get("month", ""), staff)
    month, words = count_month(staff.reader(), span, find_words()), find_words()
    tables = [count_stays(month, span, words), count_refusals(month, span, words)]
    on = staff.at.astimezone(staff.site.timezone).date()
    stays, refusals = record_month_exported(
        staff.act(request), label=span.label, tables=tables, on=on
    )
    answer = HttpResponse(
        write_rows(month, stays, refusals), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="bedside-{span.label}.csv"'
    return answer


def find_labels(staff: Staff) -> list[str]:
    """Find the last months and quarters that are over, the newest first."""
    now = staff.at.astimezone(staff.site.timezone)
    months = [divmod(now.year * 12 + now.month - 2 - ago, 12) for ago in range(MONTHS)]
    labels = [f"{year}-{month + 1:02}" for year, month in months]
    quarters = [divmod(now.year * 4 + (now.month - 1) // 3 - 1 - ago, 4) for ago in range(4)]
    return labels + [f"{year}-Q{quarter + 1}" for year, quarter in quarters]


def read_span(typed: str, staff: Staff) -> Span:
    """Read a month or a quarter by the clock of the hospital, or refuse one that is not over."""
    found = NAMED.fullmatch(typed)
    if found is None:
        raise NoSuchMonth(typed=typed[:20])
    year, month, quarter = int(found[1]), found[2], found[3]
    first = int(month) if month else (int(quarter) - 1) * 3 + 1
    zone, (more, after) = staff.site.timezone, divmod(first - 1 + (1 if month else 3), 12)
    ends = datetime(year + more, after + 1, 1, tzinfo=zone).astimezone(UTC)
    if ends > staff.at:
        raise NoSuchMonth(typed=typed)
    since = datetime(year, first, 1, tzinfo=zone).astimezone(UTC)
    return Span(label=typed, since=since, until=ends)


def find_words() -> Words:
    """Find the levels of agencies and the places of officers in the words of the rulebook."""
    vocabulary = find_shelf().vocabulary
    level = vocabulary.facts["agency_level"].derived
    named = level.values if level else {}
    levels = {str(one): str(name) for name, agencies in named.items() for one in agencies}
    return Words(levels=levels, places=tuple(vocabulary.dimensions["position"].places))


def write_rows(month: Month, stays: Release | None, refusals: Release | None) -> str:
    """Write the tables for a spreadsheet; a hidden number is said to be hidden."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    writer.writerows(_write_stays(month, stays))
    writer.writerows(_write_refusals(month, refusals))
    return text.getvalue()


def _write_stays(month: Month, release: Release | None) -> Iterator[tuple[object, ...]]:
    for (level, place), count in (release.cells if release else {}).items():
        time = [
            t
            for (one, where), t in month.time.items()
            if level in {ALL, one} and place in {ALL, where}
        ]
        hours = round(sum(one.total_seconds() for one in time) / HOUR)
        yield ("stays_by_place", level, place, *_hide(count, hours), "")


def _write_refusals(month: Month, release: Release | None) -> Iterator[tuple[object, ...]]:
    for (level,), count in (release.cells if release else {}).items():
        found = [m for one, all_ in month.minutes.items() if level in {ALL, one} for m in all_]
        minutes = round(median(found)) if len(found) >= THRESHOLD else ""
        yield ("refusals", level, "", _hide(count, "")[0], "", minutes if count is not None else "")


def _hide(count: int | None, more: object) -> tuple[object, object]:
    return ("hidden", "") if count is None else (count, more)
