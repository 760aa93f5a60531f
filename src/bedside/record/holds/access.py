"""Reaching a hold: counsel alone."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing, access
from bedside.record.accounts.roles import May
from bedside.record.holds.models import Hold


def access_hold(standing: Standing, hold_id: UUID) -> Hold:
    """Find a hold of this hospital for counsel, or refuse."""
    access(standing, May.KEEP_LEGAL)
    found = Hold.objects.filter(pk=hold_id, site_id=standing.site).first()
    if found is None:
        raise NotThere
    return found
