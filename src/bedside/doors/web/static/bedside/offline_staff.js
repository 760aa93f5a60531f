"use strict";
// On the pages of somebody who is signed in: take the key, let it go when the page is covered, keep
// what the six taps of a stay begin with, and send what waits.
(() => {
  const cover = document.getElementById("cover");
  const link = document.querySelector(".waits");
  const STAY = /stays\/([0-9a-f-]{36})\/marks$/;
  let pin = "";

  cover.querySelector("form").addEventListener("submit", (sent) => { pin = sent.target.elements.pin?.value ?? ""; }, true);
  new MutationObserver(async () => {
    if (!cover.hidden) {
      await bedsideQueue.drop();
      return;
    }
    const greeting = await bedsideQueue.greet().catch(() => null);
    if (!greeting) return;
    if (pin) await bedsideStore.wrap(pin, greeting);
    pin = "";
    await bedsideStore.begin(greeting);
  }).observe(cover, { attributes: true, attributeFilter: ["hidden"] });

  async function keepCard() {
    const form = document.getElementById("taps");
    const stay = form && STAY.exec(form.action)?.[1];
    if (!stay) return;
    const marks = ["csrfmiddlewaretoken", "key", "typed_by"];
    const fields = [...new FormData(form)].filter(([name, value]) => value && !marks.includes(name) && name !== "as_of");
    await bedsideQueue.keepCard(stay, { title: document.querySelector(".where").textContent.trim(), fields });
  }

  async function tell() {
    const { waiting, refused } = await bedsideQueue.tellCounts();
    link.hidden = !(waiting + refused);
    link.querySelector("b").textContent = String(waiting + refused);
  }

  (async () => {
    await bedsideQueue.begin();
    await bedsideStore.noteTyped(document.querySelector("[name=typed_by]")?.value);
    await keepCard();
    bedsideQueue.watch(tell);
    await bedsideQueue.sync();
    await tell();
  })().catch(() => {}); // without a network the page stands as it is
})();
