"""Reading reports: those of one lane, those of one person, one with its words, and its messages."""

import json
from dataclasses import dataclass
from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing
from bedside.record.accounts.models import Site
from bedside.record.journal.queries import Reader
from bedside.record.reports.models import Message, Report
from bedside.record.vault.sealed import Strongroom
from bedside.trust.ledger.leaf import Lane

MOST_SHOWN = 500
TABLE, MESSAGES = "reports_report", "reports_message"
TEXTS = (
    "words",
    "place",
    "patient_words",
    "patient_language",
    "interpreter",
    "asked",
    "answered",
    "narrative",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """A report with its sealed words; all empty if its keys were destroyed."""

    row: Report
    words: str
    place: str
    patient_words: str
    patient_language: str
    interpreter: str
    present: tuple[str, ...]  # roles
    facts: tuple[str, ...]  # of the vocabulary, as `id=value`
    asked: str
    answered: str
    narrative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMessage:
    """A message with its words."""

    row: Message
    text: str


def find_reports(reader: Reader, *, with_withdrawn: bool = False) -> tuple[Report, ...]:
    """Find the reports of the reader's lane, the newest first; those taken back only if asked."""
    rows = Report.objects.filter(site_id=reader.site, lane=reader.lane)
    if not with_withdrawn:
        rows = rows.filter(withdrawn_at=None)
    return tuple(rows.order_by("-filed_at", "id")[:MOST_SHOWN])


def find_own_reports(standing: Standing) -> tuple[Report, ...]:
    """Find the reports that a person made under their name, in any lane, the newest first."""
    rows = Report.objects.filter(site_id=standing.site, named_by=standing.person)
    return tuple(rows.order_by("-filed_at", "id")[:MOST_SHOWN])


def find_report(reader: Reader, report_id: UUID) -> Report:
    """Find a report of the reader's lane, or refuse: nobody learns of one in another lane."""
    found = Report.objects.filter(pk=report_id, site_id=reader.site, lane=reader.lane).first()
    if found is None:
        raise NotThere
    return found


def read_report(reader: Reader, report_id: UUID) -> ReadReport:
    """Read a report of the reader's lane with its words, or refuse."""
    row = find_report(reader, report_id)
    room = reader.open(row.about)
    texts = {name: _open(room, row, name) for name in TEXTS}
    present, facts = (_read_list(_open(room, row, name)) for name in ("present", "facts"))
    return ReadReport(row=row, present=present, facts=facts, **texts)


def find_messages(reader: Reader, report_id: UUID) -> tuple[ReadMessage, ...]:
    """Find the messages about a report of the reader's lane, the oldest first."""
    row = find_report(reader, report_id)
    room = reader.open(row.about)
    rows = Message.objects.filter(report=row).order_by("number")[:MOST_SHOWN]
    return tuple(ReadMessage(row=one, text=_read(room, one)) for one in rows)


def find_default_lane(site: str) -> Lane:
    """Find the lane that counsel set for reports under a name; a safety report if they set none."""
    row = Site.objects.filter(slug=site).first()
    chosen = row.plain.get("report_lane") if row else None
    return Lane.OPERATIONAL if chosen == Lane.OPERATIONAL else Lane.SAFETY


def _open(room: Strongroom | None, row: Report, column: str) -> str:
    if room is None:
        return ""
    sealed: bytes = getattr(row, column)
    return room.open(sealed, TABLE, row.pk, column)


def _read_list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def _read(room: Strongroom | None, row: Message) -> str:
    return room.open(row.text, MESSAGES, row.pk, "text") if room else ""
