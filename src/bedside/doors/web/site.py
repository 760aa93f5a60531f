"""Which hospital this is: where it is, whom to call by which number, what holds in every room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from bedside.doors.web.site_checks import (
    UNKNOWN_KEY,
    WRONG_VALUE,
    check_contacts,
    check_ladder,
    check_paging,
    check_rooms,
    check_timezone,
)
from bedside.rules.vocabulary.catalogue import FactType, Value, Vocabulary
from bedside.rules.vocabulary.document import Document, load_document
from bedside.rules.vocabulary.problem import Problem, Problems, Text, find_near

SAMPLE = Path(__file__).with_name("sample_site.yaml")
KEYS = (
    "slug",
    "name",
    "jurisdiction",
    "timezone",
    "is_sample",
    "overlays",
    "facts",
    "phones",
    "units",
    "agency_contacts",
    "contacts_old_after_days",
    "ladder",
    "paging",
    "rooms",
    "report_lane",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyContact:
    """Whom staff call at an agency by day and night, and when somebody last tried the number."""

    name: Text
    phone: str
    verified: str  # a day such as 2026-11-20; nothing if nobody tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the hospital says about itself."""

    name: Text
    jurisdiction: str
    timezone: ZoneInfo
    is_sample: bool = False
    overlays: tuple[str, ...] = ()
    facts: Mapping[str, Value] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    slug: str = "hospital"
    units: tuple[str, ...] = ()
    agency_contacts: Mapping[str, AgencyContact] = field(default_factory=dict)


UNNAMED = Site(
    name=Text(en="Not set up for a hospital yet", es="Aún sin configurar para un hospital"),
    jurisdiction="us",
    timezone=ZoneInfo("UTC"),
)


def load_site(file: Path, vocabulary: Vocabulary) -> Site:
    """Load the site, or raise `Problems` with all that is wrong with its file."""
    document = load_document(file)
    plain = document.value if isinstance(document.value, dict) else {}
    problems = list(_find_unknown(document, plain, vocabulary))
    problems += check_timezone(document, str(plain.get("timezone", "UTC")))[1]
    if problems:
        raise Problems(problems)
    return read_site(plain)


def read_site(plain: Mapping[str, object]) -> Site:
    """Read what a checked site file says."""
    timezone = ZoneInfo(str(plain.get("timezone", "UTC")))
    name = _table(plain.get("name"))
    return Site(
        name=Text(en=str(name.get("en", "")), es=str(name.get("es", ""))),
        jurisdiction=str(plain.get("jurisdiction", "us")),
        timezone=timezone,
        is_sample=bool(plain.get("is_sample", False)),
        overlays=tuple(str(o) for o in _list(plain.get("overlays"))),
        facts={k: v for k, v in _table(plain.get("facts")).items() if isinstance(v, str | int)},
        phones={k: str(v) for k, v in _table(plain.get("phones")).items()},
        slug=str(plain.get("slug", "hospital")),
        units=tuple(str(unit) for unit in _list(plain.get("units"))),
        agency_contacts={
            agency: _read_contact(_table(entry))
            for agency, entry in _table(plain.get("agency_contacts")).items()
        },
    )


def _read_contact(entry: Mapping[str, object]) -> AgencyContact:
    name = _table(entry.get("name"))
    return AgencyContact(
        name=Text(en=str(name.get("en", "")), es=str(name.get("es", ""))),
        phone=str(entry.get("phone", "")),
        verified=str(entry.get("verified", "")),
    )


def _find_unknown(
    document: Document, plain: Mapping[str, object], vocabulary: Vocabulary
) -> list[Problem]:
    problems = [
        UNKNOWN_KEY.at(document.place_of(key), word=key, near=find_near(key, KEYS))
        for key in plain
        if key not in KEYS
    ]
    for key, value in _table(plain.get("facts")).items():
        fact = vocabulary.facts.get(key)
        place = document.place_of("facts", key)
        if fact is None:
            near = find_near(key, vocabulary.facts)
            problems.append(UNKNOWN_KEY.at(place, word=key, near=near))
        elif value not in fact.domain or (fact.type is FactType.FLAG) != isinstance(value, bool):
            known = ", ".join(str(v) for v in fact.domain[:20])
            problems.append(WRONG_VALUE.at(place, word=key, value=value, known=known))
    problems += _find_unknown_agencies(document, plain, vocabulary)
    problems += check_ladder(document, plain, vocabulary.roles)
    problems += check_contacts(document, plain)
    problems += check_paging(document, plain)
    problems += check_rooms(document, plain)
    for key in _table(plain.get("phones")):
        if key not in vocabulary.roles:
            near = find_near(key, vocabulary.roles)
            problems.append(UNKNOWN_KEY.at(document.place_of("phones", key), word=key, near=near))
    return problems


def _find_unknown_agencies(
    document: Document, plain: Mapping[str, object], vocabulary: Vocabulary
) -> list[Problem]:
    agencies = vocabulary.facts["agency"].places if "agency" in vocabulary.facts else {}
    return [
        UNKNOWN_KEY.at(
            document.place_of("agency_contacts", key),
            word=key,
            near=find_near(key, map(str, agencies)),
        )
        for key in _table(plain.get("agency_contacts"))
        if key not in agencies
    ]


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
