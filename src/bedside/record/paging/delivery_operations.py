"""Handing a page to people's channels, and noting what came of each try."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.paging.models import Channel, Delivery, Page
from bedside.record.paging.words import Failure

# A page is tried at once and three times more; then the board says that it did not arrive.
AGAIN: Final = (timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=5))
HELD: Final = timedelta(minutes=2)  # longer than a round: whoever sends it tells by then
FOR_GOOD: Final = frozenset({Failure.GONE, Failure.NOT_ALLOWED})


@operation
def record_routed(act: Act, page: Page, *, channels: Sequence[Channel]) -> None:
    """Hand a page to the channels of those whom it is for."""
    page.routed_at = act.at
    page.save(update_fields=["routed_at"])
    for channel in channels:
        Delivery.objects.create(id=act.draw_id(), page=page, channel=channel, next_at=act.at)
    content = {"page": str(page.pk), "ways": sorted(one.kind for one in channels)}
    append(act, Happening(kind="page.routed", about=page.about, content=content))


def claim(delivery: Delivery, *, at: datetime) -> bool:
    """Hold a delivery for one round, so that another one at the same moment sends nothing."""
    rows = Delivery.objects.filter(pk=delivery.pk, next_at=delivery.next_at)
    return rows.update(next_at=at + HELD) == 1


@operation
def record_tried(act: Act, delivery: Delivery, *, failure: Failure | None) -> Delivery:
    """Note that a page left through a channel, or why not and when it is tried again."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    delivery.tries += 1
    delivery.why = failure or ""
    if failure is None:
        delivery.delivered_at, delivery.next_at = act.at, None
    elif failure in FOR_GOOD or delivery.tries > len(AGAIN):
        delivery.next_at = None
    else:
        delivery.next_at = act.at + AGAIN[delivery.tries - 1]
    if failure is Failure.GONE:
        Channel.objects.filter(pk=delivery.channel_id).update(ended_at=act.at)
    delivery.save(update_fields=["tries", "why", "delivered_at", "next_at"])
    content = {
        "page": str(delivery.page_id),
        "try": delivery.tries,
        "way": delivery.channel.kind,
        "why": delivery.why,
    }
    kind = "page.not-delivered" if failure else "page.delivered"
    append(act, Happening(kind=kind, about=delivery.page.about, content=content))
    return delivery
