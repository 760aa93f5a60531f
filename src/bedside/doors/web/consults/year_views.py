"""A year of questions for ethics in numbers, with the small ones withheld."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bedside.doors.web.moments import FIRST_YEAR, LAST_YEAR
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.consults.words import KINDS, Kind
from bedside.record.consults.year_queries import count_year
from bedside.rules.vocabulary.problem import Language


@require_safe
@for_staff(May.ADVISE_ETHICS)
def show_year(request: HttpRequest, staff: Staff, language: Language, year: int) -> HttpResponse:
    """Show how many questions came, by sort, by unit, by time to advice."""
    if not FIRST_YEAR <= year < LAST_YEAR:
        raise NotThere
    zone = staff.site.timezone
    tables = count_year(staff.standing, year, zone=zone, on=staff.at.astimezone(zone).date())
    context = {
        "year": year,
        "years": [one for one in (year - 1, year + 1) if FIRST_YEAR <= one < LAST_YEAR],
        "tables": [
            {
                "title": say(f"years_by_{one.by}", language),
                "rows": [(_name(one.by, row.value, language), row.count) for row in one.rows],
                "total": one.total,
            }
            for one in tables
        ],
    }
    return render(request, "bedside/consults/year.html", context)


def _name(by: str, value: str, language: Language) -> str:
    if by == "kind":
        return KINDS[Kind(value)].say(language)
    return say(f"years_wait_{value}", language) if by == "wait" else value
