"""The supervisor's board: forty patients, what is loud, whom to call, where to move, who next."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO

import pytest
from board_seed import NEXT
from board_stage import Hospital, serve_hospital
from desk_cast import find_barriers, press_with_keys
from page_cast import open_page
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.doors.web.presence.month import HEAD, write_rows
from bedside.record.accounts.roles import Role
from bedside.record.accounts.sample import PASSWORD
from bedside.record.presence.board_month import Month, Span, Words, count_stays
from bedside.trust.publication.publish import draft
from record_cast import NIGHT

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
STAY = re.compile(r"/stays/([0-9a-f-]{36})")
# Counts what the page lets sound, without changing it.
LISTEN = """() => { window.tones = 0; const voice = OscillatorNode.prototype, start = voice.start;
  voice.start = function (...at) { window.tones += 1; return start.apply(this, at); }; }"""
ROOMS = """() => [...document.querySelectorAll(".band")].map((band) =>
  [...band.querySelectorAll(".bed-row .r-room b")].map((room) => room.textContent))"""


@pytest.fixture(scope="module")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    """Serve a hospital with forty patients in custody."""
    with serve_hospital(tmp_path_factory.mktemp("board"), full=True) as served:
        yield served


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board as a signed-in supervisor has it open."""

    page: Page
    address: str  # of the pages in their language
    language: str

    def open(self, path: str = "board") -> Page:
        """Open the board, or another page."""
        self.page.goto(f"{self.address}{path}")
        return self.page

    def says(self, en: str, es: str) -> str:
        """Say which of two words the page shows."""
        return es if self.language else en


