"""Letters, as the people at the bedside, at the receiving side and at the desk go through them."""

import re
from pathlib import Path

import pytest
from desk_cast import find_barriers, press_with_keys
from playwright.sync_api import Browser, Page, ViewportSize, expect
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(
    ("size", "language"),
    SIZED,
    ids=SHAPE_NAMES,
)
WORDS = "Write that she is cleared for detention and take out the part about the chain."
MOST_INTERACTIONS = 12
COUNTED = """() => {
  for (const kind of ['click', 'change']) addEventListener(kind, e => {
    if (e.target.closest && !e.target.closest('label') || kind === 'change')
      sessionStorage.taps = 1 + +(sessionStorage.taps || 0);
  }, true);
}"""


def open_editor(page: Page, address: str, language: str) -> None:
    """Open the editor for the mother in room 412."""
    page.goto(f"{address}{language}letters")
    page.locator("li", has_text=" 412 ").locator("a[href$='/letters/drafts']").click()
    page.wait_for_url("**/letters/drafts")


def draft(page: Page, address: str, language: str) -> None:
    """Draft what the stay proposes."""
    open_editor(page, address, language)
    page.locator("input[name=status]").first.check()
    page.select_option("#need", "care_of_patient")
    page.fill("#purpose", "said at the desk")
    page.locator("button[value=draft]").click()
    page.wait_for_selector("table.claims")


def sign_one(page: Page, address: str, language: str) -> str:
    """Draft and sign as an attending; give the letter's address."""
    draft(page, address, language)
    page.locator("form.sign button").click()
    page.wait_for_selector("a[href*='/copies/']")
    return page.url


