"""The one rule for free text on the pages of signed-in people.

Every field in which somebody may write freely is named by its view: `@screens(reason="word_key")`,
under `@for_staff`. What may never be kept does not reach the view; what may be kept does once
somebody says that they mean it. Whoever is stopped sees what to write instead, with everything
typed still there. A field that holds no prose is listed in `NOT_PROSE` with the reason.
`tests/house/test_free_text_is_screened.py` holds every template against this rule.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bedside.doors.web.words import SAID
from bedside.rules.screening.find import Worry, find_worries
from bedside.rules.vocabulary.problem import Language

UNPROCESSABLE = 422
KEEP = "keep_anyway"
NOT_SENT_AGAIN = frozenset({"csrfmiddlewaretoken", "key", "typed_by", "kept", KEEP})
AROUND = 40  # characters shown before and after what is worrying

# Fields of one line that are no prose, and why nothing is looked for in them.
NOT_PROSE: Mapping[str, str] = {
    "alias": "a name to be called by, sealed",
    "caller": "a name, compared and sealed, shown to nobody else",
    "contact_name": "a name, sealed; the place where contacts belong",
    "contact_phone": "the number of a contact, sealed; the place where numbers belong",
    "name_asked": "a name, compared and sealed, shown to nobody else",
    "norm": "the id of a norm of the rulebook; any other is refused",
    "patient_name": "a name, sealed; only its keyed digest is looked up",
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
            fields = _read(request, labels, language) if request.method == "POST" else ()
            is_meant = bool(request.POST.get(KEEP))
            if any(is_stopped(field.worries, is_meant=is_meant) for field in fields):
                return _ask_for_other_words(request, fields, language)
            return view(request, *args, language=language, **parts)

        screened.screens = frozenset(labels)  # type: ignore[attr-defined]  # the house test reads it
        return screened

    return mark


def _read(request: HttpRequest, labels: Mapping[str, str], language: Language) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=name,
            label=SAID[language][label],
            text=request.POST.get(name, ""),
            worries=screen(request.POST.get(name, ""), language),
        )
        for name, label in labels.items()
    )


def _ask_for_other_words(
    request: HttpRequest, fields: tuple[Field, ...], language: Language
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
