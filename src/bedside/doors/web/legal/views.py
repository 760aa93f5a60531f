"""Counsel's own notes: read, added and taken out by counsel alone."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.legal.note_lines import build_notes, find_about
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.roles import May
from bedside.record.journal.operations import DoneBefore
from bedside.record.legal.operations import (
    MOST_WORDS,
    record_note,
    record_notes_exported,
    record_notes_viewed,
)
from bedside.record.legal.queries import find_notes, write_notes
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

FORMS = ["GET", "HEAD", "POST"]
NAME = "notes-for-counsel.json"


@require_http_methods(FORMS)
@for_staff(May.KEEP_LEGAL)
@screens(text="legal_text")
def show_notes(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show counsel's notes, the newest first; take another one."""
    wrongs, status, sent = [], 200, request.POST
    if request.method == "POST":
        text = sent.get("text", "").replace("\x00", "").strip()
        try:
            about = find_about(staff, sent.get("about", ""))
            record_note(staff.act(request, Lane.LEGAL), text=text, about_what=about)
            return HttpResponseRedirect(request.path_info)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrongs, status = [refused.say(language)], refused.status
    notes = find_notes(staff.reader(Lane.LEGAL), staff.standing)
    record_notes_viewed(staff.act_under(uuid4(), Lane.LEGAL), count=len(notes))
    context = {
        "notes": build_notes(notes, staff, language),
        "typed": sent,
        "most": MOST_WORDS,
        "wrongs": wrongs,
    }
    return render(request, "bedside/legal/notes.html", context, status=status)


@require_POST
@for_staff(May.KEEP_LEGAL)
def export_notes(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Give counsel's notes as one file; that counsel took it is an event of the same lane."""
    del language
    notes = find_notes(staff.reader(Lane.LEGAL), staff.standing)
    act = staff.act(request, Lane.LEGAL)
    try:
        record_notes_exported(act, count=len(notes))
    except DoneBefore:
        record_notes_exported(staff.act_under(uuid4(), Lane.LEGAL), count=len(notes))
    response = HttpResponse(write_notes(notes), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response
