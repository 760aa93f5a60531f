"""From what is on file to what may be counted by: days become periods, agencies become levels."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import ClassVar

from bedside.trust.publication.refusal import Refusal

MONTHS_IN_QUARTER = 3
MONTHS_IN_HALF = 6


class AgencyUnknown(Refusal):
    """An agency that no level is known for."""

    code: ClassVar[str] = "publication.agency-unknown"
    en: ClassVar[str] = (
        "no level is known for an agency; add it to the vocabulary before publishing"
    )
    es: ClassVar[str] = "una agencia no tiene nivel conocido; agréguela al vocabulario y repita"


class Period(StrEnum):
    """How long the shortest published period is; a day or a week is never one."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


def coarsen_date(day: date, *, to: Period) -> str:
    """Name the period that a day lies in."""
    match to:
        case Period.MONTH:
            return f"{day.year:04}-{day.month:02}"
        case Period.QUARTER:
            return f"{day.year:04}-Q{(day.month - 1) // MONTHS_IN_QUARTER + 1}"
        case Period.HALF:
            return f"{day.year:04}-H{(day.month - 1) // MONTHS_IN_HALF + 1}"
        case Period.YEAR:
            return f"{day.year:04}"


def group_months(months: Iterable[str], *, to: Period) -> dict[str, frozenset[str]]:
    """Group months, named as `coarsen_date` names them, into longer periods."""
    groups: dict[str, set[str]] = {}
    for month in months:
        groups.setdefault(coarsen_date(date.fromisoformat(f"{month}-01"), to=to), set()).add(month)
    return {label: frozenset(values) for label, values in groups.items()}


def collapse_agency(agency: str, levels: Mapping[str, Collection[str]]) -> str:
    """Give the level of an agency; an unknown one is refused, and not repeated."""
    found = [level for level, agencies in levels.items() if agency in agencies]
    if len(found) != 1:
        raise AgencyUnknown
    return found[0]
