"""Reading pages, the channels of people, and what came of each delivery."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from bedside.record.accounts.access import NotThere, Standing
from bedside.record.accounts.models import Post
from bedside.record.journal.queries import Reader
from bedside.record.paging.models import Channel, Delivery, Page
from bedside.record.vault.sealed import SITE_RECORD

MOST_SHOWN: Final = 100
FRESH: Final = timedelta(hours=1)  # an older page waits on the screen; nobody is woken for it
TABLE: Final = "paging_channel"


def find_open_pages(standing: Standing) -> tuple[Page, ...]:
    """Find the pages that wait for one of a person's roles, the oldest first."""
    rows = Page.objects.filter(
        site_id=standing.site, to_role__in=list(standing.roles), answered_at=None
    )
    return tuple(rows.order_by("sent_at")[:MOST_SHOWN])


def find_pages_about(standing: Standing, about: str) -> tuple[Page, ...]:
    """Find the pages about a thing, in the order in which they were sent."""
    rows = Page.objects.filter(site_id=standing.site, about=about).select_related("answered_by")
    return tuple(rows.order_by("sent_at")[:MOST_SHOWN])


def access_page(standing: Standing, page_id: UUID) -> Page:
    """Find a page that one of a person's roles may answer, or refuse."""
    rows = Page.objects.filter(site_id=standing.site, to_role__in=list(standing.roles))
    page = rows.filter(pk=page_id).first()
    if page is None:
        raise NotThere
    return page


def find_own_channels(standing: Standing) -> tuple[Channel, ...]:
    """Find the ways in which a person wants to be told at this hospital."""
    rows = Channel.objects.filter(site_id=standing.site, person_id=standing.person, ended_at=None)
    return tuple(rows.order_by("since"))


def access_channel(standing: Standing, channel_id: UUID) -> Channel:
    """Find a person's own open channel, or refuse."""
    found = next((one for one in find_own_channels(standing) if one.pk == channel_id), None)
    if found is None:
        raise NotThere
    return found


def read_address(reader: Reader, channel: Channel) -> str:
    """Open where a channel leads; nothing if the house's record was deleted."""
    room = reader.open(SITE_RECORD)
    return room.open(channel.address, TABLE, channel.pk, "address") if room else ""


def find_unrouted(site: str, *, at: datetime) -> tuple[Page, ...]:
    """Find the fresh pages that nobody answered and that went to no channel yet."""
    rows = Page.objects.filter(
        site_id=site, routed_at=None, answered_at=None, sent_at__gt=at - FRESH
    )
    return tuple(rows.order_by("sent_at")[:MOST_SHOWN])


def find_channels(page: Page, *, unit: str, at: datetime) -> tuple[Channel, ...]:
    """Find the channels of those whom a page is for: its role, there or in the whole house."""
    posts = Post.objects.filter(Q(until=None) | Q(until__gt=at), site=page.site_id, since__lte=at)
    here = posts.filter(role=page.to_role)
    if unit:
        here = here.filter(unit__in=["", unit])
    rows = Channel.objects.filter(
        site_id=page.site_id,
        ended_at=None,
        person__is_active=True,
        person__in=here.values("person"),
    )
    return tuple(rows.order_by("since")[:MOST_SHOWN])


def find_due_deliveries(site: str, *, at: datetime) -> tuple[Delivery, ...]:
    """Find what is to be tried now, first tries first; an answered page is tried no more."""
    rows = Delivery.objects.filter(
        page__site_id=site, page__answered_at=None, next_at__lte=at, channel__ended_at=None
    ).select_related("page", "channel")
    return tuple(rows.order_by("tries", "next_at")[:MOST_SHOWN])


def find_undelivered(site: str) -> tuple[Page, ...]:
    """Find the open pages that reached nobody although somebody wanted to be reached."""
    pages = Page.objects.filter(site_id=site, answered_at=None, deliveries__isnull=False)
    there = Q(deliveries__delivered_at__isnull=False) | Q(deliveries__next_at__isnull=False)
    reached = pages.filter(there).values("pk")
    return tuple(pages.exclude(pk__in=reached).distinct().order_by("sent_at")[:MOST_SHOWN])


def find_deliveries(page: Page) -> tuple[Delivery, ...]:
    """Find how a page went out."""
    rows = Delivery.objects.filter(page=page).select_related("channel")
    return tuple(rows.order_by("channel__since")[:MOST_SHOWN])
