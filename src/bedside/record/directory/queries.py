"""Reading the directory: what runs at a moment, who was named, what a caller may be told."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.record.accounts.access import Standing
from bedside.record.accounts.roles import May
from bedside.record.directory.models import (
    Callback,
    Contact,
    Limit,
    Listing,
    Restriction,
    Withholding,
)
from bedside.record.directory.names import find_name
from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import Reader
from bedside.record.vault.sealed import Strongroom

MOST_SHOWN = 100
MOST_NAMESAKES = 10
NOBODY = UUID(int=0)  # a look-up that found nobody asks the same questions about nobody
L = TypeVar("L", bound=Limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A limit with its sealed words."""

    limit: Limit
    source: str
    reason: str
    alias: str
    is_running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A contact with its sealed words, and the calls that are owed."""

    contact: Contact
    name: str
    phone: str
    owed: tuple[Callback, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was found for a caller; nothing of it is said aloud but by the script."""

    unit: str  # of a patient who chose to be listed and is not withheld
    contacts: tuple[Named, ...]  # the caller, as patients named them


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What is kept about the contacts of one stay."""

    name: str
    listing: Listing | None
    withheld: Told | None
    withheld_before: tuple[Told, ...]
    contacts: tuple[Named, ...]
    restrictions: tuple[Told, ...]

    @property
    def status(self) -> str:
        """What callers are told now: `withheld`, `listed` or `not_listed`."""
        if self.withheld is not None:
            return "withheld"
        return "listed" if self.listing and self.listing.is_listed else "not_listed"


def is_running(limit: Limit, *, at: datetime) -> bool:
    """Tell whether a limit holds at a moment; nobody has to end what is over."""
    is_open = limit.ended_at is None or limit.ended_at > at
    return is_open and limit.since <= at and (limit.until is None or at < limit.until)


def find_directory(reader: Reader, stay: Encounter, *, at: datetime) -> Directory:
    """Find all that is kept about the contacts of a stay."""
    room = reader.open(stay.about)
    if room is None:
        return Directory(
            name="",
            listing=None,
            withheld=None,
            withheld_before=(),
            contacts=(),
            restrictions=(),
        )
    listing = Listing.objects.filter(encounter=stay).first()
    withheld = [_tell(room, one, at) for one in _newest(Withholding.objects.all(), stay)]
    return Directory(
        name=room.open(listing.name, "directory_listing", listing.pk, "name") if listing else "",
        listing=listing,
        withheld=next((one for one in withheld if one.is_running), None),
        withheld_before=tuple(one for one in withheld if not one.is_running),
        contacts=tuple(_name(room, one) for one in _find_contacts(stay)),
        restrictions=tuple(
            _tell(room, one, at) for one in _newest(Restriction.objects.all(), stay)
        ),
    )


def hear_caller(reader: Reader, name: str, caller: str, *, at: datetime) -> Heard:
    """Find what a caller asks for; whoever is not here and whoever named nobody look the same.

    The questions to the database are the same for both, so that nobody can tell them apart by
    what is answered, nor by the work that it took.
    """
    lookup = find_name(reader.master, reader.site, name)
    found = list(
        Listing.objects.filter(
            site_id=reader.site, lookup=lookup, encounter__closed_at=None
        ).select_related("encounter")[:MOST_NAMESAKES]
    )
    stays = [listing.encounter_id for listing in found] or [NOBODY]
    withheld = set(
        _running(Withholding.objects.all(), at=at)
        .filter(encounter_id__in=stays)
        .values_list("encounter_id", flat=True)
    )
    named = Contact.objects.filter(
        encounter_id__in=stays,
        lookup=find_name(reader.master, reader.site, caller),
        ended_at=None,
    ).select_related("encounter")
    listed = [one for one in found if one.is_listed and one.encounter_id not in withheld]
    return Heard(
        unit=listed[0].encounter.unit if len(listed) == 1 else "",
        contacts=tuple(
            _name(room, one)
            for one in named[:MOST_NAMESAKES]
            if (room := reader.open(one.encounter.about)) is not None
        ),
    )


def find_expired(site: str, *, at: datetime) -> tuple[Limit, ...]:
    """Find every limit whose time is over and that nobody was told of yet."""
    over = Q(ended_at=None, until__lte=at, encounter__site_id=site)
    return (
        *Withholding.objects.filter(over).select_related("encounter")[:MOST_SHOWN],
        *Restriction.objects.filter(over).select_related("encounter")[:MOST_SHOWN],
    )


def find_stays_with_limits(standing: Standing) -> tuple[Encounter, ...]:
    """Find the open stays that a person keeps and that have a limit or had one."""
    rows = Encounter.objects.filter(
        Q(restrictions__isnull=False) | Q(withholdings__isnull=False),
        site_id=standing.site,
        closed_at=None,
    ).distinct()
    return tuple(
        stay
        for stay in rows.order_by("unit", "room")[:MOST_SHOWN]
        if standing.may_in(May.KEEP_DIRECTORY, stay.unit)
    )


def _running(rows: QuerySet[L], *, at: datetime) -> QuerySet[L]:
    return rows.filter(
        Q(ended_at=None) | Q(ended_at__gt=at), Q(until=None) | Q(until__gt=at), since__lte=at
    )


def _newest(rows: QuerySet[L], stay: Encounter) -> list[L]:
    return list(rows.filter(encounter=stay).order_by("-since")[:MOST_SHOWN])


def _find_contacts(stay: Encounter) -> list[Contact]:
    rows = Contact.objects.filter(encounter=stay, ended_at=None).prefetch_related("callbacks")
    return list(rows.order_by("noted_at")[:MOST_SHOWN])


def _tell(room: Strongroom, limit: Limit, at: datetime) -> Told:
    table = limit._meta.db_table  # noqa: SLF001 - Django names its open door so
    alias = room.open(limit.alias, table, limit.pk, "alias") if hasattr(limit, "alias") else ""
    return Told(
        limit=limit,
        source=room.open(limit.source, table, limit.pk, "source"),
        reason=room.open(limit.reason, table, limit.pk, "reason"),
        alias=alias,
        is_running=is_running(limit, at=at),
    )


def _name(room: Strongroom, contact: Contact) -> Named:
    return Named(
        contact=contact,
        name=room.open(contact.name, "directory_contact", contact.pk, "name"),
        phone=room.open(contact.phone, "directory_contact", contact.pk, "phone"),
        owed=tuple(one for one in contact.callbacks.all() if one.done_at is None),
    )
