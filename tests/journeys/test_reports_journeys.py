"""Reporting in a browser: a minute with the name or without, the way back, and nobody linked."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_cast import find_barriers, press_with_keys
from page_cast import open_page
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
HOUSE = Path(__file__).with_name("reports_house.py")
OWN = re.compile(r"/reports/[0-9a-f-]{36}$")
MOST_TAPS = 10
House = Callable[[str], int]
# What a script could hide in: tags, handlers, addresses, styles, broken nesting, odd encodings.
SHELLS = (
    "<script>{0}</script>",
    "<img src=x onerror={0}>",
    "<svg onload={0}>",
    "<svg><script>{0}</script></svg>",
    "<body onload={0}>",
    "<iframe srcdoc='<script>parent.{0}</script>'>",
    "<iframe src='javascript:parent.{0}'>",
    "<a href='javascript:{0}' autofocus onfocus={0}>x</a>",
    "<input autofocus onfocus={0}>",
    "<details open ontoggle={0}>",
    "<video><source onerror={0}>",
    "<math><mi xlink:href='javascript:{0}'>x</mi></math>",
    "<object data='javascript:{0}'>",
    "<embed src='javascript:{0}'>",
    "<style>@import 'javascript:{0}';</style>",
    "<link rel=stylesheet href='javascript:{0}'>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>",
    "<form action='javascript:{0}'><button autofocus>x</button></form>",
    "<marquee onstart={0}>x</marquee>",
    "<template><script>{0}</script></template>",
)
OPENINGS = (
    "",
    '">',
    "'>",
    "</textarea>",
    "</title>",
    "-->",
    "]]>",
    "{{% verbatim %}}",
    "\\u003c",
    "\ufeff",
)
PAYLOADS = [opening + shell.format("hit()") for opening in OPENINGS for shell in SHELLS]


@pytest.fixture(scope="module")
def house(address: str, tmp_path_factory: pytest.TempPathFactory) -> House:
    """Let the house act at the hospital that is served."""
    del address
    folders = tmp_path_factory.getbasetemp().glob("data*")
    data = max(folders, key=lambda folder: folder.stat().st_mtime)

    def run(question: str = "") -> int:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
        environ |= {"BEDSIDE_DATA": str(data), "BEDSIDE_SAMPLE": "yes"}
        command = [sys.executable, str(HOUSE), question]
        return int(subprocess.check_output(command, env=environ, text=True))  # noqa: S603 - our own

    return run


class Taps:
    """Counts what somebody has to press."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, selector: str) -> None:
        """Press one thing."""
        self.page.locator(selector).first.click()
        self.count += 1


def tap_what(taps: Taps, code: str) -> None:
    """Tap everything that a report asks for, from the icon of its family on."""
    family = f".kinds details:has(input[value={code}])"
    taps.press(f"{family} summary")
    taps.press(f"{family} .tile:has(input[value={code}])")
    taps.press(".tile:has(input[name=reached][value=yes])")
    taps.press(".tile:has(input[name=harm_physical][value='LA21151-8'])")
    taps.press(".tile:has(input[name=harm_psychological][value='LA21150-0'])")
    taps.press(".tile:has(input[name=dignity_impact][value='LA20749-0'])")
    taps.press(".tile:has(input[name=when][value=now])")
    taps.press(".tile:has(input[name=unit][value=Emergency])")
    taps.press(".sendbar button")


def take_code(page: Page) -> str:
    """Read the code, and type its last group again."""
    code = page.locator(".code").inner_text()
    page.fill("#again", code[-6:])
    page.locator("main form button.main").click()
    expect(page.locator(".code")).to_have_count(0)
    return code


def come_back(page: Page, address: str, language: str, code: str) -> None:
    """Come back with the code."""
    page.goto(f"{address}{language}report/answers")
    page.fill("#code", code)
    page.locator("main form button.main").click()
    page.locator("main dl").wait_for()


def report_without_a_name(page: Page, address: str, language: str) -> str:
    """Report from the list of reports in ten taps, and take the code."""
    page.goto(f"{address}{language}reports")
    assert not find_barriers(page)
    taps = Taps(page)
    taps.press(f"a[href='/{language}report']")
    page.wait_for_url(f"**/{language}report")
    assert not find_barriers(page)
    tap_what(taps, "P4")
    page.locator(".code").wait_for()
    assert taps.count <= MOST_TAPS
    assert not find_barriers(page)
    code = take_code(page)
    assert not find_barriers(page)
    return code


