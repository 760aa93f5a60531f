"""Signing in, pausing and going on, in a real browser: phone and desk, both languages, keyboard."""

import time
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from page_cast import LANGUAGES, PHONE, RING, RULES, SMALL, SMALLEST, WIDER, open_page
from playwright.sync_api import Browser, Page, expect
from staff_cast import SHAPE_NAMES, SHAPES, SIZES, sign_in

from bedside.record.accounts.roles import Role
from bedside.record.accounts.sample import PASSWORD, PIN

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
OWN_PAGES = ("home", "settings", "people", "accounts/password/change/", "accounts/2fa/webauthn/")
EACH = pytest.mark.parametrize(("size", "language"), SHAPES, ids=SHAPE_NAMES)
ROLE_OF = {  # each journey changes how its person signs in: no two share one
    ("phone", ""): Role.ATTENDING,
    ("phone", "es/"): Role.RESIDENT,
    ("desk", ""): Role.COUNSEL,
    ("desk", "es/"): Role.ETHICS,
}
CODE_OF = {"": Role.RISK_MANAGER, "es/": Role.SOCIAL_WORK}


def add_authenticator(page: Page) -> None:
    """Give the browser a device that holds passkeys, whose owner is there and known to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def find_barriers(page: Page) -> list[object]:
    """Find what axe reports, each with the place."""
    response = Axe().run(page, options=RULES).response
    return [
        (page.url, one["id"], node["target"])
        for one in response["violations"]
        for node in one["nodes"]
    ]


def confirm_again(page: Page) -> None:
    """Show once more that it is oneself, where that is asked."""
    if "/reauthenticate/" in page.url:
        page.fill("main input[name=password]", PASSWORD)
        page.click("main .press.main")


@EACH
def test_a_passkey_is_added_and_then_signs_in_with_one_press(
    localhost: str, chromium: Browser, size: str, language: str
) -> None:
    role = ROLE_OF[size, language]
    page = sign_in(chromium, localhost, role, size=SIZES[size], language=language)
    add_authenticator(page)
    page.goto(f"{localhost}{language}accounts/2fa/webauthn/add/")
    confirm_again(page)
    assert not find_barriers(page)
    page.click("[data-passkey=make]")
    page.wait_for_url("**/2fa/recovery-codes/")
    page.goto(f"{localhost}{language}home")
    page.locator("form[action*=logout] button").last.click()
    page.goto(f"{localhost}{language}home")

    pressed = 0
    page.on("framenavigated", lambda _: None)
    page.click("#passkey")  # the only press; the device's own question is the second interaction
    pressed += 1
    page.wait_for_url(f"{localhost}{language}home")

    assert pressed + 1 <= 3
    expect(page.locator(".staffbar")).to_be_visible()


@pytest.fixture(scope="module")
def localhost(address: str) -> str:
    """Name the served hospital as passkeys want it: they know no bare numbers."""
    return f"http://localhost:{urlsplit(address).port}/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_from_an_app_is_asked_after_the_password_and_works_once(
    address: str, chromium: Browser, language: str
) -> None:
    page = sign_in(chromium, address, CODE_OF[language], language=language)
    page.goto(f"{address}{language}accounts/2fa/totp/activate/")
    confirm_again(page)
    assert page.locator(".qr svg").is_visible()
    assert not find_barriers(page)
    secret = page.input_value("#secret")
    page.fill("input[name=code]", find_code(secret, 0))
    page.click("main .press.main")
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10

    code = find_code(secret, 1)
    for comes_in in (True, False):
        again = open_page(chromium, PHONE)
        again.goto(f"{address}{language}accounts/login/")
        again.fill("input[name=login]", CODE_OF[language].value.replace("_", "-"))
        again.fill("input[name=password]", PASSWORD)
        again.click("main [type=submit]")
        again.wait_for_url("**/2fa/authenticate/")
        assert not find_barriers(again)
        again.fill("input[name=code]", code)
        again.click("main .press.main")
        again.wait_for_load_state()
        assert again.url.endswith("/home") is comes_in


def find_code(secret: str, later: int) -> str:
    """Find the code that an app shows now, or a step later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


