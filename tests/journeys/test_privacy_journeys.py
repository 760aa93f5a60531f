"""The privacy officer's morning, from the list to the letter, at a hospital in California."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk_cast import find_barriers, press_with_keys
from page_cast import open_page
from playwright.sync_api import Browser, Page, ViewportSize
from privacy_seed import PACIFIC, find_night
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.doors.web.words import SAID
from bedside.record.accounts.roles import Role
from bedside.rules.calendars.clocks import load_clocks, read_known, start
from bedside.rules.vocabulary.problem import Language

HERE = Path(__file__).parent
START = (
    f"import sys; sys.path[:0] = [{str(HERE)!r}]; from privacy_seed import serve; "
    "serve(port={{port}}, folder={folder!r}, nameless={nameless})"
)
FACTORS = {
    "who": "custody_officer",
    "acquired": "heard",
    "mitigated": "assurance",
}
REASON = "the supervisor wrote that nothing was kept"
pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder in which the served hospital leaves the codes of its reports."""
    return tmp_path_factory.mktemp("privacy")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[None]:
    """Serve the hospital in California."""
    import page_stage  # a plugin: it is imported only once pytest has made it ready

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_stage, "START", START.format(folder=str(folder), nameless=len(SIZED)))
        yield


@pytest.fixture(scope="module")
def address(served: None, address: str) -> str:
    """Serve the hospital with its reports."""
    del served
    return address


def speak(language: str) -> dict[str, str]:
    """Find the words of a language."""
    return dict(SAID[Language("es" if language else "en")])


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Page]:
    """Keep one signed-in page for each shape: signing in is dear."""
    return {}


@pytest.fixture
def page(
    signed_in: dict[str, Page], address: str, chromium: Browser, size: ViewportSize, language: str
) -> Page:
    """Open the morning's list as the privacy officer."""
    shape = f"{size['width']}{language}"
    if shape not in signed_in:
        signed_in[shape] = sign_in(
            chromium, address, Role.PRIVACY_OFFICER, size=size, language=language
        )
    signed_in[shape].goto(f"{address}{language}privacy")
    return signed_in[shape]


def open_exposure(page: Page, address: str, language: str, *, at: datetime, stay: bool) -> None:
    """Open an exposure of the night, of the stay or of none."""
    page.goto(f"{address}{language}exposures/new")
    local = f"{at.astimezone(PACIFIC):%Y-%m-%dT%H:%M}"
    page.fill("#known_at", local)
    page.fill("#happened_at", local)
    if stay:
        option = page.locator("#stay option", has_text="· 417")
        page.select_option("#stay", option.get_attribute("value"))
    page.locator("main form button").click()
    page.wait_for_url(re.compile(r"/exposures/[0-9a-f-]{36}$"))


def confirm_breach(page: Page) -> None:
    """Sign that it was a breach."""
    page.click("a[href$='/assessments']")
    page.select_option("#limb", "not_permitted")
    page.check("input[name=nature][value=care]")
    page.check("input[name=result][value=breach]")
    page.check("input[name=sign]")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/exposures/[0-9a-f-]{36}$"))


@EACH
def test_po_01_both_clocks_began_with_the_report_of_the_night_and_show_the_days_left(
    page: Page, language: str
) -> None:
    item = page.locator("main .queue > li", has_text="03:05").first
    said = item.inner_text()

    known = read_known(find_night(), PACIFIC)
    for clock in ("us_patient", "ca_department"):
        due = start(load_clocks()[clock], known, PACIFIC)
        assert due.on is not None
        assert due.safe_on is not None
        left = due.count_days_left(datetime.now(PACIFIC).date())
        assert due.on.isoformat() in said
        assert due.safe_on.isoformat() in said
        assert f"{left} d" in said
    assert known.day.isoformat() in said
    assert not find_barriers(page)
    press_with_keys(page, "a[href$='/privacy/clocks']")
    page.wait_for_url("**/privacy/clocks")
    sources = page.inner_text("main")
    assert speak(language)["privacy_reading_remembered"] in sources
    assert "Cal. Gov. Code 6700(a)" in sources
    assert not find_barriers(page)


