"""Every page answers in both languages, keeps its promises about the browser, stores nothing."""

import re

import pytest
from django.http import HttpResponse
from web_cast import NORM, NURSING, PAGES, find_addresses, find_sample, read, tap, visit

SHOWN = [f"{language}{page}" for language in ("", "es/") for page in (*PAGES, NORM)]
FACTS_IN_ADDRESSES = re.compile(r"[?&](?!state=|as_of=|find=|lang=)\w+=")


def show(path: str) -> HttpResponse:
    return tap(path, **NURSING) if path.endswith("answer") else visit(path)


@pytest.mark.parametrize("path", [*SHOWN, "answer", "es/answer"])
def test_every_page_answers_in_the_language_of_its_address(path: str) -> None:
    response = show(path)

    language = "es" if path.startswith("es/") else "en"
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("path", [*SHOWN, "answer", "nowhere"])
def test_every_page_may_load_from_its_own_origin_alone(path: str) -> None:
    response = show(path)

    policy = dict(
        part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert {policy[f"{what}-src"] for what in ("script", "style", "font", "img", "connect")} == {
        "'self'"
    }
    assert policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", [*SHOWN, "answer", "es/answer", "nowhere"])
def test_no_page_carries_a_script_or_a_style_in_its_text(path: str) -> None:
    page = show(path).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


@pytest.mark.parametrize("path", [*SHOWN, "answer", "nowhere"])
def test_no_page_sets_a_cookie_or_is_kept_by_the_browser(path: str) -> None:
    response = show(path)

    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", [*SHOWN, "answer", "es/answer"])
def test_no_address_on_a_page_holds_a_fact(path: str) -> None:
    addresses = find_addresses(show(path))

    assert addresses
    assert not [a for a in addresses if FACTS_IN_ADDRESSES.search(a)]


def test_nothing_is_loaded_from_elsewhere() -> None:
    page = visit("").content.decode() + tap(**NURSING).content.decode()

    loaded = re.findall(r'(?:src|rel="stylesheet" href|rel="icon"[^>]* href)="([^"]*)"', page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


def test_a_language_can_be_asked_for_and_is_kept_by_the_address_alone() -> None:
    response = visit("?lang=es")

    assert response.status_code == 302
    assert response["Location"] == "/es/"


def test_changing_the_language_of_an_answer_sends_the_taps_again() -> None:
    page = tap(**NURSING).content.decode()

    assert 'form="again" formaction="/es/answer"' in page
    assert '<input type="hidden" name="activity" value="feeding">' in page


def test_going_back_to_the_six_taps_keeps_them() -> None:
    page = tap("", **NURSING, limb=["right_wrist"]).content.decode()

    for value in ("feeding", "at_bedside", "in_use", "right_wrist"):
        assert re.search(rf'value="{value}" checked', page)


def test_the_answer_cannot_be_opened_without_taps() -> None:
    response = visit("answer")

    assert response.status_code == 302
    assert response["Location"] == "/"


def test_health_names_the_edition() -> None:
    response = visit("healthz")

    assert response.content.decode() == f"ok {find_sample().compiled.rulebook.edition}\n"


def test_the_rulebook_can_be_narrowed_by_state_day_and_words() -> None:
    every = read(visit("norms"))
    texas = read(visit("norms?state=us/tx&as_of=2026-11-23&find=privacy"))

    assert "42 CFR 482.13(c)(1)" in texas
    assert len(texas) < len(every) / 4


def test_a_norm_shows_source_reading_dates_condition_and_cases() -> None:
    text = read(visit(NORM))

    for wanted in ("42 CFR 482.13(c)(1)", "Text as of", "In force", "When it speaks", "Speaks"):
        assert wanted in text
    assert "our reading" in text
    assert "Not reviewed by counsel." in text


def test_a_norm_says_its_condition_as_a_sentence_in_spanish() -> None:
    text = read(visit(f"es/{NORM}"))

    assert "Cuándo se aplica" in text
    assert "Salvo que" in text or "Ejemplos verificados" in text


def test_the_officers_page_cites_his_own_exceptions_by_number() -> None:
    text = read(visit("officer"))

    assert "Exceptions in your own rules" in text
    assert re.search(r"\d+ CFR \d+|§", text.split("Exceptions in your own rules")[1])
    assert "Opened by:" in text


@pytest.mark.parametrize("language", ["", "es/"])
def test_the_officers_page_asks_for_nothing(language: str) -> None:
    page = visit(f"{language}officer").content.decode()

    assert "<form" not in page
    assert "<input" not in page
