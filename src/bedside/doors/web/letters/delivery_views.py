"""Handing a letter over: warnings are shown and answered, and nothing that treats is stopped."""

from dataclasses import dataclass
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.addresses import find_address
from bedside.doors.web.letters.views import FORMS, UNPROCESSABLE, lead_to_letter, read_seen
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.letters.access import access_letter, access_pause
from bedside.record.letters.delivery_operations import (
    Handed,
    record_delivered,
    record_pause_ended,
)
from bedside.record.letters.models import Delivery, Letter
from bedside.record.letters.queries import find_earlier_letters, find_grounds
from bedside.record.letters.removal_operations import Taking, record_removal, record_return
from bedside.record.refusal import Refused
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.events import Channel
from bedside.rules.vocabulary.problem import Language, Problems

NO_RECEIVER = ("nobody_answers", "not_told_where", "emergency_transfer", "agency_would_not_say")
NOT_FIRST = ("asleep_or_sedated", "declined", "interpreter_on_the_way", "already_left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that is missing, why it matters, and the reasons for which one goes on."""

    name: str
    sentence: str
    reasons: tuple[tuple[str, str], ...]
    chosen: str


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(to="letter_to")
def hand_over(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Note a handing over; what is missing is warned of once, and the reason kept."""
    letter = access_letter(staff.standing, letter_id, to=May.WRITE_CARE)
    sent = request.POST
    context = {
        "letter": letter,
        "sent": sent,
        "readers": [(one.value, say(f"letter_reader_{one}", language)) for one in Reader],
        "channels": [(one.value, say(f"letter_channel_{one}", language)) for one in Channel],
    }
    if request.method != "POST":
        return render(request, "bedside/letters/handing.html", context)
    reader = _read_reader(sent.get("reader", ""))
    warnings = find_warnings(staff, letter, reader, request, language)
    if any(not one.chosen for one in warnings):
        context["warnings"] = warnings
        return render(request, "bedside/letters/handing.html", context)
    chosen = {one.name: one.chosen for one in warnings}
    written = sent.get("channel", "")
    handed = Handed(
        number=letter.signed,
        reader=reader,
        to=sent.get("to", "").strip(),
        channel=Channel(written) if written in set(Channel) else Channel.IN_PERSON,
        no_receiver=chosen.get("no_receiver", ""),
        not_first=chosen.get("not_first", ""),
        is_destination_known=sent.get("destination") != "no",
    )
    try:
        _, key = record_delivered(
            staff.act(request), letter, handed=handed, seen=read_seen(request)
        )
    except Problems as found:
        context["problems"] = [one.say(language) for one in found.problems]
        return render(request, "bedside/letters/handing.html", context, status=UNPROCESSABLE)
    if not key:
        return lead_to_letter(letter_id, language)
    link = request.build_absolute_uri(find_address("letter_answer", language, answer_key=key))
    shown = {
        "letter": letter,
        "link": link,
        "groups": [key[n : n + 4] for n in range(0, len(key), 4)],
        "picture": draw_picture(link),
    }
    return render(request, "bedside/letters/handed.html", shown)


def draw_picture(address: str) -> SafeString:
    """Draw the code that holds an address, as large as the page has room for."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, border=2)
    return mark_safe(drawn)  # noqa: S308 - drawn by us from our own address


def find_warnings(
    staff: Staff, letter: Letter, reader: Reader, request: HttpRequest, language: Language
) -> tuple[Missing, ...]:
    """Find what is missing for this handing over."""
    if reader is Reader.PATIENT:
        return ()
    found = []
    if not find_grounds(staff.reader(), letter).receiver:
        found.append(_warn("no_receiver", NO_RECEIVER, request, language))
    own = Delivery.objects.filter(letter=letter, number=letter.signed, reader=Reader.PATIENT.value)
    if not own.exists():
        found.append(_warn("not_first", NOT_FIRST, request, language))
    return tuple(found)


def _warn(name: str, reasons: tuple[str, ...], request: HttpRequest, language: Language) -> Missing:
    chosen = request.POST.get(name, "")
    return Missing(
        name=name,
        sentence=say(f"letter_warn_{name}", language),
        reasons=tuple((one, say(f"letter_because_{one}", language)) for one in reasons),
        chosen=chosen if chosen in reasons else "",
    )


def _read_reader(written: str) -> Reader:
    return Reader(written) if written in set(Reader) else Reader.PATIENT


@require_POST
@for_staff(May.DECIDE_CARE)
@screens(why="letter_pause_why")
def end_pause(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID, pause_id: UUID
) -> HttpResponse:
    """Let a discharge go on, with how the need is met."""
    letter = access_letter(staff.standing, letter_id, to=May.DECIDE_CARE)
    pause = access_pause(letter, pause_id)
    why = request.POST.get("why", "").strip()
    record_pause_ended(staff.act(request), letter, pause, why=why)
    return lead_to_letter(letter_id, language)


@require_http_methods(FORMS)
@for_staff(May.DRAFT_LETTERS)
@screens(objection="letter_objection", told_to="letter_told_to")
def refuse_certificate(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Keep a removal before discharge: no certificate, the objection, records, the warning."""
    letter = access_letter(staff.standing, letter_id, to=May.DRAFT_LETTERS)
    sent = request.POST
    context: dict[str, object] = {"letter": letter, "sent": sent}
    if request.method != "POST":
        return render(request, "bedside/letters/removal.html", context)
    taking = Taking(
        objection=sent.get("objection", "").strip(),
        told_to=sent.get("told_to", "").strip(),
        are_records_given=sent.get("records") == "yes",
        is_warning_given=sent.get("warning") == "yes",
        is_destination_known=sent.get("destination") == "yes",
    )
    try:
        record_removal(staff.act(request), letter, taking=taking)
    except Refused as refused:
        if refused.status != UNPROCESSABLE:
            raise
        context["problems"] = [refused.say(language)]
        return render(request, "bedside/letters/removal.html", context, status=UNPROCESSABLE)
    return lead_to_letter(letter_id, language)


@require_POST
@for_staff(May.WRITE_CARE)
def link_return(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, letter_id: UUID
) -> HttpResponse:
    """Link this stay to the letter with which the same patient left before."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    letter = next((one for one in find_earlier_letters(stay) if one.pk == letter_id), None)
    if letter is None:
        raise NotThere
    record_return(staff.act(request), letter, stay)
    return HttpResponseRedirect(find_address("stay_letters", language, stay_id=str(stay_id)))
