"""The stays with which journeys on the board begin, and somebody to take the board over."""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from board_seed import NEXT
from django.conf import settings
from django.db import connections

from bedside.doors.web.staff.signed_in import find_edition
from bedside.record.accounts.access import find_standing
from bedside.record.accounts.models import Person
from bedside.record.accounts.operations import record_person, record_role
from bedside.record.accounts.roles import Role
from bedside.record.accounts.sample import PASSWORD
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.act import Act
from bedside.record.paging.channel_operations import record_channel
from bedside.record.paging.delivery_operations import record_routed, record_tried
from bedside.record.paging.models import Delivery
from bedside.record.paging.operations import record_page
from bedside.record.paging.words import Failure, Way
from bedside.record.presence.ladder import Ladder
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.presence.request_operations import CameOf, Request, record_request
from bedside.record.presence.restraint_operations import record_restraint
from bedside.record.presence.words import Outcome
from bedside.rules.vocabulary.catalogue import Value

WORDS = "Could you stand at the window, please?"
HERE: dict[str, Value] = {"in_custody": True, "agency": "county_jail"}


def add_stays() -> None:
    """Add all of it."""
    for number in range(40 - Encounter.objects.count()):
        opening = Opening(unit="Medical ward", room=f"{500 + number}")
        record_encounter(begin(ago=30), opening=opening, facts=HERE)
    stays = {(stay.unit, stay.room): stay for stay in Encounter.objects.all()}
    refuse(stays["Labor and delivery", "412"])
    record_restraint(begin(ago=300), stays["Intensive care", "3"], limb="left_wrist")
    lose_a_page(stays["Emergency", "2"])
    hire_the_next()
    connections.close_all()  # no connection may cross the fork into the servers


def refuse(stay: Encounter) -> None:
    """Let an officer refuse, six minutes ago."""
    noted = Noted(position="at_bedside", preset="sight_only", facts={})
    record_mark(begin(ago=8), stay, noted=noted)
    request = Request(preset="sight_only", words=WORDS)
    came = CameOf(outcome=Outcome.REFUSED, answer="I can't decide that.")
    record_request(begin(ago=6), stay, request=request, came=came, ladder=Ladder())


def lose_a_page(stay: Encounter) -> None:
    """Send a page that reached nobody, however often it was tried."""
    ethics = Person.objects.get(username="ethics")
    standing = find_standing(ethics, "sample", at=datetime.now(UTC))
    assert standing is not None
    act = begin("ethics", ago=20)
    channel = record_channel(act, standing, way=Way.SMS, address="+19565550142")
    page = record_page(begin(ago=15), about=stay.about, to_role="ethics", reason="nobody-decides")
    record_routed(begin(ago=15), page, channels=[channel])
    for ago in (15, 14, 12, 7):
        delivery = Delivery.objects.get(page=page)
        record_tried(begin(ago=ago), delivery, failure=Failure.UNREACHABLE)


def hire_the_next() -> None:
    """Hire the supervisor of the next shift."""
    person = record_person(begin("staff-keeper"), username=NEXT, name="Next supervisor")
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    record_role(begin("staff-keeper"), person, role=Role.HOUSE_SUPERVISOR, unit="")


def begin(role: str = "bedside-nurse", *, ago: float = 0) -> Act:
    """Begin an act of somebody of the sample hospital, some minutes ago."""
    return Act(
        key=uuid4(),
        site="sample",
        by=Person.objects.get(username=role).pk,
        at=datetime.now(UTC) - timedelta(minutes=ago),
        edition=find_edition(),
        master=settings.BEDSIDE_MASTER,
        random=secrets.token_bytes,
    )
