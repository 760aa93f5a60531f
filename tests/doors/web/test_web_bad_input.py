"""What is not understood gets a sentence, never a broken page, and never a log of what was sent."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from web_cast import NURSING, find_sample, read, tap, visit


def test_an_unknown_fact_is_refused_with_the_nearest_known_word() -> None:
    response = tap(activty="exam")

    assert response.status_code == 400
    assert "nobody is ever asked `activty`; did you mean `activity`?" in read(response)


def test_an_unknown_word_is_refused_in_the_language_of_the_page() -> None:
    response = tap("es/answer", activity="examen")

    assert response.status_code == 400
    assert "`activity` nunca es `examen`" in read(response)


@pytest.mark.parametrize(
    "taps",
    [
        {"as_of": "yesterday"},
        {"as_of": "1200-01-01"},
        {"jurisdiction": "us/zz"},
        {"position": "under_the_bed"},
        {"in_custody": "perhaps"},
        {"days_since_birth": "-1"},
        {"days_since_birth": "99999"},
        {"days_since_birth": "٣"},
        {"limb": "tail"},
        {"hold": "tight"},
        {"claim": "anything"},
        {"claim": "must_see", "claim_document": "rumoured"},
        {"activity": "exam\0"},
        {"activity": "exam" * 1000},
        {"immigration_status": "none"},
        {"agency_level": "federal", "agency": "county_jail"},
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(taps: dict[str, str]) -> None:
    response = tap(**taps)

    assert response.status_code == 400
    assert "This could not be answered" in read(response)


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = read(tap(activity="exma", danger="peril", as_of="never"))

    assert "did you mean `exam`?" in text
    assert "`danger` is never `peril`" in text
    assert "`never` is no day" in text


def test_a_situation_nobody_can_be_in_is_refused() -> None:
    response = tap(activity="labor", pregnancy="none")

    assert response.status_code == 400
    assert "nobody can be in this situation" in read(response)


def test_somebodys_text_is_shown_as_text() -> None:
    page = tap(activity="<script>alert(1)</script>").content.decode()

    assert "<script>alert" not in page


def test_more_than_64_kib_is_refused() -> None:
    response = tap(activity="x" * 65_536)

    assert response.status_code == 413
    assert "at most 64 KiB" in read(response)


def test_more_than_200_fields_are_refused() -> None:
    response = tap(limb=["waist"] * 300)

    assert response.status_code == 400
    assert "could not be read" in read(response)


def test_a_file_is_refused() -> None:
    find_sample()
    sent = SimpleUploadedFile("papers.pdf", b"%PDF")

    response = Client().post("/answer", {"activity": sent})

    assert response.status_code == 400


def test_an_address_that_leads_nowhere_says_so() -> None:
    response = visit("es/norms/us/nowhere")

    assert response.status_code == 404
    assert "No existe esa página" in read(response)


def test_a_page_that_only_shows_takes_nothing() -> None:
    assert tap("officer", activity="exam").status_code == 405


def test_our_own_fault_is_said_and_the_log_names_no_value(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(f"secret {NURSING['activity']}")

    monkeypatch.setattr("bedside.doors.web.views.advise", fail)
    find_sample()
    with caplog.at_level(logging.ERROR):
        response = Client(raise_request_exception=False).post("/answer", NURSING)

    from bedside.doors.web.quiet_log import QuietFormatter

    written = [QuietFormatter().format(record) for record in caplog.records]
    assert response.status_code == 500
    assert written
    assert "ValueError at" in written[-1]
    assert not any(word in line for line in written for word in ("secret", "feeding"))


KNOWN = st.sampled_from(
    ["activity", "patient_wish", "position", "device", "limb", "hold", "as_of", "claim", "agency"]
)
ANYTHING = st.text(max_size=20) | st.sampled_from(["exam", "accepts_officer:private", "none"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(KNOWN | st.text(max_size=10), ANYTHING, max_size=6))
def test_nothing_that_can_be_sent_breaks_the_page(taps: dict[str, str]) -> None:
    find_sample()

    response = Client(raise_request_exception=True).post("/answer", taps)

    assert response.status_code in {200, 400}
