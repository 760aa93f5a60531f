"""Stays under custody, as a nurse, an attending and an officer go through them."""

import re
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from desk_cast import find_barriers, press_with_keys
from page_cast import PHONE, SMALLEST, WIDER, open_page
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, ViewportSize, expect
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(
    ("size", "language"),
    SIZED,
    ids=SHAPE_NAMES,
)
SEND = "main form button.main"
SAID = {
    "": {
        "refused": "Refused",
        "unread": "Not oriented yet",
        "waits": "To be confirmed",
        "kept": "Kept. Thank you.",
        "no": "does not decide about care",
        "order": "No order of this state",
        "paged": "Ethics committee paged",
        "used": "entered already",
        "no_picture": "no JPEG or PNG picture",
        "paper": "Agency paper, no judge",
        "call_back": "number last tried on",
    },
    "es/": {
        "refused": "Se negó",
        "unread": "Aún sin orientación",
        "waits": "Por confirmar",
        "kept": "Guardado. Gracias.",
        "no": "Ni un agente ni una agencia deciden",
        "order": "no hay en archivo un orden",
        "paged": "Comité de ética avisado",
        "used": "ya se ingresó",
        "no_picture": "no es una foto JPEG ni PNG",
        "paper": "Papel de la agencia, sin juez",
        "call_back": "número probado el",
    },
}


def open_stay(page: Page, base: str, room: str, agency: str = "ice") -> str:
    """Open a stay by hand and return the address of its page."""
    page.goto(f"{base}stays/new")
    page.locator("input[name=unit]").first.check()
    page.fill("#room", room)
    page.check(f"input[name=agency][value={agency}]")
    page.click(SEND)
    page.wait_for_url(re.compile(r"stays/[0-9a-f-]{36}$"))
    return page.url


def check(page: Page) -> None:
    """Check that the page has no barrier and is no wider than the screen."""
    assert not find_barriers(page)
    assert not page.evaluate(WIDER)


