"""Reaching a visit: at one's own hospital, with a role that reads or writes visits."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing, access
from bedside.record.accounts.roles import May
from bedside.record.visits.models import Visit


def access_visit(standing: Standing, visit_id: UUID, *, to: May) -> Visit:
    """Find a visit that the person may do this to, or refuse."""
    visit = Visit.objects.filter(pk=visit_id, site_id=standing.site).first()
    if visit is None:
        raise NotThere
    access(standing, to)
    return visit
