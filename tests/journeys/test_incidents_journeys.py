"""Reviewing what was reported, until the reporter reads the answer; what leaves by which lane."""

import csv
import zipfile
from pathlib import Path

import pytest
from desk_cast import find_barriers, press_with_keys
from incidents_rows import LINE, OF_SAFETY, OF_THE_HOUSE, STATED
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage", "incidents_stage"]
pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("served")]
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
ONCE = pytest.mark.parametrize(("size", "language"), SIZED[:1], ids=SHAPE_NAMES[:1])
STATEMENT = "I stood where the nurse told me to stand."
TOLD = "They twisted my arm in the car."


def take_a_report(page: Page, address: str, language: str) -> str:
    """Take the first report of privacy into review; say where its page is."""
    page.goto(f"{address}{language}reviews")
    assert not find_barriers(page)
    form = "li:has-text('P1') form[action*='/reviews/reports/']"
    press_with_keys(page, f"{form} button")
    page.wait_for_url("**/reviews/*-*")
    return page.url


def send(page: Page, field: str) -> None:
    """Send the form that a field stands in."""
    page.locator(f"form:has({field}) button").last.click()
    page.wait_for_load_state()


def rate(page: Page) -> None:
    """Rate the harm on the page that is open."""
    assert not find_barriers(page)
    page.check("input[name=reached][value=yes]")
    for item, harm in (("physical", "LA21151-8"), ("psychological", "LA20749-0")):
        page.check(f"input[name={item}][value={harm}]")
    page.check("input[name=dignity][value=LA20748-2]")
    page.locator("main form button.main").click()
    page.wait_for_load_state()


def hear(page: Page, state: str, words: str = "") -> None:
    """Note a step of hearing the officer."""
    page.locator("details:has(#state) > summary").click()
    page.select_option("#state", state)
    page.fill("#words", words)
    send(page, "#words")


def read_own_reports(page: Page, address: str, language: str) -> list[str]:
    """Read every report of one's own, with the talk about it."""
    page.goto(f"{address}{language}reports")
    links = page.locator("main a[href*='/reports/']").all()
    read = []
    for href in [link.get_attribute("href") for link in links[:6]]:  # the newest stand first
        page.goto(f"{address.rstrip('/')}{href}")
        read.append(page.inner_text("main"))
    return read


@EACH
def test_of_05_of_10_an_officer_is_heard_before_a_review_closes_and_the_reporter_reads_the_answer(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.RISK_MANAGER, size=size, language=language)
    take_a_report(page, address, language)
    assert OF_SAFETY in page.inner_text("main")
    assert page.locator("blockquote.verbatim", has_text=STATED).count() == 1
    page.select_option("#mark", index=0)
    send(page, "#mark")
    assert page.locator(".judged .norms a", has_text="42 CFR 482.13").count() == 1
    assert not find_barriers(page)

    page.fill("#outcome", "The chair was moved.")
    send(page, "#outcome")
    assert page.locator(".wrongs[role=alert]").count() == 1
    assert page.input_value("#outcome") == "The chair was moved."

    page.locator("main a[href$='/rating']").click()
    page.wait_for_url("**/rating")
    rate(page)
    hear(page, "asked")
    hear(page, "heard", STATEMENT)
    assert STATEMENT in page.inner_text("main")
    page.fill("#answer", "We moved the officer's chair behind the glass.")
    send(page, "#answer")
    page.fill("#outcome", "The chair was moved.")
    send(page, "#outcome")
    assert page.locator("#reopen-why").count() == 1
    assert not find_barriers(page)

    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    read = read_own_reports(nurse, address, language)
    assert any("behind the glass" in text for text in read)
    assert not any(STATEMENT in text for text in read)


@ONCE
def test_a_second_rater_sees_nothing_of_the_first_before_rating(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.RISK_MANAGER, size=size, language=language)
    here = take_a_report(page, address, language)
    page.locator("details:has(#rater) > summary").click()
    page.select_option("#rater", label=page.locator("#rater option").first.inner_text())
    chosen = page.locator("#rater option:checked").inner_text()
    send(page, "#rater")
    page.locator("main a[href$='/rating']").click()
    page.wait_for_url("**/rating")
    rate(page)
    assert page.locator(".rated").count() == 1

    role = Role.ATTENDING if "ttending" in chosen else Role.PRIVACY_OFFICER
    second = sign_in(chromium, address, role, size=size, language=language)
    second.goto(f"{address}{language}ratings")
    assert not find_barriers(second)
    second.locator(f"main a[href*='{here.rsplit('/', 1)[1]}']").click()
    assert second.locator(".rated").count() == 0
    rate(second)

    page.goto(here)
    assert page.locator(".rated").count() == 2
    assert not find_barriers(page)


