"""Nothing anywhere can hold what is never stored, and whatever somebody types is looked through."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from shipped import VOCABULARY

from bedside.doors.web import urls
from bedside.doors.web.directory.urls import PAGES as DIRECTORY
from bedside.doors.web.journal.urls import PAGES as JOURNAL
from bedside.doors.web.questions.urls import PAGES as QUESTIONS
from bedside.doors.web.screening.screened import (
    KEEP,
    NO_WORDS,
    NUMBERS_BELONG,
    look_through,
    screens,
)
from bedside.doors.web.words import WORDS
from bedside.record.journal.kinds import KINDS
from bedside.rules.screening.find import find_worries
from bedside.rules.vocabulary.problem import ENGLISH, Language

WEB = Path(urls.__file__).parent
TEMPLATES = WEB / "templates"
NEVER = re.compile(
    r"immigra|migrat|nationalit|citizen|(^|_)(visa|alien|undocumented|illegal|legal_status)(_|$)"
    r"|birth_?place|place_of_birth|nacionalidad|ciudadan|estatus|lugar_de_nacimiento",
    re.IGNORECASE,
)
NAMED = re.compile(r'\b(?:name|id|for|class|href|action)="([^"{]+)"')
TEXTAREA = re.compile(r'<textarea[^>]*\bname="([^"]+)"')
LINE = re.compile(r'<input(?![^>]*\btype="(?!text|search))[^>]*\bname="([^"]+)"')
FILLED = re.compile(r"\{\{[^}]*\}\}|\{%[^%]*%\}")
# Lines in which no words of anybody stand, though a browser shows them as text.
LINES_WITHOUT_WORDS = {"number", "username", "norm", "pin"}


def find_fields(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Find the fields that templates offer, by file and name; a row's prefix is left out."""
    return {
        (file.relative_to(TEMPLATES).as_posix(), FILLED.sub("", name))
        for file in sorted(TEMPLATES.rglob("*.html"))
        for name in pattern.findall(file.read_text("utf-8"))
    }


def test_pf_09_no_kind_of_event_names_what_is_never_stored() -> None:
    assert [name for name in KINDS if NEVER.search(name)] == []


def test_pf_09_no_field_address_or_mark_of_a_page_names_what_is_never_stored() -> None:
    found = [
        (file.name, name)
        for file in sorted(TEMPLATES.rglob("*.html"))
        for name in NAMED.findall(file.read_text("utf-8"))
        if NEVER.search(name)
    ]

    assert found == []


def test_pf_09_no_word_of_a_page_and_no_fact_asks_for_what_is_never_stored() -> None:
    assert [key for key in WORDS if NEVER.search(key)] == []
    assert [id_ for id_ in VOCABULARY.facts if NEVER.search(id_)] == []


def test_a_template_that_asks_for_it_would_be_found() -> None:
    asked = NAMED.findall('<input name="place_of_birth"><input id="visa">')

    assert [name for name in asked if NEVER.search(name)] == ["place_of_birth", "visa"]


def test_every_free_text_of_our_pages_is_looked_through() -> None:
    passed_over = {(file, name) for file, name in find_fields(TEXTAREA) if name in NO_WORDS}
    passed_over |= {(file, name) for file, name in find_fields(TEXTAREA) if name in NUMBERS_BELONG}

    assert passed_over == set()


def test_a_line_that_is_passed_over_holds_no_words() -> None:
    passed_over = {name for _, name in find_fields(LINE) if name in NO_WORDS}

    assert passed_over <= LINES_WITHOUT_WORDS


@pytest.mark.parametrize(
    ("route", "view"), [(route, view) for route, view, _ in (*DIRECTORY, *QUESTIONS, *JOURNAL)]
)
def test_pages_about_contacts_questions_and_the_journal_look_through_their_forms(
    route: str, view: object
) -> None:
    assert getattr(view, "looks_through", False), route


