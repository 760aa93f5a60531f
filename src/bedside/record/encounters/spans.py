"""From how norms write a length of time (ISO 8601) to when something is due."""

import re
from datetime import datetime, timedelta

PERIOD = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
DAYS_IN = (365, 30, 7, 1)  # years and months are counted long enough for a clock on a page
WEEKEND = 5


def read_span(written: str) -> timedelta | None:
    """Read a length of time; nothing for what is none."""
    found = PERIOD.fullmatch(written) if written else None
    if found is None:
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups())
    counted = (years, months, weeks, days)
    whole = sum(n * each for n, each in zip(counted, DAYS_IN, strict=True))
    return timedelta(days=whole, hours=hours, minutes=minutes, seconds=seconds)


def find_due(began: datetime, within: str | None, *, counted: str) -> datetime | None:
    """Find when something is due; nothing if no time is set."""
    span = read_span(within or "")
    if span is None:
        return None
    return _add_working(began, span) if counted == "working" else began + span


def _add_working(began: datetime, span: timedelta) -> datetime:
    due = began
    for _ in range(span.days):
        due += timedelta(days=1)
        while due.weekday() >= WEEKEND:
            due += timedelta(days=1)
    return due + timedelta(seconds=span.seconds)
