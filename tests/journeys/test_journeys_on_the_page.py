"""A nurse on a phone at night, from the first tap to the words to say, in a real browser."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

pytestmark = pytest.mark.browser

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, SMALLEST, DESK = (
    ViewportSize(width=360, height=740),
    ViewportSize(width=320, height=740),
    ViewportSize(width=1280, height=800),
)
START = "from bedside.doors.cli.serve import serve_command as s; s(port={port}, sample=True)"
TRIES = 240
NORM = "norms/us/federal/hhs/cms/482-13-c-1-personal-privacy"
READ = ["", "norms?find=482.13", NORM, "officer", "about", "nowhere"]
LANGUAGES = ["", "es/"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TAPS = [
    "#s1 input[value=feeding]",
    "#s2 input[value=not_asked]",
    "#s3 input[value=at_bedside]",
    "#s4 input[value=none]",
    "#s5 input[name=hold][value=none]",
    "#s6 input[value=in_use]",
]
SCENES = {
    "exam": ["#s1 input[value=exam]", *TAPS[1:5], "#s6 input[value=put_away]"],
    "briefing": [
        "#s1 .more-acts summary",
        "#s1 input[value=briefing]",
        "#s2 [data-go=next]",
        "#s3 input[value=in_room]",
        "#s4 [type=submit]",
    ],
    "nursing": TAPS,
    "arrest": ["#s1 .officer-asks summary", "#s1 input[value=arrest]", "#s2 [type=submit]"],
    "letter": ["#s1 .officer-asks summary", "#s1 input[value=letter]", "#s2 [type=submit]"],
    "other words in a letter": [
        "#s1 .officer-asks summary",
        "#s1 input[value=letter_reword]",
        "#s2 [type=submit]",
    ],
}
SCROLLS = "document.documentElement.scrollHeight > innerHeight"
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# Controls too small to press; a control within its label is pressed by the label.
SMALL = """least => [...document.querySelectorAll('a,button,label,summary,select')].filter(e => {
  const r = e.getBoundingClientRect();
  if (!e.checkVisibility() || !r.width || r.bottom < 0 || e.closest('.hidden,.skip')) return false;
  if (e.tagName === 'LABEL' && !e.className) return false;
  if (e.tagName === 'A' && getComputedStyle(e).display === 'inline') return false;
  return r.width < least || r.height < least;
}).map(e => e.tagName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 30))"""
RING = """() => { const e = document.activeElement;
  if (!e || e === document.body) return null;
  return getComputedStyle(e.closest('.tile,.outcome .press') || e).outlineStyle !== 'none'; }"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the sample hospital on a free port, as `make run` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
    started = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", START.format(port=port)],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout is not None
        assert f"http://127.0.0.1:{port}/" in started.stdout.readline()  # said once it listens
        yield f"http://127.0.0.1:{port}/"
    finally:
        started.terminate()
        _, said = started.communicate(timeout=20)
        assert "feeding" not in said


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start one browser for all journeys."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


def open_page(chromium: Browser, size: ViewportSize = PHONE, *, script: bool = True) -> Page:
    """Open a clean window of that size."""
    context = chromium.new_context(
        viewport=size, java_script_enabled=script, reduced_motion="reduce"
    )
    return context.new_page()


