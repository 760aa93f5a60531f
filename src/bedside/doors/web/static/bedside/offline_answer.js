"use strict";
// On a page that the device shows by itself: read what was tapped as the server reads it, decide, and
// put the answer into the page's places (`data-told`). Words come from `texts.json` of the language.

globalThis.bedsideOffline = (() => {
  const given = JSON.parse(document.getElementById("without-network").textContent);
  const PRIVATE = ":private", HEARD = ":heard";
  const WRISTS = ["right_wrist", "left_wrist"], ANKLES = ["right_ankle", "left_ankle"];
  const place = (name) => document.querySelector(`[data-told="${name}"]`);
  const tell = (name, text) => { place(name).textContent = text ?? ""; };
  const show = (name, is) => { place(name).hidden = !is; };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
  const load = (address) => fetch(address).then((answer) => answer.json());

  /** The one word for the limbs that were tapped, the most restricting that fits. */
  function findRestraint(limbs) {
    const has = (...some) => some.every((limb) => limbs.includes(limb));
    const wrist = WRISTS.some((limb) => limbs.includes(limb));
    const ankle = ANKLES.some((limb) => limbs.includes(limb));
    if (has("face_down")) return "face_down";
    if (has(...WRISTS, ...ANKLES)) return "four_point";
    if (has("behind_back")) return "behind_back";
    if (has("waist") || has(...ANKLES) || (wrist && ankle)) return "waist_or_leg";
    if (has(...WRISTS)) return "two_limbs_front";
    return wrist || ankle ? "one_limb" : null;
  }

  /** Tell the day at the hospital. */
  const findToday = (zone) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date());

  /** Turn the fields of a form into a situation, as the server does. */
  function readTaps(fields, copy) {
    const all = (name) => fields.filter(([key]) => key === name).map(([, value]) => value);
    const last = (name) => all(name).at(-1) ?? "";
    const has = (name) => all(name).length > 0;
    const isAlarm = last("emergency") !== "";
    const facts = {}, arrangement = {};
    for (const [id, value] of Object.entries(copy.site)) if (!has(id)) facts[id] = value;
    const dimensions = new Map(copy.dimensions.map((one) => [one.id, one]));
    for (const name of new Set(fields.map(([key]) => key))) {
      const value = last(name).trim();
      if (!value || value === "unknown") continue;
      if (dimensions.has(name)) {
        if (dimensions.get(name).words.includes(value)) arrangement[name] = value;
      } else if (name === "patient_wish" && /:(private|heard)$/.test(value)) {
        facts.wish_given_in_private = String(value.endsWith(PRIVATE));
        facts[name] = value.replace(PRIVATE, "").replace(HEARD, "");
      } else facts[name] = Array.isArray(copy.tables.facts[name]) ? Number(value) : value;
    }
    if (isAlarm) {
      facts.activity = "code";
      delete arrangement.position;
      delete arrangement.device;
    }
    const restraint = last("hold") === "none" ? "none" : findRestraint(all("limb"));
    if (restraint) facts.legal_restraint = restraint;
    if (facts.legal_restraint) arrangement.restraint ??= facts.legal_restraint;
    const document_ = last("claim_document") || "none";
    const claims = [...new Set(all("claim"))].filter((id) => copy.claims[id])
      .map((id) => ({ id, document: document_ }));
    return { facts, arrangement, claims, day: last("as_of"), state: last("jurisdiction") };
  }

  /** Keep what was sent, to send it again: answers given later come last. */
  function keepFields(fields) {
    const isAlarm = fields.some(([name, value]) => name === "emergency" && value);
    const marks = ["csrfmiddlewaretoken", "from_here", "key", "typed_by", "kept"];
    const names = [...new Set(fields.map(([name]) => name))].filter((name) => !marks.includes(name));
    const kept = names.flatMap((name) => {
      const values = [...new Set(fields.filter(([key]) => key === name).map(([, value]) => value))];
      return (["limb", "claim"].includes(name) ? values : values.slice(-1)).map((value) => [name, value]);
    });
    if (!isAlarm) return kept;
    const before = ["emergency", "activity", "position", "device"];
    return [...kept.filter(([name]) => !before.includes(name)), ["activity", "code"]];
  }

  /** What the page leads with: what is asked about, or the officer's place. */
  function findLead(advice, facts, words) {
    const judged = advice.dimensions;
    const speaks = (one) => one.outcome !== "silent";
    const about = (words.asked[facts.officer_asks] ?? []).map((id) => judged[id]).filter(Boolean);
    if (about.length) return about.find(speaks) ?? about[0];
    if (judged.position && speaks(judged.position)) return judged.position;
    const touched = Object.values(judged).filter((one) => one.touched && speaks(one));
    return touched.find(isUrgent) ?? touched[0] ?? judged.position ?? null;
  }
  const isUrgent = (one) => ["hold", "conflict"].includes(one.outcome);

  function findStanding(advice, lead) {
    const found = Object.values(advice.dimensions).filter((one) => one.touched).map((one) => one.outcome);
    return ["hold", "conflict"].find((one) => found.includes(one)) ?? lead?.outcome ?? "silent";
  }

  const nameWord = (words, dimension, word) => (word ? words.dimensions[dimension].words[word][0] : "");

  /** What stands above, the one word, and the line below it. */
  function findHeadline(advice, lead, standing, words) {
    const { told } = words;
    const eyebrow = !lead || lead.dimension === "position" ? "" : words.dimensions[lead.dimension].label;
    if (!lead || lead.outcome === "silent") return [eyebrow, words.outcomes.silent, told.silent_line];
    if (lead.dimension === "position" && lead.advised && advice.preset) {
      return ["", ...words.presets[advice.preset]];
    }
    if (lead.advised) {
      const [label, asked] = words.dimensions[lead.dimension].words[lead.advised];
      const line = asked ? `${asked[0].toUpperCase()}${asked.slice(1)}.` : "";
      return [eyebrow, label, isUrgent({ outcome: standing }) ? told.conflict_line : line];
    }
    if (lead.outcome === "hold") return [eyebrow, words.outcomes.hold, told.hold_line];
    if (lead.outcome === "clear") { // several words may stand together
      const broken = lead.broken.slice(0, words.long[2]).map((w) => nameWord(words, lead.dimension, w));
      return [eyebrow, told.many_headline, fill(told.many_line, { broken: broken.join("; ") })];
    }
    return [eyebrow, told.depends_headline, told.depends_line];
  }

  function sumUp({ facts, arrangement }, words) {
    const parts = [];
    for (const id of words.summed) {
      const value = facts[id];
      if (value === undefined || words.quiet[id] === value) continue;
      const word = words.facts[id].words[value] ?? value;
      parts.push(id === "patient_wish" ? fill(words.told.sum_wish, { word: word.toLowerCase() }) : word);
    }
    for (const id of ["position", "device"]) {
      const word = nameWord(words, id, arrangement[id]);
      if (word) parts.push(id === "position" ? word : fill(words.told.sum_phone, { word: word.toLowerCase() }));
    }
    return parts.join(" · ") || words.told.nothing_tapped;
  }

  function drawNorm(words, id) {
    const [asks, cite, rank, rankWord, binds, modality, icon, reading, fit, fitWord, asOf] = words.norms[id];
    const line = document.getElementById("norm-line").content.cloneNode(true);
    const of = (selector) => line.querySelector(selector);
    of(".tier").classList.add(`t${rank}`);
    of(".tier").textContent = rankWord;
    of(".asks").textContent = asks;
    of("a").textContent = cite;
    of("a").href = `/${given.language}norms/${id}`;
    of(".binds span").textContent = `${binds} (${modality})`;
    of(".reading").append(copyMark(icon), reading);
    of(".fit").textContent = fitWord;
    if (fit !== "text") of(".fit").classList.add("ours");
    if (asOf) of(".as-of span").textContent = asOf;
    else of(".as-of").remove();
    return line;
  }

  function copyMark(name, word = "") {
    const found = document.getElementById("marks").content.querySelector(`[data-name="${name}"]`);
    const made = found.cloneNode(true);
    if (word) made.append(word);
    return word ? made : made.firstElementChild;
  }

  const byRank = (words) => (a, b) => (words.norms[a][2] < words.norms[b][2] ? -1 : Number(words.norms[a][2] > words.norms[b][2]));

  function callBy(name, role, words) {
    const [label, phone] = words.roles[role] ?? ["", ""];
    tell(name === "phone" ? "person" : "refused-person", label);
    show(name, Boolean(phone));
    place(name).href = `tel:${phone}`;
    place(name).querySelector(".num").textContent = phone;
  }

  function showQuestion(fact, words) {
    show("question", Boolean(fact));
    if (!fact) return;
    const { question, count, range, patients, tiles } = words.facts[fact];
    tell("question-text", question);
    show("patients", patients);
    show("count", count);
    if (count) {
      const field = document.getElementById("count");
      [field.name, field.min, field.max] = [fact, ...range];
      field.disabled = false;
    }
    place("tiles").replaceChildren(...tiles.map(([name, value, label, more]) => {
      const made = document.createElement("button");
      Object.assign(made, { className: "press soft", name, value, textContent: more ? `${label} (${more})` : label });
      made.setAttribute("form", "again");
      return made;
    }));
  }

  /** Put an advice into the page's places. */
  function showAdvice(advice, situation, words) {
    const lead = findLead(advice, situation.facts, words);
    const standing = findStanding(advice, lead);
    const isOnly = lead && lead.outcome === standing && lead.outcome === "clear" && lead.isGuidance;
    const name = isOnly ? "guidance" : standing;
    const [eyebrow, headline, line] = findHeadline(advice, lead, standing, words);
    const [most, mostWord] = words.long;
    const isLong = headline.length > most || headline.split(" ").some((one) => one.length > mostWord);
    tell("summary", sumUp(situation, words));
    place("hero").classList.add(`${name}-ground`);
    place("hero").dataset.advised = advice.preset ?? "";
    place("mark").replaceChildren(copyMark(name, words.outcomes[name]));
    tell("eyebrow", eyebrow);
    show("eyebrow", Boolean(eyebrow));
    tell("headline", headline);
    place("headline").classList.toggle("long", isLong);
    tell("line", line);
    drawPictures(advice, lead, words);
    const said = advice.opening ? words.ways[advice.opening.norm][advice.opening.say] : words.say[advice.say];
    tell("say", said);
    place("say").classList.toggle("long", (said ?? "").length > 170);
    show("opens", Boolean(advice.opening));
    if (advice.opening) tell("opens-cite", words.norms[advice.opening.norm][1]);
    const [first, second] = advice.call;
    callBy("phone", first, words);
    show("then", Boolean(second));
    if (second) tell("next", words.roles[second].slice(0, 2).filter(Boolean).join(", "));
    const backing = second ?? first;
    tell("refusal", fill(words.told.refusal_say, { role: words.roles[backing]?.[2] ?? "" }));
    callBy("refused-phone", backing, words);
    tell("refused-word", nameWord(words, lead?.dimension, lead?.if_refused));
    show("refused-then", Boolean(lead?.if_refused));
    show("refused-nothing", !lead?.if_refused);
    showQuestion(advice.ask, words);
    showReasons(advice, lead, name, words);
    show("yes", true);
    return said;
  }

  function drawPictures(advice, lead, words) {
    const judged = advice.dimensions.position;
    const [now, want] = [judged?.stands, judged?.advised];
    if (!judged || (lead && lead.dimension !== "position") || (!now && !want)) return place("pictures").remove();
    const named = (one) => nameWord(words, "position", one);
    const label = now && want && now !== want
      ? fill(words.told.scene_moves, { now: named(now), want: named(want) })
      : fill(words.told.scene_stays, { place: named(want ?? now) });
    const drawn = [bedsideDraw.drawScene(now, want, label), bedsideDraw.drawRail(words.places, now, want, label)];
    return place("pictures").replaceChildren(...drawn);
  }

  function showReasons(advice, lead, name, words) {
    const because = [...(lead?.because ?? [])].sort(byRank(words));
    tell("lead", lead ? words.dimensions[lead.dimension].label : "");
    show("guidance", name === "guidance");
    place("because").replaceChildren(...because.map((id) => drawNorm(words, id)));
    show("none", !because.length);
    const others = Object.values(advice.dimensions).filter((one) => one !== lead && one.touched);
    place("others").replaceChildren(...others.map((one) => {
      const made = document.createElement("p");
      const advised = nameWord(words, one.dimension, one.advised) || words.told.nothing_advised;
      made.append(`${words.dimensions[one.dimension].label}: ${advised} `);
      const standing = one.outcome === "clear" && one.isGuidance ? "guidance" : one.outcome;
      made.append(copyMark(standing, words.outcomes[standing]));
      return made;
    }));
    show("claims", advice.claims.length > 0);
    place("claim-list").replaceChildren(...advice.claims.flatMap(({ id, answer, on_file }) => {
      const [claimed, by] = words.claims[id];
      const cites = on_file.map((one) => words.norms[one][1]).join("; ");
      const [who, what] = [document.createElement("dt"), document.createElement("dd")];
      who.textContent = by;
      what.textContent = `“${claimed}” ${words.answers[answer]}${cites ? `: ${cites}` : ""}.`;
      return [who, what];
    }));
  }

  return { findToday, fill, given, keepFields, load, place, readTaps, show, showAdvice, tell };
})();
