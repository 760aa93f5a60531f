"""The keys of an exposure: its rows and its events open with them, and with no report's."""

from uuid import UUID

from bedside.record.journal.act import Act
from bedside.record.privacy.models import Exposure
from bedside.record.vault.sealed import Strongroom, make_strongroom, open_strongroom


def make_room(act: Act, id_: UUID) -> Strongroom:
    """Give a new exposure its key."""
    key = act.master.lane_key(act.site, act.lane)
    return make_strongroom(act.site, f"exposure/{id_}", key=key, random=act.random)


def open_room(act: Act, exposure: Exposure) -> Strongroom:
    """Open the keys of an exposure."""
    key = act.master.lane_key(act.site, act.lane)
    return open_strongroom(act.site, exposure.about, key=key, random=act.random)
