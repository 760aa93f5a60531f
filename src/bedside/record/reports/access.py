"""Reaching one's own report, and the stay or the row that one is made from."""

from dataclasses import dataclass
from uuid import UUID

from bedside.record.accounts.access import NotThere, Standing, access
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.models import Encounter
from bedside.record.presence.models import Mark
from bedside.record.reports.models import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """From what a report is made."""

    stay: Encounter
    mark: Mark | None


def access_own_report(standing: Standing, report_id: UUID) -> Report:
    """Find a report that the person made under their name, or refuse."""
    access(standing, May.REPORT)
    rows = Report.objects.filter(site_id=standing.site, named_by=standing.person)
    found = rows.filter(pk=report_id).first()
    if found is None:
        raise NotThere
    return found


def access_source(standing: Standing, stay_id: UUID, mark_id: UUID | None) -> Source:
    """Find a stay that the person may read, and a row of what was noted there, or refuse."""
    stay = access_encounter(standing, stay_id, to=May.READ_CARE)
    mark = Mark.objects.filter(encounter=stay, pk=mark_id).first() if mark_id else None
    if mark_id and mark is None:
        raise NotThere
    return Source(stay=stay, mark=mark)
