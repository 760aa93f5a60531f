"""Officers at a stay: they arrive, are confirmed, are relieved, leave; their authority is checked.

Whoever signs in by a code is nobody to us until staff have seen them: they are to be confirmed.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bedside.record.encounters.models import Encounter, Officer
from bedside.record.encounters.operations import add_answer, lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import SITE_RECORD, Strongroom, open_strongroom

TABLE = "encounters_officer"
MOST_WAITING = 20  # sign-ins by code that wait for staff at one stay or unit
IDENTITY, ORIENTED, AGENCY = "officer_identity", "officer_oriented", "agency"


class TooManyWaiting(Refused):
    """More sign-ins by code than staff can have missed."""

    code: ClassVar[str] = "encounters.too-many-waiting"
    status: ClassVar[int] = 429
    en: ClassVar[str] = (
        "{most} sign-ins wait here for staff to confirm them; this one was not kept. Please tell"
        " the nurse who you are."
    )
    es: ClassVar[str] = (
        "Aquí hay {most} registros que esperan confirmación del personal; este no se guardó. Por"
        " favor diga a enfermería quién es usted."
    )


class NotHere(Refused):
    """An officer who has left, or was confirmed already."""

    code: ClassVar[str] = "encounters.officer-not-here"
    en: ClassVar[str] = "Somebody else has noted this officer meanwhile; open the page again."
    es: ClassVar[str] = "Otra persona ya anotó a este agente; abra la página otra vez."


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What an officer says, or staff saw, on arrival."""

    agency: str  # a word of the fact `agency`; nothing if it was not said
    identity: str = ""  # badge, ID or name
    channel: str = ""  # how the supervisor is reached
    declined: bool = False
    oriented: bool = False
    at: datetime | None = None  # when they came, if that was before it is noted
    terms: str = ""  # what a relief takes over, as both officers read it


@operation
def record_officer(act: Act, stay: Encounter, *, arrival: Arrival) -> Officer:
    """Note an officer whom staff see at a stay; that answers who they are."""
    lock_open(stay)
    room = open_room(act, stay)
    officer = _add_officer(act, room, arrival, stay=stay)
    officer.confirmed_at, officer.confirmed_by = act.at, act.by
    officer.save(update_fields=["confirmed_at", "confirmed_by"])
    _answer(act, stay, arrival)
    _tell(act, "officer.arrived", stay, officer, arrival)
    return officer


@operation
def record_officer_signed_in(
    act: Act, *, arrival: Arrival, stay: Encounter | None = None, unit: str = ""
) -> Officer:
    """Keep what an officer typed under a code; it answers nothing until staff confirm it."""
    waiting = Officer.objects.filter(site_id=act.site, confirmed_at=None, left_at=None)
    waiting = waiting.filter(encounter=stay) if stay else waiting.filter(encounter=None, unit=unit)
    if waiting.count() >= MOST_WAITING:
        raise TooManyWaiting(most=MOST_WAITING)
    room = open_room(act, lock_open(stay)) if stay else _open_site(act)
    officer = _add_officer(act, room, arrival, stay=stay, unit=unit)
    content = {"arrival": _plain(arrival), "how": "qr", "officer": str(officer.pk), "unit": unit}
    about = stay.about if stay else f"site/{act.site}"
    record = stay.about if stay else SITE_RECORD
    append(
        act,
        Happening(kind="officer.arrived", about=about, record=record, content=content, room=room),
    )
    return officer


@operation
def record_officer_confirmed(act: Act, stay: Encounter, officer: Officer) -> None:
    """Confirm that the officer who signed in is the one who is there; now it answers who they are.

    One who signed in at the unit is taken over to the stay: what they said is sealed anew with its
    keys.
    """
    lock_open(stay)
    held = Officer.objects.select_for_update().get(pk=officer.pk)
    if held.confirmed_at is not None or held.left_at is not None:
        raise NotHere
    room = open_room(act, stay)
    before = room if held.encounter_id else _open_site(act)
    said = before.open(held.said, TABLE, held.pk, "said")
    held.encounter, held.said = stay, room.seal(said, TABLE, held.pk, "said")
    held.confirmed_at, held.confirmed_by = act.at, act.by
    held.save(update_fields=["encounter", "said", "confirmed_at", "confirmed_by"])
    arrival = Arrival(**json.loads(said), declined=held.declined, oriented=held.oriented)
    _answer(act, stay, arrival)
    _tell(act, "officer.confirmed", stay, held, arrival)


