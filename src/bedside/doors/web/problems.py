"""Pages that say what is wrong, and what to do next; they repeat nothing of a situation."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bedside.doors.web.addresses import find_addresses, find_other
from bedside.doors.web.words import SAID, say
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Problem

BAD_REQUEST, NOT_FOUND, TOO_LARGE, NOT_ALLOWED, OUR_FAULT = 400, 404, 413, 405, 500
KIB = 1024


def find_language(request: HttpRequest) -> Language:
    """Find the language of an address."""
    return SPANISH if request.path_info.startswith("/es/") else ENGLISH


def show_problems(request: HttpRequest, problems: Iterable[Problem]) -> HttpResponse:
    """Show everything that was not understood."""
    language = find_language(request)
    return _show(request, BAD_REQUEST, [problem.say(language) for problem in problems])


def show_not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that the framework could not read."""
    del exception  # it may repeat what was sent
    return _show(request, BAD_REQUEST, [say("not_understood", find_language(request))])


def show_too_large(request: HttpRequest, limit: int) -> HttpResponse:
    """Answer a request with too much in it."""
    sentence = say("too_large", find_language(request), limit=limit // KIB)
    return _show(request, TOO_LARGE, [sentence])


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    del exception
    return _show(request, NOT_FOUND, [say("not_found", find_language(request))])


def show_our_fault(request: HttpRequest) -> HttpResponse:
    """Answer when something broke on our side."""
    return _show(request, OUR_FAULT, [say("our_fault", find_language(request))])


def _show(request: HttpRequest, status: int, sentences: list[str]) -> HttpResponse:
    language = find_language(request)
    context = {
        "say": SAID[language],
        "lang": language,
        "other": find_other(language),
        "to": find_addresses(language),
        "other_address": find_addresses(find_other(language))["taps"],
        "sentences": sentences,
    }
    return render(request, "bedside/problem.html", context, status=status)
