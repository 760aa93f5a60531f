"""No page keeps anybody out: keyboard, screen reader, gloves, small screens, large letters."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_cast import (
    DESK,
    LANGUAGES,
    NORM,
    PHONE,
    READ,
    RING,
    RULES,
    SMALL,
    SMALLEST,
    TAPS,
    WIDER,
    open_page,
)
from playwright.sync_api import Browser, Page, ViewportSize

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser


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
