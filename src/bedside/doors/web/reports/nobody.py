"""Pages that nobody is behind: no session is read or kept, no name is asked, nothing is logged.

A browser in which somebody is signed in sends its cookie here too. It is left unread, and what the
gate noted in the session before is not kept, so that no row tells that it was used at that moment.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from bedside.doors.web import clock
from bedside.doors.web.problems import show_refused, show_sentence
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import find_edition, find_master, read_key
from bedside.record.accounts.models import Site
from bedside.record.journal.act import Act
from bedside.record.journal.queries import Reader
from bedside.record.refusal import Refused
from bedside.record.reports.box_operations import begin_without_name
from bedside.record.reports.receipts import Desk
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

NOT_SET_UP = 503
View = Callable[..., HttpResponse]


def for_nobody(view: View) -> View:
    """Answer without knowing who asks; whatever goes wrong is said and not logged."""

    @csrf_exempt  # there is no session that a forged form could use
    @wraps(view)
    def answered(
        request: HttpRequest,
        language: Language,
        **parts: Any,  # noqa: ANN401 - parts of the address
    ) -> HttpResponse:
        request.staff = None  # type: ignore[attr-defined]  # Django's request is open
        response = _answer(view, request, language, **parts)
        request.session.modified = request.session.accessed = False
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001 - else a line tells the minute
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return answered


def begin_nobody(request: HttpRequest) -> Act:
    """Begin the act of a form that nobody is behind, under the key that came with it."""
    return begin_without_name(
        Act(
            key=read_key(request.POST.get("key", "")),
            site=find_slug(),
            by=None,
            at=clock.tell_time().astimezone(find_shelf().site.timezone),
            edition=find_edition(),
            master=find_master(),
            random=secrets.token_bytes,
        )
    )


def find_slug() -> str:
    """Tell which hospital takes reports here."""
    return find_shelf().site.slug


def find_desk() -> Desk:
    """Find where codes are given out and taken back."""
    return Desk(site=find_slug(), master=find_master())


def find_reader() -> Reader:
    """Say with what the talk about a report without a name is read."""
    return Reader(
        site=find_slug(), master=find_master(), random=secrets.token_bytes, lane=Lane.SAFETY
    )


def make_key() -> str:
    """Make the key of a form, which makes sending it twice safe."""
    return str(uuid4())


def _answer(view: View, request: HttpRequest, language: Language, **parts: object) -> HttpResponse:
    if not Site.objects.filter(slug=find_slug()).exists():
        return show_sentence(request, NOT_SET_UP, "reports_not_set_up")
    try:
        return view(request, language=language, **parts)
    except Refused as refused:
        return show_refused(request, refused)
