"""Ten patients at once, a line each; and paper packets, printed before and entered after."""

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, open_case, refresh_duties
from bedside.doors.web.stays.forms import Typed
from bedside.doors.web.stays.opening import (
    MOST_ROWS,
    Row,
    build_opening_page,
    build_rows,
    read_opening,
)
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter, Packet
from bedside.record.encounters.operations import record_encounter
from bedside.record.encounters.packet_operations import (
    MOST_AT_ONCE,
    record_packet_entered,
    record_packets_printed,
)
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language, Problem, Problems

BAD = 400
FORMS = ["GET", "HEAD", "POST"]
WRITTEN = ("room", "patient", "number")
PATIENTS = {f"r{n}-patient": "stay_field_patient" for n in range(1, MOST_ROWS + 1)}


@require_http_methods(FORMS)
@for_staff(May.OPEN_STAYS)
@screens(**PATIENTS)
def open_batch(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Open up to ten stays, one a line; a line with a mistake keeps what was typed."""
    if request.method != "POST":
        return render(request, "bedside/stays/batch.html", build_rows(staff, language, {}))
    batch = _Batch(request=request, staff=staff, language=language)
    for number in range(1, MOST_ROWS + 1):
        batch.take(number)
    page = build_rows(staff, language, request.POST)
    page |= {"opened": batch.opened.values(), "left": batch.wrong}
    page["rows"] = [batch.mark(row) for row in page["rows"]]
    return render(request, "bedside/stays/batch.html", page, status=BAD if batch.wrong else None)


@require_http_methods(FORMS)
@for_staff(May.OPEN_STAYS)
def show_packets(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show how many packets wait, and number new ones."""
    if request.method == "POST":
        typed = Typed(request.POST, {"number": say("packets_number", language)})
        number = typed.choice("number", map(str, range(1, MOST_AT_ONCE + 1)))
        if typed.problems:
            raise Problems(typed.problems)
        record_packets_printed(staff.act(request), number=int(number))
        return HttpResponseRedirect(find_address("packet_sheets", language))
    context = {"packets": _find_waiting(staff), "most": MOST_AT_ONCE}
    return render(request, "bedside/stays/packets.html", context)


@require_safe
@for_staff(May.OPEN_STAYS)
def show_packet_sheets(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the packets that wait, each on its own sheet, to be printed."""
    del language
    return render(request, "bedside/stays/packet_sheets.html", {"packets": _find_waiting(staff)})


@require_http_methods(FORMS)
@for_staff(May.OPEN_STAYS)
@screens(patient="stay_field_patient")
def enter_packet(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Enter a packet with the times that stand on it."""
    if request.method != "POST":
        page = build_opening_page(staff, language, {"code": request.GET.get("code", "")[:7]})
        return render(request, "bedside/stays/packet_entry.html", page)
    typed = Typed(request.POST, {})
    try:
        opening, facts = read_opening(typed, request.POST, staff, language, how="packet")
        code = request.POST.get("code", "").strip().upper()[:12]
        stay = record_packet_entered(staff.act(request), code=code, opening=opening, facts=facts)
    except Problems as found:
        return _show_entry_again(request, staff, language, list(found.problems), [])
    except DoneBefore:
        raise
    except Refused as refused:
        return _show_entry_again(request, staff, language, [], [refused.say(language)])
    return HttpResponseRedirect(find_address("stay", language, stay_id=str(stay.pk)))


def _show_entry_again(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    problems: list[Problem],
    sentences: list[str],
) -> HttpResponse:
    page = build_opening_page(staff, language, request.POST, problems)
    page["problems"] += sentences
    return render(request, "bedside/stays/packet_entry.html", page, status=BAD)


def _find_waiting(staff: Staff) -> list[Packet]:
    rows = Packet.objects.filter(site_id=staff.standing.site, entered_at=None)
    return list(rows.order_by("printed_at", "code")[:MOST_AT_ONCE])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """The lines of one sending: what was opened, and what is wrong, by number."""

    request: HttpRequest
    staff: Staff
    language: Language
    opened: dict[int, Encounter] = field(default_factory=dict)
    wrong: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def take(self, number: int) -> None:
        """Open the stay of one line, unless nothing is written there."""
        post, prefix = self.request.POST, f"r{number}-"
        if not any(post.get(prefix + name, "").strip() for name in WRITTEN):
            return
        sent = post.copy()
        sent[f"{prefix}unit"] = post.get("unit", "")
        act = self.staff.act_under(uuid5(self.staff.act(self.request).key, prefix))
        try:
            typed = Typed(sent, {}, prefix)
            opening, facts = read_opening(typed, sent, self.staff, self.language, how="batch")
            stay = record_encounter(act, opening=opening, facts=facts)
            self.opened[number] = stay
            refresh_duties(self.staff, open_case(self.staff, stay))  # nobody opens ten pages now
        except Problems as found:
            self.wrong[number] = tuple(one.say(self.language) for one in found.problems)
        except DoneBefore as done:
            id_ = UUID(done.about.removeprefix("encounter/"))
            self.opened[number] = find_stay(self.staff, id_)

    def mark(self, row: Row) -> Row:
        """Mark a line as opened, or with what is wrong."""
        stay = self.opened.get(row.number)
        if stay is not None:
            return replace(row, code=stay.code, typed={})
        return replace(row, problems=self.wrong.get(row.number, ()))