@EACH
def test_of_08_an_agency_sees_its_month_by_level_and_what_changed_is_told_to_all(
    address: str, chromium: Browser, size: ViewportSize, language: str, tmp_path: Path
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    page.goto(f"{address}{language}agency-reports")
    if page.locator("main form button.main").count():  # the other shape has published it else
        press_with_keys(page, "main form button.main")
        page.wait_for_selector("main table")
    assert not find_barriers(page)
    with page.expect_download() as download:
        page.locator("main a[href*='/agency-reports/']").click()
    download.value.save_as(tmp_path / "month.csv")
    rows = list(csv.reader((tmp_path / "month.csv").read_text().splitlines()))
    assert any("14" in row for row in rows)
    assert not any(cell.isdecimal() and 0 < int(cell) < 11 for row in rows for cell in row)

    risk = sign_in(chromium, address, Role.RISK_MANAGER, size=size, language=language)
    risk.goto(f"{address}{language}changes")
    if risk.locator("main form button.main").count():
        risk.locator("input[name=line]").first.check()
        risk.locator("main form button.main").click()
        risk.wait_for_load_state()
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    nurse.goto(f"{address}{language}changes")
    text = nurse.inner_text("main")
    assert LINE in text
    assert "12" in text
    assert OF_SAFETY not in text
    assert not find_barriers(nurse)


@EACH
def test_lc_08_lc_12_po_10_counsel_takes_lane_one_whole_and_finds_every_party_treated_alike(
    address: str, chromium: Browser, size: ViewportSize, language: str, tmp_path: Path
) -> None:
    page = sign_in(chromium, address, Role.COUNSEL, size=size, language=language)
    page.goto(f"{address}{language}lanes")
    assert not find_barriers(page)
    text = page.inner_text("main")
    assert "18 USC 111(a)" in text
    assert "S5" in text
    assert OF_SAFETY not in text

    page.fill("#since", "2026-01-01")
    with page.expect_download() as download:
        press_with_keys(page, "form:has(#since) button")
    file = tmp_path / "lane.zip"
    download.value.save_as(file)

    with zipfile.ZipFile(file) as packed:
        taken = {name: packed.read(name).decode() for name in packed.namelist()}
    assert {"LEAME.txt", "README.txt", "events.jsonl", "records.csv"} == set(taken)
    assert OF_THE_HOUSE in taken["events.jsonl"]
    assert not any(OF_SAFETY in one or '"review.' in one for one in taken.values())


@EACH
def test_md_10_an_allegation_is_evaluated_by_the_treating_team_and_no_reviewer_finds_it(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    page.goto(f"{address}{language}evaluations")
    assert not find_barriers(page)
    page.locator("main a[href*='/evaluations']").first.click()
    page.wait_for_url("**/stays/*/evaluations")
    assert not find_barriers(page)
    page.fill("#told", TOLD)
    page.fill("#present", "one officer, county jail")
    page.fill("#threats", "You will be sorry.")
    page.fill("#f0", "marks on both wrists")
    page.locator("main form button.main").click()
    assert page.locator(".wrongs[role=alert]").count() == 1
    assert page.input_value("#f0") == "marks on both wrists"
    page.select_option("#t0", "typical")
    press_with_keys(page, "main form button.main")
    page.wait_for_url("**/evaluations/*-*")
    here = page.url
    assert TOLD in page.inner_text("main")
    assert not find_barriers(page)
    page.locator("form[action$='/copies'] button").click()
    page.wait_for_load_state()
    assert TOLD in page.inner_text("main")
    assert not find_barriers(page)

    for role in (Role.RISK_MANAGER, Role.PRIVACY_OFFICER):
        other = sign_in(chromium, address, role, size=size, language=language)
        other.goto(here)
        assert TOLD not in other.inner_text("main")
        other.goto(f"{address}{language}reviews")
        assert TOLD not in other.inner_text("main")
