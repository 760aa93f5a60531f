"use strict";
// Which norms speak, and which may: the tables that export.py writes, asked of one situation.
// What is known of a fact is a set of classes of answers, as bits; a fact left out is unknown.
// No dependency, no network, nothing kept. `bedsideTables.find(tables, facts)` is all there is to it.

globalThis.bedsideTables = (() => {
  const FORM = 1;
  const NO = 0, UNKNOWN = 1, YES = 2;

  /** Turn one answer into the set that holds its class; 0 for an answer that the fact never has. */
  function classOf(classes, answer) {
    if (!Array.isArray(classes)) {
      const number = Object.hasOwn(classes, String(answer)) ? classes[String(answer)] : -1;
      return number < 0 ? 0 : 1 << number;
    }
    let found = -1; // numbers: the class that began last
    for (const [start, number] of classes) if (answer >= start) found = number;
    return found < 0 ? 0 : 1 << found;
  }

  /** Work out what is known from the answers given, as the server does. */
  function settle(tables, facts) {
    const known = {};
    for (const [fact, answer] of Object.entries(facts)) {
      if (answer === null || answer === undefined) continue;
      if (Object.hasOwn(tables.derived, fact)) {
        const [base, sets] = tables.derived[fact];
        const under = sets[String(answer)] ?? 0;
        known[base] = Object.hasOwn(known, base) ? known[base] & under : under;
      } else if (Object.hasOwn(tables.facts, fact)) {
        const one = classOf(tables.facts[fact], answer);
        known[fact] = Object.hasOwn(known, fact) ? known[fact] & one : one;
      }
    }
    for (const [fact, presumed] of Object.entries(tables.presumed)) {
      if (!Object.hasOwn(known, fact)) known[fact] = presumed;
    }
    // "Fine here" counts as not asked unless it was said out of the officer's hearing.
    const [wish, accepts, where, inPrivate, notAsked] = tables.discounted;
    if (wish && known[wish] === accepts && known[where] !== inPrivate) known[wish] = notAsked;
    return known;
  }

  /** Find whose cubes surely hold: whatever is possible is allowed, fact by fact. */
  function findSure(cubes, sets) {
    const found = new Set();
    for (const cube of cubes) {
      if (found.has(cube[0])) continue;
      let holds = true;
      for (let at = 1; holds && at < cube.length; at += 2) {
        const set = sets[cube[at]];
        holds = set !== undefined && (set & ~cube[at + 1]) === 0;
      }
      if (holds) found.add(cube[0]);
    }
    return found;
  }

  /** Ask a condition that has too many cubes: Kleene's three values. */
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

  /** Find which norms surely speak and which may and may not, by position, for what is known. */
  function findKnown(tables, known) {
    const sets = Object.keys(tables.facts).map((fact) => known[fact]);
    const speaks = findSure(tables.holds, sets);
    const silent = findSure(tables.fails, sets);
    const trees = Object.entries(tables.trees);
    const may = [];
    for (const [number, tree] of trees) {
      const answer = ask(tree, known);
      if (answer === YES) speaks.add(Number(number));
      if (answer !== UNKNOWN) silent.add(Number(number));
    }
    for (let number = 0; number < tables.names.length; number += 1) {
      if (!speaks.has(number) && !silent.has(number)) may.push(number);
    }
    return { speaks: [...speaks].sort((a, b) => a - b), may };
  }

  /** Find which norms surely speak and which may, for answers by the name of the fact. */
  function find(tables, facts) {
    if (tables.form !== FORM) throw new Error(`tables of form ${tables.form} cannot be read here`);
    return findKnown(tables, settle(tables, facts));
  }

  return { find, findKnown, settle };
})();