def test_every_room_of_pages_looks_through_its_forms() -> None:
    passing = {
        view.__module__.removeprefix("bedside.doors.web.").partition(".")[0]
        for _, view, _ in urls.ROOMS
        if hasattr(view, "may") and not getattr(view, "looks_through", False)
    }

    assert passing == set()


@pytest.mark.parametrize("route", [route for route, _, _ in urls.ROOMS])
@pytest.mark.parametrize("keep", ["", "yes"])
def test_pf_09_no_page_for_signed_in_people_is_given_words_about_status(
    route: str, keep: str
) -> None:
    reached: list[str] = []

    def view(request: HttpRequest, language: Language) -> HttpResponse:
        del request, language
        reached.append(route)
        return HttpResponse()

    response = look_through(view)(_send(reason="she is undocumented", **{KEEP: keep}), ENGLISH)

    assert (response.status_code, reached) == (422, [])


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("reason", "MRN 1234567", 422),
        ("words", "call 956-555-0199", 422),
        ("contact_phone", "956-555-0199", 200),
        ("contact_phone", "A123456789", 422),
        ("contact_name", "consulate of Honduras", 422),
        ("number", "12345678", 200),
        ("0-number", "12345678", 200),
        ("0-patient", "12345678", 422),
        ("key", "12345678-1234-4234-8234-123456789012", 200),
        ("row", "12345678-1234-4234-8234-123456789012", 200),
        ("opened_at", "2026-11-24T02:50", 200),
        ("reason", "undocumented allergy to latex", 200),
    ],
)
def test_numbers_pass_where_numbers_belong_and_nowhere_else_unasked(
    field: str, value: str, status: int
) -> None:
    response = look_through(_answer)(_send(**{field: value}), ENGLISH)

    assert response.status_code == status


def test_a_number_that_somebody_means_is_kept() -> None:
    request = _send(reason="MRN 1234567", **{KEEP: "yes"})

    assert look_through(_answer)(request, ENGLISH).status_code == 200


def test_a_secret_is_never_shown_again() -> None:
    shown_never = "sesame-open"
    request = _send(reason="she is undocumented", pin="2468", password=shown_never)

    shown = look_through(_answer)(request, ENGLISH).content.decode()

    assert "2468" not in shown
    assert "sesame-open" not in shown


def test_whoever_is_stopped_finds_every_other_field_still_there() -> None:
    request = _send(reason="she is undocumented", owner="charge_nurse", until="2026-12-01T10:00")

    shown = look_through(_answer)(request, ENGLISH).content.decode()

    assert 'name="owner" value="charge_nurse"' in shown
    assert 'name="until" value="2026-12-01T10:00"' in shown
    assert "she is undocumented</textarea>" in shown


def test_a_field_is_called_as_its_view_calls_it() -> None:
    request = _send(reason="she is undocumented")

    shown = look_through(screens(reason="directory_reason")(_answer))(request, ENGLISH).content

    assert "Reason, in a few words" in shown.decode()


def test_the_rulebooks_own_answers_are_never_taken_for_words_about_status() -> None:
    values = [word.id for fact in VOCABULARY.facts.values() for word in fact.words]
    values += [word.id for one in VOCABULARY.dimensions.values() for word in one.words]

    assert [value for value in values if find_worries(value)] == []


def test_nobody_who_is_not_signed_in_is_answered_here() -> None:
    request = _send(reason="she is undocumented")
    request.staff = None  # type: ignore[attr-defined]  # Django's request is open

    assert look_through(_answer)(request, ENGLISH).status_code == 200


def _answer(request: HttpRequest, language: Language) -> HttpResponse:
    del request, language
    return HttpResponse()


def _send(**fields: str) -> HttpRequest:
    request = RequestFactory().post("/somewhere", fields)
    person = SimpleNamespace(pk="00000000-0000-4000-8000-000000000000", name="", username="")
    site = SimpleNamespace(
        name=SimpleNamespace(say=lambda _language: "Sample"), timezone=None, is_sample=True
    )
    request.staff = SimpleNamespace(person=person, is_locked=False, site=site)  # type: ignore[attr-defined]  # Django's request is open
    return request
