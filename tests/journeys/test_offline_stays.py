"""RN-02: with the network off in the middle she records and asks, and it is sent once."""

import re

import pytest
from desk_cast import find_barriers
from device_cast import ANSWERED, SEND, cut, mend, wait_for, wait_for_copy, weigh_visit
from page_cast import TAPS
from playwright.sync_api import Browser, Page, Route, ViewportSize
from staff_cast import SHAPE_NAMES, SIZED, sign_in

from bedside.record.accounts.roles import Role
from bedside.record.accounts.sample import PASSWORD

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
EACH = pytest.mark.parametrize(("size", "language"), SIZED, ids=SHAPE_NAMES)
STAY = re.compile(r"/stays/([0-9a-f-]{36})")
CARD = """async (stay) => {
  const until = Date.now() + 30000;
  while (!await bedsideQueue.findCard(stay) && Date.now() < until) {
    await new Promise((yes) => setTimeout(yes, 50));
  }
  return Boolean(await bedsideQueue.findCard(stay));
}"""
NO_KEY = """async () => {
  const until = Date.now() + 30000;
  while (await bedsideStore.findKey() && Date.now() < until) {
    await new Promise((yes) => setTimeout(yes, 50));
  }
  return await bedsideStore.findKey() === null;
}"""
KEY_IS_HERE = "bedsideStore.findKey().then((key) => Boolean(key))"
SEEN_FIRST = """const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...row) {
  if (this.name === "rows") window.seenFirst ??= !document.querySelector("[data-told=yes]").hidden;
  return put.apply(this, row);
};"""
WORDS = "I was told to stay at 3:10."
PIN = "2580"
MOST_BYTES, LEAST_BYTES, LEAST_PAGE = 120_000, 40_000, 4_000
TRANSFERRED = """() => ({
  page: performance.getEntriesByType("navigation")[0].encodedBodySize,
})"""
# Everything that lies on the device in the clear: of the sealed rows, the keys and the copies.
LIES_OPEN = """async () => {
  const done = (asked) => new Promise((yes) => { asked.onsuccess = () => yes(asked.result); });
  const base = await done(indexedDB.open("bedside"));
  const read = (part) => (part ? new TextDecoder("latin1").decode(part) : "");
  const found = [];
  for (const name of base.objectStoreNames) {
    for (const row of await done(base.transaction(name).objectStore(name).getAll())) {
      found.push(JSON.stringify(row), read(row.sealed), read(row.iv), read(row.salt));
      if (row.key instanceof CryptoKey) found.push(`extractable ${row.key.extractable}`);
    }
  }
  base.close();
  return found.join(" ") + JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
}"""


def begin(chromium: Browser, address: str, size: ViewportSize, language: str) -> tuple[Page, str]:
    """Sign the nurse in at a device that has its copy, at the six taps of a stay."""
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE, size=size, language=language)
    nurse.goto(f"{address}{language}stays")
    stay = STAY.findall(nurse.content())[0]
    nurse.goto(f"{address}{language}stays/{stay}/taps")
    wait_for_copy(nurse)
    assert nurse.evaluate(CARD, stay)
    return nurse, stay


def tap_six(page: Page, size: ViewportSize) -> None:
    """Tap the six answers of a nursing mother."""
    for tile in TAPS:
        page.locator(tile).click()
    if size["width"] > 960:
        page.locator(".sofar [type=submit]").click()
    page.wait_for_url("**/marks")
    page.wait_for_selector(ANSWERED)  # by then the note is kept


def count_lines(page: Page, address: str, language: str, stay: str) -> int:
    """Count what the timeline of the stay tells."""
    page.goto(f"{address}{language}stays/{stay}/timeline")
    return page.locator(".timeline > li, .timeline > *").count()


def send_all(page: Page, address: str, language: str) -> None:
    """Open what waits on the device, and wait until it is sent."""
    page.goto(f"{address}{language}offline")
    wait_for(page, "waiting", 0)
    assert page.evaluate("bedsideQueue.list('refused')") == []


