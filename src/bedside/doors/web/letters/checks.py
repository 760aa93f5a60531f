"""Checking a letter that somebody holds: by the code printed on it, or by the file itself.

Nobody signs in here, and nothing of what was checked is kept: an uploaded file is read in memory
and forgotten. The page of a code says only how a letter stands, never what is in it.
"""

from collections.abc import Mapping
from typing import IO

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from typing_extensions import override

from bedside.doors.web import clock
from bedside.doors.web.letters.house import find_place
from bedside.doors.web.shelf import find_shelf
from bedside.record.letters.keys import find_trust
from bedside.record.letters.paper.verdict import State, Verdict
from bedside.record.letters.paper.verify import MOST_BYTES, verify_letter
from bedside.record.letters.queries import find_by_code
from bedside.rules.attestation.moment import say_moment
from bedside.rules.vocabulary.problem import Language

FORMS = ["GET", "HEAD", "POST"]
LONGEST_CODE = 12
TONE = {State.VALID: "clear", State.SUPERSEDED: "depends", State.EXPIRED: "depends"}


class InMemory(MemoryFileUploadHandler):
    """Takes a file without ever laying it on a disk; the gate has bounded it."""

    @override
    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.activated = True


@csrf_exempt  # nothing is changed here, so there is nothing to forge; and it reads no body first
@require_http_methods(FORMS)
def check_letters(request: HttpRequest, language: Language) -> HttpResponse:
    """Ask for a file or a code, and say how the letter stands."""
    request.upload_handlers = [InMemory(request)]
    if request.method != "POST":
        return _show(request, {})
    code, sent = request.POST.get("code", "").strip(), request.FILES.get("letter")
    if sent is None:
        return _show_code(request, language, code) if code else _show(request, {})
    pdf = sent.read(MOST_BYTES + 1)
    return _show_verdict(request, language, _verify(pdf))


@require_safe
def show_check(request: HttpRequest, language: Language, code: str) -> HttpResponse:
    """Say how the letter with the code on the paper stands; who has the paper has the code."""
    return _show_code(request, language, code)


def _verify(pdf: bytes) -> Verdict:
    site, at = find_shelf().site, clock.tell_time()
    trust = find_trust(find_place(site))
    first = verify_letter(pdf, trust, at=at)
    if first.printed is None or not first.is_genuine:
        return first
    letter = find_by_code(site.slug, first.printed.letter)
    later = letter.signed if letter and letter.signed > first.printed.version else None
    return verify_letter(pdf, trust, at=at, superseded_by=later) if later else first


def _show_code(request: HttpRequest, language: Language, code: str) -> HttpResponse:
    code = code[:LONGEST_CODE]
    letter = find_by_code(find_shelf().site.slug, code)
    if letter is None or letter.ends_at is None:
        return _show(request, {"asked": code}, status=404)
    found = {
        "letter": letter,
        "asked": letter.code,
        "ends": say_moment(letter.ends_at, find_shelf().site.timezone).say(language),
        "is_over": letter.ends_at <= clock.tell_time(),
    }
    return _show(request, found)


def _show_verdict(request: HttpRequest, language: Language, verdict: Verdict) -> HttpResponse:
    found = {
        "sentence": verdict.sentence.say(language),
        "state": verdict.state.value,
        "tone": TONE.get(verdict.state, "conflict"),
    }
    return _show(request, found)


def _show(request: HttpRequest, found: Mapping[str, object], status: int = 200) -> HttpResponse:
    context = {**found, "most": MOST_BYTES // 1_000_000}
    return render(request, "bedside/letters/check.html", context, status=status)
