"""FD-04: what Illinois and Colorado want of the record is complete, and the packet prints."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_cast import START
from playwright.sync_api import Browser, Page
from staff_cast import SIZES, sign_in
from test_visits_at_the_door import come, everywhere, find_barriers, find_language

from bedside.doors.web.words import SAID
from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser

SITE = """
slug: {slug}
name: {{en: Sample hospital, es: Hospital de muestra}}
jurisdiction: {state}
timezone: America/Chicago
is_sample: true
facts: {{facility_kind: hospital, facility_ownership: private, facility_state_funded: true,
  facility_takes_medicare_medicaid: true}}
phones: {{administrator_on_duty: 5-2000, counsel: 5-2600}}
units: [Emergency]
"""
STATES = {
    "us/il": ("210 ILCS 85/6.14h(c)(1)", "210 ILCS 85/6.14h(c)(2)"),
    "us/co": ("Colo. SB25-276", "C.R.S. art. 24-74.1"),
}
ANSWERS = {
    "door": "main",
    "count": "2",
    "officers": "A. First\nB. Second",
    "badges": "1187\n2291",
    "signature": "agency",
    "paper_copied": "yes",
    "our_words": "We cannot give permission to come in.",
}
TEXTS = ("count", "officers", "badges", "our_words")


@pytest.fixture(scope="module", params=list(STATES))
def state_and_address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """Serve a hospital in the state."""
    state, folder = request.param, tmp_path_factory.mktemp("hospital")
    file = folder / "site.yaml"
    file.write_text(SITE.format(slug=state.replace("/", "-"), state=state))
    started, port = serve(file, folder)
    try:
        yield state, f"http://127.0.0.1:{port}/"
    finally:
        started.terminate()
        started.communicate(timeout=20)


def serve(site: Path, data: Path) -> tuple["subprocess.Popen[str]", int]:
    """Serve a hospital on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
    environ |= {"BEDSIDE_DATA": str(data / "record"), "BEDSIDE_SITE": str(site)}
    started = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", START.format(port=port)],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert f":{port}/" in started.stdout.readline()  # said once it listens
    return started, port


def answer(page: Page) -> None:
    """Answer every question of the record."""
    for name, value in ANSWERS.items():
        if name in TEXTS:
            page.fill(f"[name={name}]", value)
        else:
            page.select_option(f"[name={name}]", value)
    page.click("button.main[type=submit], .sect button.main")
    page.wait_for_url(re.compile(r"/visits/[0-9a-f-]{36}$"))


@everywhere
def test_fd_04_the_record_of_the_state_is_complete_and_the_packet_prints(
    state_and_address: tuple[str, str], chromium: Browser, size: str, language: str
) -> None:
    state, address = state_and_address
    say = SAID[find_language(language)]
    desk = sign_in(chromium, address, Role.FRONT_DESK, size=SIZES[size], language=language)
    come(desk, address, language)
    assert say["visits_is_missing"] in desk.locator("section:has(#record)").inner_text()

    desk.click("a.press[href$=details]")
    barriers = find_barriers(desk)
    answer(desk)
    desk.click("button[value=left]")
    desk.wait_for_load_state()

    assert say["visits_is_complete"] in desk.locator("section:has(#record)").inner_text()
    duties = desk.locator("section:has(#duties) > ul > li").all()
    ours = [duty for duty in duties if any(c in duty.inner_text() for c in STATES[state])]
    assert ours
    assert all("done" in (duty.get_attribute("class") or "") for duty in ours)
    desk.click("a[href$=packet]")
    desk.wait_for_url(re.compile("/packet$"))
    packet = desk.locator("main").inner_text()
    for shown in ("A. First", "1187", "We cannot give permission", *STATES[state]):
        assert shown in packet
    assert say["visits_is_complete"] in packet
    assert say["visits_is_missing"] not in packet
    barriers += find_barriers(desk)
    desk.emulate_media(media="print")
    assert not desk.locator(".no-print").is_visible()
    assert desk.pdf().startswith(b"%PDF")
    assert not barriers
