"""Six taps about a stay, what they advise, what came of it, and all of it on a line of time."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address, find_addresses, find_other
from bedside.doors.web.presence.bedside import (
    Tap,
    advise_at,
    derive_key,
    fill_taps,
    find_asked,
    find_ladder,
    find_mark,
    find_named_mark,
    find_new_limbs,
    find_sent,
    read_tap,
)
from bedside.doors.web.presence.timeline import build_timeline
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import build_page, find_stay, tell_viewed
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.taps_page import build_taps, find_other_fields
from bedside.record.accounts.roles import NAMES, May, Role
from bedside.record.encounters.models import Encounter
from bedside.record.journal.act import Act
from bedside.record.journal.operations import DoneBefore
from bedside.record.presence.models import Mark
from bedside.record.presence.operations import record_mark, record_undo
from bedside.record.presence.queries import find_said
from bedside.record.presence.refusals import NoSuchChoice
from bedside.record.presence.request_operations import (
    MOST_WORDS,
    CameOf,
    Request,
    record_outcome,
    record_request,
)
from bedside.record.presence.restraint_operations import record_restraint
from bedside.record.presence.words import OUTCOMES, Outcome
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]
ASKED = (Outcome.DONE, Outcome.REFUSED, Outcome.NOT_SAFE)
CAME = (Outcome.DONE, Outcome.PARTLY, Outcome.REFUSED)


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
def show_stay_taps(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the six taps of a stay, with what still counts of it tapped already."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    tapped = fill_taps(request.POST, staff, stay)
    addresses = dict(find_addresses(language))
    addresses["answer"] = find_address("stay_marks", language, stay_id=str(stay_id))
    context = {
        "stay": stay,
        "page": build_taps(find_shelf(), tapped, language),
        "fields": find_other_fields(tapped),
        "to": addresses,
        "other_address": find_address("stay_taps", find_other(language), stay_id=str(stay_id)),
    }
    return render(request, "bedside/taps.html", context)


@require_POST
@for_staff(May.WRITE_CARE)
def keep_mark(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Keep what was tapped, and lead to what it advises."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    tap, act = read_tap(request.POST, staff), staff.act(request)
    try:
        mark = record_mark(act, stay, noted=tap.noted)
    except DoneBefore:  # the first sending may have ended between the note and its restraints
        _keep_restraints(staff, stay, tap, act)
        raise
    _keep_restraints(staff, stay, tap, act)
    return _lead_to_mark(language, stay, mark)


def _keep_restraints(staff: Staff, stay: Encounter, tap: Tap, act: Act) -> None:
    for limb in find_new_limbs(stay, tap.limbs):
        with suppress(DoneBefore):
            record_restraint(
                staff.act_under(derive_key(act.key, limb)),
                stay,
                limb=limb,
                conflict=tap.conflict,
                is_in_the_way=bool(tap.conflict),
            )


@require_safe
@for_staff(May.READ_CARE)
def show_mark(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, mark_id: UUID
) -> HttpResponse:
    """Show what a note advises, and take what came of it."""
    stay = find_stay(staff, stay_id)
    mark = find_mark(stay, mark_id)
    tell_viewed(staff, stay)
    return render(request, "bedside/presence/mark.html", _fill_mark(staff, stay, mark, language))


@require_POST
@for_staff(May.WRITE_CARE)
def undo_mark(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, mark_id: UUID
) -> HttpResponse:
    """Take back a mistap."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    record_undo(staff.act(request), find_mark(stay, mark_id))
    return HttpResponseRedirect(find_address("stay_taps", language, stay_id=str(stay_id)))


@require_POST
@for_staff(May.WRITE_CARE)
@screens(answer="presence_their_words")
def keep_request(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Keep that the officer was asked, or that it was not safe to, and page whoever backs this."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    mark = find_named_mark(stay, request.POST.get("mark", ""))
    case = advise_at(staff, stay, mark)
    came = _read_came(request, ASKED)
    record_request(
        staff.act(request),
        stay,
        request=Request(
            preset=case.advice.preset or "", words=case.advice.say.say(language), mark=mark
        ),
        came=came,
        ladder=find_ladder(staff),
    )
    if came.outcome is Outcome.NOT_SAFE:
        return HttpResponseRedirect(find_address("stay_quiet", language, stay_id=str(stay_id)))
    return _lead_to_mark(language, stay, mark)


@require_POST
@for_staff(May.WRITE_CARE)
@screens(answer="presence_their_words")
def keep_outcome(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, asked_id: UUID
) -> HttpResponse:
    """Keep what came of a request later."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    came, asked = _read_came(request, CAME), find_asked(stay, asked_id)
    record_outcome(staff.act(request), asked, came=came, ladder=find_ladder(staff))
    return HttpResponseRedirect(find_address("stay_timeline", language, stay_id=str(stay_id)))


@require_safe
@for_staff(May.READ_CARE)
def show_timeline(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show who stood where, what was asked and what came of it, the newest first."""
    stay = find_stay(staff, stay_id)
    tell_viewed(staff, stay)
    teller = Teller(staff=staff, language=language)
    context = {
        "stay": stay,
        "lines": build_timeline(staff, stay, teller),
        "outcomes": [(one.value, OUTCOMES[one].say(language)) for one in CAME],
        "may_write": staff.standing.may(May.WRITE_CARE) and stay.closed_at is None,
        "may_report": staff.standing.may(May.REPORT),
        "most": MOST_WORDS,
    }
    return render(request, "bedside/presence/timeline.html", context)


@require_safe
@for_staff(May.READ_CARE)
def show_quiet(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show an ordinary chart: whoever looks over a shoulder sees nothing of what was sent."""
    del language
    find_stay(staff, stay_id)
    return render(request, "bedside/presence/quiet.html", {"stay_id": stay_id})


def _fill_mark(staff: Staff, stay: Encounter, mark: Mark, language: Language) -> dict[str, Any]:
    case = advise_at(staff, stay, mark)
    said = [one for one in find_said(staff.reader(), stay) if one.asked_at >= mark.noted_at]
    pages = find_sent(staff, stay, since=mark.noted_at)
    return {
        "stay": stay,
        "mark": mark,
        "page": build_page(staff, case, language),
        "asked": said[0] if said else None,
        "outcome_word": OUTCOMES[said[0].outcome].say(language) if said else "",
        "pages": [
            (NAMES[Role(one.role)].say(language), one.sent_at, one.answered_at) for one in pages
        ],
        "may_write": staff.standing.may(May.WRITE_CARE) and stay.closed_at is None,
        "wait": int(find_ladder(staff).wait.total_seconds()) // 60,
        "most": MOST_WORDS,
    }


def _read_came(request: HttpRequest, known: tuple[Outcome, ...]) -> CameOf:
    sent = request.POST.get("outcome", "")
    if sent not in known:
        raise NoSuchChoice(choice=sent)
    return CameOf(
        outcome=Outcome(sent),
        answer=request.POST.get("answer", "").strip(),
        in_danger=request.POST.get("danger") == "now",
    )


def _lead_to_mark(language: Language, stay: Encounter, mark: Mark) -> HttpResponse:
    parts = {"stay_id": str(stay.pk), "mark_id": str(mark.pk)}
    return HttpResponseRedirect(find_address("stay_mark", language, **parts))
