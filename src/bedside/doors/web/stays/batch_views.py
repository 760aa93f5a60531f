"""Ten patients at once, a line each; and paper packets, printed before and entered after."""

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.forms import Typed
from bedside.doors.web.stays.opening import (
    MOST_ROWS,
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
    opened: dict[int, Encounter] = {}
    wrong: dict[int, tuple[str, ...]] = {}
    for number in range(1, MOST_ROWS + 1):
        _take_row(request, staff, language, number, opened=opened, wrong=wrong)
    page = build_rows(staff, language, request.POST)
    page |= {"opened": opened.values(), "left": wrong}
    page["rows"] = [_mark(row, opened, wrong) for row in page["rows"]]
    return render(request, "bedside/stays/batch.html", page, status=BAD if wrong else None)


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


def _take_row(  # noqa: PLR0913 - the last two are where a line's end is noted
    request: HttpRequest,
    staff: Staff,
    language: Language,
    number: int,
    *,
    opened: dict[int, Encounter],
    wrong: dict[int, tuple[str, ...]],
) -> None:
    prefix = f"r{number}-"
    if not any(request.POST.get(prefix + name, "").strip() for name in WRITTEN):
        return
    sent = request.POST.copy()
    sent[f"{prefix}unit"] = request.POST.get("unit", "")
    act = staff.act(request)
    key = uuid5(act.key, prefix)
    try:
        opening, facts = read_opening(Typed(sent, {}, prefix), sent, staff, language, how="batch")
        opened[number] = record_encounter(staff.act_under(key), opening=opening, facts=facts)
    except Problems as found:
        wrong[number] = tuple(problem.say(language) for problem in found.problems)
    except DoneBefore as done:
        id_ = UUID(done.about.removeprefix("encounter/"))
        opened[number] = Encounter.objects.get(pk=id_, site_id=staff.standing.site)


def _mark(row: Any, opened: dict[int, Encounter], wrong: dict[int, tuple[str, ...]]) -> Any:  # noqa: ANN401 - a row, marked
    from dataclasses import replace

    code = opened[row.number].code if row.number in opened else ""
    return replace(
        row, problems=wrong.get(row.number, ()), code=code, typed={} if code else row.typed
    )
