"""Asking to talk about what weighs on somebody, apart from every patient's record."""

from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.addresses import find_address
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.queries import find_names
from bedside.record.accounts.roles import May
from bedside.record.consults.access import access_debrief
from bedside.record.consults.case_operations import MOST_STORY
from bedside.record.consults.case_queries import find_debriefs, find_own_debriefs
from bedside.record.consults.debrief_operations import (
    record_debrief,
    record_debrief_answered,
    record_debriefs_viewed,
)
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]


@require_http_methods(FORMS)
@for_staff(May.ADVISE)
@screens(words="debriefs_words")
def show_debriefs(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show what one asked; to the ethics committee, what waits; take a new request."""
    wrongs, status = [], 200
    if request.method == "POST":
        words = request.POST.get("words", "").replace("\x00", "").strip()
        try:
            record_debrief(staff.act(request), words=words)
            return HttpResponseRedirect(request.path_info)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrongs, status = [refused.say(language)], refused.status
    reader, standing = staff.reader(), staff.standing
    advises = standing.may(May.ADVISE_ETHICS)
    waiting = find_debriefs(reader, standing) if advises else ()
    if waiting:
        record_debriefs_viewed(staff.act_under(uuid4()), count=len(waiting))
    names = find_names({one.row.by for one in waiting})
    context = {
        "own": find_own_debriefs(reader, standing),
        "waiting": [(names.get(one.row.by, ""), one) for one in waiting],
        "typed": request.POST,
        "most": MOST_STORY,
        "wrongs": wrongs,
    }
    return render(request, "bedside/consults/debriefs.html", context, status=status)


@require_POST
@for_staff(May.ADVISE_ETHICS)
@screens(answer="debriefs_answer")
def answer_debrief(
    request: HttpRequest, staff: Staff, language: Language, debrief_id: UUID
) -> HttpResponse:
    """Answer whoever asked."""
    debrief = access_debrief(staff.standing, debrief_id)
    answer = request.POST.get("answer", "").replace("\x00", "").strip()
    record_debrief_answered(staff.act(request), debrief, answer=answer)
    return HttpResponseRedirect(find_address("debriefs", language))
