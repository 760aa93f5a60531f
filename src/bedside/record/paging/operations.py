"""Sending a page, seeing it, and answering it."""

from uuid import UUID

from bedside.record.accounts.access import Standing
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.paging.models import Page
from bedside.record.vault.sealed import SITE_RECORD


def add_page(act: Act, *, about: str, to_role: str, reason: str) -> Page:
    """Add a page to an operation that tells of it in its own event."""
    return Page.objects.create(
        id=act.draw_id(),
        site_id=act.site,
        about=about,
        to_role=to_role,
        reason=reason,
        sent_at=act.at,
    )


@operation
def record_page(
    act: Act, *, about: str, to_role: str, reason: str, record: str = SITE_RECORD
) -> Page:
    """Page a role of the house."""
    page = add_page(act, about=about, to_role=to_role, reason=reason)
    content = {"page": str(page.pk), "reason": reason, "to": to_role}
    append(act, Happening(kind="page.sent", about=about, record=record, content=content))
    return page


@operation
def record_page_seen(act: Act, standing: Standing, page: Page) -> Page:
    """Note who opened a page first; it still waits for an answer."""
    page = Page.objects.select_for_update().get(pk=page.pk)
    if page.seen_at is None:
        page.seen_at, page.seen_by_id = act.at, standing.person
        page.save(update_fields=["seen_at", "seen_by"])
    content = {"page": str(page.pk)}
    append(act, Happening(kind="page.seen", about=page.about, content=content))
    return page


@operation
def record_page_answered(act: Act, standing: Standing, page_id: UUID) -> Page:
    """Answer a page; the first answer counts, a later one changes nothing."""
    page = Page.objects.select_for_update().get(pk=page_id, site_id=standing.site)
    if page.answered_at is None:
        page.answered_at, page.answered_by_id = act.at, standing.person
        if page.seen_at is None:
            page.seen_at, page.seen_by_id = act.at, standing.person
        page.save(update_fields=["answered_at", "answered_by", "seen_at", "seen_by"])
    content = {"page": str(page.pk)}
    append(act, Happening(kind="page.acknowledged", about=page.about, content=content))
    return page
