"""Reaching a question for ethics: with its stay; a gap by whoever answers for rules."""

from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing, access
from bedside.record.accounts.roles import May
from bedside.record.consults.models import Consult, Debrief, Gap, TeachingCase
from bedside.record.encounters.access import access_encounter


def access_consult(standing: Standing, consult_id: UUID, *, to: May = May.READ_CARE) -> Consult:
    """Find a question about a stay that the person may do this to, or refuse."""
    rows = Consult.objects.filter(pk=consult_id, site_id=standing.site)
    found = rows.select_related("encounter", "gap").first()
    if found is None:
        raise NotThere
    access_encounter(standing, found.encounter_id, to=to)
    return found


def access_consult_to_advise(standing: Standing, consult_id: UUID) -> Consult:
    """Find a question for a member of the ethics committee, or refuse."""
    access(standing, May.ADVISE_ETHICS)
    return access_consult(standing, consult_id)


def access_gap(standing: Standing, gap_id: UUID) -> Gap:
    """Find a gap for whoever sees them, or refuse."""
    access(standing, May.SEE_GAPS)
    found = Gap.objects.filter(pk=gap_id, site_id=standing.site).first()
    if found is None:
        raise NotThere
    return found


def access_case(standing: Standing, case_id: UUID) -> TeachingCase:
    """Find a teaching case for ethics or counsel, or refuse."""
    access(standing, May.KEEP_CASES)
    rows = TeachingCase.objects.filter(pk=case_id, site_id=standing.site)
    found = rows.select_related("consult__encounter").first()
    if found is None:
        raise NotThere
    return found


def access_debrief(standing: Standing, debrief_id: UUID) -> Debrief:
    """Find a request to talk for the ethics committee, or refuse."""
    access(standing, May.ADVISE_ETHICS)
    found = Debrief.objects.filter(pk=debrief_id, site_id=standing.site).first()
    if found is None:
        raise NotThere
    return found
