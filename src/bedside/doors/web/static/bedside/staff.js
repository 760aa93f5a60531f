// Cover the page when nobody used it for as long as the device allows; the server locks by itself.
// What was typed stays under the cover, and the PIN takes it away.
(() => {
  "use strict";
  const cover = document.getElementById("cover");
  const limit = Number(cover.dataset.after) * 1000;
  const askEvery = 60_000;
  const form = cover.querySelector("form");
  const wrong = cover.querySelector(".wrong");
  let used = Date.now();
  let asked = Date.now();

  const isCovered = () => !cover.hidden;

  const hide = () => {
    if (isCovered()) return;
    document.documentElement.classList.add("covered");
    for (const other of document.body.children) if (other !== cover) other.inert = true;
    cover.hidden = false;
    (form.elements.pin || form.querySelector("button")).focus();
  };

  const show = () => {
    document.documentElement.classList.remove("covered");
    for (const other of document.body.children) other.inert = false;
    cover.hidden = true;
    form.elements.pin.value = "";
    wrong.textContent = "";
    used = Date.now();
  };

  // Typing is use: the server hears of it at most once a minute, and only while somebody types.
  const note = () => {
    if (isCovered()) return;
    used = Date.now();
    if (used - asked < askEvery) return;
    asked = used;
    fetch(cover.dataset.ask, { redirect: "manual" }).then((answer) => {
      if (answer.type === "opaqueredirect") hide();
    }).catch(() => {});
  };

  for (const event of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(event, note, { passive: true, capture: true });
  }
  const look = () => { if (Date.now() - used >= limit) hide(); };
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", (shown) => { if (shown.persisted) window.location.reload(); });

  form.addEventListener("submit", (sent) => {
    if (!form.elements.pin) return;
    sent.preventDefault();
    fetch(cover.dataset.lock, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
      redirect: "manual",
    }).then(async (answer) => {
      if (answer.status === 204) return show();
      form.elements.pin.value = "";
      if (answer.status === 403 && answer.headers.get("Content-Type") === "application/json") {
        wrong.textContent = (await answer.json()).said;
        return form.elements.pin.focus();
      }
      return window.location.reload();
    }).catch(() => window.location.reload());
  });
})();
