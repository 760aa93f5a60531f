"""The page of the clocks themselves: each with its source, and the days on which offices rest."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bedside.doors.web.privacy.clock_lines import tell_day, tell_reading, tell_source
from bedside.doors.web.privacy.reading import find_today
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.rules.calendars.clocks import (
    Clock,
    Regulator,
    Term,
    load_clocks,
    load_principles,
    load_regulators,
)
from bedside.rules.calendars.holidays import Calendar, load_calendars
from bedside.rules.vocabulary.problem import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTold:
    """One clock as data."""

    title: str
    who: str
    says: str
    term: str
    doubt: str
    quote: str
    source: str
    holds_here: bool
    delay: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTold:
    """One calendar with its days of rest of this year and the next."""

    title: str
    days: tuple[str, ...]
    works: tuple[str, ...]
    sources: tuple[str, ...]


@require_safe
@for_staff(May.KEEP_PRIVACY)
def show_clocks(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show every clock with its source, where to file, and which days offices rest."""
    where = f"{staff.site.jurisdiction}/"
    year = find_today(staff).year
    context = {
        "clocks": [_tell_clock(one, where, language) for one in load_clocks().values()],
        "calendars": [
            _tell_calendar(one, year, language) for one in load_calendars().values() if one.sources
        ],
        "principles": [
            (text.say(language), [tell_source(one, language) for one in sources])
            for text, sources in load_principles().values()
        ],
        "regulators": [_tell_regulator(one, language) for one in load_regulators().values()],
    }
    return render(request, "bedside/privacy/clocks.html", context)


def tell_term(term: Term | None, language: Language) -> str:
    """Tell how long something may take."""
    if term is None:
        return say("privacy_term_soon", language)
    if term.working_days:
        calendar = load_calendars()[term.calendar].title.say(language)
        key = "privacy_term_next_day" if term.working_days == 1 else "privacy_term_working"
        return say(key, language, number=term.working_days, calendar=calendar)
    if term.hours == 1:
        return say("privacy_term_hour", language)
    if term.hours:
        return say("privacy_term_hours", language, number=term.hours)
    if term.days_after_year:
        return say("privacy_term_year", language, number=term.days_after_year)
    return say("privacy_term_days", language, number=term.days)


def _tell_clock(clock: Clock, where: str, language: Language) -> ClockTold:
    delay = clock.delay
    return ClockTold(
        title=clock.title.say(language),
        who=clock.who.say(language),
        says=clock.says.say(language),
        term=tell_term(clock.term, language),
        doubt=clock.doubt.say(language),
        quote=clock.quote,
        source=tell_source(clock.source, language),
        holds_here=where.startswith(f"{clock.where}/"),
        delay=f"{delay.cite} · {tell_reading(delay.reading, language)}" if delay else "",
    )


def _tell_calendar(calendar: Calendar, year: int, language: Language) -> CalendarTold:
    days = (*calendar.find_holidays(year), *calendar.find_holidays(year + 1))
    return CalendarTold(
        title=calendar.title.say(language),
        days=tuple(tell_day(day, language) for day in days),
        works=tuple(text.say(language) for text in calendar.works),
        sources=tuple(tell_source(one, language) for one in calendar.sources),
    )


def _tell_regulator(one: Regulator, language: Language) -> dict[str, str]:
    return {
        "title": one.title.say(language),
        "how": one.how.say(language),
        "address": one.address,
        "source": f"{one.cite} · {tell_reading(one.reading, language)}",
    }
