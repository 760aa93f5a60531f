"use strict";
// What a page that the device shows by itself begins with: the taps that were sent are put back, or
// decided on and told. Notes about a stay go to `offline_queue.js`.
(() => {
  const { findToday, fill, given, keepFields, load, place, readTaps, show, showAdvice, tell } = bedsideOffline;
  const prefix = `/${given.language}`;
  const FROM_HERE = "bedside-from-here";
  const MOST_BYTES = 48 * 1024; // of a report: what it is sent with must fit into one form
  const NAMELESS = /^\/(es\/)?report(\/|$)/; // nothing of it ever lies on a device

  /** Tell whether a form came from a page of ours: made here in this tab, or signed by the house. */
  async function isOurs() {
    const sent = Object.fromEntries(given.sent);
    const made = sessionStorage.getItem(FROM_HERE);
    const session = await bedsideStore.findKey();
    return Boolean((made && sent.from_here === made) || (session?.typed && sent.typed_by === session.typed));
  }
  const add = async (row) => (await isOurs() ? bedsideQueue.add(row) : { state: "offline_locked", waiting: 0 });

  /** Put back what was tapped: on the six taps, whose page in the copy has nothing tapped. */
  function putBack(fields, today) {
    const form = document.getElementById("taps");
    form.elements.as_of.value = today;
    for (const [name, value] of fields) {
      const found = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
      const tapped = found.find((one) => one.value === value && ["radio", "checkbox"].includes(one.type));
      if (tapped) tapped.checked = true;
      else if (found.length) found[0].value = value;
      else form.append(makeHidden(name, value));
    }
  }

  function makeHidden(name, value) {
    const made = document.createElement("input");
    Object.assign(made, { type: "hidden", name, value });
    return made;
  }

  /** Lead the taps of a stay to its own answer, under a key of the device's own. */
  function leadToStay(card) {
    const form = document.getElementById("taps");
    form.action = `${prefix}stays/${given.stay}/marks`;
    sessionStorage.setItem(FROM_HERE, crypto.randomUUID());
    form.append(makeHidden("key", crypto.randomUUID()), makeHidden("from_here", sessionStorage.getItem(FROM_HERE)));
    const other = given.language ? "/" : "/es/";
    document.querySelector("button.lang").setAttribute("formaction", `${other}stays/${given.stay}/taps`);
    document.querySelector(".where").textContent = card?.title ?? "";
  }

  /** Say so where these rules do not answer for the day or the state that was asked about. */
  function findHindrance(situation, copy, words, advice) {
    const { about } = copy;
    const day = situation.day || findToday(about.timezone);
    const isOtherState = situation.state && situation.state !== about.jurisdiction;
    const today = findToday(about.timezone);
    const isPast = about.until && today >= about.until; // then today itself is outside, and is told as stale
    if (isOtherState || day < about.from || (about.until && day >= about.until && !(isPast && day === today))) {
      return fill(words.told.offline_other_day, { since: about.from, state: words.state });
    }
    return advice.cannot >= 0 ? words.cannot[advice.cannot] : "";
  }

  async function answer() {
    const fields = keepFields(given.sent);
    const form = document.getElementById("again");
    form.append(...fields.map(([name, value]) => makeHidden(name, value)));
    const [copy, words] = await Promise.all([load("/offline/tables.json"), load(`${prefix}offline/texts.json`)]);
    const situation = readTaps(given.sent, copy);
    const { about } = copy;
    tell("span", about.until ? `${about.from} ${fill(words.told.offline_to_day, { day: about.until })}` : about.from);
    tell("edition", `· ${about.edition} ${about.digest}`);
    show("stale", Boolean(about.until) && findToday(about.timezone) >= about.until);
    const advice = bedsideDecide.decide(copy, situation);
    const why = findHindrance(situation, copy, words, advice);
    if (why) {
      tell("why", why);
      return show("no", true);
    }
    const note = given.kind === "mark" ? await keepNote(fields, advice, about) : null; // whoever sees the answer may leave
    const said = showAdvice(advice, situation, words);
    if (note) await tellMark({ ...note, said, words });
    document.documentElement.dataset.answered = advice.preset ?? "none";
    return undefined;
  }

  /** Lead what is asked from the answer back to the stay; another answer makes another note. */
  function leadAgain() {
    const form = document.getElementById("again");
    const stay = `stays/${given.stay}/`;
    const mark = sessionStorage.getItem(FROM_HERE) ?? crypto.randomUUID();
    sessionStorage.setItem(FROM_HERE, mark);
    form.action = `${prefix}${stay}marks`;
    document.querySelector("p.facts button").setAttribute("formaction", `${prefix}${stay}taps`);
    const lang = document.querySelector("button.lang");
    lang.setAttribute("formaction", `${given.language ? "/" : "/es/"}${stay}marks`);
    const same = Object.fromEntries(given.sent).key ?? "";
    const key = makeHidden("key", crypto.randomUUID());
    form.append(key, makeHidden("from_here", mark));
    form.addEventListener("submit", ({ submitter }) => { if (submitter === lang) key.value = same; });
  }

  /** Keep a note of a stay; a device that cannot keep it answers all the same. */
  async function keepNote(fields, advice, about) {
    const key = given.sent.find(([name]) => name === "key")?.[1] || crypto.randomUUID();
    const base = { stay: given.stay, edition: about.digest, preset: advice.preset ?? "" };
    const kept = await add({ ...base, kind: "mark", key, fields }).catch((wrong) => { console.error(wrong); });
    return { base, key, kept };
  }

  /** Tell what was kept, then keep what came of it. */
  async function tellMark({ base, key, kept, said, words }) {
    leadAgain();
    show("did", false);
    const tellKept = async (now) => {
      show("waits", true);
      const count = now.waiting;
      tell("waiting", fill(words.told[now.state] ?? "", { count, most: now.most ?? "" }));
    };
    if (kept) await tellKept(kept);
    const came = crypto.randomUUID();
    const choices = document.querySelector(".outcome");
    const theirs = document.getElementById("their-words");
    let isBegun = false;
    const keepCame = async () => {
      const outcome = choices.querySelector("input:checked")?.value ?? "open";
      if (outcome === "open") return; // back to the answer: nothing came of it yet
      const isLater = isBegun && !await bedsideQueue.has(came); // the first was sent meanwhile
      isBegun = true;
      const row = { ...base, outcome, answer: theirs.value };
      await tellKept(await add(isLater
        ? { ...row, kind: "outcome", key: crypto.randomUUID(), of: came }
        : { ...row, kind: "request", key: came, after: key, words: said }));
    };
    choices.addEventListener("change", keepCame);
    theirs.addEventListener("change", keepCame);
  }

  /** Keep a form of a stay that could not be sent; an ordinary chart hides what was not safe to ask. */
  async function keepForm() {
    const sent = Object.fromEntries(given.sent);
    const quiet = document.getElementById("h-quiet");
    if (quiet) quiet.checked = true;
    if (given.method !== "POST" || !sent.key) return place("elsewhere") && show("elsewhere", true);
    const { key, mark, outcome, answer: theirs, danger, restraint, finding } = sent;
    const row = given.kind === "check"
      ? { restraint, finding }
      : { mark, outcome, answer: theirs ?? "", danger: danger ?? "" };
    const kept = await add({ kind: given.kind, stay: given.stay, key, ...row });
    if (kept.state !== "offline_waits_line" && place("not-kept")) show("not-kept", true);
    return document.dispatchEvent(new Event("bedside-kept"));
  }

  /** Keep a report under a name; asking for proposals files nothing. */
  async function keepReport() {
    const { key, propose, keep_anyway } = Object.fromEntries(given.sent);
    if (!key || propose) return show("elsewhere", true);
    const marks = ["csrfmiddlewaretoken", "from_here", "keep_anyway", "kept", "key", "typed_by"];
    const fields = given.sent.filter(([name, value]) => value && !marks.includes(name));
    const row = { kind: "report", key, stay: given.stay, mark: given.mark, fields, keep_anyway: Boolean(keep_anyway) };
    if (new TextEncoder().encode(JSON.stringify(row)).length > MOST_BYTES) return show("report-not-kept", true);
    const { state } = await add(row);
    show(state === "offline_waits_line" ? "report-kept" : "report-not-kept", true);
    return document.dispatchEvent(new Event("bedside-kept"));
  }

  const WAYS = {
    taps: async () => putBack(given.sent, findToday((await load("/offline/tables.json")).about.timezone)),
    "stay-taps": async () => {
      const card = await bedsideQueue.findCard(given.stay);
      putBack(given.sent.length ? given.sent : card?.fields ?? [], findToday((await load("/offline/tables.json")).about.timezone));
      leadToStay(card);
    },
    answer, mark: answer, request: keepForm, check: keepForm, report: keepReport,
    elsewhere: async () => show(NAMELESS.test(location.pathname) ? "nameless" : "elsewhere", true),
  };
  WAYS[given.kind]?.().catch((wrong) => { console.error(wrong); });
})();
