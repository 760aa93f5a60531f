"use strict";
// The whole advice on one situation, in the browser: the answer in each dimension, the one question,
// the sentence, whom to call. `bedsideDecide.decide(copy, situation)` gives ids and numbers only;
// `offline_answer.js` puts them into words. A situation is `{facts, arrangement, claims}`.

globalThis.bedsideDecide = (() => {
  const { Board, Case, GUIDANCE, NO, POSITION, WISH, YES } = bedsideWeigh;
  const { bitsOf, breaks, compare, findIfRefused, least, openCopy, weigh } = bedsideWeigh;
  const MOST_TOGETHER = 4, MOST_COLLISIONS = 12;
  const BETWEEN_SIDES = ["shift_supervisor", "house_supervisor"];
  const AMONG_US = ["house_supervisor", "counsel"];
  const ACTIVITY = "activity", REQUEST = "officer_asks";
  const DOCUMENTED = new Set(["seen", "copied"]);
  const unique = (list) => [...new Set(list)];

  /** Every smallest set of norms of which no word satisfies all. */
  function findCollisions({ charges, candidates }) {
    const byNorm = new Map();
    for (const charge of charges) {
      if (charge.weight >= GUIDANCE || !charge.entry) continue;
      const before = byNorm.get(charge.entry.id) ?? charge;
      byNorm.set(charge.entry.id, { ...before, keeps: before.keeps & charge.keeps });
    }
    const rows = [...byNorm.values()].sort((a, b) => compare([a.weight, a.entry.id], [b.weight, b.entry.id]));
    const found = [];
    const extend = (chosen, from, left, count) => {
      if (!left) {
        if (!found.some((one) => one.every((c) => chosen.includes(c)))) found.push(chosen);
        return;
      }
      if (count === 0 || found.length >= MOST_COLLISIONS) return;
      for (let at = from; at < rows.length; at += 1) {
        if (left & ~rows[at].keeps) extend([...chosen, rows[at]], at + 1, left & rows[at].keeps, count - 1);
      }
    };
    for (let count = 1; count <= MOST_TOGETHER && found.length < MOST_COLLISIONS; count += 1) {
      extend([], 0, candidates, count);
    }
    return found.slice(0, MOST_COLLISIONS);
  }

  /** The officer's own exceptions that leave some word with nothing broken. */
  function findOpenings(now, matter) {
    const cleared = (without) => {
      const lifted = new Set(without.map((c) => c.entry.id));
      const charges = matter.charges.filter((c) => !c.entry || !lifted.has(c.entry.id));
      const weighed = weigh({ ...matter, charges });
      return weighed.outcome === "clear" ? weighed.place : null;
    };
    const ways = (charge) => charge.entry.ways.filter(([tree]) => now.asks(tree, now.answered) !== NO);
    const openable = matter.charges.filter((c) => c.entry?.isOwn && ways(c).length);
    let chosen = openable.map((c) => [c, cleared([c])]).filter(([, place]) => place !== null);
    if (openable.length && !chosen.length) {
      const together = cleared(openable);
      if (together !== null) chosen = openable.map((c) => [c, together]);
    }
    const found = new Map();
    for (const [charge, place] of chosen) {
      for (const [tree, opened_by, say] of ways(charge)) {
        const key = `${charge.entry.id} ${tree}`;
        const clears = matter.dimension.words[place];
        if (!found.has(key)) found.set(key, { norm: charge.entry.id, opened_by, say, clears });
      }
    }
    const key = (one) => [Number(one.say < 0), one.opened_by, one.norm];
    return [...found.values()].sort((a, b) => compare(key(a), key(b)));
  }

  /** Every single answer to an unknown fact that would change an advised word. */
  function findTurns(now, weighed) {
    const { book, known } = now;
    const flips = new Map(); // by fact and answer: the norms that it alone would make speak
    const flip = (fact, answer) => {
      const key = `${fact} ${answer}`;
      if (!flips.has(key)) flips.set(key, { fact, answer, numbers: new Set() });
      return flips.get(key).numbers;
    };
    for (const number of now.open) {
      for (const cube of book.cubes[number]) {
        const blocked = cube.filter(([fact, set]) => known[fact] === undefined || known[fact] & ~set);
        if (blocked.length !== 1) continue;
        const [[fact, set]] = blocked;
        for (const place of bitsOf(set & (known[fact] ?? -1))) flip(fact, 1 << place).add(number);
      }
    }
    for (const fact of Object.keys(book.places)) {
      if (known[fact] === undefined) for (const answer of book.sizes[fact].keys()) flip(fact, answer);
    }
    const effects = new Map();
    for (const { fact, answer, numbers } of flips.values()) {
      const sorted = [...numbers].sort((a, b) => a - b);
      const key = `${fact} ${sorted}`;
      if (!effects.has(key)) effects.set(key, { fact, numbers: sorted, answers: [] });
      effects.get(key).answers.push(answer);
    }
    return [...effects.values()].flatMap((effect) => tryAnswers(now, weighed, effect));
  }

  /** Weigh again what the answers touch, and report what changes. */
  function tryAnswers(now, weighed, { fact, numbers, answers }) {
    const { book } = now;
    const entries = numbers.map((number) => book.entries[number]);
    const beaten = numbers.flatMap((number) => book.beats[number] ?? []).map((n) => book.entries[n]);
    const touched = new Set([...entries, ...beaten].flatMap((e) => e.asks.map(([at]) => at)));
    for (const one of book.dimensions) {
      const turns = one.needed.includes(fact);
      if (turns || (one.id === POSITION && [WISH, ACTIVITY].includes(fact))) touched.add(one.place);
    }
    const order = (a, b) => (a.id < b.id ? -1 : 1);
    const reached = [...touched].map((at) => book.dimensions[at]).sort(order);
    if (!reached.length) return [];
    const board = numbers.length ? new Board(book, [...now.speaking, ...numbers]) : now.board;
    const isNeeded = reached.some((one) => one.needed.includes(fact));
    const isBare = !numbers.length || isNeeded || [WISH, ACTIVITY].includes(fact);
    const turns = [];
    for (const answer of isBare ? answers : answers.slice(0, 1)) {
      const known = { ...now.known, [fact]: answer };
      for (const dimension of reached) {
        const before = weighed[dimension.id];
        const found = weigh(now.findMatter(dimension, board, known));
        const isOther = dimension.many
          ? !before || before.clear !== found.clear
          : found.place !== (before ? before.place : null);
        if (!isOther) continue;
        const own = entries.filter((e) => e.doesCharge && e.asks.some(([at]) => at === dimension.place));
        const weight = Math.min(GUIDANCE, ...own.map((e) => now.board.charge(e, 0, e.binds).weight));
        const times = isBare ? book.sizes[fact].get(answer) : 1;
        turns.push({ fact, answer, dimension, weight, times });
      }
    }
    return turns;
  }

  /** The one fact whose answer could change the advice in the highest rank. */
  function findQuestion(now, turns) {
    const wants = !["nothing", "stay_in_room"].includes(now.facts[REQUEST] ?? "nothing");
    const isNear = ({ dimension, weight }) => {
      const isBinding = weight < GUIDANCE;
      if (dimension.id === POSITION) return now.mayTouch(dimension) && (isBinding || !wants);
      return isBinding && now.isTouched(dimension);
    };
    const askable = turns.filter((one) => now.book.who[one.fact] !== undefined && isNear(one));
    const changes = {};
    for (const { fact, times } of askable) changes[fact] = (changes[fact] ?? 0) + times;
    const best = least(askable, ({ fact, weight, dimension }) => [
      Number(fact !== ACTIVITY), weight, Number(dimension.id !== POSITION), now.book.who[fact],
      -changes[fact], fact,
    ]);
    return best ? best.fact : null;
  }

  function judge(now, matter, weighed, turns) {
    const { dimension, charges } = matter;
    const { words } = dimension;
    const { place } = weighed;
    const name = (at) => (at === null || at === undefined ? null : words[at]);
    const isStuck = ["conflict", "hold"].includes(weighed.outcome);
    const isBinding = turns.some((one) => one.weight < GUIDANCE);
    const found = {
      dimension: dimension.id,
      stands: name(matter.stands),
      keeps: bitsOf(weighed.clear).map(name),
      because: findReasons(now, matter, dimension.many ? null : place),
      broken: words.filter((_, at) => charges.some((c) => c.entry && breaks(c, at))),
      depends_on: unique(turns.map((one) => one.fact)),
      touched: now.isTouched(dimension),
    };
    if (dimension.many) {
      const outcome = matter.isNamed ? "clear" : "silent";
      return { ...found, outcome, advised: null, stands: null, if_refused: null, collisions: [], exceptions: [],
        isGuidance: false };
    }
    const refused = weighed.outcome === "conflict" ? findIfRefused(matter, weighed) : null;
    return {
      ...found,
      outcome: !isStuck && isBinding ? "depends" : weighed.outcome,
      advised: name(place),
      if_refused: name(refused),
      collisions: isStuck ? findCollisions(matter).map((one) => nameCollision(now.book, one)) : [],
      exceptions: isStuck ? findOpenings(now, matter) : [],
      isGuidance: charges.every((c) => c.weight === GUIDANCE),
    };
  }

  /** The norms that the advised word keeps; where none is advised, all that speak of it. */
  function findReasons(now, { dimension, charges }, place) {
    const isKept = (keeps) => place === null || (keeps >> place) & 1;
    const ids = charges.filter((c) => c.entry && isKept(c.keeps)).map((c) => c.entry.id);
    for (const entry of now.board.permits[dimension.id] ?? []) {
      if (entry.asks.some(([at, keeps]) => at === dimension.place && isKept(keeps))) ids.push(entry.id);
    }
    return unique(ids);
  }

  function nameCollision(book, charges) {
    const set = charges.reduce((all, c) => all | c.entry.binds, 0);
    const parties = bitsOf(set).map((at) => book.parties[at]);
    const isBetween = parties.some((party) => ["officer", "agency"].includes(party));
    return { norms: unique(charges.map((c) => c.entry.id)), parties,
      call: isBetween ? BETWEEN_SIDES : AMONG_US };
  }

  /** What is on file about a claim of somebody. */
  function answerClaim(now, { id, document }) {
    const { book } = now;
    const [by, binds, dimension, claimed] = book.claims[id];
    const of = book.dimensions.find((one) => one.id === dimension);
    const ends = [1, 1 << (of.words.length - 1)];
    const asking = [...now.speaking, ...now.open].sort((a, b) => a - b)
      .map((number) => book.entries[number])
      .filter((e) => e.binds & binds && e.rank !== 3 && !e.isMay);
    const about = (entry) => entry.asks.filter(([at]) => at === of.place).map(([, keeps]) => keeps);
    const so = asking.filter((e) => about(e).some((keeps) => !(keeps & ~claimed)));
    const less = asking.filter((e) => !so.includes(e) && !of.many && about(e).some((keeps) => (
      claimed & keeps && ends.some((end) => !(claimed & end) && !(keeps & end)))));
    const ids = (list) => unique(list.map((e) => e.id));
    if (so.length) return { id, by, answer: "on_file_says_so", on_file: ids(so) };
    if (DOCUMENTED.has(document)) return { id, by, answer: "document_to_be_read", on_file: ids(less) };
    if (less.length) return { id, by, answer: "on_file_says_less", on_file: ids(less) };
    return { id, by, answer: "no_source_on_file", on_file: [] };
  }

  /** The preset of the advised position that differs in fewest other words. */
  function findPreset(book, judged) {
    const advised = Object.fromEntries(
      Object.values(judged).filter((j) => j.advised).map((j) => [j.dimension, j.advised]));
    let best = [null, {}];
    if (!advised[POSITION]) return best;
    for (const [id, words] of book.presets) {
      if (words[POSITION] !== advised[POSITION]) continue;
      const other = Object.entries(words).filter(([d, word]) => (advised[d] ?? word) !== word);
      const differs = Object.fromEntries(other.map(([d]) => [d, advised[d]]));
      if (best[0] === null || other.length < Object.keys(best[1]).length) best = [id, differs];
    }
    return best;
  }

  /** The first row that fits: a sentence to say, or the people to call. */
  function findFit(now, rows, preset, judged) {
    const isOf = (outcome) => Object.values(judged).some((j) => j.touched && j.outcome === outcome);
    return rows.findIndex(([tree, outcome, wanted, advised]) => (
      (!wanted || wanted === preset) && (!outcome || isOf(outcome))
      && Object.entries(advised).every(([d, word]) => judged[d]?.advised === word)
      && now.asks(tree) === YES));
  }

  /** Decide one situation: ids and numbers, in the order in which the server lists them. */
  function decide(copy, situation) {
    const book = openCopy(copy);
    const now = new Case(book, situation);
    const spoken = new Set([
      ...Object.keys(now.board.charges), ...Object.keys(now.claimed), ...Object.keys(now.arrangement)]);
    const position = book.dimensions.find((one) => one.id === POSITION);
    if (now.chargeWish(now.known, position).length) spoken.add(POSITION);
    const matters = {}, weighed = {};
    const add = (dimension) => {
      matters[dimension.id] = now.findMatter(dimension, now.board, now.known);
      weighed[dimension.id] = weigh(matters[dimension.id]);
    };
    for (const dimension of book.dimensions) if (spoken.has(dimension.id)) add(dimension);
    const turns = findTurns(now, { ...weighed });
    for (const { dimension } of turns) {
      if (!matters[dimension.id] && now.isTouched(dimension)) add(dimension);
    }
    const judged = {};
    for (const { id } of book.dimensions) {
      const ofIt = turns.filter((one) => one.dimension.id === id);
      if (matters[id]) judged[id] = judge(now, matters[id], weighed[id], ofIt);
    }
    const [preset, differs] = findPreset(book, judged);
    const opening = Object.values(judged).filter((j) => j.touched)
      .flatMap((j) => j.exceptions).find((one) => one.say >= 0) ?? null;
    const called = book.call[findFit(now, book.call, preset, judged)];
    return {
      preset, differs, opening, dimensions: judged,
      say: findFit(now, book.say, preset, judged),
      call: called ? called[4] : book.nobody,
      ask: findQuestion(now, turns),
      claims: now.claims.map((claim) => answerClaim(now, claim)),
      cannot: book.cannot.findIndex((tree) => now.asks(tree, now.answered) === YES),
    };
  }

  return { decide };
})();
