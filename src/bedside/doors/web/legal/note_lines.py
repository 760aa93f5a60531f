"""Counsel's notes as the page tells them, and what a note is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bedside.doors.web.addresses import find_address
from bedside.doors.web.staff.signed_in import Staff
from bedside.record.accounts.access import NotThere
from bedside.record.encounters.models import Encounter
from bedside.record.legal.queries import ReadNote
from bedside.rules.vocabulary.problem import Language

MOST_CODE = 12


class NoSuchStay(NotThere):
    """A note about a stay whose code nobody here knows."""

    code: ClassVar[str] = "legal.no-such-stay"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "No stay here has the code {code}. Leave it empty, or look at the page of the stay."
    )
    es: ClassVar[str] = (
        "Ninguna estancia tiene el código {code}. Déjelo vacío o mire la página de la estancia."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One note, and the stay it is about."""

    text: str
    at: datetime
    code: str
    address: str


def find_about(staff: Staff, code: str) -> str:
    """Find the record that a code names; nothing for no code."""
    code = code.replace("\x00", "").strip().upper()[:MOST_CODE]
    if not code:
        return ""
    stay = Encounter.objects.filter(site_id=staff.standing.site, code=code).first()
    if stay is None:
        raise NoSuchStay(code=code)
    return stay.about


def build_notes(
    notes: Iterable[ReadNote], staff: Staff, language: Language
) -> tuple[NoteLine, ...]:
    """Build the notes in their order."""
    notes = tuple(notes)
    ids = [one.about_what.partition("/")[2] for one in notes if one.about_what]
    stays = Encounter.objects.filter(site_id=staff.standing.site, pk__in=ids)
    codes = {one.about: one for one in stays}
    return tuple(_build(one, codes.get(one.about_what), language) for one in notes)


def _build(one: ReadNote, stay: Encounter | None, language: Language) -> NoteLine:
    return NoteLine(
        text=one.text,
        at=one.row.at,
        code=stay.code if stay else "",
        address=find_address("stay", language, stay_id=str(stay.pk)) if stay else "",
    )
