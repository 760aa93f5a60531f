"""Front desk and hospital security meet officers first: from four taps to who answered."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_cast import PHONE, RULES, SMALL, SMALLEST, WIDER
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SHAPES, SIZES, sign_in

from bedside.doors.web.words import SAID
from bedside.record.accounts.roles import Role
from bedside.record.visits.tables import load_moments
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser

everywhere = pytest.mark.parametrize(("size", "language"), SHAPES, ids=SHAPE_NAMES)
TAPS = {"paper": "agency", "asks": "enter", "agency": "ice", "purpose": "immigration_enforcement"}
ANSWERED_WITHIN = 60  # seconds, by the times in the record


def find_language(prefix: str) -> Language:
    return SPANISH if prefix else ENGLISH


def come(page: Page, address: str, language: str, **taps: str) -> int:
    """Tap at the door what officers bring and ask; give the number of taps."""
    page.emulate_media(color_scheme="dark" if page.viewport_size == SIZES["desk"] else "light")
    page.goto(f"{address}{language}visits")
    page.click(".begin a")
    chosen = TAPS | taps
    for name, value in chosen.items():
        page.locator(f"label:has(input[name={name}][value={value}])").click()
    page.click(".send button")
    page.wait_for_url(re.compile(r"/visits/[0-9a-f-]{36}$"))
    return len(chosen) + 1


def find_barriers(page: Page) -> list[object]:
    """Find what axe reports, what is too small to press and what is wider than the screen."""
    for details in page.locator("main details").all():
        details.evaluate("e => { e.open = true }")
    response = Axe().run(page, options=RULES).response
    found: list[object] = [
        (page.url, violation["id"], node["target"])
        for violation in response["violations"]
        for node in violation["nodes"]
    ]
    assert not page.evaluate(WIDER), page.url
    return [*found, *page.evaluate(SMALL, 44)]


@everywhere
def test_fd_01_an_officer_with_an_agency_paper_asks_for_a_ward(
    address: str, chromium: Browser, size: str, language: str
) -> None:
    say = SAID[find_language(language)]
    desk = sign_in(chromium, address, Role.FRONT_DESK, size=SIZES[size], language=language)

    assert come(desk, address, language) <= 5

    script = desk.locator(".door-script").inner_text()
    refusal = "No puedo darle permiso de entrar." if language else "I can't give permission"
    assert refusal in script
    assert desk.locator("a[href='tel:4-1000']").first.is_visible()  # the named contact's number
    called = desk.locator(".visit-log").first.inner_text()
    seconds = re.search(r"(\d+) (?:segundos?|seconds?)", called)
    assert seconds is not None
    assert int(seconds[1]) <= ANSWERED_WITHIN
    assert say["visits_not_answered"] in called
    barriers = find_barriers(desk)

    contact = sign_in(
        chromium, address, Role.ADMINISTRATOR_ON_DUTY, size=SIZES[size], language=language
    )
    contact.goto(desk.url)
    barriers += find_barriers(contact)
    contact.click(f"text={say['visits_on_it']}")
    contact.wait_for_load_state()
    desk.click(f"text={say['visits_look_again']}")
    desk.wait_for_load_state()
    assert say["visits_answered_at"] in desk.locator(".visit-log").first.inner_text()
    for path in ("visits", "visits/new"):
        desk.goto(f"{address}{language}{path}")
        barriers += find_barriers(desk)
    assert not barriers


@everywhere
def test_fd_02_an_officer_refuses_a_name_and_is_masked_and_nobody_argues(
    address: str, chromium: Browser, size: str, language: str
) -> None:
    said = find_language(language)
    guard = sign_in(chromium, address, Role.HOSPITAL_SECURITY, size=SIZES[size], language=language)
    come(guard, address, language)

    for what in ("name_refused", "masked"):
        guard.click(f"button[value={what}]")
        guard.wait_for_load_state()
        script = guard.locator(".door-script").inner_text()
        assert load_moments()[what].say.say(said) in script
        assert load_moments()[what].do.say(said) in script

    happened = guard.locator("section:has(#so-far)").inner_text()
    assert load_moments()["name_refused"].label.say(said) in happened
    assert load_moments()["masked"].label.say(said) in happened
    guard.click(f"summary:has-text('{SAID[said]['visits_wanted']}')")
    assert SAID[said]["visits_field_refused"] in guard.locator(".wants").inner_text()
    assert not find_barriers(guard)


@everywhere
def test_fd_03_officers_go_in_without_consent_and_nobody_stands_in_the_way(
    address: str, chromium: Browser, size: str, language: str
) -> None:
    said = find_language(language)
    desk = sign_in(chromium, address, Role.FRONT_DESK, size=SIZES[size], language=language)
    come(desk, address, language)

    desk.click("button[value=entered]")
    desk.wait_for_load_state()

    script = desk.locator(".door-script").inner_text()
    never = "No le voy a cerrar el paso." if language else "I won't stand in your way."
    assert never in script
    called = desk.locator(".visit-log").first.inner_text()
    assert ("Asesoría jurídica" if language else "Hospital counsel") in called
    assert called.count("Administración de guardia" if language else "Administrator on duty") == 2
    assert not find_barriers(desk)
    for role in (Role.COUNSEL, Role.ADMINISTRATOR_ON_DUTY):
        page = sign_in(chromium, address, role, size=SIZES[size], language=language)
        page.goto(f"{address}{language}visits")
        row = page.locator(f".visit-rows li:has(a[href='{path_of(desk)}'])")
        assert SAID[said]["visits_calls_you"] in row.inner_text()


@pytest.mark.parametrize("language", ["", "es/"])
def test_the_whole_visit_can_be_kept_by_keyboard_alone(
    address: str, chromium: Browser, language: str
) -> None:
    page = sign_in(chromium, address, Role.FRONT_DESK, language=language)
    page.goto(f"{address}{language}visits/new")

    for name, value in TAPS.items():
        tab_to(page, f"[name={name}]")
        page.keyboard.press("Space")
        while page.evaluate("document.activeElement.value") != value:
            page.keyboard.press("ArrowRight")
    press(page, ".send button")
    page.wait_for_url(re.compile(r"/visits/[0-9a-f-]{36}$"))
    press(page, "button[value=badge_refused]")
    tab_to(page, "details.declined > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#d-words")
    page.keyboard.type("We do not agree.")
    tab_to(page, "#d-witness")
    page.keyboard.type("A nurse")
    press(page, "details.declined button")
    press(page, "button[value=left]")
    press(page, "form[action$=closings] button")

    assert page.locator("section:has(#so-far) li").count() == 3
    assert "We do not agree." in page.locator("section:has(#so-far)").inner_text()
    assert SAID[find_language(language)]["visits_is_closed"] in page.locator(".stands").inner_text()


@pytest.mark.parametrize(("size", "text"), [(SMALLEST, "100%"), (PHONE, "200%")])
def test_no_page_of_a_visit_is_wider_than_the_smallest_screen_or_at_twice_the_text(
    address: str, chromium: Browser, size: ViewportSize, text: str
) -> None:
    page = sign_in(chromium, address, Role.FRONT_DESK, size=size, language="es/")
    come(page, address, "es/", paper="warrant", asks="presence")
    visit = page.url

    pages = [f"{address}es/visits", f"{address}es/visits/new"]
    pages += [visit, f"{visit}/details", f"{visit}/packet"]
    for path in pages:
        page.goto(path)
        page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
        for details in page.locator("main details").all():
            details.evaluate("e => { e.open = true }")
        assert not page.evaluate(WIDER), path


def tab_to(page: Page, selector: str) -> None:
    """Go on by tabulator until a control has the focus; it shows a ring."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"the keyboard never reaches {selector}")


def press(page: Page, selector: str) -> None:
    """Press a button that the keyboard reached; wait for the page that follows."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def path_of(page: Page) -> str:
    """Find the address of a page on its own site."""
    return str(page.evaluate("location.pathname"))
