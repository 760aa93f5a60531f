"""A report under a name is kept when the network goes and filed once; one without a name is not."""

import re

import pytest
from desk_cast import find_barriers
from device_cast import cut, mend, wait_for, wait_for_copy
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in
from test_offline_stays import LIES_OPEN, STAY

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
WORDS = "The curtain stayed open while I asked."
OWN = re.compile(r"/reports/[0-9a-f-]{36}$")


def write(page: Page, words: str) -> None:
    """Write a report in words, and choose the record that it goes to."""
    page.locator(".lanes label:has([value=safety])").click()
    page.fill("#words", words)


def count_own(page: Page, address: str, language: str) -> int:
    """Count the reports that somebody made."""
    page.goto(f"{address}{language}reports")
    links = page.locator("main a").evaluate_all("all => all.map((a) => a.pathname)")
    return len({link for link in links if OWN.search(link)})


@EACH
def test_a_report_that_was_open_is_kept_when_the_network_goes_and_filed_once(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    before = count_own(nurse, address, language)
    nurse.goto(f"{address}{language}stays")
    stay = STAY.findall(nurse.content())[0]
    nurse.goto(f"{address}{language}stays/{stay}/reports/new")
    wait_for_copy(nurse)
    write(nurse, WORDS)
    cut(nurse)

    nurse.locator(".sendbar button").click()
    nurse.wait_for_selector("[data-told=report-kept]:not([hidden])")

    wait_for(nurse, "waiting", 1)
    assert nurse.locator("[data-told=list] li").count() == 1
    assert not find_barriers(nurse)
    assert "curtain" not in nurse.evaluate(LIES_OPEN)
    mend(nurse)
    nurse.goto(f"{address}{language}offline")
    wait_for(nurse, "waiting", 0)
    wait_for(nurse, "refused", 0)
    nurse.evaluate("bedsideQueue.sync()")
    assert count_own(nurse, address, language) == before + 1


def test_a_report_that_is_refused_is_shown_and_goes_with_other_words(
    address: str, chromium: Browser
) -> None:
    size, language = SIZED[0]
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    before = count_own(nurse, address, language)
    nurse.goto(f"{address}{language}reports/new")
    wait_for_copy(nurse)
    write(nurse, "He said that she is undocumented.")
    cut(nurse)
    nurse.locator(".sendbar button").click()
    nurse.wait_for_selector("[data-told=report-kept]:not([hidden])")
    mend(nurse)

    nurse.goto(f"{address}{language}offline")
    wait_for(nurse, "refused", 1)
    nurse.wait_for_selector("[data-told=refused-list] form")

    assert "undocumented" in nurse.locator("[data-told=refused-list] .wrong").inner_text()
    assert not find_barriers(nurse)
    nurse.fill("[data-told=refused-list] textarea[name=words]", WORDS)
    nurse.locator("[data-told=refused-list] button[value=send]").click()
    wait_for(nurse, "refused", 0)
    wait_for(nurse, "waiting", 0)
    assert count_own(nurse, address, language) == before + 1


def test_a_report_without_a_name_is_never_kept_and_the_page_says_so(
    address: str, chromium: Browser
) -> None:
    size, language = SIZED[0]
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    nurse.goto(f"{address}{language}report")
    wait_for_copy(nurse)
    nurse.fill("#words", WORDS)
    cut(nurse)

    nurse.locator(".sendbar button").click()
    nurse.wait_for_selector("[data-unsent]:not([hidden])")
    assert "solo en esta página" in nurse.locator("[data-unsent]").inner_text()
    nurse.goto(f"{address}{language}report")
    nurse.wait_for_selector("[data-told=nameless]:not([hidden])")

    assert nurse.locator("[data-told=list] li").count() == 0
    assert not find_barriers(nurse)
    mend(nurse)
    nurse.goto(f"{address}{language}offline")
    wait_for(nurse, "waiting", 0)
    wait_for(nurse, "refused", 0)
    assert "curtain" not in nurse.evaluate(LIES_OPEN)
