"""With the network off the six taps give the same answer, decided on the device."""

import os

import pytest
from desk_cast import find_barriers, press_with_keys
from device_cast import (
    ANSWERED,
    SEND,
    cut,
    draw_taps,
    open_device,
    read_answer,
    send_taps,
)
from page_cast import SMALL, TAPS
from playwright.sync_api import Browser, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
SITUATIONS = 400 if os.environ.get("BEDSIDE_SOAK") == "1" else 12


@EACH
def test_the_answer_of_the_device_is_the_answer_of_the_house(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    device = open_device(chromium, address, size, language)
    house = chromium.new_context(viewport=size, service_workers="block").new_page()
    house.goto(f"{address}{language}")
    cut(device)

    for fields in draw_taps(SITUATIONS, seed=len(language)):
        send_taps(house, f"{address}{language}", fields)
        send_taps(device, f"{address}{language}", fields)

        if house.locator(".problems").count():
            continue
        assert read_answer(device) == read_answer(house), fields


@EACH
def test_six_taps_without_a_network_lead_to_the_answer_and_back(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    device = open_device(chromium, address, size, language)
    cut(device)
    device.goto(f"{address}{language}")

    for tile in TAPS:
        device.locator(tile).click()
    if size["width"] > 960:
        device.locator(".sofar [type=submit]").click()
    device.wait_for_url("**/answer")

    assert device.locator(".hero h1").inner_text() in {"Private", "Privado"}
    assert not find_barriers(device)
    assert device.evaluate(SMALL, 44) == []
    device.locator("label[for=h-refused], label:has(#h-refused)").first.click()
    assert device.locator(".after-refused blockquote").is_visible()
    device.locator("p.facts button").click()
    device.wait_for_url(f"{address}{language}")
    assert device.locator("#s1 input[value=feeding]").is_checked()
    assert device.locator("#s6 input[value=in_use]").is_checked()


def test_the_question_is_answered_and_the_language_changed_without_a_network(
    address: str, chromium: Browser
) -> None:
    device = open_device(chromium, address)
    cut(device)
    send_taps(device, address, [("activity", "imaging"), ("limb", "right_wrist")])
    before = device.locator("#the-question").inner_text()
    assert before  # a restraint waits on whether the patient is pregnant

    device.locator("button.lang").click()
    device.wait_for_url("**/es/answer")
    device.wait_for_selector(ANSWERED)
    assert device.locator("html").get_attribute("lang") == "es"
    press_with_keys(device, ".ask-one button[name]")
    device.wait_for_selector(ANSWERED)

    assert device.locator("#the-question").inner_text() != before


def test_a_page_that_needs_the_network_says_so(address: str, chromium: Browser) -> None:
    device = open_device(chromium, address)
    cut(device)

    device.goto(f"{address}norms")

    assert "six taps work" in device.locator("main").inner_text()
    assert not find_barriers(device)


@pytest.mark.parametrize(
    "fields", [[("as_of", "2019-03-01")], [("jurisdiction", "us/ca")]], ids=["day", "state"]
)
def test_another_day_or_state_is_not_answered_from_the_copy(
    address: str, chromium: Browser, fields: list[tuple[str, str]]
) -> None:
    device = open_device(chromium, address)
    cut(device)

    device.evaluate(SEND, [f"{address}answer", [("activity", "exam"), *fields]])
    device.wait_for_selector("[data-told=no]:not([hidden])")

    assert "network" in device.locator("[data-told=why]").inner_text()
    assert not device.locator("[data-told=yes]").is_visible()


def test_nothing_that_was_tapped_lies_in_the_copy(address: str, chromium: Browser) -> None:
    device = open_device(chromium, address)
    cut(device)
    send_taps(device, address, [("activity", "feeding"), ("device", "recording")])

    kept = device.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          const found = [];
          for (const request of await cache.keys()) {
            found.push(request.method, request.url, await (await cache.match(request)).text());
          }
          return found.join(" ");
        }"""
    )

    assert 'id="without-network">{' not in kept
    assert "POST" not in kept.split()


def test_rules_that_may_have_changed_meanwhile_are_shown_as_such(
    address: str, chromium: Browser
) -> None:
    device = open_device(chromium, address)
    until = device.evaluate("fetch('/offline/tables.json').then((a) => a.json())")["about"]["until"]
    device.clock.set_fixed_time(f"{until}T18:00:00Z")
    cut(device)

    send_taps(device, address, [("activity", "feeding"), ("position", "at_bedside")])

    assert device.locator("[data-told=stale]").is_visible()
    assert device.locator(".hero h1").inner_text() == "Private"
    device.goto(f"{address}offline")
    device.wait_for_selector("[data-told=copied] [data-told=stale]:not([hidden])")
