"""Reading pages."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing
from bedside.record.paging.models import Page

MOST_SHOWN = 100


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
