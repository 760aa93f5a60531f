"""That a lane was taken out, noted in the lane itself."""

from collections.abc import Mapping

from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.vault.lanes import find_lane_record, open_lane
from bedside.trust.ledger.leaf import Lane

KINDS = {Lane.OPERATIONAL: "lane.exported", Lane.SAFETY: "review.exported"}


@operation
def record_lane_exported(act: Act, *, what: str, scope: Mapping[str, str | int]) -> None:
    """Note that the lane of the act was taken out: what, and how much."""
    room = open_lane(act.site, act.lane, master=act.master, random=act.random)
    record = find_lane_record(act.lane)
    content = {"what": what, **scope}
    about = f"lane/{act.lane}"
    append(
        act,
        Happening(kind=KINDS[act.lane], about=about, record=record, content=content, room=room),
    )
