"""Read a day and time that somebody typed, on the clock of the hospital."""

from datetime import datetime, tzinfo

# Beyond these a time zone cannot be applied, and nobody means such a day.
FIRST_YEAR, LAST_YEAR = 2000, 2100


def read_moment(written: str, zone: tzinfo) -> datetime | None:
    """Read a moment between 2000 and 2100; nothing if it is none."""
    try:
        at = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    if not FIRST_YEAR <= at.year < LAST_YEAR:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)