@EACH
def test_rn_11_she_reports_without_a_name_in_ten_taps_and_answers_later(
    address: str, chromium: Browser, house: House, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    code = report_without_a_name(page, address, language)

    house("On which day was it?")
    come_back(page, address, language, code)
    expect(page.locator(".talk")).to_contain_text("On which day was it?")
    page.fill("#text", "On Monday.")
    press_with_keys(page, "#reporting button.main")
    page.locator("main [role=status]").wait_for()
    assert not find_barriers(page)
    house("")
    come_back(page, address, language, code)
    expect(page.locator(".talk li")).to_have_count(2)

    nameless = [one for one in sent if "/report" in one.url]
    assert len(nameless) >= 4
    assert [one.url for one in nameless if "cookie" in one.all_headers()] == []
    page.goto(f"{address}{language}reports")
    expect(page.locator(".rows")).to_have_count(0)
    page.context.close()


@EACH
def test_pf_04_and_pf_11_staff_file_a_patients_words_and_take_them_back_for_her(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.CHARGE_NURSE, size=size, language=language)
    page.goto(f"{address}{language}reports/new")
    assert not find_barriers(page)
    page.locator(".tile:has(input[name=lane][value=safety])").click()
    page.locator("details.more summary").first.click()
    page.fill("#patient_words", "Se rieron de mí cuando pedí agua.")
    page.fill("#patient_language", "español")
    assert not find_barriers(page)
    page.locator(".sendbar button").click()
    page.locator("#wrongs").wait_for()
    assert not find_barriers(page)
    page.locator("label:has([name=agreed_to_file])").click()
    page.locator(".tile:has(input[name=lane][value=safety])").click()
    page.locator(".sendbar button").click()
    page.wait_for_url(OWN)
    expect(page.locator("main")).to_contain_text("Se rieron de mí")
    assert not find_barriers(page)
    page.locator("details.more summary").click()
    page.locator("details.more button").click()
    expect(page.locator("#text")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Se rieron de mí")
    page.context.close()


@EACH
def test_family_and_officers_use_the_same_page_with_the_keyboard_and_without_a_script(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = open_page(chromium, size, script=False)
    page.goto(f"{address}{language}report")
    page.locator("details:has(input[value=S5]) summary").first.click()
    page.locator(".tile:has(input[value=S5])").click()
    page.locator(".tile:has(input[name=who][value=officer])").click()
    page.fill("#words", "The way to the stairs was shut for an hour.")
    page.locator(".sendbar button").press("Enter")
    code = take_code(page)
    come_back(page, address, language, code)
    page.locator("details.more summary").click()
    page.locator("details.more button").click()
    page.locator("main [role=status]").wait_for()
    assert page.context.cookies() == []
    come_back(page, address, language, code)
    expect(page.locator("#text")).to_have_count(0)
    page.goto(f"{address}{language}report/about")
    expect(page.locator("main h1")).to_be_visible()
    page.context.close()


@pytest.fixture
def watched(chromium: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """Sign the nurse in, and watch for any script that is not ours."""
    page = sign_in(chromium, address, Role.BEDSIDE_NURSE)
    hits: list[str] = []
    page.expose_function("hit", lambda: hits.append(page.url))
    page.on("dialog", lambda dialog: hits.append(dialog.message))
    yield page, hits
    page.context.close()


def fill_all(page: Page, text: str) -> None:
    """Fill every free text of a form with as many lines as it takes."""
    page.evaluate(
        """text => {
          const texts = "#reporting textarea, #reporting input[type=text]";
          for (const field of document.querySelectorAll(texts)) {
            const most = field.maxLength;
            const lines = text.split("\\n");
            while (lines.join("\\n").length > most) lines.splice(Math.random() * lines.length, 1);
            field.value = lines.join("\\n");
          }
          const ticks = "[name=agreed_to_file], [name=keep_anyway]";
          for (const tick of document.querySelectorAll(ticks)) tick.checked = true;
        }""",
        text,
    )


def test_no_script_in_any_field_runs_out_of_two_hundred(
    address: str, watched: tuple[Page, list[str]], house: House
) -> None:
    page, hits = watched
    said = "\n".join(PAYLOADS)
    assert (len(PAYLOADS), len(said) < 20_000) == (200, True)

    page.goto(f"{address}reports/new")
    fill_all(page, said)
    page.locator(".sendbar button").click()
    page.wait_for_url(OWN)
    expect(page.locator(".said").first).to_contain_text("<script>hit()</script>")
    page.fill("#text", said)
    page.locator("#reporting button, section form button").first.click()
    expect(page.locator(".talk .said")).to_contain_text("<script>hit()</script>")
    assert page.evaluate("document.querySelectorAll('.said *').length") == 0

    page.goto(f"{address}report")
    fill_all(page, f"Dr. Smithson {said}")
    page.locator(".sendbar button").click()
    page.locator("#worries").wait_for()
    page.check("[name=keep_anyway]")
    page.locator(".sendbar button").click()
    code = take_code(page)
    come_back(page, address, "", code)
    page.fill("#text", said)
    page.locator("#reporting button.main").click()
    page.locator("main [role=status]").wait_for()
    house("")
    come_back(page, address, "", code)
    expect(page.locator(".talk .said")).to_contain_text("<script>hit()</script>")

    assert page.evaluate("document.querySelectorAll('.said *').length") == 0
    assert hits == []
