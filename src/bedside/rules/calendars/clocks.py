"""By when whom to tell: each clock with its source, and the day on which it ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bedside.rules.calendars.counting import add_after_year, add_days, add_working_days
from bedside.rules.calendars.holidays import load_calendars
from bedside.rules.calendars.source import Reading, Source, read_source
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import NO_TEXT, Text

CLOCKS = Path(__file__).with_name("clocks.yaml")
REGULATORS = Path(__file__).with_name("regulators.yaml")
ITS_END, TERM_AGAIN = "its_end", "term_again"
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long something may take; at most one of the numbers is not zero."""

    days: int = 0
    working_days: int = 0
    hours: int = 0
    days_after_year: int = 0
    calendar: str = "weekdays"

    def find_last(self, begun: date, calendar: str) -> date:
        """Find the last day of the term, counted by a calendar."""
        if self.working_days:
            return add_working_days(begun, self.working_days, load_calendars()[calendar])
        if self.days_after_year:
            return add_after_year(begun, self.days_after_year)
        return add_days(begun, self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayRule:
    """What an official's statement does to a clock, and for how long at most."""

    then: str  # its_end: due the day after the delay; term_again: the term runs anew from its end
    cite: str
    reading: Reading
    written_most: int = 0  # days; zero is as long as the statement says
    oral_most: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One duty to tell somebody by a day."""

    id: str
    where: str  # a place of the rulebook: it holds there and below
    sets_off: frozenset[str]
    title: Text
    who: Text
    says: Text
    term: Term | None  # nothing: at once, or as soon as can be
    strict: str  # the calendar of the strictest reading; nothing where there is no doubt
    delay: DelayRule | None
    source: Source
    quote: str
    doubt: Text
    file_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The moment at which somebody of the house knew; of some reports only the day is kept."""

    day: date  # on the clock of the hospital
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A clock that runs: its last day, and the earlier one on the strictest reading."""

    clock: Clock
    known: Known
    on: date | None
    safe_on: date | None
    at: datetime | None = None  # where hours are counted

    def count_days_left(self, today: date) -> int | None:
        """Count the days from today to the last day on every reading; below zero it is over."""
        return None if self.safe_on is None else (self.safe_on - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulator:
    """Where a breach is filed."""

    title: Text
    how: Text
    address: str
    cite: str
    reading: Reading


def read_known(at: datetime, zone: tzinfo, *, only_day: bool = False) -> Known:
    """Say when somebody knew, on the clock of the hospital.

    Where only the day was kept, it was kept as its first moment in UTC.
    """
    if only_day:
        return Known(day=at.astimezone(UTC).date())
    local = at.astimezone(zone)
    return Known(day=local.date(), at=local)


def find_clocks(jurisdiction: str, sets_off: Iterable[str]) -> tuple[Clock, ...]:
    """Find the clocks that hold at a place and are set off by any of these."""
    happened = frozenset(sets_off)
    return tuple(
        clock
        for clock in load_clocks().values()
        if clock.sets_off & happened and f"{jurisdiction}/".startswith(f"{clock.where}/")
    )


def start(clock: Clock, known: Known, zone: tzinfo) -> Due:
    """Start a clock at the moment at which somebody knew."""
    term = clock.term
    if term is None:
        return Due(clock=clock, known=known, on=None, safe_on=None)
    if term.hours:
        begun = known.at or datetime(known.day.year, known.day.month, known.day.day, tzinfo=zone)
        at = (begun.astimezone(UTC) + timedelta(hours=term.hours)).astimezone(zone)
        return Due(clock=clock, known=known, on=at.date(), safe_on=at.date(), at=at)
    on = term.find_last(known.day, term.calendar)
    safe = term.find_last(known.day, clock.strict) if clock.strict else on
    return Due(clock=clock, known=known, on=on, safe_on=min(on, safe))


@cache
def load_clocks() -> Mapping[str, Clock]:
    """Read the clocks by their names, in the order in which they are shown."""
    return MappingProxyType({entry["id"]: _build(entry) for entry in _load(CLOCKS)["clocks"]})


@cache
def load_regulators() -> Mapping[str, Regulator]:
    """Read where breaches are filed."""
    return MappingProxyType(
        {
            id_: Regulator(
                title=Text(**entry["title"]),
                how=Text(**entry["how"]),
                address=entry["address"],
                cite=entry["cite"],
                reading=Reading(entry["reading"]),
            )
            for id_, entry in _load(REGULATORS)["regulators"].items()
        }
    )


@cache
def load_principles() -> Mapping[str, tuple[Text, tuple[Source, ...]]]:
    """Read what holds for every clock: from when it runs, and whether the first day counts."""
    plain = _load(CLOCKS)
    return MappingProxyType(
        {
            name: (
                Text(**plain[name]["says"]),
                tuple(read_source(entry) for entry in plain[name]["sources"]),
            )
            for name in ("known", "first_day")
        }
    )


def _build(entry: Table) -> Clock:
    return Clock(
        id=entry["id"],
        where=entry["where"],
        sets_off=frozenset(entry["sets_off"]),
        title=Text(**entry["title"]),
        who=Text(**entry["who"]),
        says=Text(**entry["says"]),
        term=Term(**entry["term"]) if "term" in entry else None,
        strict=entry.get("strict", ""),
        delay=_build_delay(entry["delay"]) if "delay" in entry else None,
        source=read_source(entry),
        quote=entry.get("quote", ""),
        doubt=Text(**entry["doubt"]) if "doubt" in entry else NO_TEXT,
        file_at=entry.get("file_at", ""),
    )


def _build_delay(entry: Table) -> DelayRule:
    return DelayRule(**{**entry, "reading": Reading(entry["reading"])})


@cache
def _load(file: Path) -> Table:
    plain: Any = load_document(file, name=file.name).value
    return plain  # type: ignore[no-any-return]  # the table is part of the program
