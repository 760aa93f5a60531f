"""Whom a refusal reaches, one rung after the other; a hospital writes its own in its site file.

By day the ladder may be another than at night, on weekends and on holidays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DEFAULT = ("charge_nurse", "house_supervisor", "administrator_on_duty")
WAIT = timedelta(minutes=5)
LEAST_WAIT, MOST_WAIT = 1, 60  # minutes
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKDAYS = frozenset(DAYS[:5])


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When the house is fully staffed: from when to when, on which days, but on no holiday."""

    timezone: ZoneInfo
    opens: time
    closes: time  # exclusive
    days: frozenset[str] = WORKDAYS
    holidays: frozenset[date] = frozenset()

    def holds_at(self, at: datetime) -> bool:
        """Tell whether a moment lies within."""
        local = at.astimezone(self.timezone)
        is_day = DAYS[local.weekday()] in self.days and local.date() not in self.holidays
        return is_day and self.opens <= local.time() < self.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rungs, how long each is waited for, and who is called at once in danger."""

    rungs: tuple[str, ...] = DEFAULT
    wait: timedelta = WAIT
    in_danger: tuple[str, ...] = ("hospital_security", "house_supervisor")
    quietly: tuple[str, ...] = ("charge_nurse", "house_supervisor")  # "not safe to ask"
    hours: Hours | None = None  # nothing: the same by day and night
    off: "Ladder | None" = None

    def is_off(self, at: datetime) -> bool:
        """Tell whether it is night, a weekend or a holiday there."""
        return self.hours is not None and not self.hours.holds_at(at)

    def holding_at(self, at: datetime) -> "Ladder":
        """Give the ladder that holds at a moment."""
        return self.off if self.off is not None and self.is_off(at) else self


def read_ladder(plain: Mapping[str, object]) -> Ladder:
    """Read the ladder of a checked site file; what it leaves out is as shipped."""
    said = plain.get("ladder")
    if not isinstance(said, Mapping):
        return Ladder()
    ladder = _read(said, Ladder())
    hours = _read_hours(said, str(plain.get("timezone", "UTC")))
    off = said.get("off_hours")
    night = _read(off, ladder) if isinstance(off, Mapping) else None
    return replace(ladder, hours=hours, off=night)


def read_time(said: object) -> time | None:
    """Read a time of day such as 07:00; nothing if it is none."""
    try:
        return time.fromisoformat(str(said)) if isinstance(said, str) else None
    except ValueError:
        return None


def read_days(said: object) -> frozenset[date]:
    """Read days such as 2026-12-25; what is none is left out."""
    found = set()
    for day in said if isinstance(said, list | tuple) else ():
        try:
            found.add(date.fromisoformat(str(day)))
        except ValueError:
            continue
    return frozenset(found)


def _read(said: Mapping[str, object], shipped: Ladder) -> Ladder:
    return Ladder(
        rungs=_read_roles(said.get("rungs"), shipped.rungs),
        wait=_read_wait(said.get("wait_minutes"), shipped.wait),
        in_danger=_read_roles(said.get("in_danger"), shipped.in_danger),
        quietly=_read_roles(said.get("quietly"), shipped.quietly),
    )


def _read_hours(said: Mapping[str, object], zone: str) -> Hours | None:
    hours = said.get("hours")
    if not isinstance(hours, Mapping):
        return None
    opens, closes = read_time(hours.get("from")), read_time(hours.get("to"))
    if opens is None or closes is None:
        return None
    days = frozenset(_read_roles(hours.get("days"), tuple(WORKDAYS)))
    return Hours(
        timezone=ZoneInfo(zone),
        opens=opens,
        closes=closes,
        days=days,
        holidays=read_days(said.get("holidays")),
    )


def _read_roles(said: object, shipped: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(said, Sequence) or isinstance(said, str):
        return shipped
    return tuple(str(role) for role in said) or shipped


def _read_wait(said: object, shipped: timedelta) -> timedelta:
    if isinstance(said, int) and LEAST_WAIT <= said <= MOST_WAIT:
        return timedelta(minutes=said)
    return shipped
