"""Reaching a letter: through the stay that it is about."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_encounter
from bedside.record.letters.models import Copy, Letter, Pause


def access_letter(standing: Standing, letter_id: UUID, *, to: May) -> Letter:
    """Find a letter that the person may do this to, or refuse."""
    rows = Letter.objects.filter(pk=letter_id, site_id=standing.site)
    letter = rows.select_related("encounter").first()
    if letter is None:
        raise NotThere
    access_encounter(standing, letter.encounter_id, to=to)
    return letter


def access_copy(letter: Letter, copy_id: UUID) -> Copy:
    """Find a printed copy of a letter that was reached, or refuse."""
    copy = Copy.objects.filter(letter=letter, pk=copy_id).first()
    if copy is None:
        raise NotThere
    return copy


def access_pause(letter: Letter, pause_id: UUID) -> Pause:
    """Find a pause of a letter that was reached, or refuse."""
    pause = Pause.objects.filter(letter=letter, pk=pause_id).first()
    if pause is None:
        raise NotThere
    return pause
