"""A nurse on a phone at night, from the first tap to the words to say, in a real browser."""

import urllib.request

import pytest
from page_cast import DESK, LANGUAGES, PHONE, SCENES, SCROLLS, TAPS, WIDER, open_page, tap_six_times
from playwright.sync_api import Browser, Page

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_taps_lead_to_the_answer_and_nothing_is_scrolled(
    address: str, chromium: Browser, language: str
) -> None:
    page = open_page(chromium)
    page.goto(address + language)

    for tile in TAPS:
        assert not page.evaluate(SCROLLS), tile
        page.locator(tile).click()
    page.wait_for_url("**/answer")

    for part in ("h1", ".scene", ".main-say blockquote", ".main-call", ".outcome"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= PHONE["height"]
    answer = page.locator(".main-call").bounding_box()
    buttons = page.locator(".outcome").bounding_box()
    assert answer is not None
    assert buttons is not None
    assert answer["y"] + answer["height"] <= buttons["y"]
    assert page.url == f"{address}{language}answer"


def test_on_a_desk_all_six_questions_stand_beside_one_another(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium, DESK)
    page.goto(address)

    for tile in TAPS:
        page.locator(tile).check(force=True)
    page.locator("#so-far .preset").wait_for()
    page.locator(".sofar button").click()

    assert page.locator("h1").inner_text() == "Private"
    assert not page.evaluate(WIDER)


def test_the_officers_requests_are_two_taps_away(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(address)

    page.locator(".officer-asks summary").click()
    assert not page.evaluate(SCROLLS)
    page.locator("input[value=patient_info]").click()
    page.locator("#s2 [type=submit]").click()

    assert "I can't answer that myself" in page.locator(".main-say blockquote").inner_text()


def test_an_emergency_is_one_tap(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(address)

    page.locator("[name=emergency]").click()

    assert page.locator("h1").inner_text() == "Emergency bay"


def test_a_wrong_tap_can_be_taken_back(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(address)

    page.locator(TAPS[0]).click()
    page.locator(".seg").first.click()

    assert page.locator("#s1").is_visible()
    page.locator("#s1 input[value=exam]").click()
    assert page.locator("#s2").is_visible()
    assert page.locator("input[name=activity]:checked").get_attribute("value") == "exam"


def test_without_a_script_the_same_form_stands_on_one_page(address: str, chromium: Browser) -> None:
    page = open_page(chromium, script=False)
    page.goto(address)

    for tile in TAPS:
        page.locator(tile).check(force=True)
    page.locator(".sofar button").click()

    assert page.locator("h1").inner_text() == "Private"


def test_the_keyboard_alone_leads_to_the_answer(address: str, chromium: Browser) -> None:
    page = open_page(chromium)
    page.goto(address)
    page.locator("#s1 input[value=interview]").focus()

    for _ in range(5):
        page.keyboard.press("ArrowDown")
    assert page.locator("#s1").is_visible()
    page.keyboard.press("Enter")
    assert page.locator("#s2").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator("#s3").is_visible()
    page.locator("#s3 [type=submit]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer")

    assert page.locator("h1").inner_text() == "Private"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", SCENES)
def test_each_founding_scene_is_answered_within_six_taps_and_without_a_scroll(
    address: str, chromium: Browser, scene: str, language: str
) -> None:
    page = open_page(chromium)
    page.goto(address + language)
    taps = SCENES[scene]

    for tile in taps:
        page.locator(tile).click()
        assert page.evaluate("window.scrollY") == 0
    page.wait_for_url("**/answer")

    assert len(taps) <= 6
    top_of_bar = page.locator(".outcome").bounding_box()
    assert top_of_bar is not None
    for part in ("h1", ".main-say blockquote", ".main-call h2", ".main-call .press"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= top_of_bar["y"], part
    assert page.locator(".main-call .press").inner_text().strip()


def test_behind_the_empty_chart_nothing_can_be_reached_by_keyboard(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    page.goto(address)
    tap_six_times(page)
    page.locator("#h-quiet").check(force=True)

    for _ in range(6):
        page.keyboard.press("Tab")
        reached = page.evaluate("document.activeElement.id || document.activeElement.tagName")
        assert reached in {"h-quiet", "h-open", "BODY", "HTML"}
    page.locator("#h-quiet").focus()
    page.keyboard.press("ArrowRight")

    assert page.locator("h1").is_visible()


def test_no_request_leaves_for_another_origin_and_none_carries_a_fact(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(address)

    tap_six_times(page)

    assert asked
    assert all(url.startswith(address) for url in asked)
    assert not any("feeding" in url or "?" in url for url in asked)
    assert not troubles


def test_with_the_network_gone_the_answer_stays_and_a_refusal_has_its_words(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    page.goto(address)
    tap_six_times(page)
    page.context.set_offline(offline=True)

    page.locator("#h-refused").check(force=True)
    assert page.locator(".after-refused blockquote").is_visible()
    page.locator("#h-open").check(force=True)

    assert page.locator(".main-say blockquote").is_visible()
    page.locator("details.why summary").first.click()
    assert page.locator("details.why").get_attribute("open") is None


def test_where_asking_is_not_safe_the_screen_shows_an_empty_chart(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    page.goto(address)
    tap_six_times(page)

    page.locator("#h-quiet").check(force=True)

    assert page.locator(".quiet-page h2").inner_text() == "Vital signs"
    heading = page.locator("h1").bounding_box()
    assert heading is None or heading["height"] < 2 or not _is_seen(page, "h1")
    page.locator(".quiet-page label").click()
    assert _is_seen(page, "h1")


def _is_seen(page: Page, part: str) -> bool:
    """Tell whether the middle of a part is what a finger would touch."""
    return bool(
        page.evaluate(
            """part => { const e = document.querySelector(part), r = e.getBoundingClientRect();
            const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
            return e === top || e.contains(top); }""",
            part,
        )
    )


def test_a_printed_answer_has_no_buttons_and_opens_its_reasons(
    address: str, chromium: Browser
) -> None:
    page = open_page(chromium)
    page.goto(address)
    tap_six_times(page)

    page.emulate_media(media="print")

    assert not page.locator(".outcome").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator(".choices").first.is_visible()


def test_the_address_of_health_answers(address: str) -> None:
    with urllib.request.urlopen(f"{address}healthz") as answer:  # noqa: S310 - our own address
        assert answer.read().startswith(b"ok ")
