"""The page of the clocks: by when whom to tell, who says so, and on which days offices rest."""

from collections.abc import Iterator

from docs._tools.markdown import MADE, escape, table

from bedside.rules.calendars.clocks import Clock, Term, load_clocks, load_principles
from bedside.rules.calendars.holidays import Calendar, Holiday, load_calendars
from bedside.rules.calendars.source import Source
from bedside.rules.vocabulary.problem import Text

INTRODUCTION = (
    "Each clock is a row of data in `src/bedside/rules/calendars/clocks.yaml`. *Reported* is"
    " somebody else's words about the source, *remembered* is from memory and has to be looked up,"
    " *proposed* is this project's own and no law. The dates by which the count is tested stand in"
    " `tests/rules/calendars/dates.csv`.\n"
)


def write_clocks() -> str:
    """Write every clock, what holds for all, and every calendar."""
    lines = [f"{MADE}\n# Clocks and calendars\n", INTRODUCTION]
    for text, sources in load_principles().values():
        lines += [f"{_both(text)}\n", *(f"- {_tell(source)}" for source in sources), ""]
    lines += ["## Clocks\n"]
    for clock in load_clocks().values():
        lines += [*_describe(clock)]
    lines += ["## Calendars\n"]
    for calendar in load_calendars().values():
        lines += [*_rest(calendar)]
    return "\n".join(lines)


def _describe(clock: Clock) -> Iterator[str]:
    yield f"### `{clock.id}`\n"
    yield f"{_both(clock.title)}\n"
    rows = [
        ("Where", f"`{clock.where}`"),
        ("Set off by", ", ".join(f"`{one}`" for one in sorted(clock.sets_off))),
        ("Who is told", _both(clock.who)),
        ("Within", _tell_term(clock.term)),
        ("Source", _tell(clock.source)),
    ]
    if clock.quote:
        rows.append(("Quotation", escape(clock.quote)))
    if clock.strict:
        rows.append(("Strictest reading", escape(load_calendars()[clock.strict].title.en)))
    if clock.delay:
        rows.append(("Put off by", f"{escape(clock.delay.cite)}, {clock.delay.reading}"))
    yield table(("", ""), rows)
    yield f"{_both(clock.says)}\n"
    if clock.doubt.en:
        yield f"In doubt: {_both(clock.doubt)}\n"


def _rest(calendar: Calendar) -> Iterator[str]:
    yield f"### `{calendar.id}`\n"
    yield f"{_both(calendar.title)}\n"
    yield from (f"- {_tell(source)}" for source in calendar.sources)
    yield ""
    if calendar.holidays:
        rows = [(_both(one.title), _tell_day(one)) for one in calendar.holidays]
        yield table(("Holiday", "Day"), rows)
    if calendar.works:
        yield "Counted as working days, so that the earlier day is shown:\n"
        yield from (f"- {_both(one)}" for one in calendar.works)
        yield ""


def _tell_term(term: Term | None) -> str:
    if term is None:
        return "at once, or as soon as it can be done"
    if term.working_days:
        return f"{term.working_days} working days of `{term.calendar}`"
    if term.hours:
        return f"{term.hours} hours"
    if term.days_after_year:
        return f"{term.days_after_year} days after the calendar year"
    return f"{term.days} calendar days"


def _tell_day(one: Holiday) -> str:
    if not one.day:
        place = "last" if one.nth < 0 else f"{one.nth}."
        return f"{place} {one.weekday.name.title()} of month {one.month}"
    moved = [
        *(["Saturday: the Friday before"] if one.is_friday_before else []),
        *(["Sunday: the Monday after"] if one.is_monday_after else []),
    ]
    since = [f"since {one.since}"] if one.since else []
    return "; ".join([f"{one.month:02}-{one.day:02}", *moved, *since])


def _tell(source: Source) -> str:
    where = f" in <{source.read_in}>" if source.read_in.startswith("http") else ""
    on = f", {source.read_on}" if source.read_on else ""
    return f"{escape(source.cite)}: {source.reading}{where}{on}"


def _both(text: Text) -> str:
    return f"{escape(text.en)} · {escape(text.es)}"
