"""Adding notes for counsel, reading them and taking them out: all of it in counsel's own lane."""

from typing import ClassVar, Final

from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.legal.models import Note
from bedside.record.legal.queries import TABLE
from bedside.record.refusal import Refused
from bedside.record.vault.lanes import find_lane_record, open_lane
from bedside.record.vault.sealed import make_strongroom

MOST_WORDS: Final = 10_000
NOTES: Final = "notes"  # what reading and taking out are about


class NothingNoted(Refused):
    """A note without words, or with too many."""

    code: ClassVar[str] = "legal.nothing-noted"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Write the note, at most {most} characters."
    es: ClassVar[str] = "Escriba la nota, {most} caracteres como máximo."


@operation
def record_note(act: Act, *, text: str, about_what: str = "") -> Note:
    """Add a note; it has keys of its own under counsel's key."""
    if not text or len(text) > MOST_WORDS:
        raise NothingNoted(most=MOST_WORDS)
    note = Note(id=act.draw_id(), site_id=act.site, by=act.person, at=act.at)
    key = act.master.lane_key(act.site, act.lane)
    room = make_strongroom(act.site, note.about, key=key, random=act.random)
    note.about_what = room.seal(about_what, TABLE, note.pk, "about_what")
    note.text = room.seal(text, TABLE, note.pk, "text")
    note.save(force_insert=True)
    content = {"about": about_what, "text": text}
    append(
        act,
        Happening(
            kind="legal.noted", about=note.about, record=note.about, content=content, room=room
        ),
    )
    return note


@operation
def record_notes_viewed(act: Act, *, count: int) -> None:
    """Note that counsel read the notes."""
    _tell(act, "legal.viewed", {"count": count})


@operation
def record_notes_exported(act: Act, *, count: int) -> None:
    """Note that counsel took the notes out of the house."""
    _tell(act, "legal.exported", {"count": count})


def _tell(act: Act, kind: str, content: Content) -> None:
    room = open_lane(act.site, act.lane, master=act.master, random=act.random)
    record = find_lane_record(act.lane)
    append(act, Happening(kind=kind, about=NOTES, record=record, content=content, room=room))
