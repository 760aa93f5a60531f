"""Counsel and the privacy officer read the journal, and take a stay out for others to check."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from desk_cast import find_barriers, press_with_keys
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage", "desk_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(
    ("size", "language"),
    SIZED,
    ids=SHAPE_NAMES,
)
VERIFY = "from bedside.doors.cli.main import main; main()"


@pytest.fixture(scope="module")
def address(served: None, address: str) -> str:
    """Serve the hospital with its stays."""
    del served
    return address


def take(page: Page, selector: str, file: Path) -> None:
    """Take a file from a page."""
    with page.expect_download() as download:
        page.locator(selector).click()
    download.value.save_as(file)


def verify(folder: Path) -> bool:
    """Check the bundle as anybody outside does, with the key got by another way."""
    command = [sys.executable, "-c", VERIFY, "verify", "stay.zip", "--policy", "policy.txt"]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, "--json"], cwd=folder, capture_output=True, text=True, check=False
    )
    proven: bool = json.loads(done.stdout)["proven"]
    return proven and done.returncode == 0


@EACH
def test_counsel_reads_the_journal_and_takes_out_a_bundle_that_the_command_accepts(
    address: str, chromium: Browser, tmp_path: Path, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.COUNSEL, size=size, language=language)
    page.goto(f"{address}{language}journal")
    assert not find_barriers(page)
    take(page, "a[href$='/journal/policies']", tmp_path / "policy.txt")
    press_with_keys(page, "main a[href*='/stays/'][href$='/journal']")
    page.wait_for_url("**/stays/*/journal")
    for details in page.locator("details").all():
        details.evaluate("e => { e.open = true }")
    assert not find_barriers(page)

    take(page, "form[action$='/journal/exports'] button", tmp_path / "stay.zip")

    assert verify(tmp_path)
    page.reload()
    said = {"": "Journal exported", "es/": "Diario exportado"}[language]
    assert said in page.inner_text("main")


@EACH
def test_the_privacy_officer_reads_what_a_person_read(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.PRIVACY_OFFICER, size=size, language=language)
    page.goto(f"{address}{language}journal/people")
    assert not find_barriers(page)
    page.locator("main li", has_text="privacy-officer").locator("a").click()
    page.wait_for_url("**/journal/people/*")
    press_with_keys(page, "a[href='?only=read']")
    page.wait_for_url("**?only=read")

    said = {"": "Journal read", "es/": "Diario leído"}[language]
    assert said in page.inner_text("main")
    assert not find_barriers(page)