@pytest.fixture(scope="module", params=SIZED, ids=SHAPE_NAMES)
def board(request: pytest.FixtureRequest, hospital: Hospital, chromium: Browser) -> Board:
    """Sign the supervisor in once for each shape."""
    size, language = request.param
    page = sign_in(chromium, hospital.address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    return Board(page=page, address=f"{hospital.address}{language}", language=language)


def sign_in_as(chromium: Browser, hospital: Hospital, username: str) -> Page:
    """Sign in somebody whom the sample hospital does not have by itself."""
    page = open_page(chromium)
    page.goto(f"{hospital.address}accounts/login/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url("**/home")
    return page


def find_row(page: Page, room: str, unit: str = "") -> str:
    """Find the stay of the row of a room."""
    row = page.locator(".bed-row", has=page.locator(f".r-room:has(b:text-is('{room}'))"))
    if unit:
        row = row.filter(has_text=unit)
    found = STAY.search(row.locator(".r-act a").first.get_attribute("href") or "")
    assert found
    return found[1]


def test_hs_01_forty_patients_come_with_the_page_what_needs_somebody_first(board: Board) -> None:
    came = board.page.goto(f"{board.address}board")
    page = board.page

    assert came is not None
    assert came.text().count('class="bed-row') >= 40  # nothing is fetched after the page itself
    hot, late, calm = page.evaluate(ROOMS)
    assert hot[0] == "412"  # a refusal that waits the longest
    assert "2" in hot  # a page that reached nobody
    assert late[0] == "3"  # a restraint that nobody looked at
    assert len(hot) + len(late) + len(calm) == page.locator(".bed-row").count() >= 40
    assert not find_barriers(page)


def test_hs_02_a_refusal_unanswered_for_five_minutes_is_on_top_and_audible(board: Board) -> None:
    page = board.open()
    page.evaluate(LISTEN)
    assert page.locator("#board[data-loud]").count() == 1
    assert page.locator(".bed-row").first.locator(".r-room b").inner_text() == "412"

    page.wait_for_function("() => document.getElementById('sound').hidden === false")
    assert page.evaluate("window.tones") == 0  # nothing sounds by itself
    press_with_keys(page, "#sound")

    page.wait_for_function(
        "() => window.tones >= 3"
    )  # one so that it is heard, two for the refusal
    assert page.get_attribute("#sound", "aria-pressed") == "true"
    assert re.search(r"\d\d:\d\d\.$", page.locator("#sound-said").inner_text())
    moving = page.evaluate(
        "document.getAnimations().filter(a => a.effect.getTiming().iterations > 1).length"
    )
    assert moving == 0  # nothing blinks
    assert not find_barriers(page)
    page.click("#sound")
    before = page.evaluate("window.tones")
    page.evaluate("document.body.dispatchEvent(new Event('htmx:afterSettle'))")
    assert page.evaluate("window.tones") == before


def test_hs_02_a_board_that_is_not_refreshed_says_so_and_keeps_what_it_shows(
    hospital: Hospital, chromium: Browser
) -> None:
    page = sign_in(chromium, hospital.address, Role.HOUSE_SUPERVISOR)
    page.clock.install()
    page.goto(f"{hospital.address}board")
    page.wait_for_function("() => window.htmx !== undefined")

    page.context.clear_cookies()  # the session is over: the answer to a poll is no board
    with page.expect_response("**/accounts/login/**"):
        page.clock.run_for(5_500)
    page.clock.run_for(40_000)

    page.wait_for_selector("#not-live:visible")
    assert page.locator(".bed-row").count() >= 40
    assert page.locator("input[name=login]").count() == 0


def test_hs_03_a_tap_on_call_shows_the_number_its_last_verified_day_and_what_to_say(
    board: Board,
) -> None:
    page = board.open()

    page.locator(".bed-row.hot").first.locator("a[href$='/agency-calls']").click()

    number = page.locator("a[href^='tel:']").inner_text().strip()
    verified = {"555-0142": "2026-11-20", "555-0143": "2026-11-21"}  # by day, by night
    assert verified[number] in page.locator(".call").inner_text()
    said = page.locator("blockquote").inner_text()
    assert board.says("sample hospital", "hospital de muestra") in said.lower()
    assert "412" not in said  # no room, no name
    assert not find_barriers(page)


def test_hs_04_a_room_without_a_window_leads_to_rooms_that_have_one(board: Board) -> None:
    page = board.open()

    row = page.locator(".bed-row.hot").first
    row.locator("a[href$='/rooms']").click()

    rooms = page.locator(".free-rooms li b").all_inner_texts()
    assert rooms[:2] == ["410", "414"]  # one's own unit first; 415 has a window and is taken
    assert "415" not in rooms
    assert page.locator(".free-rooms form").count() == len(rooms)
    assert not find_barriers(page)


def test_hs_06_what_was_traded_changes_the_arrangement_and_says_who_pays_until_when(
    board: Board,
) -> None:
    page = board.open()
    stay = find_row(page, "308", "Medical ward")
    board.open(f"stays/{stay}/agreements")

    page.select_option("[name=preset]", "sight_only")
    page.select_option("[name=given]", "sitter")
    page.select_option("[name=gained]", "restraint_off")
    page.fill("[name=agreed_with]", "the night supervisor")
    page.fill("[name=cost_centre]", "4410")
    page.fill("[name=hours]", "8")
    page.select_option("[name=at_end]", "guarded")
    page.locator("main form button.main").click()

    told = page.locator(".card").first.inner_text()
    assert "4410" in told
    assert re.search(r"\d\d:\d\d", told)
    assert board.says("A restraint taken off", "Una sujeción retirada") in told
    assert not find_barriers(page)
    board.open()
    row = page.locator(".bed-row", has=page.locator(f"a[href$='{stay}']"))
    assert board.says("Agreed", "Acordado") in row.inner_text()


def test_hs_11_the_next_supervisor_confirms_each_open_conflict(
    board: Board, hospital: Hospital, chromium: Browser
) -> None:
    page = board.open()
    page.locator("a[href$='/board/hand-overs']").click()
    page.locator("main form button").last.click()
    page.wait_for_selector(".card")
    count = page.locator(".confirms li").count()
    assert count >= 2
    assert page.locator(".confirms button").count() == 0  # nobody confirms to themselves
    assert not find_barriers(page)

    after = sign_in_as(chromium, hospital, NEXT)
    after.goto(f"{board.address}board/hand-overs")
    for _ in range(count):
        assert after.locator("form[action$='/takers']").count() == 0
        after.locator(".confirms button").first.click()
    after.locator("form[action$='/takers'] button").click()

    after.wait_for_url("**/board")
    assert after.locator("#board > .note").count() == 0


def test_hs_12_a_month_leaves_as_numbers_only_and_never_before_it_is_over(board: Board) -> None:
    page = board.open()
    board.open("board/months")
    assert page.locator("option").count() == 16
    assert not find_barriers(page)

    page.locator("main form button").click()

    # Nobody was here before this month, so there is nothing to count, which is said.
    said = page.locator("main").inner_text()
    assert board.says("nothing was exported", "no se exportó") in said.replace("\n", " ")


@pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
def test_each_hard_case_is_begun_in_four_taps_and_leaves_steps_with_owners_and_times(
    hospital: Hospital, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse = sign_in(chromium, hospital.address, Role.BEDSIDE_NURSE, size=size, language=language)
    nurse.goto(f"{hospital.address}{language}stays")
    stay = sorted(set(STAY.findall(nurse.content())))[SIZED.index((size, language)) % 2]

    for number, steps in enumerate((6, 8, 5)):
        nurse.goto(f"{hospital.address}{language}stays/{stay}")
        nurse.locator("main a[href$='/hard-cases']").click()
        nurse.locator(f"a[href$='/hard-cases/{number}']").click()
        if number == 1:
            assert not find_barriers(nurse)
        for answers in nurse.locator("fieldset.asked").all():
            answers.locator("label").first.click()
        nurse.locator("main form.stack button.main").click()

        nurse.wait_for_selector(".steps")
        newest = nurse.locator(".steps").first
        assert newest.locator("li").count() == steps
        assert all(re.search(r"\d\d:\d\d", one) for one in newest.locator("li").all_inner_texts())
    assert not find_barriers(nurse)
    nurse.locator(".steps form button").first.click()
    assert nurse.locator(".steps").first.locator("form").count() == 4


def test_hs_12_the_file_opens_as_a_table() -> None:
    month, words = Month(), Words(levels={"ice": "federal"}, places=("at_window",))
    month.stays["federal", "at_window"] = 40
    counts, plan = count_stays(month, Span(label="2026-11", since=NIGHT, until=NIGHT), words)
    release = draft(counts, plan, threshold=11, on=date(2026, 12, 1))

    rows = list(csv.reader(StringIO(write_rows(month, release, None))))

    assert tuple(rows[0]) == HEAD
    assert ["stays_by_place", "federal", "at_window", "40", "0", ""] in rows
    assert {len(row) for row in rows} == {len(HEAD)}
