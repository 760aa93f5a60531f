"""At the bedside of a stay: six taps, a refusal that is backed, a quiet page, an emergency."""

import re

import pytest
from desk_cast import find_barriers
from page_cast import SMALL, TAPS
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
STAY = re.compile(r"/stays/([0-9a-f-]{36})")
LEAST = 44  # px of a target
# What an officer who looks over a shoulder must not read on the quiet screen.
TELLING = ("officer", "agente", "refus", "se negó", "paged", "aviso", "custod")


def open_stay(page: Page, address: str, language: str) -> str:
    """Find the first stay of the nurse's unit, and open it."""
    page.goto(f"{address}{language}stays")
    found = STAY.search(page.content())
    assert found
    page.goto(f"{address}{language}stays/{found[1]}")
    return found[1]


def tap_six(page: Page, size: ViewportSize) -> None:
    """Tap the six answers; on a desk all stand on one page, with one button."""
    for tile in TAPS:
        page.locator(tile).click()
    if size["width"] > 960:
        page.locator(".sofar [type=submit]").click()
    page.wait_for_url("**/marks/*")


def begin(page: Page, address: str, language: str, size: ViewportSize) -> str:
    """Go from the stay to the answer."""
    stay = open_stay(page, address, language)
    page.locator(f"main nav a[href$='/stays/{stay}/taps']").click()
    tap_six(page, size)
    return stay


@EACH
def test_rn_01_six_taps_lead_to_the_preset_and_are_kept(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)

    stay = begin(nurse, address, language, size)

    assert nurse.locator(".hero h1").inner_text() in {"Private", "Privado"}
    assert not find_barriers(nurse)
    assert nurse.evaluate(SMALL, LEAST) == []
    nurse.goto(f"{address}{language}stays/{stay}/timeline")
    assert nurse.locator(".timeline .rail").count() >= 1
    assert not find_barriers(nurse)


@EACH
def test_rn_04_a_refusal_pages_somebody_and_the_supervisor_sees_it_on_top(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    begin(nurse, address, language, size)

    nurse.locator("button[value=refused]").click()
    nurse.wait_for_selector(".log li")

    assert not find_barriers(nurse)
    charge = sign_in(chromium, address, Role.CHARGE_NURSE, size=size, language=language)
    assert charge.locator(".waiting li").count() >= 1
    supervisor = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    supervisor.goto(f"{address}{language}board")
    assert supervisor.locator(".bed-row").first.get_attribute("class") == "bed-row hot"
    assert not find_barriers(supervisor)


@EACH
def test_rn_05_not_safe_to_ask_turns_the_screen_into_an_ordinary_chart(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    begin(nurse, address, language, size)

    nurse.locator("button[value=not_safe]").click()
    nurse.wait_for_url("**/quiet")

    shown = nurse.locator("main").inner_text().lower()
    assert "spo" in shown
    assert not any(word in shown for word in TELLING)
    assert not find_barriers(nurse)


@EACH
def test_rn_10_the_red_icon_shows_the_emergency_plan_in_one_tap(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    stay = open_stay(nurse, address, language)
    nurse.goto(f"{address}{language}stays/{stay}/taps")

    nurse.locator("[data-emergency]").click()

    nurse.wait_for_url("**/marks/*")
    assert nurse.locator(".hero h1").inner_text() in {"Emergency bay", "Sala de emergencia"}


@EACH
def test_rn_07_and_rn_12_a_mistap_is_undone_and_the_shift_is_passed_on(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    stay = begin(nurse, address, language, size)
    nurse.locator("form[action$='/undone'] button").click()
    nurse.wait_for_url("**/taps")

    nurse.goto(f"{address}{language}stays/{stay}/hand-overs")
    if nurse.locator("#line").count():
        nurse.fill("#line", "Sight only agreed 14:05; relief officer not yet oriented.")
        nurse.locator("main form button").click()
    charge = sign_in(chromium, address, Role.CHARGE_NURSE, size=size, language=language)
    charge.goto(f"{address}{language}stays/{stay}/hand-overs")
    assert "14:05" in charge.locator("main").inner_text()
    assert not find_barriers(charge)
    charge.check("input[name=officer_told]")
    charge.locator("button[name=take]").click()
    charge.wait_for_url(f"**/stays/{stay}")