@EACH
def test_po_02_the_log_of_the_officer_at_the_window_is_attached_by_itself(
    page: Page, address: str, language: str
) -> None:
    say = speak(language)
    open_exposure(page, address, language, at=find_night(), stay=True)
    assert not find_barriers(page)
    press_with_keys(page, "a[href$='/assessments']")
    page.wait_for_url("**/assessments")

    notes = page.locator("main .evidence").inner_text()
    assert notes.count(say["privacy_out_of_hearing"]) == 2
    assert len(re.findall(rf"{say['privacy_place_in_ledger']} \d+", notes)) == 3
    assert " 2 " in page.input_value("#limb_says")
    assert not find_barriers(page)
    page.select_option("#limb", "incidental")
    page.check("input[name=result][value=permitted]")
    page.check("input[name=sign]")
    press_with_keys(page, "main form button.main")
    page.wait_for_url(re.compile(r"/exposures/[0-9a-f-]{36}$"))
    assert not page.locator("main .clock").count()
    page.locator("main .rows details summary").first.click()
    assert say["privacy_place_in_ledger"] in page.locator("main .rows").inner_text()
    assert not find_barriers(page)


@EACH
def test_po_03_a_low_probability_needs_a_reason_for_each_factor_and_a_signature(
    page: Page, address: str, language: str
) -> None:
    open_exposure(page, address, language, at=find_night(), stay=True)
    page.click("a[href$='/assessments']")
    page.select_option("#limb", "not_permitted")
    page.check("input[name=nature][value=spoken]")
    for name, value in FACTORS.items():
        page.select_option(f"#{name}", value)
    for name in ("nature", "who", "acquired"):
        page.fill(f"#{name}_reason", REASON)
    page.check("input[name=result][value=low]")
    page.check("input[name=sign]")
    page.locator("main form button.main").click()

    page.wait_for_selector("#wrongs li")
    assert " 4." in page.inner_text("#wrongs")
    assert page.input_value("#who_reason") == REASON
    assert not find_barriers(page)
    page.fill("#mitigated_reason", REASON)
    page.check("input[name=sign]")
    page.locator("main form button.main").click()
    page.wait_for_url(re.compile(r"/exposures/[0-9a-f-]{36}$"))
    assert page.inner_text("main").count(REASON) == 4
    assert not find_barriers(page)


@EACH
def test_po_04_a_breach_in_california_is_told_within_fifteen_business_days(
    page: Page, address: str, language: str
) -> None:
    say = speak(language)
    open_exposure(page, address, language, at=find_night(), stay=True)
    confirm_breach(page)

    clock = load_clocks()["ca_department"]
    due = start(clock, read_known(find_night(), PACIFIC), PACIFIC)
    title = clock.title.es if language else clock.title.en
    line = page.locator("main .clock", has=page.locator("b", has_text=title))
    assert due.on is not None
    assert due.on.isoformat() in line.inner_text()
    assert "22 CCR 79902(a)" in line.inner_text()
    assert not find_barriers(page)
    page.click("a[href$='/filings']")
    assert not find_barriers(page)
    page.check("input[name=clocks][value=ca_department]")
    page.fill("#body", "Filed on the website under K 4411")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/exposures/[0-9a-f-]{36}$"))
    assert say["privacy_given"] in line.inner_text()


@EACH
def test_the_letter_is_in_the_patients_language_and_alone_on_its_paper(
    page: Page, address: str, language: str
) -> None:
    say = speak(language)
    open_exposure(page, address, language, at=find_night(), stay=True)
    confirm_breach(page)
    page.click("a[href$='/letters/patient']")
    page.fill("#happened", "An officer photographed a screen." if not language else "Una foto.")
    page.fill("#doing", "We asked for it to be deleted." if not language else "Pedimos borrarla.")
    page.locator("main form button[value=show]").click()
    page.wait_for_selector("main .paper")
    assert not find_barriers(page)
    assert page.locator("main .paper").get_attribute("lang") == "es"  # the patient's language
    page.emulate_media(media="print")
    assert not page.locator("#happened").is_visible()
    page.emulate_media(media="screen")
    page.click("main button[value=given]")
    page.wait_for_url(re.compile(r"/exposures/[0-9a-f-]{36}$"))
    assert page.inner_text("main").count(say["privacy_given"]) >= 2
    assert not find_barriers(page)


