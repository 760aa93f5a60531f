"""The hard cases of a stay: a short path to each, what is to be done, by whom, by when."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.moments import read_moment
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, tell_viewed
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import NAMES, May, Role
from bedside.record.encounters.models import Encounter
from bedside.record.presence.board_models import HardStep
from bedside.record.presence.hard_cases import Hard, load_hard
from bedside.record.presence.hard_operations import (
    MOST_CONTACT,
    HardSaid,
    record_hard_case,
    record_hard_step_done,
)
from bedside.record.presence.hard_queries import HardSeen, find_hard_cases, find_hard_step
from bedside.record.presence.refusals import NoSuchChoice
from bedside.rules.vocabulary.problem import Language


@require_safe
@for_staff(May.WRITE_CARE)
def show_hard_cases(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the hard cases, and those that are open here."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    opened = {one.case.kind for one in find_hard_cases(staff.reader(), stay) if one.is_open}
    context = {
        "stay": stay,
        "ways": [
            (number, hard.icon, hard.title.say(language), hard.line.say(language), kind in opened)
            for number, (kind, hard) in enumerate(load_hard().items())
        ],
    }
    return render(request, "bedside/presence/hard_cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.WRITE_CARE)
@screens(reached_by="hard_contact")
def keep_hard_case(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, number: int
) -> HttpResponse:
    """Show one hard case with its steps, or open it."""
    stay, hard = find_stay(staff, stay_id, to=May.WRITE_CARE), _find_hard(number)
    if request.method == "POST":
        said = _read_said(request, staff, hard)
        record_hard_case(staff.act(request), stay, hard=hard, said=said, zone=staff.site.timezone)
        return _lead_back(language, stay, hard.kind)
    tell_viewed(staff, stay)
    cases = [one for one in find_hard_cases(staff.reader(), stay) if one.case.kind == hard.kind]
    context = {
        "stay": stay,
        "hard": hard,
        "title": hard.title.say(language),
        "line": hard.line.say(language),
        "contact_label": hard.contact.say(language),
        "asks": [
            (ask.id, ask.text.say(language), [(w, t.say(language)) for w, t in ask.words.items()])
            for ask in hard.asks
        ],
        "cases": [_tell(one, hard, staff, language) for one in cases],
        "most": MOST_CONTACT,
    }
    return render(request, "bedside/presence/hard_case.html", context)


@require_POST
@for_staff(May.WRITE_CARE)
def finish_hard_step(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, step_id: UUID
) -> HttpResponse:
    """Note that a step was done."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    step = find_hard_step(stay, step_id)
    record_hard_step_done(staff.act(request), step)
    return _lead_back(language, stay, step.case.kind)


def _find_hard(number: int) -> Hard:
    """Find a hard case by its place in the list: an address names no fact."""
    all_ = tuple(load_hard().values())
    if number >= len(all_):
        raise NotThere
    return all_[number]


def _read_said(request: HttpRequest, staff: Staff, hard: Hard) -> HardSaid:
    sent = request.POST
    answers = {ask.id: sent.get(ask.id, "") for ask in hard.asks}
    for ask in hard.asks:
        if answers[ask.id] not in ask.words:
            raise NoSuchChoice(choice=answers[ask.id][:40])
    typed = sent.get("happened_at", "").strip()
    happened_at = read_moment(typed, staff.site.timezone) if typed else staff.at
    if happened_at is None or happened_at > staff.at:
        raise NoSuchChoice(choice=typed[:40])
    contact = sent.get("reached_by", "").strip()
    return HardSaid(answers=answers, contact=contact, happened_at=happened_at)


def _tell(seen: HardSeen, hard: Hard, staff: Staff, language: Language) -> dict[str, Any]:
    teller = Teller(staff=staff, language=language)
    names = teller.roles(step.done_by for step in seen.steps)
    return {
        "at": seen.case.happened_at,
        "answers": [
            (ask.text.say(language), ask.words[seen.answers[ask.id]].say(language))
            for ask in hard.asks
            if seen.answers.get(ask.id) in ask.words
        ],
        "contact": seen.contact,
        "steps": [_tell_step(step, hard, teller, names[step.done_by]) for step in seen.steps],
    }


def _tell_step(step: HardStep, hard: Hard, teller: Teller, by: str) -> dict[str, Any]:
    language, known = teller.language, hard.find_step(step.step)
    clock, is_late = teller.until(step.due_at)
    done = (
        say("stay_duty_done_by", language, by=by, age=teller.age(step.done_at))
        if step.done_at
        else ""
    )
    return {
        "id": step.pk,
        "owner": NAMES[Role(step.owner)].say(language),
        "what": known.what.say(language) if known else step.step,
        "cite": known.source.cite if known else "",
        "reading": say(f"hard_{known.source.reading.value}", language) if known else "",
        "read_in": known.source.read_in if known else "",
        "due_at": step.due_at,
        "clock": clock,
        "is_late": is_late and step.done_at is None,
        "done": done,
    }


def _lead_back(language: Language, stay: Encounter, kind: str) -> HttpResponse:
    number = list(load_hard()).index(kind)
    address = find_address("stay_hard_case", language, stay_id=str(stay.pk), number=str(number))
    return HttpResponseRedirect(address)
