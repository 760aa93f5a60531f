"""Asking ethics and counsel as people do it: referring, advising, signing, holding, noting."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from desk_cast import find_barriers, press_with_keys
from page_cast import TAPS
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
STAY = re.compile(r"/stays/([0-9a-f-]{36})")
PAGES_OF_PDF = re.compile(rb"/Type\s*/Page[^s]")
HER_WORDS, HIS_WORDS = "No quiero que me mire", "I can't decide that."
NONE_ON_FILE = {
    "": "No order is on file for this state. Ask counsel.",
    "es/": "No hay orden en archivo para este estado. Pregunte a asesoría jurídica.",
}
NEVER = {
    "": "An officer or an agency is never the one who decides",
    "es/": "Un agente o una agencia nunca decide",
}
HELD = {"": "Held for a legal matter", "es/": "Retenido por un asunto legal"}


Enter = Callable[[Role, ViewportSize, str], Page]


@pytest.fixture(scope="module")
def enter(address: str, chromium: Browser) -> Enter:
    """Sign each role in once in each shape: a window is dear, and nobody here rests for long."""
    windows: dict[tuple[Role, str], Page] = {}

    def find(role: Role, size: ViewportSize, language: str) -> Page:
        if (role, language) not in windows:
            page = sign_in(chromium, address, role, size=size, language=language)
            windows[role, language] = page
        page = windows[role, language]
        page.set_viewport_size(size)
        page.goto(f"{address}{language}home")
        return page

    return find


def find_stay(page: Page, address: str, language: str) -> str:
    """Find the first stay that the person sees."""
    page.goto(f"{address}{language}stays")
    found = STAY.search(page.content())
    assert found
    return f"{address}{language}stays/{found[1]}"


def refer(page: Page, stay: str, question: str, **chosen: str) -> str:
    """Refer a question from a stay, and say where its page is."""
    page.goto(f"{stay}/consults")
    page.fill("#question", question)
    for name, value in {"kind": "privacy", "dimension": "position"}.items():
        page.select_option(f"#{name}", chosen.pop(name, value))
    page.fill("#patient_words", HER_WORDS)
    page.select_option("#patient_language", "es")
    page.select_option("#patient_translator", "interpreter_remote")
    page.fill("#patient_interpreter", "interpreter 48213")
    page.fill("#patient_translated", "I do not want him to look at me")
    page.select_option("#minor", chosen.pop("minor", "no"))
    page.fill("#officer_words", HIS_WORDS)
    page.select_option("#other_speaker", "administration")
    page.fill("#other_words", "Let him stay.")
    for name, value in chosen.items():
        page.select_option(f"#{name}", value)
    page.locator("main form .press.main").click()
    page.wait_for_url("**/consults/*-*")
    return page.url


def refuse_at_the_bed(page: Page, stay: str) -> None:
    """Tap six times, ask, and be refused."""
    page.goto(f"{stay}/taps")
    page.evaluate("taps => taps.forEach(one => document.querySelector(one).checked = true)", TAPS)
    page.evaluate("document.getElementById('taps').requestSubmit()")
    page.wait_for_url("**/marks/*")
    page.locator("button[value=refused]").click()
    page.wait_for_selector(".log li")


@EACH
def test_ec_01_07_08_a_question_from_a_stay_is_one_page_with_both_sides(
    address: str, enter: Enter, size: ViewportSize, language: str, tmp_path: Path
) -> None:
    question = f"May he stay while she nurses? {uuid4().hex[:4]}"
    nurse = enter(Role.BEDSIDE_NURSE, size, language)
    stay = find_stay(nurse, address, language)
    refuse_at_the_bed(nurse, stay)
    consult = refer(nurse, stay, question)
    assert not find_barriers(nurse)

    ethics = enter(Role.ETHICS, size, language)
    assert ethics.locator(".waiting li").count()
    ethics.goto(consult)
    press_with_keys(ethics, "main a[href$='/sheet']")
    ethics.wait_for_url("**/sheet")

    told = ethics.inner_text("main")
    order = [told.index(words) for words in (HER_WORDS, "I do not want him", question)]
    assert order == sorted(order)
    assert "interpreter 48213" in told
    assert HIS_WORDS in told
    assert ethics.locator(".sides .cite a").count() >= 1
    assert ethics.locator(".sides .how").count() >= 2
    assert ethics.locator(".tried li").count() >= 2
    assert not find_barriers(ethics)
    file = tmp_path / "brief.pdf"
    ethics.pdf(path=file, format="Letter")
    assert len(PAGES_OF_PDF.findall(file.read_bytes())) == 1


@EACH
def test_ec_02_03_an_urgent_question_has_a_clock_and_its_advice_is_on_the_stay(
    address: str, enter: Enter, size: ViewportSize, language: str
) -> None:
    advice = f"Ask the supervisor first {uuid4().hex[:4]}"
    nurse = enter(Role.BEDSIDE_NURSE, size, language)
    stay = find_stay(nurse, address, language)
    nurse.goto(f"{stay}/consults")
    nurse.check("input[name=urgent]")
    nurse.fill("#question", "May he stay?")
    nurse.select_option("#kind", "capacity")
    nurse.select_option("#minor", "no")
    press_with_keys(nurse, "main form .press.main")
    nurse.wait_for_url("**/consults/*-*")

    ethics = enter(Role.ETHICS, size, language)
    due = {"": "Within 2 hours", "es/": "En 2 horas"}[language]
    ethics.goto(f"{address}{language}consults")
    assert due in ethics.inner_text("main")
    assert not find_barriers(ethics)
    ethics.goto(nurse.url)
    ethics.fill("#advice", advice)
    press_with_keys(ethics, "form[action$='/advice'] button")
    ethics.wait_for_selector(".advice")

    nurse.goto(stay)
    told = nurse.inner_text("main")
    assert advice in told
    assert {"": "not an order", "es/": "no una orden"}[language] in told


@EACH
def test_ec_04_10_who_decides_for_a_minor_and_that_an_officer_never_does(
    address: str, enter: Enter, size: ViewportSize, language: str
) -> None:
    nurse = enter(Role.BEDSIDE_NURSE, size, language)
    stay = find_stay(nurse, address, language)
    nurse.goto(f"{stay}/consults")
    nurse.fill("#question", "Who decides?")
    nurse.select_option("#kind", "surrogate")
    nurse.select_option("#minor", "yes")
    nurse.locator("main form .press.main").click()
    nurse.wait_for_selector(".wrongs")
    assert nurse.input_value("#question") == "Who decides?"
    assert not find_barriers(nurse)

    nurse.select_option("#assent", "refused")
    nurse.select_option("#guardian", "detained_elsewhere")
    nurse.locator("main form .press.main").click()
    nurse.wait_for_url("**/consults/*-*")

    told = nurse.inner_text("main")
    assert NONE_ON_FILE[language] in told
    assert NEVER[language] in told
    assert "42 CFR 482.13(b)(2)" in told
    assert {"": "Held elsewhere", "es/": "Bajo custodia en otro lugar"}[language] in told


@EACH
def test_ec_05_three_alike_are_a_card_that_its_owner_answers(
    address: str, enter: Enter, size: ViewportSize, language: str
) -> None:
    kind = "contact" if language else "discharge"  # a sort of its own for each walk
    nurse = enter(Role.BEDSIDE_NURSE, size, language)
    stay = find_stay(nurse, address, language)
    for number in range(3):
        refer(nurse, stay, f"Again, number {number}?", kind=kind, dimension="visits")
    owner = enter(Role.RULEBOOK_OWNER, size, language)
    owner.goto(f"{address}{language}consults/gaps")
    owner.locator(".rows a").first.click()
    owner.wait_for_url("**/gaps/*-*")

    assert "Again, number" not in owner.inner_text("main")
    owner.fill("#answer", "We wrote a rule for visits.")
    press_with_keys(owner, "main form .press.main")
    owner.wait_for_selector("#answer", state="detached")
    assert "We wrote a rule for visits." in owner.inner_text("main")
    assert not find_barriers(owner)


def open_five(page: Page, address: str, language: str) -> None:
    """Open five stays at once, so that eleven fit the half-year."""
    page.goto(f"{address}{language}stays/batches")
    rooms = page.locator("input[name$='room']")
    for number in range(5):
        rooms.nth(number).fill(f"R{number}")
    page.locator("main form .press.main").click()
    page.wait_for_selector(".done-rows")


def write_case(page: Page, consult: str, story: str) -> None:
    """Write a teaching case from a question."""
    page.goto(f"{consult}/cases")
    page.fill("#title", "Who steps out")
    page.fill("#story", story)
    page.fill("#lesson", "Ask early.")
    page.locator("#period").select_option(index=1)
    press_with_keys(page, "main form .press.main")
    page.wait_for_url("**/consults/cases/*-*")


@EACH
def test_ec_06_a_teaching_case_goes_out_when_nothing_tells_and_two_signed(
    address: str, enter: Enter, size: ViewportSize, language: str, tmp_path: Path
) -> None:
    nurse = enter(Role.BEDSIDE_NURSE, size, language)
    consult = refer(nurse, find_stay(nurse, address, language), "May he stay here?", kind="letter")
    open_five(nurse, address, language)
    ethics = enter(Role.ETHICS, size, language)
    write_case(ethics, consult, "She wished to nurse alone. Later ICE agreed on a Monday.")
    assert {"ICE", "Monday"} <= set(ethics.locator("mark").all_inner_texts())
    assert ethics.locator("form[action$='/signatures'], form[action$='/exports']").count() == 0
    assert not find_barriers(ethics)

    ethics.locator("main details summary").click()
    ethics.fill("#story", "She wished to nurse alone. Later the agency agreed.")
    ethics.locator("main details form button").click()
    press_with_keys(ethics, "form[action$='/signatures'] button")
    ethics.wait_for_selector("form[action$='/signatures']", state="detached")
    counsel = enter(Role.COUNSEL, size, language)
    counsel.goto(ethics.url)
    press_with_keys(counsel, "form[action$='/signatures'] button")
    counsel.wait_for_selector("form[action$='/exports']")
    assert not find_barriers(counsel)
    file = tmp_path / "case.md"
    with counsel.expect_download() as download:
        counsel.locator("form[action$='/exports'] button").click()
    download.value.save_as(file)

    told = file.read_text()
    assert "Later the agency agreed." in told
    assert "May he stay" not in told
    assert "Sample" not in told


@EACH
def test_lc_05_06_counsel_notes_alone_and_holds_what_staff_then_see_is_held(
    address: str, enter: Enter, size: ViewportSize, language: str
) -> None:
    words = f"canary {uuid4().hex[:4]}"
    nurse = enter(Role.BEDSIDE_NURSE, size, language)
    stay = find_stay(nurse, address, language)
    counsel = enter(Role.COUNSEL, size, language)
    counsel.goto(f"{address}{language}legal/notes")
    counsel.fill("#text", words)
    press_with_keys(counsel, "main form .press.main")
    counsel.wait_for_selector(".rows li")
    assert words in counsel.inner_text("main")
    assert not find_barriers(counsel)
    for page in ("legal/notes", "legal/holds"):
        answer = nurse.goto(f"{address}{language}{page}")
        assert answer is not None
        assert answer.status == 403
        assert words not in nurse.content()

    counsel.goto(f"{address}{language}legal/holds")
    counsel.fill("#matter", words)
    counsel.fill("#records", stay)
    press_with_keys(counsel, "main form .press.main")
    counsel.wait_for_selector(".rows li")
    assert not find_barriers(counsel)

    nurse.goto(stay)
    assert HELD[language] in nurse.inner_text("main")
    assert words not in nurse.content()
    assert not find_barriers(nurse)
    for _ in range(counsel.locator("form[action$='/liftings']").count()):
        counsel.locator("form[action$='/liftings'] button").first.click()
        counsel.wait_for_load_state()
    nurse.goto(stay)
    assert HELD[language] not in nurse.inner_text("main")


@EACH
def test_a_danger_to_somebody_calls_counsel_and_says_what_is_on_file(
    address: str, enter: Enter, size: ViewportSize, language: str
) -> None:
    nurse = enter(Role.BEDSIDE_NURSE, size, language)
    nurse.goto(f"{find_stay(nurse, address, language)}/dangers")
    assert "164.512(j)" in nurse.inner_text("main")
    nurse.select_option("#who", "named_person")
    nurse.fill("#words", "I will find her")
    press_with_keys(nurse, "main form .press.main")
    nurse.wait_for_selector("main blockquote")
    assert not find_barriers(nurse)

    counsel = enter(Role.COUNSEL, size, language)
    said = {"": "Somebody may come to harm", "es/": "Alguien puede salir lastimado"}[language]
    assert said in counsel.inner_text(".waiting")
