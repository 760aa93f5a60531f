"""Saying “this is wrong”, and noting what a manager said, as people at the bedside do it."""

import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from desk_cast import find_barriers, press_with_keys
from page_cast import TAPS
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(
    ("size", "language"),
    SIZED,
    ids=SHAPE_NAMES,
)
DECIDE = "from bedside.doors.cli.main import main; main()"


def open_answer(page: Page, address: str, language: str) -> None:
    """Ask the six questions at once and open their answer."""
    page.goto(f"{address}{language}")
    page.evaluate("taps => taps.forEach(one => document.querySelector(one).checked = true)", TAPS)
    page.evaluate("document.getElementById('taps').requestSubmit()")
    page.wait_for_url("**/answer")


def decide(file: Path) -> dict[str, object]:
    """Ask the command line about the situation of a question."""
    command = [sys.executable, "-c", DECIDE, "decide", str(file), "--json"]
    decided = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert decided.returncode in (0, 1), decided.stderr
    answer: dict[str, object] = json.loads(decided.stdout)
    return answer


def take_file(page: Page, file: Path) -> None:
    """Take the situation of the question that is open."""
    with page.expect_download() as download:
        page.locator("a[href$='/situation']").click()
    download.value.save_as(file)


@EACH
def test_ec_12_a_disagreement_reaches_the_owner_with_its_situation_and_comes_back_answered(
    address: str, chromium: Browser, tmp_path: Path, size: ViewportSize, language: str
) -> None:
    reason = f"our policy says outside {uuid4().hex[:4]}"
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    open_answer(nurse, address, language)
    assert not find_barriers(nurse)
    press_with_keys(nurse, "form[action$='/questions/new'] button")
    nurse.wait_for_url("**/questions/new")
    assert not find_barriers(nurse)
    nurse.fill("#reason", reason)
    press_with_keys(nurse, "main form button")
    nurse.wait_for_selector("main dl")
    assert not find_barriers(nurse)

    owner = sign_in(chromium, address, Role.RULEBOOK_OWNER, size=size, language=language)
    assert owner.locator(".waiting li").count()
    owner.goto(f"{address}{language}questions")
    assert not find_barriers(owner)
    owner.locator("main li", has_text=reason).locator("a").click()
    owner.wait_for_url("**/questions/*-*")
    assert not find_barriers(owner)
    file = tmp_path / "situation.json"
    take_file(owner, file)
    owner.fill("#answer", "You are right; the norm was changed.")
    owner.check("input[name=state]")
    press_with_keys(owner, "main form button")
    owner.wait_for_selector("#answer", state="detached")

    nurse.goto(f"{address}{language}questions")
    line = nurse.locator("main li", has_text=reason).inner_text()
    assert "the norm was changed" in line
    assert json.loads(file.read_text())["facts"]["activity"] == "feeding"
    assert decide(file)


@EACH
def test_pf_09_a_disagreement_that_speaks_of_status_is_asked_for_in_other_words(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    words = {"": "the patient is undocumented", "es/": "la paciente es indocumentada"}[language]
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    open_answer(page, address, language)
    page.locator("form[action$='/questions/new'] button").first.click()
    page.fill("#reason", words)
    page.locator("main form button").click()

    page.wait_for_selector(".worries li")
    assert page.locator(".worries li").count() == 1
    assert page.input_value("textarea") == words
    assert not find_barriers(page)
    page.fill("textarea", "the wrong norm is cited")
    page.locator("main form button").click()
    page.wait_for_url("**/questions/*-*")
    assert "the wrong norm is cited" in page.inner_text("main")


@EACH
def test_what_a_manager_told_staff_is_noted_like_a_claim_and_counsel_reads_it(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    words = f"Do not call the family {uuid4().hex[:4]}"
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    open_answer(nurse, address, language)
    press_with_keys(nurse, "button[formaction$='/instructions/new']")
    nurse.wait_for_url("**/instructions/new")
    assert not find_barriers(nurse)
    nurse.fill("#words", words)
    nurse.select_option("#role", "house_supervisor")
    nurse.select_option("#asks", "family_contact:blocked")
    nurse.locator("main form button").click()
    nurse.wait_for_url("**/instructions/*-*")
    assert words in nurse.inner_text("main")
    found = {"": "no source on file", "es/": "sin fuente en archivo"}[language]
    assert found in nurse.inner_text("main").lower()
    assert not find_barriers(nurse)

    counsel = sign_in(chromium, address, Role.COUNSEL, size=size, language=language)
    counsel.goto(f"{address}{language}instructions")
    assert words in counsel.inner_text("main")
    assert not find_barriers(counsel)
