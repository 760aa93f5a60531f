"""Somebody may come to harm: who, how soon, the words; counsel and the supervisor are called."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web.directory.forms import list_options
from bedside.doors.web.norm_lines import build_line
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, tell_viewed
from bedside.record.accounts.roles import May
from bedside.record.consults.danger_operations import Said, record_danger
from bedside.record.consults.operations import MOST_ADVICE
from bedside.record.consults.queries import find_dangers
from bedside.record.consults.sources import find_warning, load_danger_norms
from bedside.record.consults.words import ENDANGERED, Endangered
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]
CALLED = ("counsel", "house_supervisor")


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(words="consults_danger_words", told="consults_danger_told")
def show_dangers(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Ask three things, say what is on file, and call who decides."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    wrongs, status, sent = [], 200, request.POST
    if request.method == "POST":
        said = Said(
            who=sent.get("who", ""),
            words=sent.get("words", "").replace("\x00", "").strip(),
            is_soon=sent.get("soon") == "yes",
            told=sent.get("told", "").replace("\x00", "").strip(),
        )
        try:
            record_danger(staff.act(request), stay, said=said)
            return HttpResponseRedirect(request.path_info)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrongs, status = [refused.say(language)], refused.status
    tell_viewed(staff, stay)
    shelf = find_shelf()
    norms = [shelf.norms[id_] for id_ in load_danger_norms() if id_ in shelf.norms]
    warning = find_warning(staff.site.jurisdiction)
    context = {
        "stay": stay,
        "who": list_options(ENDANGERED, sent.get("who", ""), language),
        "typed": sent,
        "most": MOST_ADVICE,
        "wrongs": wrongs,
        "norms": [build_line(one, shelf.vocabulary, language) for one in norms],
        "warning": warning.say.say(language) if warning else "",
        "source": warning.source if warning else None,
        "people": [
            (shelf.vocabulary.roles[one].label.say(language), staff.site.phones.get(one, ""))
            for one in CALLED
        ],
        "dangers": [
            (ENDANGERED[Endangered(one.row.who)].say(language), one)
            for one in find_dangers(staff.reader(), stay)
        ],
    }
    return render(request, "bedside/consults/dangers.html", context, status=status)
