"""What the written pages show is true: links, settings, examples, words."""

import json
import re
from datetime import date
from pathlib import Path

from docs._tools.rules import ROOT
from docs._tools.scenes import say_scenes
from docs_cast import BLOCK, DOCS, find_block, find_compiled, find_made, find_written

from bedside.config.env import NAMES
from bedside.doors.cli.show import Page
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.read_situation import KEYS, read_situation
from bedside.rules.decide.render import render_advice
from bedside.rules.vocabulary.document import parse_document
from bedside.rules.vocabulary.problem import ENGLISH

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)|!\[[^\]]*\]\(([^)\s]+)\)")
SETTING = re.compile(r"^\| `(BEDSIDE_\w+)` \|", re.MULTILINE)
ROW = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)
NAME = re.compile(r"`(\w+)`")
DAY = date(2026, 11, 23)
FORMAT = DOCS / "reference" / "situation-and-advice.md"
TUTORIAL = DOCS / "tutorials" / "first-answer.md"


def _advise(page: Path) -> Advice:
    text = find_block(page, "situation")
    document = parse_document(text.encode(), name=page.name)
    return advise(find_compiled(), read_situation(document, find_compiled(), today=DAY))


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = []
    for file, text in find_written().items():
        for target in (a or b for a, b in LINK.findall(text)):
            made = target.split("made/")[-1] if "made/" in target else None
            known = made in find_made() if made else (file.parent / target).exists()
            if not target.startswith(("http", "mailto")) and not known:
                broken.append(f"{file.relative_to(ROOT)}: {target}")

    assert broken == []


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    documented = SETTING.findall((DOCS / "reference" / "settings.md").read_text("utf-8"))

    assert sorted(documented) == sorted(NAMES)


def test_the_readme_shows_the_founding_scenes_as_they_are_answered_now() -> None:
    shown = find_block(ROOT / "README.md", "scenes")

    assert shown == "".join(f"{line}\n" for line in say_scenes())


def test_the_readme_fits_one_screen_and_says_that_it_is_no_legal_advice() -> None:
    text = (ROOT / "README.md").read_text("utf-8")

    assert text.count("\n") <= 70
    assert "Not legal advice" in text
    assert "make run" in text
    assert "make test" in text


def test_the_first_answer_of_the_tutorial_is_the_real_one() -> None:
    advice = _advise(TUTORIAL)

    lines = list(Page(advice, find_compiled().vocabulary, ENGLISH).lines())

    assert "\n".join(lines[:3]) == find_block(TUTORIAL, "answer").strip()


def test_the_norm_that_the_tutorial_explains_speaks_in_its_situation() -> None:
    advice = _advise(TUTORIAL)

    assert "us/federal/hhs/cms/482-13-c-1-personal-privacy" in advice.norms


def test_every_key_of_a_situation_is_documented() -> None:
    tables = FORMAT.read_text("utf-8").split("## The advice")[0]
    documented = {name for row in ROW.findall(tables) for name in NAME.findall(row)}

    assert documented == set(KEYS)


def test_every_key_of_the_advice_is_documented_and_every_documented_one_is_printed() -> None:
    advice = json.loads(json.dumps(render_advice(_advise(FORMAT))))
    tables = FORMAT.read_text("utf-8").split("## The advice")[1]
    whole, of_a_dimension = tables.split("In each dimension:")

    documented = {name for row in ROW.findall(whole) for name in NAME.findall(row)}
    assert documented == set(advice)
    documented = {name for row in ROW.findall(of_a_dimension) for name in NAME.findall(row)}
    assert documented == set(advice["dimensions"]["position"])
    for row in advice["norms"].values():
        assert [key for key in row if f"`{key}`" not in whole] == []


def test_every_marked_situation_is_understood() -> None:
    for file, text in find_written().items():
        for kind, name, block in BLOCK.findall(text):
            if kind == "situation":
                document = parse_document(block.encode(), name=name)
                assert read_situation(document, find_compiled(), today=DAY).as_of == DAY, file


def test_a_decision_is_argued_in_forty_lines_with_its_cost_and_its_alarm() -> None:
    for file in (DOCS / "decisions").glob("*.md"):
        text = file.read_text("utf-8")
        if file.stem != "index":
            assert text.count("\n") <= 40, file.name
            for part in ("Question", "chose", "g[ai]ve(n)? up", "notice"):
                assert re.search(rf"\*\*[^*]*{part}", text, re.IGNORECASE), f"{file.name}: {part}"


def test_the_glossary_says_every_word_in_spanish() -> None:
    text = (DOCS / "reference" / "glossary.md").read_text("utf-8")
    rows = [line.split("|")[1:-1] for line in text.split("\n") if line.startswith("| ")][1:]

    assert len(rows) >= 40
    assert [row[0].strip() for row in rows if not row[2].strip()] == []


def test_no_page_says_that_something_is_simple() -> None:
    condescending = re.compile(r"\b(simply|just|obviously|of course|easy|easily)\b", re.IGNORECASE)
    found = [
        f"{file.relative_to(ROOT)}: {said[0]}"
        for file, text in find_written().items()
        if "texts" not in file.parts and (said := condescending.search(text))
    ]

    assert found == []
