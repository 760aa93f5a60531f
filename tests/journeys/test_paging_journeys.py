"""A refusal at the bedside reaches a pocket without content, and the answer comes back."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes

import pytest
from board_stage import Hospital, serve_hospital
from desk_cast import find_barriers
from playwright.sync_api import Browser, Page, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in
from test_presence_journeys import begin

from bedside.record.accounts.roles import Role
from paging_stage import Browser as Subscriber
from paging_stage import Postbox, Receiver, receive, receive_mail

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
LINK = re.compile(r"http://127\.0\.0\.1:\d+/notices/[0-9a-f-]{36}")
TELLING = ("412", "refus", "negó", "charge", "encounter", "custod", "sample", "patient", "nurse")
REGISTER = """async () => {
  const worker = await navigator.serviceWorker.register('/notices/worker.js', {scope: '/notices/'});
  const young = worker.installing || worker.waiting || worker.active;
  while (young.state !== 'activated') await new Promise(go => setTimeout(go, 20)); }"""
FIND = "navigator.serviceWorker.getRegistration('/notices/').then(w => w.getNotifications())"
BOTH = f"""async () => {{
  let all = [];
  for (let tries = 0; tries < 1500 && all.length !== 2; tries += 1) {{
    all = await {FIND};
    await new Promise(go => setTimeout(go, 20)); }}
  return all.map(one => [one.title, one.data]); }}"""
ENDS = "form[action$='/ends'] button"
COUNTED = "n => document.querySelectorAll('.people li').length === n"
SEND = """given => { const form = document.getElementById('device');
  form.elements.subscription.value = given; form.submit(); }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The hospital and everything outside of it to which its pages go."""

    hospital: Hospital
    box: Postbox
    gateway: Receiver
    service: Receiver
    read: set[str] = field(default_factory=set)  # links that were followed


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    """Serve the hospital with a mail server, an SMS gateway and a push service beside it."""
    folder = tmp_path_factory.mktemp("paging")
    with (
        receive_mail() as (box, mail),
        receive() as gateway,
        receive() as service,
        serve_hospital(folder, mail=mail, gateway=gateway.port) as hospital,
    ):
        yield Outside(hospital=hospital, box=box, gateway=gateway, service=service)


def turn_on(page: Page, outside: Outside, language: str, subscriber: Subscriber) -> None:
    """Turn on mail, text messages and this device."""
    page.goto(f"{outside.hospital.address}{language}settings/channels")
    for left in range(page.locator(ENDS).count() - 1, -1, -1):
        page.locator(ENDS).first.click()
        page.wait_for_function(COUNTED, arg=left)
    assert not find_barriers(page)
    page.fill("#email", "charge@hospital.example")
    page.locator("form:has(#email) button").click()
    page.wait_for_function(COUNTED, arg=1)
    page.fill("#phone", "+1 956 555 0142")
    page.locator("form:has(#phone) button").click()
    page.wait_for_function(COUNTED, arg=2)
    page.evaluate(SEND, subscriber.subscription())  # as the page does with what a browser gives
    page.wait_for_function(COUNTED, arg=3)


@EACH
def test_a_refusal_reaches_a_pocket_without_content_and_the_answer_comes_back(
    outside: Outside, chromium: Browser, size: ViewportSize, language: str
) -> None:
    address = outside.hospital.address
    subscriber = Subscriber(f"{outside.service.address}/push/{len(outside.read)}")
    charge = sign_in(chromium, address, Role.CHARGE_NURSE, size=size, language=language)
    turn_on(charge, outside, language, subscriber)
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    begin(nurse, address, language, size)

    nurse.locator("button[value=refused]").click()
    nurse.wait_for_selector(".log li")
    outside.hospital.do_round()

    texts = [message_from_bytes(one.content).get_payload() for one in outside.box.got]
    texts += [json.loads(one.body)["text"] for one in outside.gateway.got]
    pushed = [one for one in outside.service.got if one.path == "/push/" + str(len(outside.read))]
    links = {LINK.findall(str(text))[0] for text in texts}
    for text in texts:
        said = LINK.sub("", str(text)).lower()
        assert said.split() == ["bedside:", "please", "look", "/", "por", "favor", "mire"]
        assert not any(word in said for word in TELLING)
    (link,) = links - outside.read
    outside.read.add(link)
    paths = {json.loads(subscriber.read(one.body))["link"] for one in pushed}
    assert link.removeprefix(address.rstrip("/")) in paths

    charge.goto(link)
    assert not find_barriers(charge)
    times = charge.locator("main ol li").all_inner_texts()
    assert [bool(re.search(r"\d\d:\d\d", one)) for one in times] == [True, True, False]
    charge.locator("main form button").click()
    charge.wait_for_url("**/stays/*")
    nurse.reload()
    assert nurse.locator(".log").inner_text().count(":") >= 2  # when it was sent, and answered


def test_a_browser_shows_a_pushed_notice_without_content(
    outside: Outside, chromium: Browser
) -> None:
    """Push into the real worker of a real browser, as its push service would."""
    address = outside.hospital.address
    context = chromium.new_context()
    context.grant_permissions(["notifications"], origin=address.rstrip("/"))
    page = context.new_page()
    page.goto(f"{address}officer")
    talk = context.new_cdp_session(page)
    seen: list[str] = []
    talk.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: seen.extend(
            one["registrationId"]
            for one in told["registrations"]
            if one["scopeURL"].endswith("/notices/")  # the six taps have a worker of their own
        ),
    )
    talk.send("ServiceWorker.enable")
    page.evaluate(REGISTER)
    link = "/notices/00000000-0000-4000-8000-000000000412"

    for data in (json.dumps({"link": link}), json.dumps({"link": "https://evil.example/"}), "x"):
        push = {"origin": address.rstrip("/"), "registrationId": seen[-1], "data": data}
        talk.send("ServiceWorker.deliverPushMessage", push)

    shown = page.evaluate(BOTH)
    assert {title for title, _ in shown} == {"Bedside: please look / por favor mire"}
    assert {where for _, where in shown} == {link, "/home"}
    context.close()


def test_a_browser_whose_push_service_does_not_answer_is_told_so(
    outside: Outside, chromium: Browser
) -> None:
    address = outside.hospital.address
    page = sign_in(chromium, address, Role.ATTENDING)
    page.context.grant_permissions(["notifications"], origin=address.rstrip("/"))
    page.goto(f"{address}settings/channels")

    page.click("#device button")

    page.wait_for_function("() => document.getElementById('device-said').textContent.length > 40")
    assert page.locator(".people li").count() == 0