def tap_six_times(page: Page) -> None:
    """Tap the six answers of a nursing mother whose officer stands at the bed."""
    for tile in TAPS:
        page.locator(tile).click()
    page.wait_for_url("**/answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_taps_lead_to_the_answer_and_nothing_is_scrolled(
    address: str, chromium: Browser, language: str
) -> None:
    page = open_page(chromium)
    page.goto(address + language)

    for tile in TAPS:
        assert not page.evaluate(SCROLLS), tile
        page.locator(tile).click()
    page.wait_for_url("**/answer")

    for part in ("h1", ".scene", ".main-say blockquote", ".main-call", ".outcome"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= PHONE["height"]
    answer = page.locator(".main-call").bounding_box()
    buttons = page.locator(".outcome").bounding_box()
    assert answer is not None
    assert buttons is not None
    assert answer["y"] + answer["height"] <= buttons["y"]
    assert page.url == f"{address}{language}answer"


def test_on_a_desk_all_six_questions_stand_beside_one_another(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium, DESK)
    page.goto(address)

    for tile in TAPS:
        page.locator(tile).check(force=True)
    page.locator("#so-far .preset").wait_for()
    page.locator(".sofar button").click()

    assert page.locator("h1").inner_text() == "Private"
    assert not page.evaluate(WIDER)


def test_the_officers_requests_are_two_taps_away(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(address)

    page.locator(".officer-asks summary").click()
    assert not page.evaluate(SCROLLS)
    page.locator("input[value=patient_info]").click()
    page.locator("#s2 [type=submit]").click()

    assert "I can't answer that myself" in page.locator(".main-say blockquote").inner_text()


def test_an_emergency_is_one_tap(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(address)

    page.locator("[name=emergency]").click()

    assert page.locator("h1").inner_text() == "Emergency bay"


def test_a_wrong_tap_can_be_taken_back(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(address)

    page.locator(TAPS[0]).click()
    page.locator(".seg").first.click()

    assert page.locator("#s1").is_visible()
    page.locator("#s1 input[value=exam]").click()
    assert page.locator("#s2").is_visible()
    assert page.locator("input[name=activity]:checked").get_attribute("value") == "exam"


def test_without_a_script_the_same_form_stands_on_one_page(address: str, chromium: Browser) -> None:
    page = open_page(chromium, script=False)
    page.goto(address)

    for tile in TAPS:
        page.locator(tile).check(force=True)
    page.locator(".sofar button").click()

    assert page.locator("h1").inner_text() == "Private"


def test_the_keyboard_alone_leads_to_the_answer(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(address)
    page.locator("#s1 input[value=interview]").focus()

    for _ in range(5):
        page.keyboard.press("ArrowDown")
    assert page.locator("#s1").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("#s2").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("#s3").is_visible()
    page.locator("#s3 [type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer")

    assert page.locator("h1").inner_text() == "Private"


@pytest.mark.parametrize("path", ["", "officer", NORM])
def test_whatever_the_keyboard_reaches_has_a_ring(
    address: str, chromium: Browser, path: str
) -> None:
    page = open_page(chromium)
    page.goto(address + path)

    reached = 0
    for _ in range(40):
        page.keyboard.press("Tab")
        ring = page.evaluate(RING)
        if ring is None:
            break
        assert ring, page.evaluate("document.activeElement.outerHTML")
        reached += 1
    assert reached > 2


@pytest.mark.parametrize(
    ("language", "size", "scheme"),
    [("", PHONE, "light"), ("es/", PHONE, "dark"), ("es/", DESK, "light"), ("", DESK, "dark")],
    ids=["en-phone-light", "es-phone-dark", "es-desk-light", "en-desk-dark"],
)
def test_no_page_has_a_barrier_that_axe_can_find(
    address: str, chromium: Browser, language: str, size: ViewportSize, scheme: str
) -> None:
    page = open_page(chromium, size)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found: list[object] = []

    for path in READ:
        page.goto(f"{address}{language}{path}")
        found += find_barriers(page)
    page.goto(address + language)
    page.evaluate("document.getElementById('taps').requestSubmit()")
    page.wait_for_url("**/answer")
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    found += find_barriers(page)

    assert not found


def find_barriers(page: Page) -> list[object]:
    """Find what axe reports, each with the place."""
    response = Axe().run(page, options=RULES).response
    return [
        (page.url, violation["id"], node["target"])
        for violation in response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
def test_each_founding_scene_is_answered_within_six_taps_and_without_a_scroll(
    address: str, chromium: Browser, scene: str, language: str
) -> None:
    page = open_page(chromium)
    page.goto(address + language)
    taps = SCENES[scene]

    for tile in taps:
        page.locator(tile).click()
        assert page.evaluate("window.scrollY") == 0
    page.wait_for_url("**/answer")

    assert len(taps) <= 6
    top_of_bar = page.locator(".outcome").bounding_box()
    assert top_of_bar is not None
    for part in ("h1", ".main-say blockquote", ".main-call h2", ".main-call .press"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= top_of_bar["y"], part
    assert page.locator(".main-call .press").inner_text().strip()


def test_behind_the_empty_chart_nothing_can_be_reached_by_keyboard(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    page.goto(address)
    tap_six_times(page)
    page.locator("#h-quiet").check(force=True)

    for _ in range(6):
        page.keyboard.press("Tab")
        reached = page.evaluate("document.activeElement.id || document.activeElement.tagName")
        assert reached in {"h-quiet", "h-open", "BODY", "HTML"}
    page.locator("#h-quiet").focus()
    page.keyboard.press("ArrowRight")

    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_pressed_with_a_glove(
    address: str, chromium: Browser, language: str
) -> None:
    page = open_page(chromium)

    for path in READ:
        page.goto(f"{address}{language}{path}")
        assert page.evaluate(SMALL, 44) == [], path
    page.goto(address + language)
    for tile in TAPS:
        tiles = page.locator(".ask .tile:not(summary *)")
        for box in (t.bounding_box() for t in tiles.all() if t.is_visible()):
            assert box is not None
            assert min(box["width"], box["height"]) >= 76
        page.locator(tile).click()
    page.wait_for_url("**/answer")
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    assert page.evaluate(SMALL, 44) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_smallest_screen_or_at_twice_the_text(
    address: str, chromium: Browser, language: str
) -> None:
    for size, text in ((SMALLEST, "100%"), (PHONE, "200%")):
        page = open_page(chromium, size)
        for path in READ:
            page.goto(f"{address}{language}{path}")
            page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
            assert not page.evaluate(WIDER), (path, text)
        page.goto(address + language)
        page.evaluate("document.getElementById('taps').requestSubmit()")
        page.wait_for_url("**/answer")
        page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
        assert not page.evaluate(WIDER), ("answer", text)


def test_no_request_leaves_for_another_origin_and_none_carries_a_fact(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(address)

    tap_six_times(page)

    assert asked
    assert all(url.startswith(address) for url in asked)
    assert not any("feeding" in url or "?" in url for url in asked)
    assert not troubles


def test_with_the_network_gone_the_answer_stays_and_a_refusal_has_its_words(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    page.goto(address)
    tap_six_times(page)
    page.context.set_offline(offline=True)

    page.locator("#h-refused").check(force=True)
    assert page.locator(".after-refused blockquote").is_visible()
    page.locator("#h-open").check(force=True)

    assert page.locator(".main-say blockquote").is_visible()
    page.locator("details.why summary").first.click()
    assert page.locator("details.why").get_attribute("open") is None


def test_where_asking_is_not_safe_the_screen_shows_an_empty_chart(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    page.goto(address)
    tap_six_times(page)

    page.locator("#h-quiet").check(force=True)

    assert page.locator(".quiet-page h2").inner_text() == "Vital signs"
    heading = page.locator("h1").bounding_box()
    assert heading is None or heading["height"] < 2 or not _is_seen(page, "h1")
    page.locator(".quiet-page label").click()
    assert _is_seen(page, "h1")


def _is_seen(page: Page, part: str) -> bool:
    """Tell whether the middle of a part is what a finger would touch."""
    return bool(
        page.evaluate(
            """part => { const e = document.querySelector(part), r = e.getBoundingClientRect();
            const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
            return e === top || e.contains(top); }""",
            part,
        )
    )


def test_a_printed_answer_has_no_buttons_and_opens_its_reasons(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    page.goto(address)
    tap_six_times(page)

    page.emulate_media(media="print")

    assert not page.locator(".outcome").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator(".choices").first.is_visible()


def test_the_address_of_health_answers(address: str) -> None:
    with urllib.request.urlopen(f"{address}healthz") as answer:  # noqa: S310 - our own address
        assert answer.read().startswith(b"ok ")
