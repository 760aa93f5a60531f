"""What the house's rules leave open: three questions alike in ninety days, and who answers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.consults.listing import build_lines, tell_gap
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import access
from bedside.record.accounts.roles import May
from bedside.record.consults.access import access_gap
from bedside.record.consults.alike import ALIKE, WITHIN
from bedside.record.consults.operations import MOST_ADVICE, record_gap_answered
from bedside.record.consults.queries import find_gaps
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]


@require_safe
@for_staff(May.SEE_GAPS)
def show_gaps(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the gaps: unanswered ones first."""
    gaps = [tell_gap(one, staff, language) for one in find_gaps(staff.standing)]
    context = {"gaps": gaps, "alike": ALIKE, "days": WITHIN.days}
    return render(request, "bedside/consults/gaps.html", context)


@require_http_methods(FORMS)
@for_staff(May.SEE_GAPS)
@screens(answer="consults_gap_answer")
def show_gap(request: HttpRequest, staff: Staff, language: Language, gap_id: UUID) -> HttpResponse:
    """Show a gap, to ethics with its questions; take the owner's answer."""
    gap, wrongs, status = access_gap(staff.standing, gap_id), [], 200
    if request.method == "POST":
        access(staff.standing, May.OWN_RULEBOOK)
        answer = request.POST.get("answer", "").replace("\x00", "").strip()
        try:
            record_gap_answered(staff.act(request), gap, answer=answer)
            return HttpResponseRedirect(request.path_info)
        except DoneBefore:
            return HttpResponseRedirect(request.path_info)
        except Refused as refused:
            wrongs, status = [refused.say(language)], refused.status
    advises = staff.standing.may(May.ADVISE_ETHICS)
    rows = gap.consults.select_related("encounter").order_by("-referred_at") if advises else ()
    context = {
        "gap": tell_gap(gap, staff, language),
        "lines": build_lines(rows, staff, language),
        "alike": ALIKE,
        "days": WITHIN.days,
        "is_owner": staff.standing.may(May.OWN_RULEBOOK),
        "typed": request.POST,
        "most": MOST_ADVICE,
        "wrongs": wrongs,
    }
    return render(request, "bedside/consults/gap.html", context, status=status)
