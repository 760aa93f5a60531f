"""The keys of a review, in the safety lane, and of an evaluation, in the operational one."""

from uuid import UUID

from bedside.record.incidents.models import Review
from bedside.record.journal.act import Act
from bedside.record.vault.sealed import Strongroom, make_strongroom, open_strongroom


def make_review_room(act: Act, id_: UUID) -> Strongroom:
    """Give a new review its key, in the lane of the act."""
    key = act.master.lane_key(act.site, act.lane)
    return make_strongroom(act.site, f"review/{id_}", key=key, random=act.random)


def open_review_room(act: Act, review: Review) -> Strongroom:
    """Open the keys of a review, in the lane of the act."""
    key = act.master.lane_key(act.site, act.lane)
    return open_strongroom(act.site, review.about, key=key, random=act.random)


def make_evaluation_room(act: Act, id_: UUID) -> Strongroom:
    """Give a new evaluation a key of its own."""
    key = act.master.lane_key(act.site, act.lane)
    return make_strongroom(act.site, f"evaluation/{id_}", key=key, random=act.random)
