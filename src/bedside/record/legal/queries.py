"""Reading notes for counsel, with a reader of counsel's own lane."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bedside.record.accounts.access import Standing
from bedside.record.journal.queries import Reader
from bedside.record.legal.access import access_notes
from bedside.record.legal.models import Note

MOST_SHOWN: Final = 500
TABLE: Final = "legal_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNote:
    """A note with its words."""

    row: Note
    about_what: str
    text: str


def find_notes(reader: Reader, standing: Standing) -> tuple[ReadNote, ...]:
    """Find counsel's notes, the newest first."""
    access_notes(standing)
    rows = Note.objects.filter(site_id=standing.site).order_by("-at", "-id")
    return tuple(_read(reader, row) for row in rows[:MOST_SHOWN])


def write_notes(notes: Iterable[ReadNote]) -> bytes:
    """Write notes as one JSON file, the oldest first."""
    plain = [
        {
            "about": one.about_what,
            "at": one.row.at.isoformat(),
            "id": str(one.row.pk),
            "lane": "legal",
            "text": one.text,
        }
        for one in notes
    ]
    plain.reverse()
    return (json.dumps(plain, indent=2, ensure_ascii=False) + "\n").encode()


def _read(reader: Reader, row: Note) -> ReadNote:
    room = reader.open(row.about)
    if room is None:
        return ReadNote(row=row, about_what="", text="")
    return ReadNote(
        row=row,
        about_what=room.open(row.about_what, TABLE, row.pk, "about_what"),
        text=room.open(row.text, TABLE, row.pk, "text"),
    )
