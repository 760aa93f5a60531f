"""The switchboard's page: one script for every caller; only whoever was named leads to a call."""

from contextlib import suppress
from dataclasses import replace
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.directory.pages import name_contact
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.directory.access import access_called_contact
from bedside.record.directory.expiry import end_what_is_over
from bedside.record.directory.operations import record_callback, record_caller
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

BOTH = ["GET", "HEAD", "POST"]
AGAIN = "bedside/directory/callers.html"


@require_http_methods(BOTH)
@for_staff(May.ANSWER_CALLERS)
def answer_caller(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Ask who calls and for whom; then show the script, and the caller if a patient chose them."""
    if request.method != "POST":
        end_what_is_over(lambda: replace(staff.act_under(uuid4()), by=None))
        return render(request, AGAIN, {"asks": True})
    name, caller = (request.POST.get(part, "").strip() for part in ("name_asked", "caller"))
    try:
        heard = record_caller(staff.act(request), name=name, caller=caller)
    except DoneBefore:
        return render(request, AGAIN, {"asks": True})
    except Refused as refused:
        context = {"asks": True, "wrongs": [refused.say(language)], "typed": request.POST}
        return render(request, AGAIN, context, status=refused.status)
    contacts = [name_contact(one, language) for one in heard.contacts]
    return render(request, AGAIN, {"unit": heard.unit, "contacts": contacts})


@require_POST
@for_staff(May.ANSWER_CALLERS)
def ask_callback(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Ask the unit to call a contact back; what is said to the caller stays the same."""
    del language
    contact = access_called_contact(staff.standing, _read_id(request.POST.get("contact", "")))
    with suppress(DoneBefore):
        record_callback(staff.act(request), contact)
    return render(request, AGAIN, {"unit": "", "contacts": [], "is_asked": True})


def _read_id(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        raise NotThere from None
