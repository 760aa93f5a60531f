"""Contacts, their limits and callers, as the people at the desk and the bedside go through them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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
OPENED = {"": "Open contacts of", "es/": "Abrir contactos de"}


@pytest.fixture(scope="module")
def address(served: None, address: str) -> str:
    """Serve the hospital with its stays."""
    del served
    return address


def go_to_contacts(page: Page, address: str, language: str, room: str) -> None:
    """Go to the contacts of the stay in a room, as whoever keeps limits does."""
    page.goto(f"{address}{language}directory")
    page.locator("section", has=page.locator("h2", has_text=f"· {room} ·")).locator(
        "a", has_text=OPENED[language]
    ).click()
    page.wait_for_url("**/contacts")


def tomorrow() -> str:
    return f"{datetime.now(ZoneInfo('America/Chicago')) + timedelta(days=1):%Y-%m-%dT%H:%M}"


@EACH
def test_hs_07_a_restriction_without_owner_or_expiry_cannot_be_saved(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    go_to_contacts(page, address, language, "4")
    assert not find_barriers(page)
    page.locator("a[href$='/contacts/restrictions']").click()
    assert not find_barriers(page)

    page.select_option("#whom", "family")
    page.select_option("#what", "visits")
    page.select_option("#authority", "agency_request")
    page.fill("#source", "letter of 20 November")
    page.fill("#reason", "two visitors fought in the corridor")
    press_with_keys(page, "main form button")

    page.wait_for_selector("#wrongs li")
    assert page.locator("#wrongs li").count() == 2
    assert page.input_value("#reason") == "two visitors fought in the corridor"
    assert not find_barriers(page)
    page.select_option("#owner", "charge_nurse")
    page.fill("#until", tomorrow())
    page.locator("main form button").last.click()
    page.wait_for_url("**/contacts")
    assert "two visitors fought in the corridor" in page.inner_text("main")
    assert not find_barriers(page)
    page.locator("form[action*='/restrictions/'] button").first.click()
    page.wait_for_url("**/contacts")


@EACH
def test_staff_cannot_limit_a_lawyer_and_are_sent_to_counsel(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    go_to_contacts(page, address, language, "4")
    page.locator("a[href$='/contacts/restrictions']").click()

    page.select_option("#whom", "lawyer")
    page.select_option("#what", "visits_and_calls")
    page.select_option("#owner", "charge_nurse")
    page.select_option("#authority", "agency_request")
    page.fill("#source", "letter of 20 November")
    page.fill("#reason", "asked for by the agency")
    page.fill("#until", tomorrow())
    page.locator("main form button").last.click()

    page.wait_for_selector("#wrongs li")
    assert page.locator("#wrongs li").count() == 1
    assert "counsel" in page.inner_text("#wrongs") or "asesoría" in page.inner_text("#wrongs")


def answer(page: Page, address: str, language: str, name: str, caller: str) -> str:
    """Answer a caller, and tell what the page says."""
    page.goto(f"{address}{language}callers")
    page.fill("#name_asked", name)
    page.fill("#caller", caller)
    press_with_keys(page, "main form button")
    page.wait_for_selector("main .say")
    return page.inner_text("main")


@EACH
def test_hs_08_a_caller_for_a_withheld_name_meets_the_script_and_the_chosen_contact_alone(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.FRONT_DESK, size=size, language=language)

    said = answer(page, address, language, "Maria Lopez", "Ana Lopez")

    assert "Ana Lopez" in said
    for hidden in ("Maria", "Blue Heron", "956", "Labor", "threat"):
        assert hidden not in said
    assert not find_barriers(page)


@EACH
def test_pf_05_a_named_contact_is_called_back_at_the_number_the_patient_gave(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    desk = sign_in(chromium, address, Role.FRONT_DESK, size=size, language=language)
    answer(desk, address, language, "maria lópez", "Ana López")
    script = desk.inner_text("main blockquote")
    desk.locator("form[action$='/callers/callbacks'] button").click()
    assert desk.inner_text("main blockquote") == script
    assert not find_barriers(desk)

    nurse = sign_in(chromium, address, Role.CHARGE_NURSE, size=size, language=language)
    assert nurse.locator(".waiting li").count()
    go_to_contacts(nurse, address, language, "4")
    assert "9565550199" in nurse.inner_text("main")
    assert not find_barriers(nurse)
    nurse.select_option("form[action*='/callbacks/'] select", "reached")
    nurse.locator("form[action*='/callbacks/'] button").first.click()
    nurse.wait_for_url("**/contacts")
    assert not nurse.locator("form[action*='/callbacks/']").count()


@EACH
def test_pf_06_whoever_is_not_here_and_whoever_named_nobody_look_the_same(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.FRONT_DESK, size=size, language=language)

    named_nobody = answer(page, address, language, "Juana Cruz", "Pedro Cruz")
    withheld = answer(page, address, language, "Maria Lopez", "Pedro Cruz")
    not_here = answer(page, address, language, "Nadia Nadie", "Pedro Cruz")

    assert named_nobody == withheld == not_here
    assert not find_barriers(page)


@EACH
def test_what_the_patient_chose_is_kept_from_forms_without_barriers(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    go_to_contacts(page, address, language, "6")
    page.locator("a[href$='/contacts/people']").click()
    assert not find_barriers(page)
    page.fill("#contact_name", "Luis Diaz")
    page.fill("#contact_phone", "9565550142")
    page.select_option("#relation", "parent")
    page.check("input[name=in_private]")
    press_with_keys(page, "main form button")
    page.wait_for_url("**/contacts")
    assert "Luis Diaz" in page.inner_text("main")
    page.locator("form[action*='/contacts/people/'] button").first.click()
    page.wait_for_url("**/contacts")
    page.locator("a[href$='/contacts/name']").click()
    assert not find_barriers(page)
    page.fill("#patient_name", "Rosa Diaz")
    page.check("input[name=choice][value=listed]")
    press_with_keys(page, "main form button")
    page.wait_for_url("**/contacts")
    page.locator("a[href$='/contacts/withholdings']").click()
    assert not find_barriers(page)
    page.select_option("#withheld_by", "patient")
    page.fill("#reason", "asked for it")
    page.select_option("#owner", "charge_nurse")
    press_with_keys(page, "main form button")
    page.wait_for_url("**/contacts")
    page.locator("form[action*='/withholdings/'] button").click()
    page.wait_for_url("**/contacts")
    assert not find_barriers(page)


@EACH
def test_po_08_an_alias_whose_time_is_over_is_gone_and_the_privacy_officer_is_told(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    desk = sign_in(chromium, address, Role.FRONT_DESK, size=size, language=language)
    assert "Labor and delivery" in answer(desk, address, language, "Rosa Diaz", "")

    officer = sign_in(chromium, address, Role.PRIVACY_OFFICER, size=size, language=language)
    told = {"": "A withheld name: its time is over", "es/": "Un nombre reservado: se acabó"}
    assert told[language] in officer.inner_text("main")
    go_to_contacts(officer, address, language, "6")
    assert re.search(r"chose to be listed|eligió aparecer", officer.inner_text("main"))
    assert not find_barriers(officer)


@EACH
def test_pf_09_words_about_status_never_reach_the_record_and_nothing_typed_is_lost(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    page = sign_in(chromium, address, Role.HOUSE_SUPERVISOR, size=size, language=language)
    go_to_contacts(page, address, language, "4")
    page.locator("a[href$='/contacts/restrictions']").click()
    for field, value in (("whom", "friends"), ("what", "calls"), ("owner", "charge_nurse")):
        page.select_option(f"#{field}", value)
    page.select_option("#authority", "hospital_rule")
    page.fill("#source", "rule 12")
    page.fill("#reason", "the patient is undocumented and afraid")
    page.fill("#until", tomorrow())
    page.locator("main form button").last.click()

    page.wait_for_selector(".worries li")
    assert page.locator(".worries li").count() == 1
    assert page.input_value("textarea") == "the patient is undocumented and afraid"
    assert not page.locator("input[name=keep_anyway]").count()
    assert not find_barriers(page)
    page.fill("textarea", "the patient is afraid of this caller")
    press_with_keys(page, "main form button")
    page.wait_for_url("**/contacts")
    assert "afraid of this caller" in page.inner_text("main")
    page.locator("form[action*='/restrictions/'] button").first.click()
    page.wait_for_url("**/contacts")