@EACH
def test_md_06_a_call_to_the_supervisor_is_captured_in_five_steps(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    stay = open_stay(page, address + language, "412")
    check(page)

    page.click("a[href$='/calls']")
    expect(page.locator("main")).to_contain_text(SAID[language]["call_back"])
    expect(page.locator("a[href='tel:555-0142']")).to_be_visible()
    check(page)
    page.fill("#supervisor", "Watch commander")
    page.fill("#words", "I cannot decide that.")
    page.check("input[name=outcome][value=refused]")
    page.click(SEND)

    page.wait_for_url(stay)
    log = page.locator(".log", has_text="Watch commander")
    expect(log).to_contain_text("I cannot decide that.")
    expect(log).to_contain_text(SAID[language]["refused"])
    expect(log).to_contain_text(re.compile(r"\d\d:\d\d"))


@EACH
def test_md_08_an_officer_is_refused_as_decider_and_ethics_is_offered(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    stay = open_stay(page, address + language, "413")
    page.click("a[href$='/deciders']")
    check(page)

    page.check("input[name=who][value=officer]")
    page.click(SEND)

    expect(page.get_by_role("alert")).to_contain_text(SAID[language]["no"])
    expect(page.locator("main")).to_contain_text(SAID[language]["order"])
    expect(page.locator("a[href='tel:4-1700']")).to_be_visible()
    check(page)
    page.click("button[name=page]")
    expect(page.get_by_role("status")).to_contain_text(SAID[language]["paged"])
    page.check("input[name=who][value=sibling]")
    page.fill("#reached_by", "phone at the desk")
    page.click(SEND)
    page.wait_for_url(stay)
    expect(page.locator("main")).to_contain_text("phone at the desk")


@EACH
def test_hs_05_an_officer_who_is_not_oriented_shows_and_the_sheet_prints_in_both_languages(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    stay = open_stay(page, address + language, "7")
    page.click("a[href$='/officers']")
    check(page)
    page.select_option("#agency", "county_jail")
    page.fill("#identity", "badge 12")
    page.click(SEND)
    page.wait_for_url(stay)

    expect(page.locator(".here li")).to_contain_text(SAID[language]["unread"])
    check(page)
    page.goto(f"{stay}/sheets")
    page.emulate_media(media="print")
    codes = page.locator(".officer-code").all()
    assert [one.get_attribute("lang") for one in codes] == ["en", "es"]
    expect(page.locator(".qr-picture svg")).to_have_count(2)
    expect(page.locator(".no-print")).to_be_hidden()
    page.emulate_media(media="screen")
    check(page)


@EACH
def test_of_01_an_officer_reads_one_page_and_signs_in_without_an_account(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    staff = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    stay = open_stay(staff, address + language, "room-of-nobody")
    code = staff.locator("h1 .code").inner_text()
    staff.goto(f"{stay}/sheets")
    written = staff.locator(".officer-code .address").nth(1 if language else 0).inner_text()

    officer = open_page(chromium, size)
    officer.goto(written)
    check(officer)
    shown = officer.content()
    assert code not in shown
    assert "room-of-nobody" not in shown
    officer.select_option("#agency", "ice")
    officer.fill("#identity", "badge 4711")
    officer.fill("#channel", "555-0142")
    officer.check("input[name=oriented]")
    officer.click(SEND)
    expect(officer.get_by_role("status")).to_contain_text(SAID[language]["kept"])
    check(officer)

    staff.goto(stay)
    expect(staff.locator(".here li")).to_contain_text(SAID[language]["waits"])
    check(staff)
    staff.click("form[action$='/confirmations'] button")
    expect(staff.locator(".here li")).not_to_contain_text(SAID[language]["waits"])
    expect(staff.locator(".here li")).to_contain_text("badge 4711")


@EACH
def test_hs_09_ten_patients_are_opened_line_by_line_with_the_keyboard(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    page.goto(f"{address}{language}stays/batches")
    check(page)

    page.focus("#r1-room")
    for number in range(1, 11):
        page.keyboard.type("" if number == 10 else f"B{number}")
        page.keyboard.press("Tab")
        page.keyboard.type(f"bed {number}")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.type("CBP")  # a list is chosen from by typing
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").locator("li")).to_have_count(9)
    expect(page.locator("#r10-patient")).to_have_value("bed 10")
    check(page)
    page.fill("#r10-room", "B10")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").locator("li")).to_have_count(1)
    page.goto(f"{address}{language}stays")
    check(page)


@EACH
def test_hs_10_a_paper_packet_is_entered_with_its_own_times_and_only_once(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    page.goto(f"{address}{language}packets")
    check(page)
    page.fill("#number", "1")
    page.click(SEND)
    page.wait_for_url("**/packets/sheets")
    check(page)
    code = page.locator(".packet h2 .num").last.inner_text()
    began = datetime.now(ZoneInfo("America/Chicago")) - timedelta(hours=30)

    for _ in range(2):
        page.goto(f"{address}{language}packets/entries")
        page.fill("#code", code.lower())
        page.fill("#opened_at", f"{began:%Y-%m-%dT%H:%M}")
        page.fill("#room", "9")
        page.fill("#patient", "by the door")
        page.click(SEND)
        if _ == 0:
            page.wait_for_url(re.compile(r"stays/[0-9a-f-]{36}$"))
            expect(page.locator("h1")).to_contain_text(code)
            expect(page.locator(".do")).to_contain_text(f"{began:%Y-%m-%d %H:%M}")

    expect(page.get_by_role("alert")).to_contain_text(SAID[language]["used"])
    expect(page.locator("#patient")).to_have_value("by the door")
    check(page)


@EACH
def test_lc_05_a_paper_is_asked_about_and_its_picture_kept_sealed(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    stay = open_stay(page, address + language, "415")
    page.click("a[href$='/papers']")
    check(page)
    answers = ("agency", "agency_officer", "yes", "none", "none", "request")
    for number, answer in enumerate(answers, 1):
        expect(page.locator(".eyebrow.num")).to_have_text(f"{number} / 6")
        page.focus(f"button[value={answer}]")
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(SAID[language]["paper"])
    check(page)

    upload(page, b"no picture")
    expect(page.get_by_role("alert")).to_contain_text(SAID[language]["no_picture"])
    drawn = BytesIO()
    Image.new("RGB", (80, 60), "white").save(drawn, "PNG")
    upload(page, drawn.getvalue())

    page.wait_for_url(stay)
    page.goto(f"{stay}/papers")
    assert page.locator("main img").count() == 0
    with page.expect_download() as download:
        page.click("a[href$='/image']")
    assert download.value.path().read_bytes() == drawn.getvalue()


def upload(page: Page, data: bytes) -> None:
    """Send a file as the photograph of the paper."""
    file = FilePayload(name="paper.png", mimeType="image/png", buffer=data)
    page.set_input_files("#photograph", file)
    page.click(SEND)


@EACH
def test_a_stay_is_opened_answered_and_worked_on_with_the_keyboard_alone(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    page.goto(f"{address}{language}stays")
    press_with_keys(page, "main a[href$='/stays/new']")
    page.wait_for_url("**/stays/new")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "room":
            break
    page.keyboard.type("417")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"stays/[0-9a-f-]{36}$"))
    stay = page.url

    press_with_keys(page, ".ask-one button[value=feeding]")
    expect(page.locator(".hero")).to_contain_text("Privado" if language else "Private")
    press_with_keys(page, ".duties form button")

    expect(
        page.locator("details", has_text=re.compile("Done or closed|Hecho o cerrado"))
    ).to_have_count(1)
    assert page.url == stay


@EACH
def test_the_advice_of_a_stay_is_one_word_one_sentence_one_person_and_one_question(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    stay = open_stay(page, address + language, "416")

    page.focus(".ask-one button[value=feeding]")
    page.keyboard.press("Enter")
    page.wait_for_url(stay)

    expect(page.locator(".hero")).to_contain_text("Privado" if language else "Private")
    expect(page.locator(".say blockquote")).to_have_count(1)
    expect(page.locator(".do .call")).to_contain_text("4-1182")
    page.click("a[href$='/answers']")
    expect(page.locator("details.why")).to_be_visible()
    check(page)


LISTS = ("stays", "stays/new", "stays/batches", "packets", "packets/sheets", "packets/entries")
OF_A_STAY = ("", "answers", "questions", "calls", "deciders", "papers", "officers", "sheets")


def test_no_page_is_wider_than_the_smallest_screen_or_at_twice_the_text(
    address: str, chromium: Browser
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=SMALLEST, language="es/")
    stay = open_stay(page, f"{address}es/", "412-B ventana")
    page.goto(f"{stay}/officers")
    page.fill("#identity", "unapalabramuylargasinespaciosenlaplaca1234567890")
    page.click(SEND)
    page.wait_for_url(stay)
    paths = [f"{address}es/{path}" for path in LISTS] + [f"{stay}/{p}" for p in OF_A_STAY]
    wide = []

    for size, text in ((SMALLEST, "100%"), (PHONE, "200%")):
        page.set_viewport_size(size)
        for path in paths:
            page.goto(path.rstrip("/"))
            page.evaluate(f"document.documentElement.style.fontSize = '{text}'")
            for details in page.locator("details").all():
                details.evaluate("e => { e.open = true }")
            wide += [(path, text)] if page.evaluate(WIDER) else []

    assert wide == []
