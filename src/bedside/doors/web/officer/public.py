"""The officer's page under a code: what is asked now, danger, and his own words, kept verbatim."""

from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.officer.codes import Held, hold_code
from bedside.doors.web.officer.page import build_officer
from bedside.doors.web.officer.post import build_step, build_terms
from bedside.doors.web.problems import show_refused
from bedside.doors.web.screening.screened import KEEP, Shown, is_stopped, screen
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.site import Site, read_site
from bedside.doors.web.taps_page import build_answers
from bedside.doors.web.words import say
from bedside.record.journal.operations import DoneBefore
from bedside.record.presence.officer_page_operations import (
    MOST_REASON,
    MOST_STATEMENT,
    Danger,
    record_danger_told,
    record_statement,
    record_step_answer,
)
from bedside.record.presence.patient_queries import access_step_out
from bedside.record.presence.patient_words import STEP_ANSWERS, StepAnswer
from bedside.record.presence.refusals import NoSuchChoice
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

UNPROCESSABLE, BAD = 422, 400
DANGERS = ("verbal_threat", "tried_to_leave", "assault", "weapon")
WHENS = ("now", "shift", "before")
MOST_SIGNED = 80


@require_safe
def show_doors(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the sheet that hangs before psychiatry and the magnet: weapons and the locker."""
    del language
    site = find_shelf().site
    return render(request, "bedside/officer/doors.html", {"phones": site.phones})


@require_POST
def keep_step_answer(
    request: HttpRequest, language: Language, site: str, token: str, step_out_id: UUID
) -> HttpResponse:
    """Keep what the officer answered to where he was asked to stand."""
    try:
        held = hold_code(request, site, token)
        answer = request.POST.get("answer", "")
        if answer not in set(StepAnswer):
            raise NoSuchChoice(choice=answer)
        step = access_step_out(held.post, step_out_id)
        with suppress(DoneBefore):
            record_step_answer(held.act(request), step, answer=StepAnswer(answer))
    except Refused as refused:
        return show_refused(request, refused)
    return HttpResponseRedirect(_find_page(site, token, language))


@require_POST
def keep_statement(request: HttpRequest, language: Language, site: str, token: str) -> HttpResponse:
    """Keep an officer's own words as he wrote them, and show him the copy that is his."""
    words, signed = _read(request, "words"), _read(request, "signed").strip()[:MOST_SIGNED]
    try:
        held = hold_code(request, site, token)
        stay = held.post
        problems = _find_problems(words, MOST_STATEMENT, language)
        if problems or _is_stopped(request, words, signed, language):
            return _show_again(request, held, language, "statement", problems)
        statement = None
        with suppress(DoneBefore):
            statement = record_statement(
                held.act(request), stay, words=words, signed=signed, language=language
            )
    except Refused as refused:
        return show_refused(request, refused)
    context = {
        "words": words,
        "signed": signed,
        "statement": statement,
        "back": _find_page(site, token, language),
        "site": _read_place(held),
    }
    return render(request, "bedside/officer/statement.html", context)


@require_POST
def keep_danger(request: HttpRequest, language: Language, site: str, token: str) -> HttpResponse:
    """Keep a danger that the officer tells of; the nurse is called, looks and decides."""
    words, signed = _read(request, "words"), _read(request, "signed").strip()[:MOST_SIGNED]
    try:
        held = hold_code(request, site, token)
        stay = held.post
        what, when = request.POST.get("what", ""), request.POST.get("when", "")
        if what not in DANGERS or when not in WHENS:
            raise NoSuchChoice(choice=what if what not in DANGERS else when)
        problems = _find_problems(words, MOST_REASON, language)
        if problems or _is_stopped(request, words, signed, language):
            return _show_again(request, held, language, "danger", problems)
        danger = Danger(what=what, when=when, words=words, signed=signed)
        with suppress(DoneBefore):
            record_danger_told(held.act(request), stay, danger=danger)
    except Refused as refused:
        return show_refused(request, refused)
    context = {"back": _find_page(site, token, language), "phones": _read_place(held).phones}
    return render(request, "bedside/officer/danger_kept.html", context)


def fill_post(held: Held, language: Language) -> dict[str, Any]:
    """Fill the page of a code: the house's part, and what is asked at this post now."""
    site, shelf = _read_place(held), find_shelf()
    page = build_officer(replace(shelf, site=site), language)
    facts = shelf.vocabulary.facts
    names = {tile.value: tile.label for tile in build_answers(facts["danger"], language)}
    context = {
        "site": site,
        "site_name": site.name.say(language),
        "page": page,
        "signs_in": True,
        "referrer": "same-origin",  # else a browser names no origin, and the form is refused
        "agencies": [t for t in build_answers(facts["agency"], language) if t.value != "none"],
        "phones": site.phones,
        "token": held.token,
        "slug": held.site.slug,
        "sent": {},
        "problems": [],
        "is_kept": False,
    }
    if held.stay is None:
        return context
    return context | {
        "is_post": True,
        "step": build_step(held.stay, site, page, language),
        "terms": build_terms(held.stay, language),
        "step_answers": [(one.value, STEP_ANSWERS[one].say(language)) for one in StepAnswer],
        "dangers": [(one, names[one]) for one in DANGERS],
        "whens": [(one, say(f"post_when_{one}", language)) for one in WHENS],
        "most_statement": MOST_STATEMENT,
        "most_reason": MOST_REASON,
    }


def _read_place(held: Held) -> Site:
    return read_site(held.site.plain)


def _find_page(site: str, token: str, language: Language) -> str:
    return find_address("sign_in", language, site=site, token=token)


def _read(request: HttpRequest, name: str) -> str:
    """Read a text as it was written; only the ends of lines are those of our own."""
    return request.POST.get(name, "").replace("\r\n", "\n")


def _find_problems(words: str, most: int, language: Language) -> list[str]:
    if not words.strip():
        return [say("post_nothing_written", language)]
    if len(words) > most:
        return [say("post_too_long", language, most=most)]
    return []


def find_never_kept(text: str, language: Language) -> tuple[Shown, ...]:
    """Find what may not stand even where a name or a number belongs."""
    return tuple(worry for worry in screen(text, language) if not worry.may_keep)


def _find_worries(words: str, signed: str, language: Language) -> tuple[Shown, ...]:
    """Find what names a patient or a status; numbers belong where he signs."""
    return (*screen(words, language), *find_never_kept(signed, language))


def _is_stopped(request: HttpRequest, words: str, signed: str, language: Language) -> bool:
    worries = _find_worries(words, signed, language)
    return is_stopped(worries, is_meant=bool(request.POST.get(KEEP)))


def _show_again(
    request: HttpRequest, held: Held, language: Language, part: str, problems: list[str]
) -> HttpResponse:
    """Show what was written once more, with what to say in other words."""
    words, signed = _read(request, "words"), _read(request, "signed").strip()[:MOST_SIGNED]
    worries = () if problems else _find_worries(words, signed, language)
    context = fill_post(held, language) | {
        f"{part}_problems": problems,
        f"{part}_worries": worries,
        f"{part}_may_keep": all(worry.may_keep for worry in worries),
        f"{part}_sent": request.POST,
    }
    status = BAD if problems else UNPROCESSABLE
    return render(request, "bedside/officer.html", context, status=status)
