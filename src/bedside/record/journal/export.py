"""Reading the journal and taking it out of the house: both are events, and a bundle is proven."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from bedside.record.journal.act import Act
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.models import LaneEvent
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.journal.queries import TABLE, Reader
from bedside.record.journal.signing import Notary
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import SITE_RECORD, Strongroom
from bedside.trust.ledger.append import append as append_leaves
from bedside.trust.ledger.bundle import BundlePlan, Opened, Record, write_bundle
from bedside.trust.ledger.leaf import (
    SALT_BYTES,
    Commitment,
    Hour,
    Kind,
    Leaf,
    Pseudonym,
    Role,
    Salt,
    Who,
)
from bedside.trust.sealing.secret import draw

MOST_EXPORTED = 2000


class TooMuchToExport(Refused):
    """A record with more events than one bundle takes."""

    code: ClassVar[str] = "journal.too-much-to-export"
    en: ClassVar[str] = "This record has more than {most} events; ask the person who runs Bedside."
    es: ClassVar[str] = (
        "Este registro tiene más de {most} eventos; pregunte a la persona que opera Bedside."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is taken out: whose record, under which name, for which house, with which editions."""

    record: str
    name: str  # of the bundle: plain letters, digits and hyphens
    house: str
    made_on: date
    editions: Mapping[str, bytes]


@operation
def record_journal_viewed(act: Act, *, about: str, record: str = SITE_RECORD) -> None:
    """Note that somebody read the journal of a stay, of a person or of a day."""
    append(act, Happening(kind="journal.viewed", about=about, record=record, content={}))


@operation
def record_list_exported(
    act: Act, *, wanted: Wanted, count: int, files: bytes
) -> tuple[int, Leaf, Salt]:
    """Note an export, and put the list of its files into the ledger under a leaf of its own.

    The bundle's reader checks that leaf: a bundle whose list was rewritten is found out.
    """
    content = {"bundle": wanted.name, "count": count}
    append(
        act,
        Happening(
            kind="journal.exported", about=wanted.record, record=wanted.record, content=content
        ),
    )
    salt = Salt(secret=draw(act.random, SALT_BYTES))
    leaf = Leaf(
        kind=Kind.EXPORTED,
        lane=act.lane,
        hour=Hour(at=act.at),
        who=_name(act, wanted.record),
        commitment=Commitment(salt=salt, content=files),
        edition=act.edition,
    )
    (place,) = append_leaves(RecordStore(find_origin(act.site, act.lane)), [leaf])
    return place, leaf, salt


def export_record(act: Act, reader: Reader, notary: Notary, *, wanted: Wanted) -> bytes:
    """Write the bundle of a record's events, which `bedside verify` accepts; and note it.

    Heads are signed after each commit and never inside one, so this is no operation itself.
    """
    rows = list(reader.events.filter(record=wanted.record).order_by("id")[: MOST_EXPORTED + 1])
    if len(rows) > MOST_EXPORTED:
        raise TooMuchToExport(most=MOST_EXPORTED)
    checkpoint = notary.sign()
    records = _open(reader, notary, rows, checkpoint)
    plan = BundlePlan(
        name=wanted.name,
        site=wanted.house,
        made_on=wanted.made_on,
        policy=notary.write_policy(),
        records=records,
        editions=wanted.editions,
    )

    def record_export(files: bytes) -> Record:
        place, leaf, salt = record_list_exported(
            act, wanted=wanted, count=len(records), files=files
        )
        opened = Opened(content=files, salt=salt, extension="txt")
        proof = notary.prove(place, notary.sign())
        return Record(leaf=leaf.write(), proof=proof, opened=opened)

    return write_bundle(plan, record_export)


def _open(reader: Reader, notary: Notary, rows: list[LaneEvent], checkpoint: str) -> list[Record]:
    rooms: dict[str, Strongroom | None] = {}
    leaves = _find_leaves(reader, rows)
    records = []
    for row in rows:
        if row.record not in rooms:
            rooms[row.record] = reader.open(row.record)
        records.append(
            Record(
                leaf=leaves[row.leaf],
                proof=notary.prove(row.leaf, checkpoint),
                opened=_open_one(rooms[row.record], row),
            )
        )
    return records


def _open_one(room: Strongroom | None, row: LaneEvent) -> Opened | None:
    if room is None:
        return None  # its keys were destroyed: the leaf stays, the words are gone
    salt = Salt(secret=room.open_bytes(row.salt, TABLE, row.key, "salt"))
    return Opened(content=room.open_bytes(row.content, TABLE, row.key, "content"), salt=salt)


def _find_leaves(reader: Reader, rows: list[LaneEvent]) -> dict[int, bytes]:
    """Find the leaves of events in one reading of the log, from the first to the last of them."""
    wanted = {row.leaf for row in rows}
    if not wanted:
        return {}
    found: dict[int, bytes] = {}
    with RecordStore(find_origin(reader.site, reader.lane)).reading() as snapshot:
        for entry in snapshot.read_entries(min(wanted)):
            if entry.index in wanted:
                found[entry.index] = entry.leaf
            if len(found) == len(wanted):
                break
    return found


def _name(act: Act, about: str) -> Who:
    key = act.master.stand_in_key(act.site, act.lane)
    return Who(
        actor=Pseudonym(key=key, role=Role.ACTOR, reference=str(act.by or "bedside")),
        event=Pseudonym(key=key, role=Role.EVENT, reference=f"{act.key}/files"),
        object=Pseudonym(key=key, role=Role.OBJECT, reference=about),
        site=Pseudonym(key=key, role=Role.SITE, reference=act.site),
    )
