"""The keys of a stay: its rows and its events open with them, and go when it is deleted."""

from uuid import UUID

from bedside.record.encounters.models import Encounter
from bedside.record.journal.act import Act
from bedside.record.vault.sealed import Strongroom, make_strongroom, open_strongroom


def make_room(act: Act, id_: UUID) -> Strongroom:
    """Give a new stay its key."""
    key = act.master.care_key(act.site)
    return make_strongroom(act.site, f"encounter/{id_}", key=key, random=act.random)


def open_room(act: Act, stay: Encounter) -> Strongroom:
    """Open the keys of a stay."""
    key = act.master.care_key(act.site)
    return open_strongroom(act.site, stay.about, key=key, random=act.random)
