"""Pages that say what is wrong, and what to do next; they repeat nothing of a situation."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bedside.doors.web.addresses import find_addresses, find_other
from bedside.doors.web.words import SAID, say
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Problem

BAD_REQUEST, NOT_FOUND, OUR_FAULT = 400, 404, 500


def find_language(request: HttpRequest) -> Language:
    """Find the language of an address."""
    return SPANISH if f"{request.path_info}/".startswith("/es/") else ENGLISH


def show_problems(request: HttpRequest, problems: Iterable[Problem]) -> HttpResponse:
    """Show everything that was not understood."""
    language = find_language(request)
    return _show(request, BAD_REQUEST, [problem.say(language) for problem in problems])


def show_sentence(request: HttpRequest, status: int, key: str, **values: object) -> HttpResponse:
    """Answer with one of our sentences about what is wrong."""
    return _show(request, status, [say(key, find_language(request), **values)])


def show_refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer with the sentence of an operation that declined."""
    return _show(request, refused.status, [refused.say(find_language(request))])


def show_not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that the framework could not read."""
    del exception  # it may repeat what was sent
    return show_sentence(request, BAD_REQUEST, "not_understood")


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    del exception
    return show_sentence(request, NOT_FOUND, "not_found")


def show_our_fault(request: HttpRequest) -> HttpResponse:
    """Answer when something broke on our side."""
    return show_sentence(request, OUR_FAULT, "our_fault")


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
