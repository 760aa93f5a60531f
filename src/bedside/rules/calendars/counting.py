"""Counting days as laws count them: the day from which a term runs is not counted, the last is."""

from datetime import date, timedelta

from bedside.rules.calendars.holidays import Calendar

DAY = timedelta(days=1)


def add_days(begun: date, days: int) -> date:
    """Find the last day of a term of calendar days; the day on which it began is not counted."""
    return begun + days * DAY


def add_working_days(begun: date, days: int, calendar: Calendar) -> date:
    """Find the last day of a term of working days; the day on which it began is not counted."""
    day = begun
    for _ in range(days):
        day += DAY
        while not calendar.is_working(day):
            day += DAY
    return day


def add_after_year(begun: date, days: int) -> date:
    """Find the last day of a term that begins when the calendar year ends."""
    return add_days(date(begun.year, 12, 31), days)


def count_working_days(begun: date, until: date, calendar: Calendar) -> int:
    """Count the working days after a day, up to and with another."""
    ahead = (begun + n * DAY for n in range(1, (until - begun).days + 1))
    return sum(calendar.is_working(day) for day in ahead)
