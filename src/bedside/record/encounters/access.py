"""Reaching a stay and what is its own: at one's hospital, in one's unit, or with broken glass."""

from typing import ClassVar
from uuid import UUID

from bedside.record.accounts.access import NotThere, NotYours, Standing, access, access_in_unit
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter, Officer, Paper


class NotYourUnit(NotYours):
    """Opening or moving a stay in a unit that is not this person's."""

    code: ClassVar[str] = "encounters.not-your-unit"
    en: ClassVar[str] = (
        "Your role does not reach {unit}; choose your own unit or ask the charge nurse."
    )
    es: ClassVar[str] = (
        "Su función no alcanza a {unit}; elija su unidad o pregunte a enfermería encargada."
    )


def access_encounter(standing: Standing, encounter_id: UUID, *, to: May) -> Encounter:
    """Find a stay that the person may do this to, or refuse."""
    stay = Encounter.objects.filter(pk=encounter_id, site_id=standing.site).first()
    if stay is None:
        raise NotThere
    access_in_unit(standing, to, unit=stay.unit, about=stay.about)
    return stay


def access_unit(standing: Standing, unit: str, *, to: May) -> None:
    """Refuse, unless the person may do this in a unit."""
    access(standing, to)
    if not standing.may_in(to, unit):
        raise NotYourUnit(unit=unit)


def access_paper(stay: Encounter, paper_id: UUID) -> Paper:
    """Find a paper of a stay that was reached, or refuse."""
    paper = Paper.objects.filter(encounter=stay, pk=paper_id).first()
    if paper is None:
        raise NotThere
    return paper


def access_officer(stay: Encounter, officer_id: UUID) -> Officer:
    """Find an officer of a stay that was reached, or one who waits at its unit, or refuse."""
    officer = Officer.objects.filter(pk=officer_id, site_id=stay.site_id).first()
    is_here = officer is not None and officer.encounter_id in (None, stay.pk)
    if officer is None or not is_here or (not officer.encounter_id and officer.unit != stay.unit):
        raise NotThere
    return officer
