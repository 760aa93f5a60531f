"""The app that a device installs: its worker, its description, its copy of the rules, its pages."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bedside.doors.web.addresses import find_address, find_other
from bedside.doors.web.offline.copy import (
    find_copy,
    find_deciding,
    find_files,
    find_static,
    pack,
    read_static,
    write,
)
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.states import STATES
from bedside.doors.web.words import SAID
from bedside.rules.decide.advice import GUIDANCE, Outcome
from bedside.rules.tables.export import SCRIPT
from bedside.rules.vocabulary.problem import Language

STANDINGS = (GUIDANCE, *(one.value for one in Outcome))
ICONS = ("book-open-check", "message-circle", "history")
JSON, JAVASCRIPT = "application/json", "text/javascript; charset=utf-8"
ASK_AGAIN = "no-cache"  # kept, but asked for again each time: a new rulebook replaces the old
COLOUR = {"light": "#f4f2ec", "line": "#123c4a"}


@require_safe
def show_worker(request: HttpRequest) -> HttpResponse:
    """Give the worker; it names its copy, so a new copy is a new worker."""
    copy = find_copy()
    config = {
        "version": copy.version,
        "files": find_files(),
        "scripts": find_deciding(),
    }
    script = f"const COPY = {json.dumps(config)};\n{read_static('bedside/worker.js')}"
    return _give(request, script.encode(), JAVASCRIPT)


@require_safe
def show_tables(request: HttpRequest, language: Language) -> HttpResponse:
    """Give the tables that a device decides with."""
    del language
    return _give(request, find_copy().tables, JSON)


@require_safe
def show_texts(request: HttpRequest, language: Language) -> HttpResponse:
    """Give the words that a device tells its answer in."""
    return _give(request, find_copy().texts[language], JSON)


@require_safe
def show_rules(request: HttpRequest, language: Language) -> HttpResponse:
    """Give the script that reads the tables."""
    del language
    return _give(request, SCRIPT.read_bytes(), JAVASCRIPT)


@require_safe
def show_manifest(request: HttpRequest, language: Language) -> HttpResponse:
    """Describe the app to a device that installs it."""
    shelf, said = find_shelf(), SAID[language]
    icons = [
        {"src": find_static("bedside/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {
                "src": find_static(f"bedside/icons/icon-{size}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "any",
            }
            for size in (192, 512)
        ),
    ]
    described = {
        "id": "/",
        "name": f"Bedside · {shelf.site.name.say(language)}",
        "short_name": "Bedside",
        "description": said["offline_lede"],
        "lang": language,
        "start_url": find_address("taps", language),
        "scope": "/",
        "display": "standalone",
        "background_color": COLOUR["light"],
        "theme_color": COLOUR["line"],
        "icons": icons,
    }
    return _give(request, write(described), "application/manifest+json")


@require_safe
def show_offline_answer(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the empty page that a device fills with what it decided itself."""
    other = find_other(language)
    context = _find_context(language) | {
        "standings": STANDINGS,
        "icons": ICONS,
        "other_answer": find_address("answer", other),
    }
    return render(request, "bedside/offline/answer.html", context)


@require_safe
def show_offline(request: HttpRequest, language: Language) -> HttpResponse:
    """Show which rules a device answers with, and what waits on it to be sent."""
    return render(request, "bedside/offline/page.html", _find_context(language))


def _find_context(language: Language) -> dict[str, Any]:
    shelf = find_shelf()
    state = STATES.get(shelf.site.jurisdiction)
    return {
        "about": find_copy().about,
        "state": state.say(language) if state else shelf.site.jurisdiction,
        "to_offline": find_address("offline", language),
    }


def _give(request: HttpRequest, raw: bytes, kind: str) -> HttpResponse:
    """Give bytes that a device keeps, small if it can read them so."""
    small = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(pack(raw) if small else raw, content_type=kind)
    if small:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = ASK_AGAIN
    return response