@EACH
def test_rn_02_with_the_network_off_she_records_and_asks_and_it_is_sent_once(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse, stay = begin(chromium, address, size, language)
    before = count_lines(nurse, address, language, stay)
    said = nurse.locator("main").inner_text().count(WORDS)
    nurse.goto(f"{address}{language}stays/{stay}/taps")
    nurse.locator(TAPS[0]).click()
    cut(nurse)

    nurse.goto(f"{address}{language}stays/{stay}/taps")
    tap_six(nurse, size)

    assert nurse.locator(".hero h1").inner_text() in {"Private", "Privado"}
    nurse.locator("label:has(#h-refused)").click()
    nurse.fill("#their-words", WORDS)
    nurse.locator("#their-words").blur()
    wait_for(nurse, "waiting", 2)
    assert not find_barriers(nurse)
    told = nurse.evaluate(LIES_OPEN)
    assert "extractable false" in told
    assert not [word for word in ("feeding", "told to stay", "412", "Private") if word in told]

    mend(nurse)
    send_all(nurse, address, language)
    nurse.evaluate("bedsideQueue.sync()")

    assert count_lines(nurse, address, language, stay) == before + 2
    assert nurse.locator("main").inner_text().count(WORDS) == said + 1
    assert not find_barriers(nurse)


@EACH
def test_what_waits_is_shown_and_the_page_that_shows_it_has_no_barrier(
    address: str, chromium: Browser, size: ViewportSize, language: str
) -> None:
    nurse, stay = begin(chromium, address, size, language)
    nurse.add_init_script(SEEN_FIRST)
    cut(nurse)
    nurse.goto(f"{address}{language}stays/{stay}/taps")
    tap_six(nurse, size)
    assert nurse.evaluate("window.seenFirst") is False  # whoever sees the answer may leave

    nurse.goto(f"{address}{language}offline")
    nurse.wait_for_selector("[data-told=list] li")

    assert nurse.locator("[data-told=list] li").count() == 1
    assert not find_barriers(nurse)
    mend(nurse)
    nurse.locator("[data-press=sync]").click()
    wait_for(nurse, "waiting", 0)


def test_a_form_of_a_page_that_was_open_is_kept_when_the_network_goes(
    address: str, chromium: Browser
) -> None:
    size, language = SIZED[0]
    nurse, stay = begin(chromium, address, size, language)
    tap_six_online(nurse)
    before = count_lines(nurse, address, language, stay)
    nurse.go_back()
    cut(nurse)

    nurse.locator("button[value=not_safe]").click()
    nurse.wait_for_url("**/requests")
    wait_for(nurse, "waiting", 1)

    shown = nurse.locator("main").inner_text().lower()
    assert "spo" in shown  # an ordinary chart, whoever looks over a shoulder
    mend(nurse)
    send_all(nurse, address, language)
    assert count_lines(nurse, address, language, stay) == before + 1


def tap_six_online(page: Page) -> None:
    """Tap the six answers with the network."""
    for tile in TAPS:
        page.locator(tile).click()
    page.wait_for_url("**/marks/*")


def test_a_session_that_ended_keeps_the_rows_sealed_until_their_author_signs_in(
    address: str, chromium: Browser
) -> None:
    size, language = SIZED[0]
    nurse, stay = begin(chromium, address, size, language)
    cut(nurse)
    nurse.goto(f"{address}{language}stays/{stay}/taps")
    tap_six(nurse, size)
    mend(nurse)
    nurse.context.clear_cookies()

    nurse.goto(f"{address}{language}offline")  # nobody's page: the key goes
    assert nurse.evaluate(NO_KEY)
    assert nurse.evaluate("bedsideQueue.list('waiting')") == []
    again(nurse, address, language, Role.CHARGE_NURSE)
    nurse.goto(f"{address}{language}offline")
    wait_for(nurse, "others", 1)
    nurse.context.clear_cookies()
    again(nurse, address, language, Role.BEDSIDE_NURSE)
    send_all(nurse, address, language)

    wait_for(nurse, "others", 0)


def again(page: Page, address: str, language: str, role: Role) -> None:
    """Sign somebody in on the same device."""
    page.goto(f"{address}{language}accounts/login/")
    page.fill("input[name=login]", role.value.replace("_", "-"))
    page.fill("input[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url(f"{address}{language}home")


def test_a_device_that_locked_opens_with_the_pin_and_without_a_network(
    address: str, chromium: Browser
) -> None:
    size, language = SIZED[0]
    nurse, stay = begin(chromium, address, size, language)
    nurse.evaluate(f"bedsideQueue.greet().then((told) => bedsideStore.wrap('{PIN}', told))")
    cut(nurse)
    nurse.goto(f"{address}{language}stays/{stay}/taps")
    tap_six(nurse, size)
    nurse.evaluate("bedsideQueue.drop()")

    nurse.goto(f"{address}{language}offline")
    nurse.fill("#offline-pin", "1357")
    nurse.locator("[data-press=pin] button").click()
    nurse.wait_for_selector("[data-press=pin] .wrong:not(:empty)")
    assert not nurse.evaluate(KEY_IS_HERE)
    nurse.fill("#offline-pin", PIN)
    nurse.locator("[data-press=pin] button").click()
    nurse.wait_for_selector("[data-told=list] li")

    assert nurse.evaluate(KEY_IS_HERE)
    mend(nurse)
    send_all(nurse, address, language)


def test_five_misses_leave_signing_in_as_the_only_way(address: str, chromium: Browser) -> None:
    size, language = SIZED[0]
    nurse, _ = begin(chromium, address, size, language)
    nurse.evaluate(f"bedsideQueue.greet().then((told) => bedsideStore.wrap('{PIN}', told))")

    tries = nurse.evaluate(
        f"""async () => {{
          const said = [];
          for (let n = 0; n < 5; n += 1) said.push(await bedsideStore.unwrap("0000"));
          return [...said, await bedsideStore.unwrap("{PIN}"), await bedsideStore.hasPin()];
        }}"""
    )

    assert tries == [False] * 7


def test_a_lost_answer_and_two_tabs_at_once_send_nothing_twice(
    address: str, chromium: Browser
) -> None:
    size, language = SIZED[0]
    nurse, stay = begin(chromium, address, size, language)
    before = count_lines(nurse, address, language, stay)
    cut(nurse)
    nurse.goto(f"{address}{language}stays/{stay}/taps")
    tap_six(nurse, size)
    nurse.goto(f"{address}{language}offline")
    other = nurse.context.new_page()
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().json()["rows"][0]["state"])
            route.abort()
        else:
            route.continue_()

    nurse.context.route("**/sync", lose)
    mend(nurse)
    other.goto(f"{address}{language}offline")
    for page in (nurse, other):
        page.evaluate("Promise.all([bedsideQueue.sync(), bedsideQueue.sync()])")
    other.evaluate("bedsideQueue.sync()")
    wait_for(other, "waiting", 0)

    assert lost == ["kept"]
    assert count_lines(other, address, language, stay) == before + 1


def test_a_row_that_is_refused_is_shown_and_goes_with_other_words(
    address: str, chromium: Browser
) -> None:
    size, language = SIZED[-1]
    nurse, stay = begin(chromium, address, size, language)
    cut(nurse)
    nurse.goto(f"{address}{language}stays/{stay}/taps")
    tap_six(nurse, size)
    nurse.locator("label:has(#h-refused)").click()
    nurse.fill("#their-words", "He said she is undocumented.")
    nurse.locator("#their-words").blur()
    wait_for(nurse, "waiting", 2)
    mend(nurse)

    nurse.goto(f"{address}{language}offline")
    wait_for(nurse, "refused", 1)
    nurse.wait_for_selector("[data-told=refused-list] form")

    assert "undocumented" in nurse.locator("[data-told=refused-list] .wrong").inner_text()
    assert not find_barriers(nurse)
    nurse.fill("[data-told=refused-list] input[name=answer]", "He asked about her papers.")
    nurse.locator("[data-told=refused-list] button[value=send]").click()
    wait_for(nurse, "refused", 0)
    wait_for(nurse, "waiting", 0)
    nurse.goto(f"{address}{language}stays/{stay}/timeline")
    assert "He asked about her papers." in nurse.locator("main").inner_text()


def test_a_full_device_says_so_and_drops_nothing(address: str, chromium: Browser) -> None:
    size, language = SIZED[-1]
    nurse, stay = begin(chromium, address, size, language)
    cut(nurse)

    said = nurse.evaluate(
        """async (stay) => {
          const row = () => ({ kind: "mark", stay, key: crypto.randomUUID(), fields: [] });
          const store = bedsideStore;
          await store.write("rows", async (rows) => {
            for (let n = 0; n < bedsideQueue.MOST; n += 1) {
              rows.put({ who: "somebody", key: `k${n}`, state: "waiting" });
            }
          });
          return [await bedsideQueue.add(row()), await bedsideQueue.tellCounts()];
        }""",
        stay,
    )

    assert said[0]["state"] == "offline_full"
    assert said[1]["others"] == 5_000


def test_a_first_visit_of_each_page_is_light(address: str, chromium: Browser) -> None:
    supervisor = sign_in(chromium, address, Role.HOUSE_SUPERVISOR)
    supervisor.goto(f"{address}stays")
    stay = STAY.findall(supervisor.content())[0]
    tapped = supervisor.context.new_page()
    tapped.goto(f"{address}")
    tap_on_phone(tapped)
    pages = ("", "home", "board", "offline", f"stays/{stay}", f"stays/{stay}/taps")

    weighed = {one: weigh_visit(fresh_page(supervisor), f"{address}{one}") for one in pages}

    assert {one: weight for one, weight in weighed.items() if weight > MOST_BYTES} == {}
    assert min(weighed.values()) > LEAST_BYTES  # something was weighed
    shown = tapped.evaluate(TRANSFERRED)
    assert LEAST_PAGE < shown["page"] < MOST_BYTES // 2


def fresh_page(page: Page) -> Page:
    """Open a page of the same session in a browser that keeps nothing and has no worker."""
    assert page.context.browser is not None
    fresh = page.context.browser.new_context(viewport=SIZED[0][0], service_workers="block")
    fresh.add_cookies([{**cookie} for cookie in page.context.cookies()])  # type: ignore[typeddict-item]  # the same names
    return fresh.new_page()


def tap_on_phone(page: Page) -> None:
    """Tap the six answers of the public page."""
    for tile in TAPS:
        page.locator(tile).click()
    page.wait_for_url("**/answer")


def test_a_form_that_no_page_of_ours_made_is_not_kept(address: str, chromium: Browser) -> None:
    nurse, stay = begin(chromium, address, *SIZED[-1])
    cut(nurse)
    nurse.goto(f"{address}offline")

    nurse.evaluate(SEND, [f"{address}stays/{stay}/marks", [("activity", "exam"), ("key", stay)]])
    nurse.wait_for_selector("[data-told=waits]:not([hidden])")

    wait_for(nurse, "waiting", 0)
    assert "locked" in nurse.locator("[data-told=waiting]").inner_text()


def test_the_network_back_in_the_middle_loses_nothing_that_was_tapped(
    address: str, chromium: Browser
) -> None:
    size, language = SIZED[-1]
    nurse, stay = begin(chromium, address, size, language)
    before = count_lines(nurse, address, language, stay)
    cut(nurse)
    nurse.goto(f"{address}{language}stays/{stay}/taps")
    mend(nurse)

    tap_six(nurse, size)

    wait_for(nurse, "waiting", 0)
    assert count_lines(nurse, address, language, stay) == before + 1
