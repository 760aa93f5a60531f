"""The officer: where he stands and who asks, danger, his own words, relief, doors and phones."""

import pytest
from desk_cast import find_barriers, press_with_keys
from playwright.sync_api import Page, expect
from walk_cast import Walk

pytest_plugins = ["page_stage", "walk_stage"]
pytestmark = pytest.mark.browser
SAW = "He said he will hit the next one who comes in."
WORDS = "I was told to wait.\nI waited <b>outside</b>."


def check(page: Page) -> None:
    """Check that nothing keeps somebody out of the page."""
    assert find_barriers(page) == []


def ask_to_stand(walk: Walk, stay: str, *, is_medical: bool = False) -> None:
    """Ask the officer to wait outside the closed door."""
    page = walk.go(f"{stay}/post")
    page.check("input[name=position][value=outside_door]")
    page.select_option("#exit-window", "security")
    if is_medical:
        page.check("input[name=is_medical]")
    page.locator("form[action$='/step-outs'] button").click()
    page.wait_for_selector("#to-send")


def scan(walk: Walk, stay: str) -> Page:
    """Open the officer's page by the printed code, as a phone does."""
    officer = walk.open_street()
    officer.goto(walk.find_code(stay))
    return officer


def test_of_02_and_of_09_he_is_told_where_what_he_sees_how_long_who_asks_and_who_guards_what(
    walk: Walk,
) -> None:
    stay = walk.open_stay("o2")
    check(walk.go(f"{stay}/post"))
    ask_to_stand(walk, stay)
    check(walk.page)

    officer = scan(walk, stay)

    check(officer)
    asked = officer.locator("#now")
    for said in (
        walk.say("Outside, door closed", "Fuera, puerta cerrada"),
        walk.say("You do not see and do not hear", "No ve ni oye"),
        walk.say("10 min, from", "10 min, desde las"),
        walk.say("Bedside nurse", "Enfermería a cargo"),
        walk.say("hospital security", "seguridad del hospital"),
    ):
        expect(asked).to_contain_text(said)
    expect(asked.locator(".way-out")).to_have_count(3)
    assert "o2" not in officer.locator("main").inner_text()
    press_with_keys(officer, "button[value=stepped_out]")
    expect(officer.locator("#now").get_by_role("status")).to_be_visible()
    expect(walk.go(f"{stay}/post").locator("main")).to_contain_text(
        walk.say("The officer answered: I am standing there now", "El agente respondió: Ya estoy")
    )


def test_of_03_the_medical_reason_is_read_aloud_or_sent_to_his_supervisor(walk: Walk) -> None:
    stay = walk.open_stay("o3")
    ask_to_stand(walk, stay, is_medical=True)
    page = walk.go(f"{stay}/post")
    reason = walk.say("there is a medical reason", "hay una razón médica")

    page.click("[data-speak]")

    assert reason in page.evaluate("window.said[0][1]")
    officer = scan(walk, stay)
    expect(officer.locator("#to-send")).to_contain_text(reason)
    for scheme in ("sms:", "mailto:"):
        expect(officer.locator(f"#now a[href^='{scheme}']")).to_be_visible()
    officer.click("button[value=supervisor]")
    expect(walk.go(f"{stay}/post").locator("main")).to_contain_text(
        walk.say("I must ask my supervisor", "Debo preguntar a mi supervisor")
    )


def test_of_05_his_own_words_are_kept_as_he_wrote_them_and_he_has_his_copy(walk: Walk) -> None:
    stay = walk.open_stay("o5")
    officer = scan(walk, stay)
    officer.click("#statement summary")
    officer.fill("#statement-words", f"{WORDS}\nMRN 1234567")
    officer.locator("#statement button").click()
    check(officer)
    expect(officer.locator("#statement mark")).to_have_text("MRN 1234567")

    officer.fill("#statement-words", WORDS)
    officer.locator("#statement button").click()

    expect(officer.get_by_role("status")).to_contain_text(
        walk.say("This is your copy", "Esta es su copia")
    )
    check(officer)
    assert officer.locator(".his-words").inner_text() == WORDS
    page = walk.go(f"{stay}/post")
    check(page)
    assert page.locator(".his-words").inner_text() == WORDS


def test_of_06_a_danger_goes_to_the_nurse_who_finds_and_both_stand(walk: Walk) -> None:
    stay = walk.open_stay("o6")
    officer = scan(walk, stay)
    officer.click("#danger summary")
    officer.check("#danger input[value=assault]")
    officer.check("#danger input[value=now]")
    officer.fill("#danger-words", SAW)
    officer.locator("#danger button").click()
    expect(officer.get_by_role("status")).to_be_visible()
    check(officer)
    page = walk.go(stay)
    expect(page.locator("main")).to_contain_text(
        walk.say("The officer told of a danger.", "El agente avisó de un peligro.")
    )
    expect(page.locator(".known")).not_to_contain_text(walk.say("Hit someone", "Golpeó a alguien"))

    page = walk.go(f"{stay}/post")
    check(page)
    page.select_option("select[name=danger]", "verbal_threat")
    page.fill("input[name=reason]", "He shouted at me; nobody was hit.")
    page.locator("form[action*='/dangers-told/'] button").click()

    page.wait_for_url(f"**/{stay}")
    expect(page.locator(".known")).to_contain_text(walk.say("Threats", "Amenazas"))
    page = walk.go(f"{stay}/post")
    told = page.locator(".danger-told")
    for said in (SAW, walk.say("Threats", "Amenazas"), "nobody was hit"):
        expect(told).to_contain_text(said)


def test_of_07_the_terms_pass_on_when_both_officers_and_the_nurse_have_signed(walk: Walk) -> None:
    stay = walk.open_stay("o7")
    page = walk.go(f"{stay}/officers")
    page.select_option("#agency", "ice")
    page.fill("#identity", "badge 11")
    page.click("main form button.main")
    page.wait_for_url(f"**/{stay}")
    ask_to_stand(walk, stay)
    page = walk.go(stay)
    page.click("a[href$='/reliefs']")
    check(page)
    expect(page.locator("main .card")).to_contain_text(
        walk.say("Outside, door closed, 10 min", "Fuera, puerta cerrada, 10 min")
    )

    page.fill("#identity", "badge 12")
    page.check("input[name=leaving_signed]")
    page.check("input[name=coming_signed]")
    page.click("main form button.main")

    page.wait_for_url(f"**/{stay}")
    expect(page.locator(".here")).to_contain_text("badge 12")
    expect(page.locator(".here")).to_contain_text(
        walk.say("Terms passed on, both signed", "Acuerdo entregado, ambos firmaron")
    )
    expect(scan(walk, stay).locator("#now")).to_be_visible()  # the relief finds what stands


def test_of_11_and_of_12_phones_and_lockers_are_shown_without_signing_in_and_before_the_door(
    walk: Walk,
) -> None:
    page = walk.open_street()
    page.goto(f"{walk.address}{walk.language}officer")

    expect(page.locator("#phones")).to_contain_text(walk.say("out of hearing", "no se oye"))
    expect(page.locator("#weapons")).to_contain_text(walk.say("Locker", "Casillero"))
    page.click("a[href$='/officer/doors']")
    check(page)
    expect(page.locator("h1")).to_contain_text(
        walk.say("Stop. Weapons stay outside.", "Alto. Las armas quedan afuera.")
    )
    expect(page.locator("#weapons")).to_contain_text("4-1911")
