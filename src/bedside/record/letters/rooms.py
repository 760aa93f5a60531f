"""The keys of a letter: its rows and its events open with them."""

from uuid import UUID

from bedside.record.journal.act import Act
from bedside.record.letters.models import Letter
from bedside.record.vault.sealed import Strongroom, make_strongroom, open_strongroom


def make_room(act: Act, id_: UUID) -> Strongroom:
    """Give a new letter its key."""
    key = act.master.care_key(act.site)
    return make_strongroom(act.site, f"letter/{id_}", key=key, random=act.random)


def open_room(act: Act, letter: Letter) -> Strongroom:
    """Open the keys of a letter."""
    key = act.master.care_key(act.site)
    return open_strongroom(act.site, letter.about, key=key, random=act.random)
