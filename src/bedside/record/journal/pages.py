"""The journal page by page: of a day, of a stay, of a person; and whether each leaf fits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from bedside.record.journal.event_kind import EventKind
from bedside.record.journal.kinds import KINDS
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.models import LaneEvent
from bedside.record.journal.queries import TABLE, Reader
from bedside.record.vault.sealed import Strongroom
from bedside.trust.ledger.leaf import Kind, Pseudonym, Role, Salt, read_leaf
from bedside.trust.ledger.refusal import Refusal as LedgerRefusal
from bedside.trust.ledger.store import Entry
from bedside.trust.sealing.refusal import Refusal as SealingRefusal

A_PAGE = 50
MOST_PAGES = 10_000
READS = frozenset({Kind.VIEWED, Kind.SEARCHED, Kind.EXPORTED, Kind.BROKE_GLASS})
READ_KINDS = tuple(name for name, kind in KINDS.items() if kind.leaf in READS)
FITS, FITS_NOT, DELETED = "fits", "fits_not", "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event of a page."""

    key: UUID
    kind: EventKind
    by: UUID | None
    about: str
    record: str
    at: datetime
    device_at: datetime | None
    leaf: int
    content: Mapping[str, Any]
    fit: str  # whether the leaf commits to exactly this


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalPage:
    """Some events, the newest first, and where one is among all of them."""

    lines: tuple[Line, ...]
    number: int
    count: int  # of all events

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // A_PAGE))


def find_day(reader: Reader, *, since: datetime, until: datetime, page: int) -> JournalPage:
    """Find what happened at the house in a time; the end is outside."""
    return _turn(reader, reader.events.filter(at__gte=since, at__lt=until), page)


def find_of_record(reader: Reader, record: str, *, page: int) -> JournalPage:
    """Find what happened in a record."""
    return _turn(reader, reader.events.filter(record=record), page)


def find_of_person(reader: Reader, person: UUID, *, only_reads: bool, page: int) -> JournalPage:
    """Find what a person did, or only what they read; also of somebody who left."""
    rows = reader.events.filter(by=person)
    return _turn(reader, rows.filter(kind__in=READ_KINDS) if only_reads else rows, page)


def _turn(reader: Reader, rows: QuerySet[LaneEvent], page: int) -> JournalPage:
    number = min(max(1, page), MOST_PAGES)
    start = (number - 1) * A_PAGE
    found = list(rows.order_by("-id")[start : start + A_PAGE])
    return JournalPage(lines=_tell(reader, found), number=number, count=rows.count())


def _tell(reader: Reader, rows: list[LaneEvent]) -> tuple[Line, ...]:
    key = reader.master.stand_in_key(reader.site, reader.lane)
    named = {
        row.key: Pseudonym(key=key, role=Role.EVENT, reference=str(row.key)).digest for row in rows
    }
    with RecordStore(find_origin(reader.site, reader.lane)).reading() as snapshot:
        entries = snapshot.find_events(list(named.values()))
    rooms = {record: reader.open(record) for record in {row.record for row in rows}}
    return tuple(_read(row, rooms[row.record], entries.get(named[row.key])) for row in rows)


def _read(row: LaneEvent, room: Strongroom | None, entry: Entry | None) -> Line:
    content, fit = _check(row, room, entry)
    return Line(
        key=row.key,
        kind=KINDS[row.kind],
        by=row.by,
        about=row.about,
        record=row.record,
        at=row.at,
        device_at=row.device_at,
        leaf=row.leaf,
        content=content,
        fit=fit,
    )


def _check(
    row: LaneEvent, room: Strongroom | None, entry: Entry | None
) -> tuple[Mapping[str, Any], str]:
    """Open what an event says and hold it against its leaf; a row that was changed fits not."""
    if room is None:
        return {}, DELETED
    try:
        plain = room.open_bytes(row.content, TABLE, row.key, "content")
        salt = Salt(secret=room.open_bytes(row.salt, TABLE, row.key, "salt"))
        told = json.loads(plain)
        is_whole = entry is not None and entry.index == row.leaf
        fits = is_whole and entry is not None and read_leaf(entry.leaf).commits_to(plain, salt)
    except (SealingRefusal, LedgerRefusal, ValueError):
        return {}, FITS_NOT
    is_same = told["kind"] == row.kind and told["about"] == row.about
    by = str(row.by) if row.by else None
    same_moment = told["by"] == by and told["at"] == row.at.isoformat()
    return told["content"], FITS if fits and is_same and same_moment else FITS_NOT
