"""The card of rights: what it may promise, how it is read, and in which language it is shown."""

from dataclasses import replace
from pathlib import Path

import pytest
from patient_signature import sign_every_text
from reading_grade import find_grade
from web_cast import find_sample, read, visit

from bedside.doors.web.patient import cards
from bedside.doors.web.patient.cards import RightsCard, build_card
from bedside.doors.web.patient.texts import FILE, load_texts
from bedside.doors.web.site import Site
from bedside.record.presence.patient_words import Card
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language

MOST_SECONDS, WORDS_A_MINUTE = 90, 130  # slower than ordinary reading aloud
GRADE = 5.0
TITLE, SUS = "Your rights here", "Sus derechos aquí"


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return sign_every_text(tmp_path, monkeypatch)


@pytest.mark.parametrize("card", Card)
@pytest.mark.parametrize("wanted", [ENGLISH, SPANISH])
def test_pf_01_a_card_is_read_aloud_in_less_than_ninety_seconds(
    card: Card, wanted: Language
) -> None:
    shelf = find_sample()

    built = build_card(shelf, shelf.site, card=card, wanted=wanted, language=ENGLISH)

    assert built.count / WORDS_A_MINUTE * 60 < MOST_SECONDS


@pytest.mark.parametrize("card", Card)
def test_pf_01_a_card_is_written_for_the_fifth_grade(card: Card) -> None:
    shelf = find_sample()

    built = build_card(shelf, shelf.site, card=card, wanted=ENGLISH, language=ENGLISH)

    assert find_grade(" ".join(line.text for line in built.lines)) <= GRADE


def test_pf_01_each_right_of_the_card_stands_on_a_norm_and_an_offer_says_that_it_is_one(
    db: None,
) -> None:
    del db
    page = read(visit("rights"))

    assert "42 CFR 482.13(c)(1)" in page
    assert page.count("An offer of the house, no right.") == 1
    assert "92.201" not in page  # only remembered: it promises nothing
    assert "free" not in page


def test_pf_01_no_card_promises_what_no_norm_here_gives() -> None:
    site = find_sample().site
    clinic = replace(site, facts={**site.facts, "facility_kind": "clinic"})

    icons = {line.icon for line in _build(clinic).lines if not line.is_offer}

    assert "phone" not in icons  # 42 CFR 482.13(b)(4) binds hospitals
    assert "hand" in icons  # a profession's norm binds everywhere


def test_pf_01_a_norm_that_is_only_remembered_promises_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = "norms: [us/federal/hhs/ocr/92-201-qualified-interpreter]"
    text = FILE.read_text(encoding="utf-8")
    before, found, after = text.partition("  - id: interpreter\n")
    after = after.replace("kind: offer", "kind: right", 1).replace("norms: []", listed, 1)
    file = tmp_path / "texts.yaml"
    file.write_text(before + found + after, encoding="utf-8")
    monkeypatch.setattr(cards, "load_texts", lambda: load_texts(file))

    icons = {line.icon for line in _build(find_sample().site).lines}

    assert "languages" not in icons
    assert "hand" in icons


def test_pf_01_spanish_that_nobody_signed_is_marked_in_the_sample_hospital(db: None) -> None:
    del db
    page = read(visit("es/rights"))

    assert SUS in page
    assert "traducción sin revisar" in page


def test_pf_01_a_real_hospital_shows_english_until_the_spanish_is_signed() -> None:
    built = _build(_real_site(), wanted=SPANISH)

    assert built.title == TITLE
    assert built.spoken.is_held_back


@pytest.mark.usefixtures("signed")
def test_pf_07_signed_spanish_is_shown_at_a_real_hospital_with_who_signed_it() -> None:
    built = _build(_real_site(), wanted=SPANISH)

    assert built.title == SUS
    assert built.spoken.reviewers == "translator-7"
    assert not built.spoken.is_unreviewed


def test_pf_07_a_sentence_that_was_changed_after_its_signature_is_unsigned(signed: Path) -> None:
    changed = signed.with_name("changed.yaml")
    text = signed.read_text(encoding="utf-8").replace(
        "Su atención es privada", "Su cuidado es privado"
    )
    changed.write_text(text, encoding="utf-8")

    right = next(one for one in load_texts(changed).rights if one.id == "privacy")

    assert right.adult is not None
    assert right.adult.reviewer == ""


def _real_site() -> Site:
    return replace(find_sample().site, is_sample=False)


def _build(site: Site, *, wanted: Language = ENGLISH) -> RightsCard:
    return build_card(find_sample(), site, card=Card.ADULT, wanted=wanted, language=ENGLISH)
