"""The atlas as a reader meets it: one page without a network, on phone, desktop and paper."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from bedside.doors.cli.atlas import draw_page
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.prove.survey import Survey, survey
from bedside.rules.prove.world import World
from bedside.rules.tables.compiled import SHIPPED, load_compiled
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH

pytestmark = [pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 23)
PLACES = ("us/ca", "us/tx")
MOST_BYTES = 1_500_000
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE, SMALLEST, DESK = (
    ViewportSize(width=360, height=740),
    ViewportSize(width=320, height=740),
    ViewportSize(width=1280, height=800),
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SHOWN = "[...document.querySelectorAll('.finding')].filter(e => e.checkVisibility()).length"
SMALL = """[...document.querySelectorAll('a,button,.langs label,summary,select')].filter(e => {
  const r = e.getBoundingClientRect();
  if (!e.checkVisibility() || !r.width || e.closest('.skip')) return false;
  return r.height < 44;
}).map(e => e.tagName + ' ' + e.textContent.trim().slice(0, 30))"""
MEMO, NURSING, RESCISSION = (
    "DHS memorandum of 2021-10-27",
    "CBP Policy Statement of 2021-11-30",
    "DHS memorandum of 2025-01-20",
)


@pytest.fixture(scope="module")
def world() -> World:
    compiled = load_compiled([SHIPPED], cache=ROOT / "build" / "tests" / "atlas")
    return World(compiled=compiled, on=DAY, jurisdiction="us/tx", overlays=("hospital/sample",))


@pytest.fixture(scope="module")
def found(world: World) -> Survey:
    """Look in two states at the days since 2021, so that a test run stays short."""
    return survey(world, date(2021, 6, 1), PLACES, lambda *_: None)


@pytest.fixture(scope="module")
def file(world: World, found: Survey, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("atlas") / "atlas.html"
    file.write_text(draw_page(found, world, ENGLISH), "utf-8")
    return file


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def open_page(
    browser: Browser,
    file: Path,
    size: ViewportSize = DESK,
    **more: Any,  # noqa: ANN401 - the browser's own options
) -> Page:
    tab = browser.new_context(viewport=size, **more).new_page()
    tab.goto(file.as_uri())
    return tab


def set_day(tab: Page, day: str) -> None:
    days = json.loads(tab.evaluate("document.getElementById('days').textContent"))
    tab.evaluate(
        "n => { const d = document.getElementById('day'); d.value = n;"
        " d.dispatchEvent(new Event('input')); }",
        days.index(day),
    )


def stands(tab: Page, cite: str) -> bool:
    return tab.locator(".spans li.stands", has_text=cite).count() == 1


# --- the file itself


def test_the_page_is_one_small_file_that_asks_nothing_of_any_network(file: Path) -> None:
    text = file.read_text("utf-8")

    assert len(text.encode()) < MOST_BYTES
    assert not re.findall(r'(?:src|href)="(?!#)[^"]+"', text)
    assert not re.findall(r"url\((?!\"data:font)", text)
    assert "default-src 'none'" in text
    assert text.count("<script>") == 1
    assert "style=" not in text
    assert not re.search(r"\$[a-z_]+", re.sub(r"(?s)<script>.*?</script>", "", text))


def test_every_finding_opens_to_its_norms_its_witness_and_whom_to_call(
    file: Path, found: Survey
) -> None:
    text = file.read_text("utf-8")
    drawn = re.findall(r'(?s)<details class="finding".*?</details>', text)

    assert len(drawn) == len(found.sightings) > 50
    for one in drawn:
        kind = re.search(r'data-kind="(\w+)"', one)
        assert kind is not None
        assert "Whom to call" in one
        assert "A quién llamar" in one
        assert "It shows when" in one
        assert "<pre" in one
        if kind[1] == "conflicts":
            assert one.count('class="cite"') >= 2
            assert re.search("we read the source|somebody reports it", one)


def test_every_witness_on_the_page_says_in_decide_what_the_page_says(
    file: Path, world: World
) -> None:
    text = file.read_text("utf-8")

    witnesses = re.findall(
        r'data-kind="(\w+)" data-dimension="(\w+)".*?<pre[^>]*>(.*?)</pre>', text
    )
    for kind, dimension, raw in witnesses:
        given = json.loads(raw.replace("&quot;", '"').replace("&#x27;", "'"))
        situation = Situation(
            as_of=date.fromisoformat(given["as_of"]),
            jurisdiction=given["jurisdiction"],
            overlays=tuple(given["overlays"]),
            facts=given["facts"],
        )
        judged = advise(world.compiled, situation).dimensions.get(dimension)
        if kind == "gaps":
            assert judged is None or judged.outcome.value == "silent"
        elif kind == "conflicts":
            assert judged is not None
            assert judged.outcome.value in {"conflict", "hold", "depends"}
    assert len(witnesses) > 50


def test_text_from_a_norm_cannot_become_markup(world: World, found: Survey) -> None:
    id_ = next(i for s in found.sightings for i in s.finding.norms)
    norm = world.compiled.rulebook.norms[id_]
    source = replace(norm.source, cite='<script>alert("1")</script>')
    norms = {**world.compiled.rulebook.norms, id_: replace(norm, source=source)}
    compiled = replace(world.compiled, rulebook=replace(world.compiled.rulebook, norms=norms))

    text = draw_page(found, replace(world, compiled=compiled), SPANISH)

    assert '<html lang="es">' in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


# --- in a browser


@pytest.mark.browser
def test_the_slider_shows_policies_come_and_go(chromium: Browser, file: Path) -> None:
    tab = open_page(chromium, file)

    seen = {}
    for day in ("2021-06-01", "2021-10-27", "2021-11-30", "2025-01-20", "2025-05-05"):
        set_day(tab, day)
        seen[day] = [stands(tab, cite) for cite in (MEMO, NURSING, RESCISSION)]
    set_day(tab, "2025-01-20")

    assert seen == {
        "2021-06-01": [False, False, False],
        "2021-10-27": [True, False, False],
        "2021-11-30": [True, True, False],
        "2025-01-20": [False, True, True],
        "2025-05-05": [False, False, True],
    }
    assert tab.locator("#shown").inner_text() == "January 20, 2025"
    today = tab.locator("#today").inner_text()
    assert MEMO in today
    assert "Arrest or search" in today
    tab.context.close()


@pytest.mark.browser
def test_a_state_and_a_cell_choose_what_is_listed(chromium: Browser, file: Path) -> None:
    tab = open_page(chromium, file)
    everything = tab.evaluate(SHOWN)

    tab.select_option("#place", label="Texas")
    in_texas = tab.evaluate(SHOWN)
    tab.click('.cell[data-key="position officer"] a')
    chosen = tab.evaluate(SHOWN)

    count = tab.locator('.cell[data-key="position officer"] .n').inner_text()
    assert 0 < chosen < in_texas < everything
    assert chosen == int(count)
    assert tab.locator(".finding[open]").count() == 1
    assert tab.locator(".finding[open] .witness").is_visible()
    tab.click("#everything")
    assert tab.evaluate(SHOWN) == in_texas
    tab.context.close()


@pytest.mark.browser
def test_one_press_turns_the_page_to_spanish(chromium: Browser, file: Path) -> None:
    tab = open_page(chromium, file, PHONE)

    tab.check("#lang-es")

    assert tab.locator("h1").inner_text() == "Dónde las reglas no concuerdan"
    assert tab.evaluate("document.documentElement.lang") == "es"
    assert "hallazgos" in tab.locator("#count").inner_text()
    assert "Where the rules disagree" not in tab.locator("main").inner_text()
    tab.context.close()


@pytest.mark.browser
def test_without_script_it_is_a_list_that_can_be_read(chromium: Browser, file: Path) -> None:
    tab = open_page(chromium, file, java_script_enabled=False)

    tab.locator(".finding summary").first.click()

    assert tab.locator(".finding[open] .norms").first.is_visible()
    assert tab.locator("#place").is_hidden()
    assert tab.locator(".turn").count() > 20
    assert tab.locator(".cell:not(.none)").count() > 10
    tab.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")])
def test_the_page_has_no_barrier_and_no_sideways_scroll(
    chromium: Browser, file: Path, size: ViewportSize, scheme: str
) -> None:
    tab = open_page(chromium, file, size, color_scheme=scheme)
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.click(".cell.conflict:not(.none) a")

    found = Axe().run(tab, options=RULES).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"][:80]) for one in found] == []
    assert not tab.evaluate(WIDER)
    assert tab.evaluate(SMALL) == []
    assert complaints == []
    tab.set_viewport_size(SMALLEST)
    assert not tab.evaluate(WIDER)
    tab.context.close()


@pytest.mark.browser
def test_on_paper_findings_stand_open_and_controls_are_gone(chromium: Browser, file: Path) -> None:
    tab = open_page(chromium, file)
    tab.select_option("#place", label="Texas")
    tab.emulate_media(media="print")

    assert tab.locator(".finding:visible .norms").first.is_visible()
    assert tab.locator("#everything").is_hidden()
    assert tab.locator(".steps").is_hidden()
    assert tab.locator("#shown").is_visible()
    assert len(tab.pdf(format="A4")) > 10_000
    tab.context.close()