@EACH
def test_pages_about_people_have_no_barrier_and_fit_every_screen(
    address: str, chromium: Browser, size: str, language: str
) -> None:
    signed_out = open_page(chromium, SIZES[size])
    signed_out.goto(f"{address}{language}accounts/login/")
    found = find_barriers(signed_out)
    page = sign_in(chromium, address, Role.STAFF_KEEPER, size=SIZES[size], language=language)

    for path in (*OWN_PAGES, "lock"):
        if path == "lock":
            page.click(".staffbar button")
        else:
            page.goto(f"{address}{language}{path}")
        confirm_again(page)
        found += find_barriers(page)
        assert page.evaluate(SMALL, 44) == [], path
        page.set_viewport_size(SMALLEST)
        assert not page.evaluate(WIDER), path
        page.set_viewport_size(SIZES[size])
    page.fill("#pin", PIN)
    page.click("main .press.main")
    page.goto(f"{address}{language}people")
    page.locator("summary.adds").click()
    found += find_barriers(page)
    page.locator(".people a").first.click()
    page.wait_for_load_state()
    found += find_barriers(page)

    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_alone_signs_in(address: str, chromium: Browser, language: str) -> None:
    page = open_page(chromium)
    page.goto(f"{address}{language}accounts/login/")

    while page.evaluate("document.activeElement.name") != "login":
        page.keyboard.press("Tab")
        assert page.evaluate(RING)
    page.keyboard.type("front-desk")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    page.wait_for_url(f"{address}{language}home")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_nobody_uses_is_covered_and_its_pin_brings_back_what_was_typed(
    address: str, chromium: Browser, language: str
) -> None:
    page = sign_in(chromium, address, Role.STAFF_KEEPER, language=language)
    page.clock.install()
    page.goto(f"{address}{language}people")
    page.locator("summary.adds").click()
    page.fill("#name", "canary half a name")

    page.clock.fast_forward("05:00")
    page.clock.run_for(2000)
    expect(page.locator("#cover")).to_be_visible()
    assert not page.locator("main").is_visible()
    assert not page.locator("header.top").is_visible()
    assert not find_barriers(page)
    page.fill("#cover-pin", "1111")
    page.keyboard.press("Enter")
    expect(page.locator("#cover .wrong")).to_contain_text("4")
    page.fill("#cover-pin", PIN)
    page.keyboard.press("Enter")

    expect(page.locator("#cover")).to_be_hidden()
    assert page.input_value("#name") == "canary half a name"


def test_the_back_button_shows_the_lock_and_nothing_else(address: str, chromium: Browser) -> None:
    page = sign_in(chromium, address, Role.PRIVACY_OFFICER)
    page.goto(f"{address}openings")
    page.goto(f"{address}home")
    page.click(".staffbar button")
    page.wait_for_url("**/lock?next=/home")

    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert page.locator("#pin").is_visible()
        assert not page.locator(".staffbar").is_visible()


@EACH
def test_what_was_typed_while_the_session_was_locked_is_sent_after_the_pin(
    address: str, chromium: Browser, size: str, language: str
) -> None:
    page = sign_in(chromium, address, Role.STAFF_KEEPER, size=SIZES[size], language=language)
    page.goto(f"{address}{language}people")
    page.locator("summary.adds").click()
    page.fill("#name", "Typed while locked")
    page.fill("#username", f"typed.{size}.{language.strip('/') or 'en'}")
    page.select_option("#role", "ethics")
    other = page.context.new_page()
    other.goto(f"{address}{language}home")
    other.click(".staffbar button")

    page.locator("main form .press.main").first.click()
    page.wait_for_url("**/lock?next=**")
    page.fill("#pin", PIN)
    page.click("main .press.main")
    page.wait_for_url("**/kept/**")
    assert "Typed while locked" in page.inner_text(".typed")
    assert not find_barriers(page)
    page.click("main .press.main")

    page.wait_for_url("**/people/*")
    assert page.inner_text("h1") == "Typed while locked"
