"""What belongs to a lane and to no single report or note: the record of the lane itself."""

from bedside.record.vault.keys import VaultKeys
from bedside.record.vault.master import Master
from bedside.record.vault.sealed import SITE_RECORD, Strongroom, make_strongroom, open_strongroom
from bedside.trust.ledger.leaf import Lane
from bedside.trust.sealing.binding import Record
from bedside.trust.sealing.secret import Random


def find_lane_record(lane: Lane) -> str:
    """Name the record of a lane itself."""
    return SITE_RECORD if lane is Lane.OPERATIONAL else f"lane/{lane}"


def open_lane(site: str, lane: Lane, *, master: Master, random: Random) -> Strongroom:
    """Open the record of a lane; its keys are made the first time."""
    name, key = find_lane_record(lane), master.lane_key(site, lane)
    if VaultKeys().find_wraps(Record(site=site, name=name)):
        return open_strongroom(site, name, key=key, random=random)
    return make_strongroom(site, name, key=key, random=random)
