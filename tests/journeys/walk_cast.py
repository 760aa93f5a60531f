"""One person of the house with a browser for a whole module, so that signing in is paid once."""

import re
from dataclasses import dataclass

from page_cast import open_page
from playwright.sync_api import Browser, Page, ViewportSize

STAY = re.compile(r"/stays/([0-9a-f-]{36})")
OBSERVED = (
    "window.said = []; speechSynthesis.speak = one => window.said.push([one.lang, one.text]);"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A browser of one shape at the served hospital, with the bedside nurse signed in."""

    chromium: Browser
    address: str
    size: ViewportSize
    language: str  # "" or "es/"
    page: Page

    def go(self, path: str) -> Page:
        """Open a page in the language of the walk."""
        self.page.goto(f"{self.address}{self.language}{path}")
        return self.page

    def open_stay(self, room: str, **facts: str) -> str:
        """Open a stay by hand, and say where it is."""
        page = self.go("stays/new")
        page.locator("input[name=unit]").first.check()
        page.fill("#room", room)
        if facts:
            page.click("details.fold summary")
        for fact, value in facts.items():
            page.check(f"input[name={fact}][value={value}]")
        page.click("main form button.main")
        page.wait_for_url(STAY)
        found = STAY.search(page.url)
        assert found
        return f"stays/{found[1]}"

    def find_code(self, stay: str) -> str:
        """Find the address that the printed code of a post leads to."""
        page = self.go(f"{stay}/sheets")
        place = 1 if self.language else 0
        return page.locator(".officer-code .address").nth(place).inner_text()

    def say(self, english: str, spanish: str) -> str:
        """Say something in the language of the walk."""
        return spanish if self.language else english

    def open_street(self) -> Page:
        """Open a window in which nobody is signed in."""
        return open_page(self.chromium, self.size)
