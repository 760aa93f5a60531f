"""Taking out the reviews of the safety lane: for a PSO to map, and as FHIR; each is an event."""

import json
from uuid import uuid4

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.roles import May
from bedside.record.incidents.common_formats import (
    find_events,
    load_elements,
    write_csv,
    write_json,
)
from bedside.record.incidents.fhir import write_bundle
from bedside.record.incidents.lane_operations import record_lane_exported
from bedside.record.incidents.models import Review
from bedside.record.incidents.refusals import ChoiceMissing
from bedside.record.journal.operations import DoneBefore
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

MOST_EXPORTED = 2000
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "fhir": "application/fhir+json",
}


@require_safe
@for_staff(May.REVIEW_REPORTS)
def show_exports(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show what can be taken out of the safety lane, element by element."""
    context = {
        "elements": [(one.label.say(language), one.loinc, one.module) for one in load_elements()],
        "count": _find_reviews(staff).count(),
    }
    return render(request, "bedside/incidents/exports.html", context)


@require_POST
@for_staff(May.REVIEW_REPORTS)
def export_reviews(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Give every review as the form asks; that somebody took them is an event of the lane."""
    del language
    what = request.POST.get("what", "")
    if what not in KINDS:
        raise ChoiceMissing
    rows = _find_reviews(staff).select_related("report", "raised__letter__encounter")
    events = find_events(staff.reader(Lane.SAFETY), rows.order_by("opened_at")[:MOST_EXPORTED])
    scope = {"reviews": len(events)}
    try:
        record_lane_exported(staff.act(request, Lane.SAFETY), what=what, scope=scope)
    except DoneBefore:  # pressed again: the file is given again, and that is an event, too
        record_lane_exported(staff.act_under(uuid4(), Lane.SAFETY), what=what, scope=scope)
    if what == "csv":
        text = write_csv(events)
    elif what == "json":
        text = write_json(events)
    else:
        text = json.dumps(write_bundle(events, at=staff.at), ensure_ascii=False, indent=1)
    name = {"csv": "reviews.csv", "json": "reviews.json", "fhir": "reviews-fhir.json"}[what]
    return give_file(text.encode(), KINDS[what], name)


def _find_reviews(staff: Staff) -> QuerySet[Review]:
    """Find what is taken out: nothing of a report whose author took it back."""
    rows = Review.objects.filter(site_id=staff.standing.site)
    return rows.exclude(report__withdrawn_at__isnull=False)


def give_file(content: bytes, kind: str, name: str) -> HttpResponse:
    """Give a file to keep, never to show."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
