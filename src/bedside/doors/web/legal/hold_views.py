"""What nobody may delete: counsel sets a hold, sees which stand, and lifts one."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.addresses import find_address
from bedside.doors.web.legal.scope_form import read_scope
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter
from bedside.record.holds.access import access_hold
from bedside.record.holds.models import Hold
from bedside.record.holds.operations import MOST_MATTER, record_hold_lifted, record_hold_set
from bedside.record.holds.queries import find_holds, read_matter
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]
PAGES = {"encounter": "stay", "visit": "visit", "letter": "letter"}
PARTS = {"encounter": "stay_id", "visit": "visit_id", "letter": "letter_id"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """One hold as counsel sees it."""

    row: Hold
    matter: str
    records: tuple[tuple[str, str], ...]  # what it is called, and its page


@require_http_methods(FORMS)
@for_staff(May.KEEP_LEGAL)
@screens(matter="holds_matter", records="holds_records")
def show_holds(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show every hold; set another one."""
    wrongs: list[str] = []
    status = 200
    if request.method == "POST":
        read = read_scope(staff, request.POST, language)
        wrongs += read.wrongs
        matter = request.POST.get("matter", "").replace("\x00", "").strip()
        try:
            if not wrongs:
                record_hold_set(staff.act(request), matter=matter, scope=read.scope)
                return HttpResponseRedirect(request.path_info)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrongs.append(refused.say(language))
        status = 400
    lines = [_tell(one, staff, language) for one in find_holds(staff.standing)]
    context = {
        "standing": [one for one in lines if one.row.lifted_at is None],
        "lifted": [one for one in lines if one.row.lifted_at],
        "typed": request.POST,
        "most": MOST_MATTER,
        "wrongs": wrongs,
    }
    return render(request, "bedside/legal/holds.html", context, status=status)


@require_POST
@for_staff(May.KEEP_LEGAL)
def lift_hold(
    request: HttpRequest, staff: Staff, language: Language, hold_id: UUID
) -> HttpResponse:
    """Lift a hold."""
    record_hold_lifted(staff.act(request), access_hold(staff.standing, hold_id))
    return HttpResponseRedirect(find_address("holds", language))


def _tell(hold: Hold, staff: Staff, language: Language) -> HoldLine:
    names = tuple(_name(one.record, language) for one in hold.held.all())
    return HoldLine(row=hold, matter=read_matter(staff.reader(), hold), records=names)


def _name(record: str, language: Language) -> tuple[str, str]:
    room, _, id_ = record.partition("/")
    word = say(f"holds_room_{room}", language)
    stay = Encounter.objects.filter(pk=id_).first() if room == "encounter" else None
    name = f"{word} {stay.code}" if stay else f"{word} {id_[:8]}"
    if room not in PAGES:
        return name, ""
    return name, find_address(PAGES[room], language, **{PARTS[room]: id_})
