// On a small screen the six questions come one by one; a tap moves on by itself. Without this file
// the same form stands on one page with one button. Arrow keys choose without moving on.
(() => {
  "use strict";
  const form = document.getElementById("taps");
  const small = window.matchMedia("(max-width: 59.99rem)");
  const last = 6;
  const segs = [...form.querySelectorAll(".seg")];
  let byArrow = false;

  const step = () => Number(form.dataset.step);

  const go = (to, focus) => {
    form.dataset.step = String(to);
    segs.forEach((seg, n) => {
      seg.toggleAttribute("data-done", Boolean(form.querySelector(`#s${n + 1} input:checked`)));
      if (n + 1 === to) seg.setAttribute("aria-current", "step");
      else seg.removeAttribute("aria-current");
    });
    if (!focus || !small.matches) return;
    window.scrollTo(0, 0);
    const target = form.querySelector(`#s${to} legend`);
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };

  const moveOn = () => {
    if (!small.matches) return;
    if (step() < last) go(step() + 1, true);
    else form.requestSubmit(form.querySelector("#s6 [type=submit]"));
  };

  form.classList.add("steps");
  go(1, false);
  window.addEventListener("pageshow", (shown) => { if (shown.persisted) go(1, false); });
  form.addEventListener("keydown", (pressed) => {
    byArrow = pressed.key.startsWith("Arrow");
    if (pressed.key === "Enter" && pressed.target.matches("input[data-advance]")) {
      pressed.preventDefault();
      pressed.target.checked = true;
      pressed.target.dispatchEvent(new Event("change", { bubbles: true }));
      moveOn();
    }
  });
  form.addEventListener("pointerdown", () => { byArrow = false; });
  form.addEventListener("click", (clicked) => {
    const seg = clicked.target.closest(".seg");
    if (seg) {
      clicked.preventDefault();
      go(segs.indexOf(seg) + 1, true);
    } else if (clicked.target.matches("input[data-advance]") && !byArrow) {
      moveOn();
    } else if (clicked.target.closest("[data-go=next]")) {
      moveOn();
    }
  });
  // Tapping a limb takes back "no restraint"; "no restraint" takes back the limbs.
  form.addEventListener("change", (changed) => {
    const { name, value } = changed.target;
    if (name === "limb") form.querySelectorAll("[name=hold]").forEach((h) => { h.checked = false; });
    if (name === "hold" && value === "none") {
      form.querySelectorAll("[name=limb]").forEach((l) => { l.checked = false; });
    }
  });
})();