@EACH
def test_po_05_a_clock_pauses_only_on_a_written_or_dated_oral_basis(
    page: Page, address: str, language: str
) -> None:
    say = speak(language)
    open_exposure(page, address, language, at=find_night(), stay=False)
    page.click("a[href$='/delays']")
    assert not find_barriers(page)
    page.select_option("#ground", "criminal_investigation")
    page.select_option("#form", "oral")
    page.fill("#words", "it would impede our case")
    press_with_keys(page, "main form button")

    page.wait_for_selector("#wrongs li")
    assert page.input_value("#words") == "it would impede our case"
    assert not find_barriers(page)
    page.fill("#official", "a sergeant of the county")
    page.fill("#stated_on", datetime.now(PACIFIC).date().isoformat())
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/exposures/[0-9a-f-]{36}$"))
    said = page.inner_text("main")
    until = datetime.now(PACIFIC).date() + timedelta(days=30)
    assert until.isoformat() in said
    assert say["privacy_paused"] in said
    department = page.locator("main .clock", has_text="22 CCR 79902(a)").inner_text()
    assert say["privacy_paused"] not in department
    assert not find_barriers(page)


@EACH
def test_po_06_a_reporter_without_a_name_is_asked_through_the_code_and_stays_unknown(
    page: Page, address: str, size: ViewportSize, language: str, folder: Path
) -> None:
    code = (folder / "codes").read_text("utf-8").splitlines()[SIZED.index((size, language))]
    say = speak(language)
    question = f"Was the screen facing the door? {code[:4]}"
    answer = f"Yes, it was. {code[-4:]}"
    waiting = page.locator("main .queue > li", has_text=say["privacy_next_report"])
    links = waiting.locator("a[href*='/privacy/reports/']").evaluate_all("e => e.map(a => a.href)")
    for link in links:
        page.goto(link)
        if say["privacy_only_day"] in page.inner_text("main"):
            page.fill("#text", question)
            page.locator("main form button", has_text=say["privacy_ask"]).click()
            page.wait_for_selector("main .talk li")
    said = page.inner_text("main")
    assert question in said
    assert "Bedside nurse" not in said
    assert not find_barriers(page)

    assert page.context.browser
    stranger = open_page(page.context.browser, size)
    stranger.goto(f"{address}{language}report/answers")
    stranger.fill("#code", code)
    stranger.locator("main form button").first.click()
    stranger.wait_for_selector("#text")
    assert question in stranger.inner_text("main")
    stranger.fill("#text", answer)
    stranger.locator("main form button").first.click()
    stranger.wait_for_selector("main [role=status]")


@EACH
def test_po_07_an_accounting_holds_each_disclosure_with_its_paragraph_and_leaves_as_a_table(
    page: Page, address: str, language: str, tmp_path: Path
) -> None:
    say = speak(language)
    open_exposure(page, address, language, at=find_night(), stay=True)
    page.click("a[href$='/accounting']")
    assert not find_barriers(page)
    for limb, purpose in (("court_order", "order of the court"), ("custody", "safety")):
        page.click("a[href$='/accounting/disclosures']")
        at = f"{find_night().astimezone(PACIFIC):%Y-%m-%dT%H:%M}"
        page.fill("#disclosed_at", at)
        page.fill("#given_to", "County court")
        page.fill("#what", "dates of the stay")
        page.fill("#purpose", purpose)
        page.select_option("#limb", limb)
        page.locator("main form button").last.click()
        page.wait_for_url("**/accounting")
    said = page.inner_text("main")
    assert "45 CFR 164.528(a)(1)(vii)" in said
    assert "45 CFR 164.512(f)(1)(ii)(A)-(B)" in said
    with page.expect_download() as download:
        page.click("a[href$='/accounting/table']")
    file = tmp_path / "accounting.csv"
    download.value.save_as(file)
    rows = list(csv.reader(file.read_text("utf-8").splitlines()))
    assert sorted({row[5] for row in rows if row[2] == "County court"}) == ["order of the court"]
    page.click("a[href$='/accounting/copy']")
    page.wait_for_url("**/accounting/copy")
    assert say["privacy_copy_title"] in page.inner_text("main")
    assert not find_barriers(page)
