// Send a form that nobody is behind without the cookie of whoever is signed in on this browser.
// Without this file the form is sent as any other, and the server leaves the cookie unread.
(() => {
  "use strict";
  const show = (page) => {
    const fresh = new DOMParser().parseFromString(page, "text/html");
    document.title = fresh.title;
    document.body.className = fresh.body.className;
    document.body.replaceChildren(...fresh.body.childNodes);
    scrollTo(0, 0);
    const first = document.querySelector("[role=alert]:not([hidden]), #proposals, h1");
    if (first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
    listen();
  };
  const send = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const press = event.submitter || form.querySelector("button:not([type=button])");
    const body = new FormData(form, press);
    press.disabled = true;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        credentials: "omit",
        referrerPolicy: "no-referrer",
      });
      show(await answer.text());
    } catch {
      press.disabled = false;
      for (const unsent of document.querySelectorAll("[data-unsent]")) unsent.hidden = false;
    }
  };
  const listen = () => {
    for (const form of document.querySelectorAll("form[data-nameless]")) form.addEventListener("submit", send);
    for (const press of document.querySelectorAll("[data-print]")) {
      press.hidden = false;
      press.addEventListener("click", () => print());
    }
  };
  listen();
})();
