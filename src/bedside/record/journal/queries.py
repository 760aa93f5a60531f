"""Reading the journal: what was done to a thing, by whom, with the content for those who may."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bedside.record.journal.event_kind import EventKind
from bedside.record.journal.kinds import KINDS
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.models import EVENTS, Event, LaneEvent
from bedside.record.vault.master import Master
from bedside.record.vault.sealed import Strongroom, open_strongroom
from bedside.trust.ledger.leaf import Lane, Salt, StoredLeaf, read_leaf
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import Random

TABLE = "journal_event"
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event as a person reads it."""

    key: UUID
    kind: EventKind
    by: UUID | None
    about: str
    at: datetime
    device_at: datetime | None
    leaf: int
    content: Mapping[str, Any] | None  # nothing, if its record was deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """With what the journal is read."""

    site: str
    master: Master
    random: Random
    lane: Lane = Lane.OPERATIONAL

    @property
    def events(self) -> QuerySet[LaneEvent]:
        """Every event of the lane."""
        return EVENTS[self.lane].objects.filter(site=self.site)

    def open(self, record: str) -> Strongroom | None:
        """Open a record's keys; nothing if it was deleted."""
        key = self.master.lane_key(self.site, self.lane)
        try:
            return open_strongroom(self.site, record, key=key, random=self.random)
        except Refusal:
            return None


def find_events(reader: Reader, *, record: str, also: Iterable[str] = ()) -> tuple[Told, ...]:
    """Find what happened in a record, the newest first."""
    rows = reader.events.filter(Q(record=record) | Q(about__in=list(also)))
    return _tell(reader, rows.order_by("-id")[:MOST_SHOWN])


def find_events_about(reader: Reader, about: str) -> tuple[Told, ...]:
    """Find what was done to one thing, the newest first."""
    rows = reader.events.filter(about=about)
    return _tell(reader, rows.order_by("-id")[:MOST_SHOWN])


def find_events_by(reader: Reader, person: UUID) -> tuple[Told, ...]:
    """Find what a person did, the newest first."""
    rows = reader.events.filter(by=person)
    return _tell(reader, rows.order_by("-id")[:MOST_SHOWN])


def find_event(reader: Reader, key: UUID) -> Told | None:
    """Find what an act left, by its key; nothing if it was never done here."""
    return next(iter(_tell(reader, reader.events.filter(key=key))), None)


def find_leaf(site: str, place: int, lane: Lane = Lane.OPERATIONAL) -> StoredLeaf:
    """Read the leaf at a place in the log of a lane."""
    with RecordStore(find_origin(site, lane)).reading() as snapshot:
        return read_leaf(next(iter(snapshot.read_entries(place))).leaf)


def has_its_leaf(reader: Reader, event: LaneEvent) -> bool:
    """Tell whether the leaf of an event commits to what the event says."""
    room = reader.open(event.record)
    if room is None:
        return False
    content = room.open_bytes(event.content, TABLE, event.key, "content")
    salt = Salt(secret=room.open_bytes(event.salt, TABLE, event.key, "salt"))
    return find_leaf(reader.site, event.leaf, reader.lane).commits_to(content, salt)


def _tell(reader: Reader, rows: QuerySet[LaneEvent]) -> tuple[Told, ...]:
    rooms: dict[str, Strongroom | None] = {}
    told = []
    for row in rows:
        if row.record not in rooms:
            rooms[row.record] = reader.open(row.record)
        told.append(_read(row, rooms[row.record]))
    return tuple(told)


def _read(row: LaneEvent, room: Strongroom | None) -> Told:
    content = None
    if room is not None:
        plain = room.open_bytes(row.content, TABLE, row.key, "content")
        content = json.loads(plain)["content"]
    return Told(
        key=row.key,
        kind=KINDS[row.kind],
        by=row.by,
        about=row.about,
        at=row.at,
        device_at=row.device_at,
        leaf=row.leaf,
        content=content,
    )


def find_lanes(site: str) -> tuple[Lane, ...]:
    """Find the lanes in which anything was recorded."""
    return tuple(lane for lane, table in EVENTS.items() if table.objects.filter(site=site).exists())


def find_newest(site: str) -> int:
    """Find the number of the newest event of a hospital: while it stays, nothing has changed."""
    return Event.objects.filter(site=site).order_by("-id").values_list("id", flat=True).first() or 0
