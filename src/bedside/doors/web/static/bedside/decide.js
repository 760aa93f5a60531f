"use strict";
// Weighing one situation in the browser as the server weighs it: what each word breaks, which one is
// nearest to right. It reads what `offline/tables.py` wrote; which norms speak is asked of
// `bedsideTables`. `decide_advice.js` makes the whole advice of it. No network, nothing kept.

globalThis.bedsideWeigh = (() => {
  const FORM = 1;
  const GUIDANCE = 5; // 0-2 care's norms and law on the officer, 3-4 the officer's own rules
  const NO = 0, UNKNOWN = 1, YES = 2;
  const OWN = 1, MAY = 2, LAW = 4, REPORTED = 8, CHARGES = 16;
  const POSITION = "position", WISH = "patient_wish";
  const DOCUMENTED = new Set(["seen", "copied"]);

  const bitsOf = (set) => {
    const found = [];
    for (let place = 0; set >> place; place += 1) if ((set >> place) & 1) found.push(place);
    return found;
  };
  // The first of the least, compared key by key.
  const compare = (a, b) => {
    for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
    return 0;
  };
  const least = (list, key) => list.reduce(
    (best, one) => (best === null || compare(key(one), key(best)) < 0 ? one : best), null);

  /** Ask a condition of what is known: Kleene's three values. */
  function ask(tree, known) {
    const [sign, ...parts] = tree;
    if (sign === "in") {
      const set = known[parts[0]];
      if (set === undefined) return UNKNOWN;
      if ((set & ~parts[1]) === 0) return YES;
      return set & parts[1] ? UNKNOWN : NO;
    }
    const answers = parts.map((part) => ask(part, known));
    if (sign === "not") return YES - answers[0];
    return sign === "and" ? Math.min(YES, ...answers) : Math.max(NO, ...answers);
  }

  /** Unfold the rows once: entries by number, dimensions with their distances, cubes by norm. */
  function unfold(copy) {
    if (copy.form !== FORM) throw new Error(`a copy of form ${copy.form} cannot be read here`);
    const entries = copy.entries.map(([norm, binds, rank, flags, source, asks, ways], number) => ({
      number, norm, id: copy.norms[norm], binds, rank, source, asks, ways,
      isOwn: Boolean(flags & OWN), isMay: Boolean(flags & MAY), isLaw: Boolean(flags & LAW),
      isReported: Boolean(flags & REPORTED), doesCharge: Boolean(flags & CHARGES),
    }));
    const beats = {};
    for (const [beaten, by] of Object.entries(copy.beaten)) {
      for (const number of by) (beats[number] ??= []).push(Number(beaten));
    }
    const facts = Object.keys(copy.tables.facts);
    const cubes = entries.map(() => []);
    for (const [owner, ...row] of copy.tables.holds) {
      const cube = [];
      for (let at = 0; at < row.length; at += 2) cube.push([facts[row[at]], row[at + 1]]);
      cubes[owner].push(cube);
    }
    const dimensions = copy.dimensions.map((one, place) => ({
      ...one, place, every: (1 << one.words.length) - 1,
    }));
    const sizes = {}; // how many answers stand behind each class, for facts whose answers are tried
    const bare = { ...copy.tables, presumed: {}, discounted: [] };
    for (const [fact, answers] of Object.entries(copy.places)) {
      sizes[fact] = new Map();
      for (const answer of answers) {
        const set = bedsideTables.settle(bare, { [fact]: answer })[fact];
        sizes[fact].set(set, (sizes[fact].get(set) ?? 0) + 1);
      }
    }
    return { ...copy, entries, beats, cubes, dimensions, sizes };
  }

  const kept = new WeakMap();
  const openCopy = (copy) => {
    if (!kept.has(copy)) kept.set(copy, unfold(copy));
    return kept.get(copy);
  };

  class Case {
    constructor(book, { facts, arrangement = {}, claims = [] }) {
      Object.assign(this, { book, facts, arrangement, claims });
      const { tables } = book;
      this.known = bedsideTables.settle(tables, facts);
      this.answered = bedsideTables.settle({ ...tables, presumed: {}, discounted: [] }, facts);
      if (this.known[WISH] !== this.answered[WISH]) delete this.answered[WISH];
      const found = bedsideTables.findKnown(tables, this.known);
      this.speaking = found.speaks.filter((number) => number < book.entries.length);
      this.open = found.may;
      this.board = new Board(book, this.speaking);
      this.claimed = this.chargeClaims();
    }

    asks(number, known = this.known) {
      return ask(this.book.tables.trees[number], known);
    }

    chargeClaims() {
      const found = {};
      for (const { id, document } of this.claims) {
        const [by, binds, dimension, keeps] = this.book.claims[id];
        const shown = DOCUMENTED.has(document);
        const weight = shown ? (binds & this.book.care ? 1 : 3) : GUIDANCE;
        (found[dimension] ??= []).push({
          keeps, weight, source: `claim ${id}`, entry: null, isCare: by === "manager" && shown,
        });
      }
      return found;
    }

    /** The patient's wish for privacy, as guidance: an officer neither sees nor hears. */
    chargeWish(known, dimension) {
      if (known[WISH] === undefined || this.asks(this.book.wish, known) !== YES) return [];
      return dimension.private.map((keeps, at) => (
        { keeps, weight: GUIDANCE, source: `wish ${at}`, entry: null, isWish: true }));
    }

    findStanding(dimension) {
      const given = this.arrangement[dimension.id];
      return given ?? (dimension.stands ? this.facts[dimension.stands] : undefined);
    }

    findMatter(dimension, board, known) {
      const charges = [...(board.charges[dimension.id] ?? []), ...(this.claimed[dimension.id] ?? [])];
      if (dimension.id === POSITION) charges.push(...this.chargeWish(known, dimension));
      const word = this.findStanding(dimension);
      const stands = word === undefined ? null : dimension.words.indexOf(word);
      const usual = dimension.usual.find(([tree]) => this.asks(tree, known) === YES);
      let candidates = dimension.advisable;
      for (const [place, tree] of dimension.needs) {
        if (this.asks(tree, known) === NO) candidates &= ~(1 << place);
      }
      const isNamed = charges.some((c) => c.entry || c.weight < GUIDANCE || c.isWish);
      return { dimension, charges, candidates, stands, isNamed, start: stands ?? usual?.[1] ?? null };
    }

    isTouched(dimension) {
      return this.arrangement[dimension.id] !== undefined || Boolean(this.claimed[dimension.id])
        || this.asks(dimension.touched) === YES;
    }

    mayTouch(dimension) {
      return this.isTouched(dimension) || this.asks(dimension.touched) === UNKNOWN;
    }
  }

  /** The charges of every dimension for one set of norms in play, after defeats. */
  class Board {
    constructor(book, speaking) {
      Object.assign(this, { book, charges: {}, permits: {}, counts: new Map(), beaters: new Map() });
      this.speaking = new Set(speaking);
      for (const number of speaking) this.enter(book.entries[number]);
    }

    enter(entry) {
      const { dimensions } = this.book;
      if (entry.isMay && this.findLeft(entry)) {
        for (const [at] of entry.asks) (this.permits[dimensions[at].id] ??= []).push(entry);
      }
      if (!entry.doesCharge) return;
      for (const [at, keeps] of entry.asks) {
        for (const one of this.split(entry, dimensions[at], keeps)) {
          (this.charges[dimensions[at].id] ??= []).push(one);
        }
      }
    }

    charge(entry, keeps, binds) {
      const isCare = Boolean(binds & this.book.care);
      const weight = entry.rank === 3 ? GUIDANCE : entry.rank + (isCare || entry.isLaw ? 0 : 2);
      return { keeps, weight, source: entry.source, entry, isCare, isLawOnCare: isCare && weight === 0 };
    }

    /** Charge each word to the parties that are still bound as to it. */
    split(entry, dimension, keeps) {
      if (!this.book.beaten[entry.number]) return [this.charge(entry, keeps, entry.binds)];
      const left = new Map();
      for (const place of bitsOf(dimension.every & ~keeps)) {
        const parties = this.findLeft(entry, dimension.place, place);
        left.set(parties, (left.get(parties) ?? 0) | (1 << place));
      }
      if (left.size === 1 && left.has(entry.binds)) return [this.charge(entry, keeps, entry.binds)];
      const found = new Map();
      for (const [parties, words] of left) {
        if (!parties) continue;
        let one = this.charge(entry, dimension.every & ~words, parties);
        const key = `${one.weight} ${one.isCare}`;
        if (found.has(key)) one = this.charge(entry, one.keeps & found.get(key).keeps, parties);
        found.set(key, one);
      }
      return [...found.values()];
    }

    /** The parties that a norm still binds: altogether, or as to one word. */
    findLeft(entry, dimension = -1, place = 0) {
      let left = entry.binds;
      for (const by of this.findBeaters(entry)) {
        const silences = by.asks.some(([at, keeps]) => at === dimension && (keeps >> place) & 1);
        if (!by.asks.length || silences) left &= ~by.binds;
      }
      return left;
    }

    findBeaters({ number }) {
      if (!this.beaters.has(number)) {
        const by = this.book.beaten[number] ?? [];
        const counting = by.filter((one) => this.speaking.has(one) && this.doesCount(one));
        this.beaters.set(number, counting.map((one) => this.book.entries[one]));
      }
      return this.beaters.get(number);
    }

    doesCount(number) {
      if (!this.counts.has(number)) {
        const { binds } = this.book.entries[number];
        this.counts.set(number, !(this.book.beaten[number] ?? []).some((by) => (
          this.speaking.has(by) && !(binds & ~this.book.entries[by].binds) && this.doesCount(by))));
      }
      return this.counts.get(number);
    }
  }

  const breaks = (charge, place) => !((charge.keeps >> place) & 1);

  /** Count the charges of each word by weight, each source's same wish once. */
  function tally(charges, size) {
    const heaviest = new Map();
    for (const one of charges) {
      const key = `${one.source} ${one.keeps}`;
      if (!heaviest.has(key) || one.weight < heaviest.get(key).weight) heaviest.set(key, one);
    }
    return Array.from({ length: size }, (_, place) => {
      const counts = Array(GUIDANCE + 1).fill(0);
      for (const one of heaviest.values()) if (breaks(one, place)) counts[one.weight] += 1;
      return counts;
    });
  }

  function weigh({ dimension, charges, candidates, start, isNamed }) {
    const size = dimension.words.length;
    const counts = tally(charges, size);
    const places = bitsOf(candidates);
    const open = places.filter((place) => !counts[place].slice(0, GUIDANCE).some(Boolean));
    const clear = open.reduce((set, place) => set | (1 << place), 0);
    if (!isNamed) return { outcome: "silent", place: null, clear, counts };
    const near = (place) => {
      if (start === null) return 0;
      return dimension.order === "all" ? Number(place !== start) : Math.abs(place - start);
    };
    const asked = (place) => (dimension.fromEnd ? size - 1 - place : place);
    const rest = (place) => [near(place), asked(place)];
    if (open.length) {
      const place = least(open, (one) => [counts[one][GUIDANCE], ...rest(one)]);
      return { outcome: "clear", place, clear, counts };
    }
    const isHeld = (place) => charges.some((c) => c.isLawOnCare && breaks(c, place));
    if (places.every(isHeld)) return { outcome: "hold", place: null, clear: 0, counts };
    const place = least(places, (one) => [...counts[one], ...rest(one)]);
    return { outcome: "conflict", place, clear: 0, counts };
  }

  /** The word between how things stand and the asked one that is the next best for care. */
  function findIfRefused({ charges, candidates, stands }, { place, counts }) {
    if (stands === null || place === null || stands === place) return null;
    const care = (at) => new Set(charges
      .filter((c) => breaks(c, at) && c.isCare && c.weight < GUIDANCE)
      .map((c) => `${c.source} ${c.keeps}`)).size;
    const [low, high] = [Math.min(stands, place), Math.max(stands, place)];
    const between = bitsOf(candidates)
      .filter((at) => low < at && at < high && care(at) < care(stands));
    const all = ([a, b, c, d, e, f]) => [a, b + d, c + e, f];
    return least(between, (at) => [...all(counts[at]), Math.abs(at - place)]);
  }

  return { Board, Case, GUIDANCE, NO, POSITION, WISH, YES, bitsOf, breaks, compare, findIfRefused, least,
    openCopy, weigh };
})();
