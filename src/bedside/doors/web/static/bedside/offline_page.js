"use strict";
// The page that says which rules are on this device and what waits on it; it sends, and shows what was
// not accepted with the sentence that says why.
(() => {
  const told = (name) => document.querySelector(`[data-told="${name}"]`);
  const say = (name, values = {}) => document.querySelector("#sentences").content
    .querySelector(`[data-say="${name}"]`).textContent.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const clock = (iso) => new Date(iso).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  const MINUTE = 60;

  /** Say since when the copy lies here, from the copy itself. */
  async function tellCopy() {
    const kept = "caches" in window ? await caches.match("/offline/tables.json") : null;
    told("none").hidden = Boolean(kept);
    told("copied").hidden = !kept;
    if (!kept) return;
    const { about } = await kept.json();
    told("when").textContent = clock(kept.headers.get("Date"));
    told("edition").textContent = `${about.edition} ${about.digest}`;
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: about.timezone }).format(new Date());
    told("stale").hidden = !about.until || today < about.until;
  }

  function drawWaiting({ row, key }) {
    const made = document.createElement("li");
    const [when, what] = [document.createElement("span"), document.createElement("p")];
    when.className = "num";
    when.textContent = row ? clock(row.device_at) : "";
    what.textContent = row ? say(row.kind) : key;
    made.append(when, what);
    return made;
  }

  /** Show the texts of a report that was not accepted, to be written in other words; a tick stays a tick. */
  function drawTexts(place, row) {
    place.hidden = row?.kind !== "report";
    if (place.hidden) return () => null;
    const boxes = [...place.querySelectorAll("textarea, input")];
    const said = new Map(row.fields);
    for (const box of boxes) {
      if (box.type === "checkbox") box.checked = said.has(box.name);
      else box.value = said.get(box.name) ?? "";
      box.closest("p").hidden = !box.value && box.name !== "words";
      if (box.type === "checkbox") box.closest("p").hidden = !said.has("patient_words");
    }
    return () => [
      ...row.fields.filter(([name]) => !boxes.some((box) => box.name === name)),
      ...boxes.filter((box) => (box.type === "checkbox" ? box.checked : box.value.trim())).map((box) => [box.name, box.value]),
    ];
  }

  function drawRefused(one) {
    const made = document.getElementById("refused-row").content.cloneNode(true);
    const of = (name) => made.querySelector(`[data-told="${name}"]`);
    const form = made.querySelector("form");
    of("what").textContent = one.row ? say(one.row.kind) : one.key;
    of("when").textContent = one.row ? clock(one.row.device_at) : "";
    of("said").textContent = one.said ?? "";
    of("field").hidden = !one.row || !("answer" in one.row);
    form.elements.answer.value = one.row?.answer ?? "";
    of("keep").hidden = !one.may_keep;
    const readFields = drawTexts(of("texts"), one.row);
    form.addEventListener("submit", async (sent) => {
      sent.preventDefault();
      const { answer, keep_anyway } = form.elements;
      const isDropped = sent.submitter.value === "drop";
      await bedsideQueue.change(one, { answer: answer.value, fields: readFields(), keep_anyway: keep_anyway.checked, drop: isDropped });
      await tellRows();
    });
    return made;
  }

  async function tellRows() {
    const { waiting, refused, others, isOpen } = await bedsideQueue.tellCounts();
    told("rows").hidden = !(waiting + others);
    told("count").textContent = String(waiting);
    told("list").replaceChildren(...(await bedsideQueue.list(bedsideQueue.WAITS, 20)).map(drawWaiting));
    told("refused").hidden = !refused;
    told("refused-list").replaceChildren(...(await bedsideQueue.list(bedsideQueue.REFUSED, 50)).map(drawRefused));
    told("pin").hidden = isOpen && !document.getElementById("cover") ? true : !isOpen && !await bedsideStore.hasPin();
    if (others) told("progress").textContent = say("others", { count: others });
  }

  function tellState({ state, done, all, clock: seconds }) {
    const lines = [];
    if (state === "sending") lines.push(say("progress", { done, all }));
    if (state === "done" && all) lines.push(say("done"));
    if (Math.abs(seconds ?? 0) >= 2 * MINUTE) lines.push(say("clock", { minutes: Math.round(seconds / MINUTE) }));
    if (lines.length) told("progress").textContent = lines.join(" ");
    const stopped = { away: "away", signed_out: "signed_out" }[state];
    told("stopped").hidden = !stopped;
    told("stopped").textContent = stopped ? say(stopped) : "";
    told("sign-in").hidden = state !== "signed_out";
  }

  /** With a network the house looks at the PIN first; without, only the wrapped key tells. */
  async function tryPin(pin) {
    const cover = document.getElementById("cover");
    if (!cover) return bedsideStore.unwrap(pin);
    const form = new FormData(cover.querySelector("form"));
    form.set("pin", pin);
    const answer = await fetch(cover.dataset.lock, {
      method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(form), redirect: "manual",
    });
    if (answer.status !== 204) return false;
    const greeting = await bedsideQueue.greet();
    await bedsideStore.wrap(pin, greeting);
    await bedsideStore.begin(greeting);
    return true;
  }

  document.querySelector('[data-press="sync"]').addEventListener("click", async () => {
    await bedsideQueue.sync();
    await tellRows();
  });
  document.querySelector('[data-press="pin"]').addEventListener("submit", async (sent) => {
    sent.preventDefault();
    const { pin } = sent.target.elements;
    const isRight = await tryPin(pin.value).catch(() => false);
    pin.value = "";
    sent.target.querySelector(".wrong").textContent = isRight ? "" : say("missed");
    if (isRight) await tellRows();
  });

  document.addEventListener("bedside-kept", () => tellRows());
  (async () => {
    await tellCopy();
    if (document.getElementById("cover")) await bedsideQueue.begin();
    bedsideQueue.watch((state) => { tellState(state); tellRows(); });
    await bedsideQueue.sync();
    await tellRows();
  })().catch((wrong) => { console.error(wrong); });
})();
