"""The days on which offices rest, by calendar, with the sources that say so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bedside.rules.calendars.source import Source, read_source
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import Text

HOLIDAYS = Path(__file__).with_name("holidays.yaml")
WEEK = 7
DAY = timedelta(days=1)

# A hospital never edits this table, so it is read without a ceremony of problems.
Table = Mapping[str, Any]


class Weekday(IntEnum):
    """The days of the week, numbered as `date.weekday` numbers them."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A day of rest that comes every year: on a date, or on the nth weekday of a month."""

    id: str
    title: Text
    month: int
    day: int  # zero where it is the nth weekday
    nth: int  # from the start of the month; below zero, from its end
    weekday: Weekday
    since: int
    is_friday_before: bool  # on a Saturday, the Friday before rests
    is_monday_after: bool  # on a Sunday, the Monday after rests

    def find_days(self, year: int) -> Iterator[date]:
        """Find the days of rest that this holiday of a year gives; one may lie in another year."""
        if year < self.since:
            return
        day = date(year, self.month, self.day) if self.day else self._find_nth(year)
        yield day
        if day.weekday() == Weekday.SATURDAY and self.is_friday_before:
            yield day - DAY
        if day.weekday() == Weekday.SUNDAY and self.is_monday_after:
            yield day + DAY

    def _find_nth(self, year: int) -> date:
        if self.nth < 0:
            last = date(year + self.month // 12, self.month % 12 + 1, 1) - DAY
            back = (last.weekday() - self.weekday) % WEEK + WEEK * (-self.nth - 1)
            return last - back * DAY
        first = date(year, self.month, 1)
        ahead = (self.weekday - first.weekday()) % WEEK + WEEK * (self.nth - 1)
        return first + ahead * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Which days are working days somewhere, and who says so."""

    id: str
    title: Text
    rests: frozenset[Weekday]
    holidays: tuple[Holiday, ...]
    works: tuple[Text, ...]  # listed by some law, counted here as working days
    sources: tuple[Source, ...]

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        return Weekday(day.weekday()) not in self.rests and day not in self._find_rests(day.year)

    def find_holidays(self, year: int) -> tuple[date, ...]:
        """Find the holidays of a year that fall on a day on which offices would work."""
        found = {day for day in self._find_rests(year) if day.year == year}
        return tuple(sorted(day for day in found if Weekday(day.weekday()) not in self.rests))

    def _find_rests(self, year: int) -> frozenset[date]:
        around = (year - 1, year, year + 1)  # January 1 on a Saturday rests on December 31
        return frozenset(
            day for one in around for holiday in self.holidays for day in holiday.find_days(one)
        )


@cache
def load_calendars() -> Mapping[str, Calendar]:
    """Read the calendars by their names."""
    plain: Any = load_document(HOLIDAYS, name=HOLIDAYS.name).value
    tables: Mapping[str, Table] = plain["calendars"]
    return MappingProxyType({id_: _build(id_, one, tables) for id_, one in tables.items()})


def _build(id_: str, one: Table, tables: Mapping[str, Table]) -> Calendar:
    alike = tables.get(one.get("like", ""), {"sources": [], "holidays": [], "works": []})
    holidays = one.get("holidays", alike["holidays"])
    return Calendar(
        id=id_,
        title=Text(**one["title"]),
        rests=frozenset(Weekday[name.upper()] for name in one["rests"]),
        holidays=tuple(_build_holiday(entry) for entry in holidays),
        works=tuple(Text(**entry["title"]) for entry in one.get("works", alike["works"])),
        sources=tuple(read_source(entry) for entry in (*one["sources"], *alike["sources"])),
    )


def _build_holiday(entry: Table) -> Holiday:
    month, _, day = entry.get("on", f"{entry.get('month', 1)}-0").partition("-")
    return Holiday(
        id=entry["id"],
        title=Text(**entry["title"]),
        month=int(month),
        day=int(day),
        nth=entry.get("nth", 0),
        weekday=Weekday[entry.get("weekday", "monday").upper()],
        since=entry.get("since", 0),
        is_friday_before=entry.get("saturday") == "before",
        is_monday_after=entry.get("sunday") == "after",
    )
