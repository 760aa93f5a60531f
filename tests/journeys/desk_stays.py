"""The stays with which journeys at the desk begin: withheld, unasked, run out, listed."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connections

from bedside.doors.web.staff.signed_in import find_edition
from bedside.record.accounts.models import Person
from bedside.record.directory.drafts import Draft, Naming
from bedside.record.directory.operations import record_contact, record_listing, record_withholding
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.act import Act

UNIT = "Labor and delivery"
NOTHING, TWO_HOURS = timedelta(0), timedelta(hours=2)
SISTER = Naming(name="Ana Lopez", phone="9565550199", relation="sibling", in_private=True)


def add_stays() -> None:
    """Add four stays, each with a name under which callers ask."""
    now = datetime.now(UTC)
    draft = Draft(
        owner="house_supervisor",
        authority="safety",
        source="call at the desk",
        reason="threat by phone",
        until=now + timedelta(days=2),
        alias="Blue Heron",
    )
    named = open_stay("4", "Maria Lopez", "opted_out")
    record_contact(begin(), named, naming=SISTER)
    record_withholding(begin(), named, draft=draft)
    open_stay("5", "Juana Cruz", "not_asked")
    over = open_stay("6", "Rosa Diaz", "listed")
    ended = replace(draft, until=now - timedelta(hours=1), alias="Grey Wren")
    record_withholding(begin(TWO_HOURS), over, draft=ended)
    open_stay("7", "Elena Ruiz", "listed")
    connections.close_all()  # no connection may cross the fork into the servers


def open_stay(room: str, name: str, choice: str) -> Encounter:
    """Open a stay whose patient callers know by a name."""
    opening = Opening(unit=UNIT, room=room, patient=f"P{room}")
    stay = record_encounter(begin(), opening=opening, facts={"in_custody": True})
    record_listing(begin(), stay, name=name, choice=choice)
    return stay


def begin(ago: timedelta = NOTHING) -> Act:
    """Begin an act of the nurse of the sample hospital."""
    return Act(
        key=uuid4(),
        site="sample",
        by=Person.objects.get(username="bedside-nurse").pk,
        at=datetime.now(UTC) - ago,
        edition=find_edition(),
        master=settings.BEDSIDE_MASTER,
        random=secrets.token_bytes,
    )
