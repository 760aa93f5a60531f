"""Whom staff reach at an agency, by day and by night, and whether anybody tried lately."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bedside.record.presence.ladder import read_ladder
from bedside.rules.vocabulary.problem import Text

OLD_AFTER: Final = 90  # days


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Whom to call now."""

    name: Text
    phone: str
    verified: date | None
    is_old: bool  # nobody has tried the number for too long, or ever
    is_night: bool


def find_reached(plain: Mapping[str, object], agency: str, *, at: datetime) -> Reached | None:
    """Find whom to call at an agency at this hour; the day's number stands in for a missing one."""
    contacts = _table(plain.get("agency_contacts"))
    entry = _table(contacts.get(agency))
    if not entry.get("phone"):
        return None
    night = _table(entry.get("night"))
    is_night = read_ladder(plain).is_off(at) and bool(night.get("phone"))
    said = night if is_night else entry
    name = _table(said.get("name")) or _table(entry.get("name"))
    verified = _read_day(said.get("verified"))
    days = plain.get("contacts_old_after_days", OLD_AFTER)
    limit = timedelta(days=days if isinstance(days, int) else OLD_AFTER)
    return Reached(
        name=Text(en=str(name.get("en", "")), es=str(name.get("es", ""))),
        phone=str(said.get("phone", "")),
        verified=verified,
        is_old=verified is None or at.date() - verified > limit,
        is_night=is_night,
    )


def _read_day(said: object) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
