"""A device that has its copy and loses the network, and what its pages say."""

import random
from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

from page_cast import PHONE
from playwright.sync_api import Browser, Page, ViewportSize

from bedside.doors.web.claims import DOCUMENTS, HEARD
from bedside.doors.web.restraint import LIMBS
from bedside.doors.web.taps_page import MORE
from bedside.rules.vocabulary.load import load_vocabulary

Fields: TypeAlias = list[tuple[str, str]]
VOCABULARY = load_vocabulary()
WISHES = ("wants_private", "accepts_officer:private", "accepts_officer:heard", "cannot_say")
READY = "navigator.serviceWorker.ready.then(() => null)"
ANSWERED = "html[data-answered], body.answer .hero .row > .mark, .problems"
# What somebody reads on an answer, on the page of the house and on that of the device.
READ = """() => {
  const text = (selector) => {
    const found = [...document.querySelectorAll(selector)].find((e) => e.checkVisibility());
    return found ? found.textContent.replace(/\\s+/g, " ").trim() : "";
  };
  const all = (selector, read) => [...document.querySelectorAll(selector)].map(read);
  return {
    mark: text(".hero .mark"), headline: text(".hero h1"), line: text(".hero h1 + p"),
    eyebrow: text(".hero p.eyebrow"), say: text(".main-say blockquote"),
    person: text(".main-call h2"), phone: text(".main-call .press .num"),
    next: text(".main-call p.small"), opens: text(".opens"), summary: text("p.facts > span"),
    refusal: document.querySelector(".after-refused blockquote").textContent.trim(),
    question: text("#the-question"), lead: text("details.why .count"),
    answers: all(".ask-one button[name]", (b) => `${b.name}=${b.value}`),
    because: all("details.why .norms a", (a) => new URL(a.href).pathname),
    asks: all("details.why .norms > li > div > p:first-child", (p) => p.textContent),
    pictures: all(".pictures svg", (svg) => svg.getAttribute("aria-label")),
    drawn: all(".pictures svg", (svg) => svg.innerHTML.replaceAll(/ xmlns="[^"]*"/g, "")),
  };
}"""
# Wait until the device counts so many rows of a sort; it says what it counted.
COUNTS = """async ([what, wanted]) => {
  const until = Date.now() + 30000;
  for (;;) {
    const counts = await bedsideQueue.tellCounts();
    const found = counts.isOpen ? counts[what] : "locked"; // a locked device counts none as its own
    if (found === wanted || Date.now() > until) return found;
    await new Promise((yes) => setTimeout(yes, 50));
  }
}"""
# A form of these fields, sent from the page that is open.
SEND = """([action, fields]) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action });
  for (const [name, value] of fields) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}"""


def open_device(
    chromium: Browser, address: str, size: ViewportSize = PHONE, language: str = ""
) -> Page:
    """Open the six taps and wait until the device has its copy."""
    page = chromium.new_context(viewport=size, reduced_motion="reduce").new_page()
    page.goto(f"{address}{language}")
    wait_for_copy(page)
    return page


def wait_for_copy(page: Page) -> None:
    """Wait until the copy is whole and the worker answers."""
    page.evaluate(READY)


def wait_for(page: Page, what: str, wanted: int, *, rounds: int = 1) -> None:
    """Wait until the device counts so many rows of this sort, with somebody at its keys."""
    found: object = None
    for _ in range(rounds):
        page.keyboard.press("Shift")  # a device that nobody uses locks and sends no more
        found = page.evaluate(COUNTS, [what, wanted])
        if found == wanted:
            return
    raise AssertionError(f"{what}: {found}, not {wanted}")


def cut(page: Page) -> None:
    """Turn the network off."""
    page.context.set_offline(True)


def mend(page: Page) -> None:
    """Turn the network on again."""
    page.context.set_offline(False)


def send_taps(page: Page, address: str, fields: Fields) -> None:
    """Send taps to the answer, from whatever page is open."""
    page.evaluate(SEND, [f"{address}answer", fields])
    page.wait_for_url(f"{address}answer")
    page.wait_for_selector(ANSWERED)


def read_answer(page: Page) -> dict[str, object]:
    """Read the answer as a person does."""
    found: dict[str, object] = page.evaluate(READ)
    return {
        key: unescape(value) if isinstance(value, str) else value for key, value in found.items()
    }


def draw_taps(count: int, seed: int = 5) -> Iterator[Fields]:
    """Draw what somebody may tap, fold and all."""
    chance = random.Random(seed)  # noqa: S311 - situations to compare on, no secrets
    facts, dimensions = VOCABULARY.facts, VOCABULARY.dimensions
    for _ in range(count):
        fields = [("activity", chance.choice(facts["activity"].words).id)]
        if chance.random() < 1 / 4:
            fields.append(("officer_asks", chance.choice(facts["officer_asks"].words).id))
        fields.append(("patient_wish", chance.choice(WISHES)))
        fields.append(("position", chance.choice(dimensions["position"].words).id))
        fields.append(("danger", chance.choice(facts["danger"].words).id))
        fields += [("limb", limb) for limb in LIMBS if chance.random() < 1 / 6]
        fields.append(("device", chance.choice(dimensions["device"].words).id))
        for id_ in MORE:
            if chance.random() < 1 / 5:
                value = chance.choice(facts[id_].domain)
                fields.append((id_, str(value).lower() if isinstance(value, bool) else str(value)))
        if chance.random() < 1 / 6:
            fields.append(("claim", chance.choice(sorted(HEARD))))
            fields.append(("claim_document", chance.choice(DOCUMENTS)))
        if chance.random() < 1 / 20:
            fields.append(("emergency", "yes"))
        yield fields


def weigh_visit(page: Page, address: str) -> int:
    """Add up the bytes that come over the wire for a page and what it loads, at a first visit."""
    wire = page.context.new_cdp_session(page)
    bytes_: list[int] = []
    wire.on("Network.loadingFinished", lambda told: bytes_.append(int(told["encodedDataLength"])))
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address, wait_until="networkidle")
    return sum(bytes_)
