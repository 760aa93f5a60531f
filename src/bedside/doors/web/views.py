"""One function a page: take what was sent, ask the rules, show the answer. Nothing is stored."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address, find_addresses, find_other
from bedside.doors.web.answer_page import build_answer
from bedside.doors.web.forms import Tapped, read_taps
from bedside.doors.web.norm_page import build_norm
from bedside.doors.web.norms_page import find_groups, find_states, read_filter
from bedside.doors.web.officer.page import build_officer
from bedside.doors.web.problems import show_not_found, show_problems
from bedside.doors.web.shelf import Shelf, find_shelf
from bedside.doors.web.states import STATES
from bedside.doors.web.taps_page import build_taps, find_other_fields
from bedside.doors.web.words import SAID
from bedside.rules.decide.advise import advise
from bedside.rules.vocabulary.problem import LANGUAGES, SPANISH, Language, Problems

NO_CONTENT = 204


# The six taps keep nothing and need no cookie, so their forms carry no token: the gate refuses
# what another site sends. Every page that keeps something asks for one.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show_taps(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the six taps; what was sent before stays tapped."""
    wanted = request.GET.get("lang", "")
    if request.method != "POST" and wanted in LANGUAGES and wanted != language:
        return HttpResponseRedirect(find_address("taps", Language(wanted)))
    shelf = find_shelf()
    try:
        tapped = _read(shelf, request.POST)
    except Problems as found:
        return show_problems(request, found.problems)
    context = _find_context(shelf, language, "taps")
    context |= {"page": build_taps(shelf, tapped, language), "fields": find_other_fields(tapped)}
    return render(request, "bedside/taps.html", context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show_answer(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the answer to what was tapped."""
    if request.method != "POST":
        return HttpResponseRedirect(find_address("taps", language))
    shelf = find_shelf()
    try:
        tapped = _read(shelf, request.POST)
        advice = advise(shelf.compiled, tapped.situation)
    except Problems as found:
        return show_problems(request, found.problems)
    page = build_answer(
        advice, tapped, vocabulary=shelf.vocabulary, site=shelf.site, language=language
    )
    situation = tapped.situation
    state = STATES.get(situation.jurisdiction)
    context = _find_context(shelf, language, "answer")
    context |= {
        "page": page,
        "fields": tapped.fields,
        "taps": urlencode(tapped.fields),
        "state": state.say(language) if state else situation.jurisdiction,
        "has_state": shelf.has_state(situation.jurisdiction),
        "is_past": situation.as_of != shelf.find_today(),
    }
    return render(request, "bedside/answer.html", context)


@csrf_exempt
@require_http_methods(["POST"])
def show_so_far(request: HttpRequest, language: Language) -> HttpResponse:
    """Show what would be advised by what is tapped so far; nothing if it is not understood."""
    shelf = find_shelf()
    try:
        tapped = _read(shelf, request.POST)
        advice = advise(shelf.compiled, tapped.situation)
    except Problems:
        return HttpResponse(status=NO_CONTENT)
    page = build_answer(
        advice, tapped, vocabulary=shelf.vocabulary, site=shelf.site, language=language
    )
    context = {"say": SAID[language], "page": page}
    return render(request, "bedside/_so_far.html", context)


@require_safe
def show_norms(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the rulebook by source."""
    shelf = find_shelf()
    try:
        wanted = read_filter(request.GET)
    except Problems as found:
        return show_problems(request, found.problems)
    groups = find_groups(shelf, wanted, language)
    context = _find_context(shelf, language, "norms")
    context |= {
        "wanted": wanted,
        "groups": groups,
        "count": sum(len(group.lines) for group in groups),
        "states": find_states(shelf, wanted.jurisdiction, language),
    }
    return render(request, "bedside/norms.html", context)


@require_safe
def show_norm(request: HttpRequest, language: Language, norm_id: str) -> HttpResponse:
    """Show one norm."""
    shelf = find_shelf()
    norm = shelf.norms.get(norm_id)
    if norm is None:
        return show_not_found(request)
    context = _find_context(shelf, language, "norm", norm_id=norm_id)
    context |= {"page": build_norm(shelf, norm, language), "crumbs": norm_id.split("/")}
    return render(request, "bedside/norm.html", context)


@require_safe
def show_officer(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the page for officers."""
    shelf = find_shelf()
    context = _find_context(shelf, language, "officer")
    context |= {"page": build_officer(shelf, language)}
    return render(request, "bedside/officer.html", context)


@require_safe
def show_about(request: HttpRequest, language: Language) -> HttpResponse:
    """Show what Bedside is, and what it does not do."""
    shelf = find_shelf()
    context = _find_context(shelf, language, "about")
    context |= {"count": len(shelf.norms)}
    return render(request, "bedside/about.html", context)


@require_safe
def show_spanish(_request: HttpRequest) -> HttpResponse:
    """Lead on from the address without its last stroke, as people type it."""
    return HttpResponseRedirect(find_address("taps", SPANISH))


@require_safe
def show_health(_request: HttpRequest) -> HttpResponse:
    """Say that the rulebook is loaded and pages can be answered."""
    return HttpResponse(f"ok {find_shelf().compiled.rulebook.edition}\n", content_type="text/plain")


def _read(shelf: Shelf, sent: QueryDict) -> Tapped:
    today = shelf.find_today()
    return read_taps(sent, vocabulary=shelf.vocabulary, site=shelf.site, today=today)


def _find_context(shelf: Shelf, language: Language, page: str, **parts: str) -> dict[str, Any]:
    other = find_other(language)
    return {
        "say": SAID[language],
        "lang": language,
        "other": other,
        "to": find_addresses(language),
        "other_address": find_address(page, other, **parts),
        "site": shelf.site,
        "site_name": shelf.site.name.say(language),
        "edition": shelf.compiled.rulebook.edition,
        "digest": shelf.compiled.rulebook.digest.removeprefix("sha256:")[:12],
    }
