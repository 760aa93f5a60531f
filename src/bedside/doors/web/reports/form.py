"""Read what somebody tapped and wrote about what happened."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from django.http import QueryDict

from bedside.doors.web.moments import read_moment
from bedside.record.accounts.roles import Role
from bedside.record.reports.box_operations import find_day
from bedside.record.reports.choices import Reached, Route, When
from bedside.record.reports.operations import HARMS, NoMoment, Origin, Said
from bedside.record.reports.queries import TEXTS

MOST_PRESENT = 20
AHEAD: Final = timedelta(days=1)  # the clock of a device may run ahead; a year is a slip
OFFICER, VISITOR = "officer", "visitor"
PRESENT: Final = (
    OFFICER,
    VISITOR,
    "interpreter",
    *(role.value for role in Role if role is not Role.STAFF_KEEPER),
)
NAMELESS: Final = ("words", "place")  # the texts that the page without a name asks for
WHO: Final = {
    "here": Route.PUBLIC,
    "family": Route.FAMILY,
    "officer": Route.OFFICER,
    "": Route.PUBLIC,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a form is read against: the clock and the units of the hospital."""

    at: datetime
    zone: tzinfo
    units: tuple[str, ...]


def read_named(sent: QueryDict, around: Around, route: Route) -> Said:
    """Read a report under a name: its moments are exact where they were given."""
    happened = _read_moment(sent.get("happened", ""), around)
    if happened is None and sent.get("when") == When.NOW:
        happened = around.at
    return _read(sent, around, route=route, happened=happened, discovered=around.at)


def read_nameless(sent: QueryDict, around: Around) -> Said:
    """Read a report without a name: no moment of it is nearer than a day."""
    happened = _read_moment(sent.get("day", ""), around)
    day = find_day(happened) if happened else None
    route = WHO.get(sent.get("who", ""), Route.PUBLIC)
    said = _read(sent, around, route=route, happened=day)
    return replace(said, texts={name: said.texts[name] for name in NAMELESS if name in said.texts})


def read_consent(sent: QueryDict) -> Origin:
    """Read what the patient agreed to."""
    if not clean(sent.get("patient_words", "")):
        return Origin()
    return Origin(
        agreed_to_file="agreed_to_file" in sent, agreed_to_be_named="agreed_to_be_named" in sent
    )


def clean(text: str) -> str:
    """Take what browsers and databases read differently out of a text."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _read_moment(written: str, around: Around) -> datetime | None:
    """Read a moment that has passed; nothing if nothing was typed."""
    if not written.strip():
        return None
    at = read_moment(written, around.zone)
    if at is None or at > around.at + AHEAD:
        raise NoMoment
    return at


def _read(
    sent: QueryDict,
    around: Around,
    *,
    route: Route,
    happened: datetime | None,
    discovered: datetime | None = None,
) -> Said:
    types = tuple(dict.fromkeys(sent.getlist("type")))
    families = dict.fromkeys([*(code[:1] for code in types), *sent.getlist("family")])
    present = [one for one in sent.getlist("present") if one in PRESENT]
    unit = sent.get("unit", "")
    return Said(
        route=route,
        families=tuple(families),
        types=types,
        reached_patient=sent.get("reached", "") or Reached.UNKNOWN.value,
        harms={column: sent.get(column, "") for column in HARMS if sent.get(column)},
        when=sent.get("when", ""),
        happened_at=happened,
        discovered_at=discovered,
        unit=unit if unit in around.units else "",
        present=tuple(dict.fromkeys(present))[:MOST_PRESENT],
        facts=tuple(dict.fromkeys(sent.getlist("fact"))),
        texts={column: text for column in TEXTS if (text := clean(sent.get(column, "")))},
    )
