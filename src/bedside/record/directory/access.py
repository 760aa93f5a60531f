"""Reaching the contacts of a stay and their limits: through the stay, or through a call."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing, access
from bedside.record.accounts.roles import May
from bedside.record.directory.models import Callback, Contact, Restriction, Withholding
from bedside.record.encounters.models import Encounter


def access_restriction(stay: Encounter, restriction_id: UUID) -> Restriction:
    """Find a restriction of a stay that was reached, or refuse."""
    found = Restriction.objects.filter(encounter=stay, pk=restriction_id).first()
    if found is None:
        raise NotThere
    return found


def access_withholding(stay: Encounter, withholding_id: UUID) -> Withholding:
    """Find a withholding of a stay that was reached, or refuse."""
    found = Withholding.objects.filter(encounter=stay, pk=withholding_id).first()
    if found is None:
        raise NotThere
    return found


def access_contact(stay: Encounter, contact_id: UUID) -> Contact:
    """Find a contact of a stay that was reached, or refuse."""
    found = Contact.objects.filter(encounter=stay, pk=contact_id, ended_at=None).first()
    if found is None:
        raise NotThere
    return found


def access_callback(stay: Encounter, callback_id: UUID) -> Callback:
    """Find a call that is owed at a stay that was reached, or refuse."""
    found = Callback.objects.filter(contact__encounter=stay, pk=callback_id).first()
    if found is None:
        raise NotThere
    return found


def access_called_contact(standing: Standing, contact_id: UUID) -> Contact:
    """Find a contact whose call was answered at the switchboard, or refuse."""
    access(standing, May.ANSWER_CALLERS)
    found = (
        Contact.objects.filter(pk=contact_id, encounter__site_id=standing.site, ended_at=None)
        .select_related("encounter")
        .first()
    )
    if found is None:
        raise NotThere
    return found
