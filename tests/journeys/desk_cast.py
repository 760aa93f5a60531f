"""What journeys at the desk share: looking for barriers, and the keyboard alone."""

from axe_playwright_python.sync_playwright import Axe
from page_cast import RULES, SMALL, WIDER
from playwright.sync_api import Page


def find_barriers(page: Page) -> list[object]:
    """Find what keeps somebody out: what axe reports, too small to press, wider than the screen."""
    response = Axe().run(page, options=RULES).response
    found: list[object] = [
        (page.url, violation["id"], node["target"])
        for violation in response["violations"]
        for node in violation["nodes"]
    ]
    found += page.evaluate(SMALL, 44)
    return found + (["wider than the screen"] if page.evaluate(WIDER) else [])


def press_with_keys(page: Page, selector: str) -> None:
    """Reach a control with the keyboard alone and press it."""
    target = page.locator(selector).first
    for _ in range(120):
        page.keyboard.press("Tab")
        if target.evaluate("e => e === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{selector} is not reached with the keyboard")