@EACH
def test_md_02_fit_for_detention_is_blocked_and_replaced_within_twelve_interactions(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    page.add_init_script(f"({COUNTED})()")
    open_editor(page, address, language)
    assert not find_barriers(page)
    page.evaluate("sessionStorage.taps = 0")
    page.locator("details.note-fold summary").first.click()
    page.fill("textarea[name=r0-more]", "She is fit for detention.")
    page.locator("button[value=draft]").click()

    expect(page.locator(".honest")).not_to_have_count(0)
    assert page.input_value("textarea[name=r0-more]") == "She is fit for detention."
    assert not find_barriers(page)
    page.locator("button[value=replace-0]").click()
    page.select_option("#need", "care_of_patient")
    page.fill("#purpose", "said at the desk")
    page.locator("button[value=draft]").click()
    page.wait_for_selector("table.claims")
    page.locator("form.sign button").click()
    page.wait_for_selector("a[href*='/copies/']")

    assert int(page.evaluate("sessionStorage.taps")) <= MOST_INTERACTIONS
    assert "detention." not in page.inner_text("table.claims")
    assert not find_barriers(page)


@EACH
def test_a_letter_is_drafted_signed_printed_and_checked_by_anybody_with_keys_alone(
    address: str, chromium: Browser, size: ViewportSize, language: str, tmp_path: Path
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    open_editor(page, address, language)
    page.locator("input[name=status]").first.focus()
    page.keyboard.press("Space")
    press_with_keys(page, "button[value=draft]")
    page.wait_for_selector("table.claims")
    assert not find_barriers(page)
    press_with_keys(page, "form.sign button")
    page.wait_for_selector("a[href*='/copies/']")
    with page.expect_download() as loaded:
        page.locator("a[href*='/copies/']").first.click()
    file, altered = tmp_path / "letter.pdf", tmp_path / "altered.pdf"
    loaded.value.save_as(file)
    altered.write_bytes(file.read_bytes() + b"\n1 0 obj<<>>endobj\n")

    street = chromium.new_context(viewport=size).new_page()
    said = []
    for one in (file, altered):
        street.goto(f"{address}{language}letters/checks")
        assert not find_barriers(street)
        street.set_input_files("#letter", str(one))
        press_with_keys(street, "main form button")
        street.wait_for_selector("#verdict")
        assert not find_barriers(street)
        said.append(street.inner_text("#verdict h2"))

    assert said[0] in {"Valid", "Válida"}
    assert said[1] in {"Do not rely on this", "No se apoye en esto"}


@EACH
def test_md_03_a_request_is_kept_before_the_editor_and_changes_nothing_without_a_reason(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    letter = sign_one(page, address, language)
    before = page.inner_text("table.claims")
    page.goto(f"{letter}/requests")
    page.fill("#asked_by", "badge 12")
    page.fill("#words", WORDS)
    assert not find_barriers(page)
    page.locator("button[value=read]").click()
    page.wait_for_selector(".diff li.add")
    assert page.locator(".diff li.del").count()
    assert not find_barriers(page)
    page.locator("button[value=record]").click()
    page.wait_for_url("**/requests/*-*")
    assert WORDS in page.inner_text("blockquote")
    assert not find_barriers(page)
    page.locator("input[name=decision][value=accept_in_part]").check()
    page.locator("main button.main").click()
    page.wait_for_url("**/drafts?request=*")

    page.locator("input[name$='-keep']").first.uncheck()
    page.locator("button[value=draft]").click()

    expect(page.locator("#wrongs li")).to_have_count(1)
    assert not find_barriers(page)
    page.goto(letter)
    assert page.inner_text("table.claims") == before
    assert WORDS not in page.inner_text("main")
    assert re.search(r"federal", page.inner_text("aside"))


@EACH
def test_md_04_a_resident_signs_on_an_order_that_was_read_back(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.RESIDENT, size=size, language=language)
    draft(page, address, language)
    assert not find_barriers(page)
    page.locator("form.sign button").click()
    expect(page.locator("#wrongs li")).to_have_count(1)
    assert not find_barriers(page)

    page.locator("#order_by option").nth(1).evaluate("o => o.selected = true")
    page.locator("input[name=read_back]").check()
    page.locator("form.sign button").click()

    page.wait_for_selector("a[href*='/copies/']")


def answer(page: Page, link: str) -> None:
    """Answer as the receiving side, which cannot meet one need."""
    page.goto(link)
    assert not find_barriers(page)
    page.fill("#name", "a nurse")
    page.locator("input[name=cannot]").first.check()
    press_with_keys(page, "main form button")
    page.wait_for_selector("[role=status]")
    assert not find_barriers(page)


@EACH
def test_md_07_and_md_11_what_is_missing_is_warned_of_and_the_answer_pauses_discharge(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    letter = sign_one(page, address, language)
    page.goto(f"{letter}/deliveries")
    page.fill("#to", "the receiving side")
    page.select_option("#reader", "custody")
    page.locator("main button.main").click()
    page.wait_for_selector("#no_receiver")
    assert page.locator("#not_first").count()
    assert page.input_value("#to") == "the receiving side"
    assert not find_barriers(page)
    page.select_option("#no_receiver", "nobody_answers")
    page.select_option("#not_first", "declined")
    page.locator("main button.main").click()
    page.wait_for_selector(".key-shown")
    assert not find_barriers(page)
    link = re.search(r"http://\S+/answers/\w+", page.inner_text("main"))
    assert link

    street = chromium.new_context(viewport=size).new_page()
    answer(street, link[0])

    again = street.goto(link[0])
    assert again is not None
    assert again.status == 410
    page.goto(letter)
    assert re.search("Discharge waits|El alta espera", page.inner_text("main"))
    assert not find_barriers(page)


@EACH
def test_d1_a_removal_before_discharge_is_kept_and_certified_by_nothing(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    letter = sign_one(page, address, language)
    page.goto(f"{letter}/removals")
    assert not find_barriers(page)
    page.fill("#objection", "the infection is not controlled")
    page.fill("#told_to", "the sergeant")
    press_with_keys(page, "main form button")

    page.wait_for_url(letter)
    admin = sign_in(chromium, address, Role.ADMINISTRATOR_ON_DUTY, size=size, language=language)
    assert re.search("Taken before discharge|Traslado antes del alta", admin.inner_text("main"))


@EACH
def test_lc_07_counsel_takes_one_letters_history_as_a_bundle_and_sees_no_names(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.ATTENDING, size=size, language=language)
    letter = sign_one(page, address, language)
    counsel = sign_in(chromium, address, Role.COUNSEL, size=size, language=language)
    counsel.goto(f"{address}{language}letters/patterns")
    assert "badge 12" not in counsel.inner_text("main")
    assert not find_barriers(counsel)
    counsel.goto(letter)
    counsel.locator("details summary").last.click()
    with counsel.expect_download() as loaded:
        counsel.locator("form[action$='/bundles'] button").click()

    assert loaded.value.suggested_filename.startswith("bedside-letter-")
    assert not find_barriers(counsel)