@operation
def record_officer_left(act: Act, stay: Encounter, officer: Officer) -> None:
    """Note that an officer left, or that nobody knows who signed in."""
    _end(act, officer)
    content = {"officer": str(officer.pk)}
    append(
        act, Happening(kind="officer.left", about=stay.about, record=stay.about, content=content)
    )


@operation
def record_relief(
    act: Act, stay: Encounter, officer: Officer, *, arrival: Arrival, both_signed: bool
) -> Officer:
    """Note that one officer takes over from another; the terms pass on when both have signed.

    Whoever does this act is the nurse, who signs by it.
    """
    lock_open(stay)
    _end(act, officer)
    room = open_room(act, stay)
    relief = _add_officer(act, room, arrival, stay=stay)
    relief.takes_over_id = officer.pk
    relief.terms_at = act.at if both_signed else None
    relief.confirmed_at, relief.confirmed_by = act.at, act.by
    relief.save(update_fields=["takes_over", "terms_at", "confirmed_at", "confirmed_by"])
    _answer(act, stay, arrival)
    _tell(act, "officer.relieved", stay, relief, arrival)
    return relief


@operation
def record_authority_check(act: Act, stay: Encounter, *, outcome: str) -> None:
    """Note that the officers' authority was checked this shift, and what was found."""
    lock_open(stay)
    Encounter.objects.filter(pk=stay.pk).update(checked_at=act.at)
    append(
        act,
        Happening(
            kind="authority.checked",
            about=stay.about,
            record=stay.about,
            content={"outcome": outcome},
        ),
    )


def _add_officer(
    act: Act,
    room: Strongroom,
    arrival: Arrival,
    *,
    stay: Encounter | None,
    unit: str = "",
) -> Officer:
    id_ = act.draw_id()
    said = {"agency": arrival.agency, "channel": arrival.channel, "identity": arrival.identity}
    return Officer.objects.create(
        id=id_,
        site_id=act.site,
        encounter=stay,
        unit=stay.unit if stay else unit,
        said=room.seal(json.dumps(said), TABLE, id_, "said"),
        how="staff" if act.by else "qr",
        declined=arrival.declined,
        oriented=arrival.oriented,
        arrived_at=arrival.at or act.at,
        noted_at=act.at,
        by=act.by,
    )


def _end(act: Act, officer: Officer) -> None:
    rows = Officer.objects.filter(pk=officer.pk, left_at=None)
    if not rows.update(left_at=act.at):
        raise NotHere


def _answer(act: Act, stay: Encounter, arrival: Arrival) -> None:
    """Answer what the arrival tells: agency, identity, and whether they read the page."""
    identity = "seen" if arrival.identity and arrival.agency else "partly"
    facts: dict[str, str | bool] = {IDENTITY: "refused" if arrival.declined else identity}
    facts[ORIENTED] = arrival.oriented
    if arrival.agency:
        facts[AGENCY] = arrival.agency
    for fact, value in sorted(facts.items()):
        add_answer(act, stay, fact=fact, value=value, answered_at=act.at)


def _tell(act: Act, kind: str, stay: Encounter, officer: Officer, arrival: Arrival) -> None:
    content = {
        "arrival": _plain(arrival),
        "arrived_at": officer.arrived_at.isoformat(),
        "how": officer.how,
        "officer": str(officer.pk),
        "takes_over": str(officer.takes_over_id) if officer.takes_over_id else None,
        "terms": officer.terms_at is not None,
        "terms_read": arrival.terms,
    }
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))


def _plain(arrival: Arrival) -> dict[str, str | bool]:
    return {
        "agency": arrival.agency,
        "channel": arrival.channel,
        "declined": arrival.declined,
        "identity": arrival.identity,
        "oriented": arrival.oriented,
    }


def _open_site(act: Act) -> Strongroom:
    key = act.master.care_key(act.site)
    return open_strongroom(act.site, SITE_RECORD, key=key, random=act.random)
