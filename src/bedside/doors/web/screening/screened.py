"""The one rule for free text on the pages of signed-in people.

Whatever somebody types is looked through before a view sees it: `look_through(view)` does so for
every field of every form. What may never be kept does not reach the view; what may be kept does
once somebody says that they mean it. Whoever is stopped sees what to write instead, with
everything typed still there. `@screens(reason="word_key")` does the same for named fields of one
view and says what each is called. Exceptions stand in two tables, each with its reason.
`tests/house/test_free_text_is_screened.py` holds every template against this rule.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bedside.doors.web.words import SAID
from bedside.rules.screening.find import Worry, find_worries
from bedside.rules.vocabulary.problem import Language

UNPROCESSABLE = 422
KEEP = "keep_anyway"
ANY_FIELD = "screened_field"
NOT_SENT_AGAIN = frozenset({"csrfmiddlewaretoken", "key", "typed_by", "kept", "pin", KEEP})
NOT_SENT_AGAIN |= {"password"}
OF_A_ROW = re.compile(r"^(?:row|r)?-?\d+[-_]")  # what names the row of a form with many rows
AROUND = 40  # characters shown before and after what is worrying

# Fields in which numbers and phones belong; what is never kept is never kept there either.
NUMBERS_BELONG: Mapping[str, str] = {
    "caller": "a name, compared and sealed, shown to nobody else",
    "channel": "how an officer's supervisor is reached, sealed",
    "code": "the code of a paper packet or a stay",
    "contact_name": "a name, sealed; the place where contacts belong",
    "contact_phone": "the number of a contact, sealed; the place where numbers belong",
    "email": "the address of somebody who works here",
    "identity": "an officer's badge or name, sealed",
    "name_asked": "a name, compared and sealed, shown to nobody else",
    "patient_name": "a name, sealed; only its keyed digest is looked up",
    "phone": "a number that a form asks for, sealed",
    "reached_by": "how whoever decides for the patient is reached, sealed",
    "supervisor": "an officer's supervisor, by name or badge, sealed",
}
# Fields that hold no words of anybody: nothing is looked for, and secrets are never shown again.
NO_WORDS: Mapping[str, str] = {
    "contact": "the id of a row",
    "csrfmiddlewaretoken": "a token",
    "digest": "a digest",
    "kept": "the id of a kept form",
    "key": "the key of an act",
    "next": "an address of ours",
    "norm": "the id of a norm of the rulebook; any other is refused",
    "number": "the hospital's own number, kept only as a keyed digest",
    "page": "the id of a row",
    "password": "a secret",
    "pin": "a secret",
    "stay": "the id of a row",
    "subscription": "what a browser gave, read as such or refused",
    "taps": "answers of the rulebook's own words",
    "typed_by": "a signed id",
    "username": "a name to sign in with",
    "version": "a number of ours",
}

StaffView = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One worry as a page shows it."""

    before: str
    words: str
    after: str
    label: str
    instead: str
    may_keep: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One free text as it was typed, and what is worrying in it."""

    name: str
    label: str
    text: str
    worries: tuple[Shown, ...]


def screen(text: str, language: Language) -> tuple[Shown, ...]:
    """Find what should be said in other words, ready for the part `_worries.html`."""
    return tuple(_show(text, worry, language) for worry in find_worries(text))


def is_stopped(worries: tuple[Shown, ...], *, is_meant: bool) -> bool:
    """Tell whether a text may not go on: something is never kept, or nobody said they mean it."""
    return any(not worry.may_keep for worry in worries) or (bool(worries) and not is_meant)


def screens(**labels: str) -> Callable[[StaffView], StaffView]:
    """Look through fields of a form before a view sees them; each is named with its word's key."""

    def mark(view: StaffView) -> StaffView:
        @wraps(view)
        def screened(
            request: HttpRequest,
            *args: Any,  # noqa: ANN401 - what the gate hands on
            language: Language,
            **parts: Any,  # noqa: ANN401 - parts of the address
        ) -> HttpResponse:
            stopped = _stop(request, labels, labels, language)
            return stopped or view(request, *args, language=language, **parts)

        screened.screens = dict(labels)  # type: ignore[attr-defined]  # whoever wraps it names the fields alike
        return screened

    return mark


def look_through(view: StaffView) -> StaffView:
    """Look through every form that a signed-in person sends to a page."""
    labels: Mapping[str, str] = getattr(view, "screens", {})

    @wraps(view)
    def looked_through(
        request: HttpRequest,
        language: Language,
        **parts: Any,  # noqa: ANN401 - parts of the address
    ) -> HttpResponse:
        staff = getattr(request, "staff", None)
        is_in = staff is not None and not staff.is_locked
        names = [name for name in request.POST if _bare(name) not in NO_WORDS] if is_in else []
        stopped = _stop(request, names, labels, language)
        return stopped or view(request, language=language, **parts)

    looked_through.looks_through = True  # type: ignore[attr-defined]  # the house test reads it
    return looked_through


def _stop(
    request: HttpRequest, names: Iterable[str], labels: Mapping[str, str], language: Language
) -> HttpResponse | None:
    """Ask for other words if something may not go on; nothing if all may."""
    if request.method != "POST":
        return None
    fields = [_read(request, name, labels.get(name, ANY_FIELD), language) for name in names]
    is_meant = bool(request.POST.get(KEEP))
    if not any(is_stopped(field.worries, is_meant=is_meant) for field in fields):
        return None
    return _ask_for_other_words(request, fields, language)


def _read(request: HttpRequest, name: str, label: str, language: Language) -> Field:
    text = "\n".join(request.POST.getlist(name))
    worries = () if _is_id(text) else screen(text, language)
    if _bare(name) in NUMBERS_BELONG:
        worries = tuple(worry for worry in worries if not worry.may_keep)
    return Field(name=name, label=SAID[language][label], text=text, worries=worries)


def _bare(name: str) -> str:
    return OF_A_ROW.sub("", name)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _ask_for_other_words(
    request: HttpRequest, fields: list[Field], language: Language
) -> HttpResponse:
    worrying = [field for field in fields if field.worries]
    again = {field.name for field in worrying}
    context = {
        "fields": worrying,
        "hidden": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_SENT_AGAIN and name not in again
            for value in values
        ],
        "files": list(request.FILES),
        "may_keep": all(worry.may_keep for field in worrying for worry in field.worries),
        "action": request.path_info,
        "lang": language,
    }
    return render(request, "bedside/screened.html", context, status=UNPROCESSABLE)


def _show(text: str, worry: Worry, language: Language) -> Shown:
    return Shown(
        before=text[max(0, worry.start - AROUND) : worry.start],
        words=text[worry.start : worry.end][: AROUND * 2],
        after=text[worry.end : worry.end + AROUND],
        label=worry.label.say(language),
        instead=worry.instead.say(language),
        may_keep=worry.may_keep,
    )
