"""What counsel types to name what is held: codes of stays, addresses of pages, a time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bedside.doors.web.moments import read_moment
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.encounters.models import Encounter
from bedside.record.holds.operations import Scope
from bedside.record.letters.models import Letter
from bedside.record.visits.models import Visit
from bedside.rules.vocabulary.problem import Language

ADDRESS = re.compile(r"(stays|visits|reports|letters)/([0-9a-f-]{36})(?:$|[/?#])", re.IGNORECASE)
ROOMS = {"stays": "encounter", "visits": "visit", "reports": "report", "letters": "letter"}
MOST_LINES = 100
MOST_LENGTH = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read, and what is wrong with it."""

    scope: Scope
    wrongs: tuple[str, ...]


def read_scope(staff: Staff, sent: Mapping[str, str], language: Language) -> Read:
    """Read what is to be held; a line that names nothing here is said back."""
    text = sent.get("records", "").replace("\x00", "")[:MOST_LENGTH]
    lines = [line.strip() for line in re.split(r"[\n,;]", text) if line.strip()][:MOST_LINES]
    named = [(line, _find_record(staff.standing.site, line)) for line in lines]
    wrongs = [
        say("holds_not_found", language, line=line[:80]) for line, found in named if not found
    ]
    times = {name: _read_time(staff, sent, name) for name in ("from_at", "until_at")}
    wrongs += [
        say("holds_no_time", language, line=sent.get(name, "")[:40])
        for name, at in times.items()
        if at is None and sent.get(name, "").strip()
    ]
    records = tuple(found for _, found in named if found)
    return Read(scope=Scope(records=records, **times), wrongs=tuple(wrongs))


def _find_record(site: str, line: str) -> str:
    """Find the record that a line names; a report's existence is not looked up for anybody."""
    address = ADDRESS.search(line)
    if address is None:
        stay = Encounter.objects.filter(site_id=site, code=line.upper()).first()
        return stay.about if stay else ""
    try:
        room, id_ = ROOMS[address[1].lower()], UUID(address[2])
    except ValueError:
        return ""
    return f"{room}/{id_}" if _is_here(site, room, id_) else ""


def _is_here(site: str, room: str, id_: UUID) -> bool:
    if room == "encounter":
        return Encounter.objects.filter(site_id=site, pk=id_).exists()
    if room == "visit":
        return Visit.objects.filter(site_id=site, pk=id_).exists()
    return room != "letter" or Letter.objects.filter(site_id=site, pk=id_).exists()


def _read_time(staff: Staff, sent: Mapping[str, str], name: str) -> datetime | None:
    written = sent.get(name, "")
    return read_moment(written, staff.site.timezone) if written.strip() else None
