"""Filing a report under a name that waited on a device: the same operation as its page."""

from datetime import datetime, timedelta

from django.http import QueryDict

from bedside.doors.web.offline.rows import NotARow, Row
from bedside.doors.web.reports.form import Around, read_consent, read_named
from bedside.doors.web.reports.naming import find_names
from bedside.doors.web.reports.staff_views import LANES, NAMING
from bedside.doors.web.screening.screened import Shown
from bedside.doors.web.staff.signed_in import Staff
from bedside.record.journal.act import Act
from bedside.record.reports.access import Source, access_source
from bedside.record.reports.choices import Route
from bedside.record.reports.operations import NeedsLane, Origin, record_report
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane


def file_report(act: Act, staff: Staff, row: Row, *, sent: QueryDict, ahead: timedelta) -> None:
    """File what a row reports, in the lane that its form chose."""
    source = _find_source(staff, row)
    units = [*([source.stay.unit] if source else []), *staff.site.units]
    moment = _find_moment(staff, row, source, ahead)
    around = Around(at=moment, zone=staff.site.timezone, units=tuple(units))
    consent = read_consent(sent)
    origin = Origin(
        stay=source.stay.pk if source else None,
        mark=source.mark.pk if source and source.mark else None,
        agreed_to_file=consent.agreed_to_file,
        agreed_to_be_named=consent.agreed_to_be_named,
    )
    record_report(act, read_named(sent, around, Route.OFFLINE), origin=origin)


def find_lane(sent: QueryDict) -> Lane:
    """Find the lane that a form chose, or refuse."""
    found = sent.get("lane", "")
    if found not in {one.value for one in LANES}:
        raise NeedsLane
    return Lane(found)


def find_called(row: Row, language: Language) -> tuple[Shown, ...]:
    """Find who is called by name in a report, as its page does."""
    fields = dict(row.fields)
    return find_names(" ".join(fields.get(name, "") for name in NAMING), language)


def _find_source(staff: Staff, row: Row) -> Source | None:
    if row.stay is not None:
        return access_source(staff.standing, row.stay, row.mark)
    if row.mark is not None:
        raise NotARow(part="stay")
    return None


def _find_moment(staff: Staff, row: Row, source: Source | None, ahead: timedelta) -> datetime:
    """Say when it was written by the house's clock: never yet to come, nor before the stay."""
    moment = min(row.device_at - ahead, staff.at)
    return max(moment, source.stay.opened_at) if source else moment
