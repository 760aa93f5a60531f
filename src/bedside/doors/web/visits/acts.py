"""What is done from the page of a visit; each leads back to it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from bedside.doors.web.addresses import find_address
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.visits.forms import read_contact, read_correction, read_moment
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.paging.operations import record_page, record_page_answered
from bedside.record.paging.queries import access_page
from bedside.record.visits.access import access_visit
from bedside.record.visits.operations import (
    CALLED_AFTER_ENTRY,
    CALLED_AT_THE_DOOR,
    ENTERED,
    VisitClosed,
    record_closing,
    record_correction,
    record_moment,
)
from bedside.rules.vocabulary.problem import Language

AFTER_ENTRY = ("administrator_on_duty", "counsel")


@require_POST
@for_staff(May.WRITE_VISITS)
@screens(words="visits_words", witness="visits_witness")
def note_moment(
    request: HttpRequest, staff: Staff, language: Language, visit_id: UUID
) -> HttpResponse:
    """Note what happened; whoever has to know of an entry is paged."""
    visit = access_visit(staff.standing, visit_id, to=May.WRITE_VISITS)
    moment = read_moment(request.POST, at=staff.at)
    call = AFTER_ENTRY if moment.what == ENTERED else ()
    record_moment(staff.act(request), visit, moment=moment, call=call)
    return _lead_back(language, visit_id)


@require_POST
@for_staff(May.WRITE_VISITS)
def call_again(
    request: HttpRequest, staff: Staff, language: Language, visit_id: UUID
) -> HttpResponse:
    """Page somebody, once more or for the first time."""
    visit = access_visit(staff.standing, visit_id, to=May.WRITE_VISITS)
    if visit.closed_at is not None:
        raise VisitClosed
    reason = CALLED_AFTER_ENTRY if visit.outcome == ENTERED else CALLED_AT_THE_DOOR
    role, about = read_contact(request.POST), visit.about
    record_page(staff.act(request), about=about, to_role=role, reason=reason, record=about)
    return _lead_back(language, visit_id)


@require_POST
@for_staff(May.READ_VISITS)
def answer_page(
    request: HttpRequest, staff: Staff, language: Language, visit_id: UUID, page_id: UUID
) -> HttpResponse:
    """Answer a page: whoever was called says that they are on it."""
    visit = access_visit(staff.standing, visit_id, to=May.READ_VISITS)
    if access_page(staff.standing, page_id).about != visit.about:
        raise NotThere
    record_page_answered(staff.act(request), staff.standing, page_id)
    return _lead_back(language, visit_id)


@require_POST
@for_staff(May.WRITE_VISITS)
@screens(text="visits_text")
def correct(request: HttpRequest, staff: Staff, language: Language, visit_id: UUID) -> HttpResponse:
    """Append a correction."""
    visit = access_visit(staff.standing, visit_id, to=May.WRITE_VISITS)
    record_correction(staff.act(request), visit, text=read_correction(request.POST))
    return _lead_back(language, visit_id)


@require_POST
@for_staff(May.WRITE_VISITS)
def close(request: HttpRequest, staff: Staff, language: Language, visit_id: UUID) -> HttpResponse:
    """Close a visit."""
    visit = access_visit(staff.standing, visit_id, to=May.WRITE_VISITS)
    record_closing(staff.act(request), visit)
    return _lead_back(language, visit_id)


def _lead_back(language: Language, visit_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(find_address("visit", language, visit_id=str(visit_id)))
