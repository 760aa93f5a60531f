"""Every word of the page is said in both languages, and every word there is is used."""

import re
from pathlib import Path

from bedside.doors.web import icons
from bedside.doors.web.taps_page import FIRST, ICONS
from bedside.doors.web.words import WORDS
from bedside.rules.vocabulary.load import load_vocabulary

WEB = Path(icons.__file__).parent
SAME = {"other_language", "ladder_minutes_5", "ladder_minutes_10", "ladder_minutes_20", "differs"}
SAME |= {"no", "span_minute_one", "span_minute_many", "ask_patient_in_spanish", "no_num"}


def read_templates() -> str:
    return "".join(f.read_text() for f in sorted((WEB / "templates").rglob("*.html")))


def test_every_word_is_said_in_both_languages() -> None:
    unsaid = [key for key, text in WORDS.items() if not text.en.strip() or not text.es.strip()]

    assert not unsaid


def test_no_word_was_left_in_english() -> None:
    same = [key for key, text in WORDS.items() if text.en == text.es and key not in SAME]

    assert not same


def test_both_languages_fill_in_the_same_values() -> None:
    gaps = re.compile(r"\{\w+\}")
    differing = [
        k for k, t in WORDS.items() if sorted(gaps.findall(t.en)) != sorted(gaps.findall(t.es))
    ]

    assert not differing


def test_templates_say_only_words_that_exist() -> None:
    said = set(re.findall(r"\bsay\.(\w+)", read_templates()))

    assert not said - set(WORDS)


def test_every_word_is_used() -> None:
    code = read_templates() + "".join(f.read_text() for f in sorted(WEB.rglob("*.py")))
    made = re.compile(r'"(\w+_)\{|"(\w+_)" *\+')
    beginnings = {a or b for a, b in made.findall(code)}
    unused = [
        key
        for key in WORDS
        if not re.search(rf"\b{key}\b", code) and not key.startswith(tuple(beginnings))
    ]

    assert not unused


def test_templates_hold_no_words_of_their_own() -> None:
    text = re.sub(r"\{% block (?:body|referrer) %\}.*?\{% endblock %\}", " ", read_templates())
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    ours = set(re.findall(r"[A-Za-zÁÉÍÓÚáéíóúñ]{3,}", text))

    assert ours == {"Bedside", "mmHg", "SpO"}


def test_every_icon_that_is_named_is_drawn() -> None:
    named = set(re.findall(r'\{% icon "([a-z0-9-]+)"', read_templates()))
    named |= {icon for table in ICONS.values() for icon in table.values()}

    assert not named - set(icons.SYMBOLS)


def test_every_answer_with_a_tile_has_its_picture() -> None:
    vocabulary = load_vocabulary()

    for id_ in ("activity", "danger", "officer_asks"):
        words = {word.id for word in vocabulary.facts[id_].words} - {"nothing"}
        assert words == set(ICONS[id_])
    assert set(FIRST) <= set(ICONS["activity"])


def test_the_icons_carry_their_licence() -> None:
    assert "ISC License" in (WEB / "icons-LICENSE.txt").read_text()
    assert (
        "Open Font License" in (WEB / "static/bedside/fonts/OFL.txt").read_text()
        or "OFL" in (WEB / "static/bedside/fonts/OFL.txt").read_text()
    )
