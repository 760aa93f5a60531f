"""Reaching a stay: at one's own hospital, in one's own unit, or with the glass broken."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing, access_in_unit
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter


def access_encounter(standing: Standing, encounter_id: UUID, *, to: May) -> Encounter:
    """Find a stay that the person may do this to, or refuse."""
    stay = Encounter.objects.filter(pk=encounter_id, site_id=standing.site).first()
    if stay is None:
        raise NotThere
    access_in_unit(standing, to, unit=stay.unit, about=stay.about)
    return stay
