"""Somebody leaves: access ends at once, what they looked at stays readable with their name."""

import re

import pytest
from desk_cast import find_barriers
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import NAMES, Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
# Each shape lets another person go: whoever left is gone for all that follow.
LEAVERS = iter([Role.RISK_MANAGER, Role.SOCIAL_WORK, Role.PATIENT_ADVOCATE, Role.RESIDENT])


@EACH
def test_po_09_whoever_leaves_loses_access_the_same_day_and_keeps_a_history(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    leaver = next(LEAVERS)
    person = sign_in(chromium, address, leaver, size=size, language=language)
    person.goto(f"{address}{language}stays")
    person.locator("main a[href*='/stays/']").filter(has_text=re.compile("Open|Abrir")).last.click()
    person.wait_for_url("**/stays/*-*")

    keeper = sign_in(chromium, address, Role.STAFF_KEEPER, size=size, language=language)
    _open(keeper, f"{address}{language}people", NAMES[leaver].en)
    assert not find_barriers(keeper)
    keeper.locator("form[action$='/departures'] button").click()
    keeper.wait_for_selector("form[action$='/departures']", state="detached")

    person.goto(f"{address}{language}stays")
    assert "/accounts/login/" in person.url
    privacy = sign_in(chromium, address, Role.PRIVACY_OFFICER, size=size, language=language)
    _open(privacy, f"{address}{language}journal/people", NAMES[leaver].en)
    told = privacy.locator("main").inner_text()
    assert "Record read" in told or "Registro leído" in told
    assert NAMES[leaver].en in told
    assert not find_barriers(privacy)


def _open(page: Page, where: str, name: str) -> None:
    """Open the page of a person from a list of people."""
    page.goto(where)
    page.locator("main a").filter(has_text=name).first.click()
    page.wait_for_load_state()
