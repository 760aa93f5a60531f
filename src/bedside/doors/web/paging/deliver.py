"""One round of delivering: pages are handed to people's channels, and what is due is tried."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import uuid5

from bedside.doors.web.paging.notice import write_notice
from bedside.doors.web.paging.senders import SENDERS, PostOffice
from bedside.record.accounts.models import Site
from bedside.record.journal.act import Act
from bedside.record.journal.operations import DoneBefore
from bedside.record.journal.queries import Reader
from bedside.record.paging.delivery_operations import claim, record_routed, record_tried
from bedside.record.paging.models import Delivery
from bedside.record.paging.queries import (
    find_channels,
    find_due_deliveries,
    find_unrouted,
    read_address,
)
from bedside.record.paging.words import Failure

MOST_SECONDS: Final = 30.0  # of one round; what is left goes in the next
MOST_DEAD: Final = 2  # silences of one kind of channel after which a round leaves it alone


def route_pages(
    site: Site, begin: Callable[[], Act], *, at: datetime, find_unit: Callable[[str], str]
) -> int:
    """Hand every fresh page to the channels of those whom it is for; count the pages."""
    pages = find_unrouted(site.slug, at=at)
    for page in pages:
        channels = find_channels(page, unit=find_unit(page.about), at=at)
        act = replace(begin(), key=uuid5(page.pk, "routed"))
        with suppress(DoneBefore):  # by another round at this moment
            record_routed(act, page, channels=channels)
    return len(pages)


def deliver_pages(
    office: PostOffice,
    reader: Reader,
    begin: Callable[[], Act],
    *,
    seconds: Callable[[], float],
) -> Counter[str]:
    """Try what is due, for so long and no longer; count what arrived and what did not."""
    until, dead, counted = seconds() + MOST_SECONDS, Counter[str](), Counter[str]()
    for delivery in find_due_deliveries(reader.site, at=office.at):
        if seconds() >= until:
            break
        if dead[delivery.channel.kind] >= MOST_DEAD:
            continue
        if not claim(delivery, at=office.at):
            continue
        failure = _try(office, reader, delivery)
        record_tried(begin(), delivery, failure=failure)
        counted["failed" if failure else "delivered"] += 1
        dead[delivery.channel.kind] += failure is Failure.UNREACHABLE
    return counted


def _try(office: PostOffice, reader: Reader, delivery: Delivery) -> Failure | None:
    """Send outside of any transaction: a slow gateway holds no row."""
    notice = write_notice(office.outbound.address, delivery.page_id)
    send = SENDERS[delivery.channel.kind]
    return send(office, read_address(reader, delivery.channel), notice)
