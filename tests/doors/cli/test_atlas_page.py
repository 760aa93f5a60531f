"""What the atlas writes: what a day began and ended, in words and without noughts; whole days."""

import re
from datetime import date
from pathlib import Path

import pytest

from bedside.doors.cli.atlas import draw_page
from bedside.rules.prove.survey import survey
from bedside.rules.prove.world import World
from bedside.rules.tables.compiled import SHIPPED, load_compiled
from bedside.rules.vocabulary.problem import ENGLISH

ROOT = Path(__file__).resolve().parents[3]
DAY = date(2025, 6, 1)


@pytest.fixture(scope="module")
def page() -> str:
    compiled = load_compiled([SHIPPED], cache=ROOT / "build" / "tests" / "atlas")
    world = World(compiled=compiled, on=DAY, jurisdiction="us/tx")
    return draw_page(survey(world, date(2025, 1, 1), ("us/tx",), lambda *_: None), world, ENGLISH)


def read_turn(page: str, day: str) -> str:
    found = re.search(rf'<details class="turn" id="t-{day}".*?</summary>', page)
    assert found is not None
    return re.sub(r"<[^>]+>", "|", found[0])


def test_a_day_says_how_much_begins_ends_and_changes_in_both_languages(page: str) -> None:
    told = read_turn(page, "2025-01-20")

    assert re.search(r"\|1 begins, 1 ends, \d+ answers change\|", told)
    assert re.search(r"\|1 empieza, 1 termina, \d+ respuestas cambian\|", told)


def test_nothing_is_counted_as_nought(page: str) -> None:
    summaries = re.findall(r'<details class="turn".*?</summary>', page)

    assert summaries
    assert not [one for one in summaries if re.search(r"\b0 |1 begin,|1 empiezan", one)]


def test_no_line_ends_within_a_day(page: str) -> None:
    lede = re.search(r'<p class="lede">.*?</p>', page)

    assert lede is not None
    assert lede[0].count('<span class="day">') == lede[0].count("2025-") == 4


def test_on_paper_the_marks_are_explained_and_nobody_is_told_to_press() -> None:
    style = (ROOT / "src/bedside/doors/cli/atlas_files/atlas.css").read_text("utf-8")
    paper = style.split("@media print")[1]

    assert ".legend" not in paper
    assert ".on-screen" in paper
