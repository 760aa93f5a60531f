"""The patient: told her rights, asked without a word, in her language, with a copy in her hand."""

import re

import pytest
from desk_cast import find_barriers, press_with_keys
from page_cast import SMALL, open_page
from playwright.sync_api import Page, expect
from staff_cast import sign_in
from walk_cast import Walk

from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage", "walk_stage"]
pytestmark = pytest.mark.browser
GLOVE = 76  # px of what somebody presses who must not be seen to choose
LARGE = 22  # px; 17 points on paper
ICON = "svg.icon"


def check(page: Page) -> None:
    """Check that nothing keeps somebody out of the page."""
    assert find_barriers(page) == []


def ask_by_card(walk: Walk, stay: str, hearing: str, answer: str) -> None:
    """Hand the silent card over; the patient touches a picture."""
    page = walk.go(f"{stay}/patient")
    page.check(f"input[name=hearing][value={hearing}]")
    page.locator("form[action$='/cards'] button").click()
    page.wait_for_url("**/cards")
    page.click(f"button[value={answer}]")
    page.wait_for_url("**/thanks")


def test_pf_01_the_card_of_rights_is_seen_read_aloud_and_printed(walk: Walk) -> None:
    page = walk.go("rights")

    check(page)
    lines = page.locator(".rights-list li")
    assert lines.count() >= 8
    assert page.locator(f".rights-list li {ICON}").count() == lines.count()  # a picture each
    press_with_keys(page, "[data-speak]")
    said = page.evaluate("window.said")
    assert {lang for lang, _ in said} == {walk.say("en-US", "es-US")}
    assert [text for _, text in said][1:-1] == lines.locator("p").all_inner_texts()
    page.emulate_media(media="print")
    size = lines.locator("p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    back = page.locator(".rights-back")
    assert size >= LARGE
    assert back.evaluate("e => getComputedStyle(e).breakBefore") == "page"
    assert "42 CFR 482.13" in back.inner_text()
    expect(page.locator("[data-print]")).to_be_hidden()
    page.emulate_media(media="screen")


def test_pf_01_the_card_works_without_a_script_and_shows_unsigned_spanish_as_that(
    walk: Walk,
) -> None:
    page = open_page(walk.chromium, walk.size, script=False)

    page.goto(f"{walk.address}{walk.language}rights")

    expect(page.locator("[data-speak]")).to_be_hidden()
    expect(page.locator(".rights-list li").first).to_be_visible()
    marked = page.locator(".tag.stale").count()
    assert marked == (1 if walk.language else 0)


def test_pf_02_a_wish_is_given_on_the_silent_card_and_nobody_sees_which(walk: Walk) -> None:
    stay = walk.open_stay("c2")
    page = walk.go(f"{stay}/patient")
    check(page)
    page.check("input[name=hearing][value=no]")
    press_with_keys(page, "form[action$='/cards'] button")
    page.wait_for_url("**/cards")
    check(page)
    assert page.locator(".touch-tiles .tile").evaluate_all(
        f"all => all.every(e => e.offsetHeight >= {GLOVE} && e.offsetWidth >= {GLOVE})"
    )
    expect(page.locator(".staffbar")).to_have_count(0)

    press_with_keys(page, "button[value=private]")

    page.wait_for_url("**/thanks")
    check(page)
    shown = page.locator("main").inner_text().lower()
    assert not re.search("officer|agente|outside|salga|private|priva", shown)
    page.click("main a")
    expect(page.locator(".replies")).to_contain_text(
        walk.say("I want the officer outside", "Quiero que el agente salga")
    )
    walk.go(stay)
    expect(page.locator(".known")).to_contain_text(walk.say("Out of the room", "Salga del cuarto"))


def test_pf_03_a_yes_within_hearing_is_asked_again_until_it_is_said_in_private(
    walk: Walk,
) -> None:
    stay = walk.open_stay("c3")
    ask_by_card(walk, stay, "yes", "may_stay")
    again = walk.say("Ask again, out of hearing:", "Preguntar otra vez, sin que oiga:")

    page = walk.go(stay)
    expect(page.locator("main")).to_contain_text(again)
    check(page)
    page = walk.go(f"{stay}/patient")
    expect(page.locator(".replies")).to_contain_text(
        walk.say("The officer could hear", "El agente podía oír")
    )
    ask_by_card(walk, stay, "no", "private")

    walk.go(stay)
    expect(page.locator("main")).not_to_contain_text(again)
    page = walk.go(f"{stay}/patient")
    expect(page.locator(".replies > li")).to_have_count(2)


def test_pf_08_a_speaker_of_kiche_gets_an_interpreter_and_no_spanish(walk: Walk) -> None:
    stay = walk.open_stay("c8")
    page = walk.go(f"{stay}/languages")
    check(page)

    page.click("button[value=kiche]")

    page.wait_for_url("**/patient")
    check(page)
    expect(page.locator("main")).to_contain_text("K'iche'")
    expect(page.locator("main")).to_contain_text(
        walk.say("Interpreter: Asked for", "Intérprete: Pedido")
    )
    walk.go(f"{stay}/patient/questions/wish")
    check(page)
    expect(page.locator("#ask")).to_have_attribute("lang", "en")
    walk.go(f"{stay}/patient")
    page.select_option("#state", "here")
    page.locator("form[action*='/interpreters/'] button").click()
    expect(page.locator("main")).to_contain_text(walk.say("Interpreter: Here", "Está aquí"))


def test_pf_12_a_minor_is_told_in_words_of_her_age_and_offered_time_alone(walk: Walk) -> None:
    stay = walk.open_stay("c12", patient_age_band="minor", pregnancy="postpartum")
    page = walk.go(f"{stay}/patient")
    check(page)
    expect(page.locator("#alone")).to_be_visible()

    page.select_option("#alone", "later")
    page.locator("form[action$='/rights'] button").click()

    expect(page.locator("main")).to_contain_text(
        walk.say("time alone: Later", "tiempo a solas: Más tarde")
    )
    walk.go("rights/young_parent")
    check(page)
    expect(page.locator(".rights-list")).to_contain_text(
        walk.say("You can ask to talk with a nurse or doctor alone", "Puedes pedir hablar a solas")
    )


def test_rn_06_the_patient_is_asked_in_spanish_aloud_with_the_interpreter_beside_it(
    walk: Walk,
) -> None:
    stay = walk.open_stay("r6")
    walk.go(f"{stay}/languages").click("button[value=es]")
    walk.page.wait_for_url("**/patient")
    page = walk.go(f"{stay}/patient/questions/wish")
    check(page)
    question = page.locator("#ask")
    expect(question).to_have_attribute("lang", "es")
    expect(question).to_contain_text("¿Está de acuerdo en que el agente se quede?")
    expect(page.locator(".tag.stale")).to_have_count(1)  # unsigned, so marked, in the sample only

    page.click("[data-speak]")
    assert page.evaluate("window.said[0][0]") == "es-US"
    page.locator("form[action$='/languages'] button").click()
    page.wait_for_url("**/patient")
    walk.go(f"{stay}/patient/questions/wish")
    page.check("input[name=hearing][value=no]")
    page.click("button[value=may_stay]")

    page.wait_for_url("**/patient")
    expect(page.locator(".replies")).to_contain_text(
        walk.say("The officer could not hear", "El agente no podía oír")
    )


def test_rn_08_when_does_he_go_is_answered_and_logged_in_one_tap(walk: Walk) -> None:
    stay = walk.open_stay("r8")
    page = walk.go(f"{stay}/officer-questions")
    check(page)
    assert page.evaluate(SMALL, 44) == []

    press_with_keys(page, "button[value=discharge_time]")

    page.wait_for_url("**/officer-questions/*")
    check(page)
    expect(page.locator(".say blockquote")).to_contain_text(
        walk.say("I can't answer that myself", "Eso no lo puedo contestar yo")
    )
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"\d\d:\d\d"))
    page.fill("#words", "When are you letting him go?")
    page.locator("main form button").click()
    expect(page.locator(".his-words")).to_contain_text("When are you letting him go?")


def test_pf_10_the_copy_lists_what_was_kept_and_is_given_once(walk: Walk) -> None:
    stay = walk.open_stay("c10")
    ask_by_card(walk, stay, "yes", "may_stay")
    walk.go(f"{stay}/officer-questions").click("button[value=patient_info]")
    walk.page.wait_for_url("**/officer-questions/*")
    page = walk.go(f"{stay}/copies")
    check(page)
    page.locator("main form button.main").click()
    page.locator(".copies form button").click()
    page.wait_for_url("**/copies/*")

    check(page)
    lines = page.locator(".copy-lines")
    expect(lines).to_contain_text(walk.say("What you answered", "Lo que usted respondió"))
    expect(lines).to_contain_text(walk.say("The officer asked for something", "El agente pidió"))
    page.emulate_media(media="print")
    expect(page.locator(".staffbar")).to_be_hidden()
    page.emulate_media(media="screen")
    privacy = sign_in(
        walk.chromium, walk.address, Role.PRIVACY_OFFICER, size=walk.size, language=walk.language
    )
    privacy.goto(f"{walk.address}{walk.language}{stay}/journal")
    expect(privacy.locator("main")).to_contain_text(
        walk.say("Copy given to the patient", "Copia entregada al paciente")
    )
