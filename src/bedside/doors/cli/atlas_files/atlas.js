"use strict";
// Shows, of everything on the page, what stands on one day in one place. Without it all is listed.
(() => {
  const find = (what, within = document) => [...within.querySelectorAll(what)];
  const one = (id) => document.getElementById(id);
  const days = JSON.parse(one("days").textContent);
  const place = one("place"), day = one("day"), everything = one("everything");
  const findings = find(".finding").map((element) => ({
    element,
    kind: element.dataset.kind,
    dimension: element.dataset.dimension,
    columns: element.dataset.columns.split(" "),
    spans: element.dataset.spans.split(";").map((part) => {
      const [where, from, to] = part.split(":");
      return [where, Number(from), Number(to)];
    }),
  }));
  const cells = find(".cell");
  const turns = new Map(find(".turn").map((turn) => [Number(turn.dataset.day), turn]));
  const start = Date.parse(days[0]), end = Date.parse(days[days.length - 1]);
  let chosen = null;

  const tongue = () => (one("lang-es").checked ? "es" : "en");
  const stands = (finding, places, now) =>
    finding.spans.some(([where, from, to]) => places.includes(where) && from <= now && now < to);

  function showDay(now) {
    const date = new Date(`${days[now]}T12:00:00Z`);
    const text = new Intl.DateTimeFormat(tongue(), { dateStyle: "long", timeZone: "UTC" }).format(date);
    one("shown").value = text;
    day.setAttribute("aria-valuetext", text);
    one("earlier").disabled = now === 0;
    one("later").disabled = now === days.length - 1;
    const turn = turns.get(now);
    const box = one("today").querySelector("div");
    box.replaceChildren(...(turn ? [...turn.querySelector(".body").cloneNode(true).childNodes] : []));
    one("today").hidden = !turn;
    const x = ((Date.parse(days[now]) - start) / (end - start)) * 1000;
    for (const bar of find(".spans li")) {
      const line = bar.querySelector(".now");
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
      bar.classList.toggle("stands", bar.dataset.spans.split(";").some((span) => {
        const [from, to] = span.split(":");
        return from <= days[now] && (!to || days[now] < to);
      }));
    }
  }

  function show() {
    const now = Number(day.value), places = place.selectedOptions[0].dataset.places.split(" ");
    const counts = new Map();
    let shown = 0;
    showDay(now);
    for (const finding of findings) {
      const here = stands(finding, places, now);
      if (here) for (const column of finding.columns) {
        const key = `${finding.dimension} ${column}`;
        counts.set(key, (counts.get(key) || 0) + 1);
      }
      const wanted = !chosen || chosen === `${finding.dimension}` || finding.columns.some((c) => chosen === `${finding.dimension} ${c}`);
      finding.element.hidden = !(here && wanted);
      shown += here && wanted ? 1 : 0;
    }
    for (const section of find(".list section")) {
      section.hidden = !find(".finding", section).some((element) => !element.hidden);
    }
    for (const cell of cells) {
      const count = counts.get(cell.dataset.key) || 0;
      cell.classList.toggle("none", !count);
      cell.querySelector(".n").textContent = count || "";
      cell.querySelector("a").toggleAttribute("aria-current", chosen === cell.dataset.key);
    }
    one("count").textContent = everything.dataset[tongue()].replace("{}", shown);
    everything.hidden = !chosen;
  }

  function choose(key) {
    chosen = key;
    show();
    const first = findings.find((finding) => !finding.element.hidden);
    if (!key || !first) return;
    first.element.open = true;
    first.element.querySelector("summary").focus();
  }

  for (const cell of cells) {
    cell.addEventListener("click", (event) => {
      event.preventDefault();
      choose(cell.dataset.key);
    });
  }
  for (const option of find("option", place)) option.textContent = option.dataset[tongue()];
  for (const input of find("input[name=lang]")) {
    input.addEventListener("change", () => {
      document.documentElement.lang = tongue();
      document.title = document.querySelector("h1").innerText;
      for (const option of find("option", place)) option.textContent = option.dataset[tongue()];
      show();
    });
  }
  for (const link of find("[data-go]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      day.value = days.indexOf(link.dataset.go);
      show();
      day.focus();
    });
  }
  one("earlier").addEventListener("click", () => { day.value = Number(day.value) - 1; show(); });
  one("later").addEventListener("click", () => { day.value = Number(day.value) + 1; show(); });
  everything.addEventListener("click", () => choose(null));
  day.addEventListener("input", show);
  place.addEventListener("change", show);
  document.documentElement.classList.add("works");
  show();
})();
