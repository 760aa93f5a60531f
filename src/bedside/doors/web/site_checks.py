"""What may be wrong in the parts of a site file that say whom pages reach, and what rooms are like.

Each check gives all that it finds; whoever loads the file stops only when everything was looked at.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bedside.record.presence.house_rooms import FLAGS, MOST_ROOMS
from bedside.record.presence.ladder import DAYS, read_days, read_time
from bedside.rules.vocabulary.document import Document
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Text, find_near

UNKNOWN_KEY = ProblemKind(
    code="site.unknown",
    what=Text(en="nothing here is called `{word}`", es="aquí nada se llama `{word}`"),
    help=Text(en="correct the word or leave it out", es="corrija la palabra o quítela"),
)
WRONG_VALUE = ProblemKind(
    code="site.wrong-value",
    what=Text(en="`{word}` cannot be `{value}`", es="`{word}` no puede ser `{value}`"),
    help=Text(en="choose one of: {known}", es="elija entre: {known}"),
)
RUNGS = ("rungs", "in_danger", "quietly")
LADDER = (*RUNGS, "wait_minutes", "hours", "holidays", "off_hours")
PAGING = (
    "address",
    "mail_from",
    "mail_domains",
    "sms_gateway",
    "push_hosts",
    "private_network",
)
ROOM = ("unit", "room", "exits", *FLAGS)
CONTACT = ("name", "phone", "verified", "night")
NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}")
Found = list[Problem]


def check_ladder(document: Document, plain: Mapping[str, object], roles: Iterable[str]) -> Found:
    """Find what the ladder of refusals says that nobody here understands."""
    ladder, place = _table(plain.get("ladder")), document.place_of("ladder")
    known, off = tuple(roles), _table(ladder.get("off_hours"))
    problems = _unknown(ladder, LADDER, place=place) + _unknown(off, LADDER[:4], place=place)
    named = [
        str(role) for said in (ladder, off) for rung in RUNGS for role in _list(said.get(rung))
    ]
    problems += _unknown(named, known, place=place)
    hours = _table(ladder.get("hours"))
    problems += _unknown(hours, ("from", "to", "days"), place=place)
    problems += _unknown(map(str, _list(hours.get("days"))), DAYS, place=place)
    for end in ("from", "to"):
        if hours and read_time(hours.get(end)) is None:
            problems.append(_wrong(place, end, hours.get(end), known="07:00, 19:30"))
    for day in _list(ladder.get("holidays")):
        if not read_days([day]):
            problems.append(_wrong(place, "holidays", day, known="2026-12-25"))
    return problems


def check_contacts(document: Document, plain: Mapping[str, object]) -> Found:
    """Find what the agency contacts say that nobody here understands."""
    problems: Found = []
    for agency, said in _table(plain.get("agency_contacts")).items():
        entry, place = _table(said), document.place_of("agency_contacts", agency)
        night = _table(entry.get("night"))
        problems += _unknown(entry, CONTACT, place=place) + _unknown(
            night, CONTACT[:3], place=place
        )
        for one in (entry, night):
            if one.get("verified") and not _is_day(one["verified"]):
                problems.append(_wrong(place, "verified", one["verified"], known="2026-11-20"))
    days = plain.get("contacts_old_after_days", 1)
    if isinstance(days, bool) or not isinstance(days, int) or days < 1:
        place = document.place_of("contacts_old_after_days")
        problems.append(_wrong(place, "contacts_old_after_days", days, known="30, 90"))
    return problems


def check_paging(document: Document, plain: Mapping[str, object]) -> Found:
    """Find addresses outside this house to which nothing can or may go."""
    said, place = _table(plain.get("paging")), document.place_of("paging")
    problems = _unknown(said, PAGING, place=place)
    private = said.get("private_network", False)
    if not isinstance(private, bool):
        problems.append(_wrong(place, "private_network", private, known="true, false"))
    schemes = {"https", "http"} if private is True else {"https"}
    for key in ("address", "sms_gateway"):
        if said.get(key) and not _is_address(str(said[key]), schemes):
            problems.append(_wrong(place, key, said[key], known="https://bedside.hospital.example"))
    if said.get("mail_from") and not MAIL.fullmatch(str(said["mail_from"])):
        known = "bedside@hospital.example"
        problems.append(_wrong(place, "mail_from", said["mail_from"], known=known))
    for key in ("mail_domains", "push_hosts"):
        for name in _list(said.get(key)):
            if not NAME.fullmatch(str(name)):
                problems.append(_wrong(place, key, name, known="hospital.example"))
    return problems


def check_rooms(document: Document, plain: Mapping[str, object]) -> Found:
    """Find rooms in no unit of this hospital, named twice, or with walls nobody knows."""
    place, units = document.place_of("rooms"), tuple(map(str, _list(plain.get("units"))))
    problems: Found = []
    seen: set[tuple[object, object]] = set()
    entries = [_table(one) for one in _list(plain.get("rooms"))]
    for one in entries[:MOST_ROOMS]:
        problems += _unknown(one, ROOM, place=place)
        if one.get("unit") not in units:
            problems.append(_wrong(place, "unit", one.get("unit"), known=", ".join(units)))
        if not one.get("room") or (one.get("unit"), one["room"]) in seen:
            problems.append(_wrong(place, "room", one.get("room"), known="one name for each room"))
        seen.add((one.get("unit"), one.get("room")))
        problems += [
            _wrong(place, flag, one[flag], known="true, false")
            for flag in FLAGS
            if flag in one and not isinstance(one[flag], bool)
        ]
    if len(entries) > MOST_ROOMS:
        problems.append(_wrong(place, "rooms", len(entries), known=f"at most {MOST_ROOMS} rooms"))
    return problems


def check_timezone(document: Document, name: str) -> tuple[ZoneInfo, Found]:
    """Read the hospital's clock, or say that no place has such a one."""
    try:
        return ZoneInfo(name), []
    except (ZoneInfoNotFoundError, ValueError):
        place = document.place_of("timezone")
        return ZoneInfo("UTC"), [_wrong(place, "timezone", name, known="America/Chicago, UTC")]


def _unknown(words: Iterable[str], known: tuple[str, ...], *, place: Place) -> Found:
    return [
        UNKNOWN_KEY.at(place, word=word, near=find_near(word, known))
        for word in words
        if word not in known
    ]


def _wrong(place: Place, word: str, value: object, *, known: str) -> Problem:
    return WRONG_VALUE.at(place, word=word, value=value, known=known)


def _is_day(said: object) -> bool:
    try:
        date.fromisoformat(str(said))
    except ValueError:
        return False
    return True


def _is_address(said: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(said)
        parts.port  # noqa: B018 - a port that is none raises here
    except ValueError:
        return False
    return parts.scheme in schemes and bool(parts.hostname) and not parts.username


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
