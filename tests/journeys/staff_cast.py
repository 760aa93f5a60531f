"""How a journey signs somebody in at the served sample hospital, and in which shapes it is walked.

An ordinary run knows a phone in Spanish and a desk in English, which take turns (`shapes`); a soak
walks each journey in all four shapes.
"""

import os

from page_cast import PHONE, open_page
from playwright.sync_api import Browser, Page, ViewportSize

from bedside.record.accounts.roles import Role
from bedside.record.accounts.sample import PASSWORD

SIZES = {"phone": PHONE, "desk": ViewportSize(width=1280, height=800)}
ALL = [("phone", ""), ("phone", "es/"), ("desk", ""), ("desk", "es/")]
SHAPES = ALL if os.environ.get("BEDSIDE_SOAK") == "1" else [("phone", "es/"), ("desk", "")]
SHAPE_NAMES = [f"{size}-{language or 'en'}".rstrip("/") for size, language in SHAPES]
SIZED = [(SIZES[size], language) for size, language in SHAPES]


def sign_in(
    chromium: Browser,
    address: str,
    role: Role,
    *,
    size: ViewportSize = PHONE,
    language: str = "",
) -> Page:
    """Sign in as the sample hospital's person of a role; `language` is "" or "es/"."""
    page = open_page(chromium, size)
    page.goto(f"{address}{language}accounts/login/")
    page.fill("input[name=login]", role.value.replace("_", "-"))
    page.fill("input[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url(f"{address}{language}home")
    return page
