"""The keys of a visit: its rows and its events open with them, and go when it is deleted."""

from uuid import UUID

from bedside.record.journal.act import Act
from bedside.record.vault.sealed import Strongroom, make_strongroom, open_strongroom


def make_room(act: Act, id_: UUID) -> Strongroom:
    """Give a new visit its key."""
    key = act.master.care_key(act.site)
    return make_strongroom(act.site, f"visit/{id_}", key=key, random=act.random)


def open_room(act: Act, about: str) -> Strongroom:
    """Open the keys of a visit."""
    key = act.master.care_key(act.site)
    return open_strongroom(act.site, about, key=key, random=act.random)
