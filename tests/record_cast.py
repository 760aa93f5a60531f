"""The cast at a hospital: a physician, a nurse, an officer, a privacy officer, a stranger.

The officer and the stranger have no account. Whoever needs another role of the house gives it to
one of the cast, or asks `hire` for somebody known by the role alone.
"""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from uuid import uuid4

from django.conf import settings

from bedside.record.accounts.access import Standing, find_standing
from bedside.record.accounts.models import Person
from bedside.record.accounts.operations import record_person, record_role, record_site
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.journal.act import Act
from bedside.record.journal.queries import Reader
from bedside.record.vault.master import Master
from bedside.trust.ledger.leaf import Edition

NIGHT = datetime(2026, 11, 24, 8, 50, tzinfo=UTC)  # ten to three at night in Texas
UNIT = "Labor and delivery"
SITE, OTHER_SITE = "sample", "elsewhere"
PLAIN: dict[str, object] = {
    "slug": SITE,
    "name": {"en": "Sample hospital in Texas", "es": "Hospital de muestra en Texas"},
    "jurisdiction": "us/tx",
    "timezone": "America/Chicago",
    "is_sample": True,
    "overlays": ["hospital/sample"],
    "facts": {"facility_kind": "hospital", "in_custody": True},
    "units": ["Emergency", UNIT, "Medical ward", "Intensive care"],
    "phones": {"charge_nurse": "4-1182", "house_supervisor": "4-1100", "counsel": "4-1600"},
}


@cache
def find_master() -> Master:
    """Find the key of the tests' own installation."""
    master: Master = settings.BEDSIDE_MASTER
    return master


def begin(site: str = SITE, *, by: Person | None = None, at: datetime = NIGHT) -> Act:
    """Begin an act."""
    return Act(
        key=uuid4(),
        site=site,
        by=by.pk if by else None,
        at=at,
        edition=Edition(file=b"an edition"),
        master=find_master(),
        random=secrets.token_bytes,
    )


def read_with(site: str = SITE) -> Reader:
    """Say with what sealed rows are read."""
    return Reader(site=site, master=find_master(), random=secrets.token_bytes)


def open_hospital(site: str = SITE) -> None:
    """Add a hospital."""
    record_site(begin(site), plain=PLAIN | {"slug": site})


def hire(role: Role, site: str = SITE, *, unit: str = "") -> Person:
    """Add somebody with a role at a hospital, known by the role."""
    username = f"{role.value}.{site}.{uuid4().hex[:6]}"
    person = record_person(begin(site), username=username, name=NAMES[role].en)
    record_role(begin(site), person, role=role, unit=unit)
    return person


def stand(person: Person, site: str = SITE, *, at: datetime = NIGHT) -> Standing:
    """Tell what somebody is at a hospital."""
    standing = find_standing(person, site, at=at)
    assert standing is not None
    return standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The people of the house that most tests need."""

    physician: Person
    nurse: Person
    privacy_officer: Person


def gather() -> Cast:
    """Open the hospital and gather the cast."""
    open_hospital()
    return Cast(
        physician=hire(Role.ATTENDING),
        nurse=hire(Role.BEDSIDE_NURSE, unit=UNIT),
        privacy_officer=hire(Role.PRIVACY_OFFICER),
    )
