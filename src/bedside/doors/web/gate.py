"""Refuse what our own pages never send, before anything of it is read, and say so."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from bedside.doors.web.addresses import is_of_nobody
from bedside.doors.web.problems import show_sentence

Answerer = Callable[[HttpRequest], HttpResponse]
BAD_REQUEST, FORBIDDEN, NOT_ALLOWED = 400, 403, 405
NO_LENGTH, TOO_LARGE, WRONG_KIND = 411, 413, 415
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
IMAGES = ("/papers", "/letters/checks")  # the addresses that take a photograph or a letter
LENGTH = re.compile("[0-9]{1,12}")
KIB = 1024
MOST_IMAGE = 6 * KIB * KIB
LOG = logging.getLogger("bedside.gate")


class Gate:
    """Let in what our own pages send: under our name, from our pages, a form of known length."""

    def __init__(self, answer: Answerer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse with a sentence."""
        refused = _refuse_name(request) or _refuse_body(request)
        if refused is not None:
            # Of what comes without a name no line is logged: it would tell the minute.
            refused._has_been_logged = is_of_nobody(request.path_info)  # type: ignore[attr-defined]  # noqa: SLF001
            return refused
        response = self.answer(request)
        return _say_not_allowed(request, response) if _is_mute(response) else response


def _refuse_name(request: HttpRequest) -> HttpResponse | None:
    """Refuse a name that is not ours: a page elsewhere could point its own name at this machine."""
    try:
        request.get_host()
    except DisallowedHost:
        LOG.warning("asked for under a name that BEDSIDE_HOSTS does not list")
        return show_sentence(request, BAD_REQUEST, "not_our_name")
    return None


def _refuse_body(request: HttpRequest) -> HttpResponse | None:
    """Refuse a body that would be read as nothing: the answer would be to nobody's question."""
    if request.method != "POST":
        return None
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return show_sentence(request, FORBIDDEN, "from_elsewhere")
    takes_image = request.path_info.endswith(IMAGES)
    limit = MOST_IMAGE if takes_image else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = request.META.get("CONTENT_LENGTH") or ""
    if not LENGTH.fullmatch(length):
        return show_sentence(request, NO_LENGTH, "not_understood")
    if int(length) > limit:
        return show_sentence(request, TOO_LARGE, "too_large", limit=limit // KIB)
    if int(length) and request.content_type not in FORMS:
        return show_sentence(request, WRONG_KIND, "not_understood")
    # A form with an image is read by its own page, which says how the image is to be kept.
    is_unasked = not takes_image and (_has_file(request) or _has_nul(request))
    return show_sentence(request, BAD_REQUEST, "not_understood") if is_unasked else None


def _has_file(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data" and bool(request.FILES)


def _has_nul(request: HttpRequest) -> bool:
    """Tell whether a value holds the one character that PostgreSQL keeps in no text."""
    return any("\0" in value for _, values in request.POST.lists() for value in values)


def _is_mute(response: HttpResponse) -> bool:
    return response.status_code == NOT_ALLOWED and not response.content


def _say_not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    said = show_sentence(request, NOT_ALLOWED, "not_allowed")
    said.headers["Allow"] = response.headers["Allow"]
    return said
