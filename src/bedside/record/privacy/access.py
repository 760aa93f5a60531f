"""Reaching an exposure, or a report that privacy has to look at: at one's hospital, by one role."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing, access
from bedside.record.accounts.roles import May
from bedside.record.privacy.models import Exposure


def access_exposure(standing: Standing, exposure_id: UUID) -> Exposure:
    """Find an exposure for whoever keeps privacy at its hospital, or refuse."""
    access(standing, May.KEEP_PRIVACY)
    rows = Exposure.objects.select_related("encounter")
    found = rows.filter(pk=exposure_id, site_id=standing.site).first()
    if found is None:
        raise NotThere
    return found
