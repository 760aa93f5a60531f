"""The keys of a report: its rows and its events open with them, under the key of its lane alone."""

from uuid import UUID

from bedside.record.journal.act import Act
from bedside.record.reports.models import Report
from bedside.record.vault.sealed import Strongroom, make_strongroom, open_strongroom


def make_room(act: Act, id_: UUID) -> Strongroom:
    """Give a new report its key, in the lane of the act."""
    key = act.master.lane_key(act.site, act.lane)
    return make_strongroom(act.site, f"report/{id_}", key=key, random=act.random)


def open_room(act: Act, report: Report) -> Strongroom:
    """Open the keys of a report of the lane of the act."""
    key = act.master.lane_key(act.site, act.lane)
    return open_strongroom(act.site, report.about, key=key, random=act.random)
