"""Who signs as what: an attending, or a resident on a spoken order that was read back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from bedside.doors.web.letters.listing import find_attendings
from bedside.doors.web.moments import read_moment
from bedside.doors.web.staff.signed_in import Staff
from bedside.record.accounts.roles import May
from bedside.record.letters.operations import Signing
from bedside.rules.attestation.events import SignerRole, VerbalOrder


def read_signing(sent: Mapping[str, str], staff: Staff, *, number: int) -> Signing:
    """Read who signs; a resident without an order that was read back is refused later, by rule."""
    if staff.standing.may(May.DECIDE_CARE):
        return Signing(number=number, role=SignerRole.ATTENDING)
    return Signing(number=number, role=SignerRole.RESIDENT, order=_read_order(sent, staff))


def _read_order(sent: Mapping[str, str], staff: Staff) -> VerbalOrder | None:
    known = {str(person.pk) for person in find_attendings(staff)}
    by = sent.get("order_by", "")
    if by not in known or sent.get("read_back") != "yes":
        return None
    return VerbalOrder(by=f"person/{UUID(by)}", read_back_at=_read_moment(sent, staff))


def _read_moment(sent: Mapping[str, str], staff: Staff) -> datetime:
    at = read_moment(sent.get("read_back_at", ""), staff.site.timezone)
    return min(at, staff.at) if at else staff.at
