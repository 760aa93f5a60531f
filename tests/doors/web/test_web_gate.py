"""What our own pages never send is refused with a sentence, never answered as something else."""

import logging

import pytest
from django.http import HttpResponse
from django.test import Client
from web_cast import NURSING, find_sample, read, tap, visit


def ask(path: str = "/", **headers: str) -> HttpResponse:
    """Ask for a page with headers of one's own."""
    find_sample()
    response = Client().get(path, headers=headers)
    assert isinstance(response, HttpResponse)
    return response


def send(body: str, kind: str, **headers: str) -> HttpResponse:
    """Send a body of some kind to the answer page."""
    find_sample()
    response = Client().post("/answer", body, content_type=kind, headers=headers)
    assert isinstance(response, HttpResponse)
    return response


@pytest.mark.parametrize("path", ["/", "/norms", "/es/", "/healthz", "/nowhere"])
def test_a_name_that_is_not_ours_is_refused(path: str) -> None:
    response = ask(path, host="rebound.example")

    assert response.status_code == 400
    assert "rebound" not in read(response)


def test_the_log_of_a_strange_name_repeats_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        ask(host="rebound.example")

    assert "BEDSIDE_HOSTS" in caplog.text
    assert "rebound" not in caplog.text


def test_a_body_without_a_known_length_is_refused_and_not_answered_as_if_empty() -> None:
    find_sample()

    response = Client().generic(
        "POST", "/answer", "", "application/x-www-form-urlencoded", CONTENT_LENGTH=""
    )

    assert response.status_code == 411


@pytest.mark.parametrize("length", ["²", "-5", "1e9", "٣"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    find_sample()

    response = Client().generic(
        "POST", "/answer", "a=b", "application/x-www-form-urlencoded", CONTENT_LENGTH=length
    )

    assert response.status_code == 411


@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_a_body_of_another_kind_is_refused_and_not_answered_as_if_empty(kind: str) -> None:
    response = send('{"activity": "exam"}', kind)

    assert response.status_code == 415
    assert "could not be read" in read(response)


def test_another_site_cannot_put_up_an_answer_in_our_name() -> None:
    headers = {"sec-fetch-site": "cross-site"}

    response = send("activity=exam", "application/x-www-form-urlencoded", **headers)

    assert response.status_code == 403
    assert "Another site sent this" in read(response)


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_our_own_pages_are_answered(site: str) -> None:
    headers = {"sec-fetch-site": site}

    response = send("activity=exam", "application/x-www-form-urlencoded", **headers)

    assert response.status_code == 200


def test_a_method_that_a_page_does_not_take_gets_a_sentence_and_the_methods_it_takes() -> None:
    response = tap("es/officer", activity="exam")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "Esta dirección no admite eso." in read(response)


def test_the_spanish_page_is_found_without_the_last_stroke() -> None:
    response = visit("es")

    assert response.status_code == 302
    assert response["Location"] == "/es/"


@pytest.mark.parametrize(
    "day", ["2026-W48-1", "20261123", "2026-330", "2026-11-23T00:00", " 2026-11-23 ", "soon"]
)
def test_a_day_is_written_in_one_way_alone(day: str) -> None:
    taken = day.strip() == "2026-11-23"

    answered = tap(**{**NURSING, "as_of": day})
    listed = visit(f"norms?as_of={day}")

    assert {answered.status_code, listed.status_code} == ({200} if taken else {400})


def test_a_filter_that_is_not_understood_is_said_and_not_left_out() -> None:
    response = visit("norms?state=us/texas&as_of=soon")

    assert response.status_code == 400
    assert "`state` is never `us/texas`; did you mean `us/tx`?" in read(response)
    assert "`soon` is no day" in read(response)


def test_an_emergency_begins_anew_from_wherever_the_officer_stood() -> None:
    response = tap(emergency="yes", position="at_bedside", device="in_use")

    assert "Emergency bay" in read(response)
    assert 'name="position"' not in response.content.decode()
