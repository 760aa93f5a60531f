"use strict";
// What somebody notes about a stay without a network waits here and is sent in order, each row once:
// its key is made on the device, and the house does an act of one key once, however often it comes.
// A row of another person cannot be opened here, and is never sent under this person's name.

globalThis.bedsideQueue = (() => {
  const { begin: take, drop, findKey, of, seal, unseal, within, write } = bedsideStore;
  const MOST = 5000, BATCH = 40, BATCH_BYTES = 40 * 1024, AGAIN = 15_000;
  const WAITS = "waiting", REFUSED = "refused";
  const prefix = document.documentElement.lang === "es" ? "/es/" : "/";
  const watchers = [];
  const about = (who, key) => `${who} ${key}`;
  const range = (who, state) => IDBKeyRange.bound([who, state], [who, state, []]);
  let last = { state: "idle", done: 0, all: 0 };

  function report(change) {
    last = { ...last, ...change };
    for (const watch of watchers) watch(last);
  }

  /** Ask the house who is signed in, for the key and the token; nothing if nobody is. */
  async function greet() {
    const answer = await fetch(`${prefix}sync`, {
      headers: { Accept: "application/json", "X-Bedside-Unattended": "yes" }, redirect: "manual", cache: "no-store",
    });
    return answer.status === 200 ? answer.json() : null;
  }

  /** Take the key of the session if it is not here yet. */
  async function begin() {
    const found = await findKey();
    if (found) return found;
    const greeting = await greet();
    return greeting && take(greeting);
  }

  const has = async (key) => Boolean(await within("rows", (rows) => of(rows.index("key").get(key))));
  const count = (who, state) => within("rows", (rows) => of(rows.index("next").count(range(who, state))));
  const countAll = () => within("rows", (rows) => of(rows.count()));

  /** Add a row, or put it in the place of the one that has its key; then try to send. */
  async function add(row) {
    const session = await findKey();
    if (!session) return { state: "offline_locked", waiting: 0 };
    const { who, key } = session;
    const before = await within("rows", (rows) => of(rows.index("key").get(row.key)));
    if (!before && await countAll() >= MOST) return { state: "offline_full", waiting: MOST, most: MOST };
    if (before && before.who !== who) return { state: "offline_locked", waiting: 0 };
    const earlier = before && await unseal(key, before, about(who, row.key));
    const device_at = earlier?.row.device_at ?? new Date().toISOString();
    const box = await seal(key, { row: { ...row, device_at } }, about(who, row.key));
    const kept = { who, key: row.key, state: WAITS, ...box };
    await write("rows", (rows) => of(rows.put(before ? { ...kept, n: before.n } : kept)));
    const waiting = await count(who, WAITS);
    sync();
    return { state: "offline_waits_line", waiting };
  }

  async function openRow(session, kept) {
    try {
      return { n: kept.n, key: kept.key, ...await unseal(session.key, kept, about(kept.who, kept.key)) };
    } catch {
      return { n: kept.n, key: kept.key, row: null };
    }
  }

  async function list(state, most = 100) {
    const session = await findKey({ isUse: false });
    if (!session) return [];
    const kept = await within("rows", (rows) => of(rows.index("next").getAll(range(session.who, state), most)));
    return Promise.all(kept.map((one) => openRow(session, one)));
  }

  /** Take the next rows, in order, as many as fit. */
  async function takeBatch(session, most) {
    const kept = await within("rows", (rows) => of(rows.index("next").getAll(range(session.who, WAITS), most)));
    const batch = [];
    let bytes = 0;
    for (const one of kept) {
      const opened = await openRow(session, one);
      bytes += JSON.stringify(opened.row).length * 1.1 + 2;
      if (batch.length && bytes > BATCH_BYTES) break;
      batch.push(opened);
    }
    return batch;
  }

  async function post(greeting, batch) {
    const form = new FormData();
    form.set("csrfmiddlewaretoken", greeting.token);
    form.set("who", greeting.who);
    form.set("sent_at", new Date().toISOString());
    form.set("rows", JSON.stringify(batch.map(({ key, row }) => ({ ...row, key }))));
    return fetch(`${prefix}sync`, {
      method: "POST", body: form, redirect: "manual", headers: { Accept: "application/json", "X-Bedside-Unattended": "yes" },
    });
  }

  /** Do with each row what the house said of it; say whether to go on. */
  async function settle(session, batch, said) {
    const states = new Map(said.rows.map((one) => [one.key, one]));
    let isOpen = true;
    for (const { n, key, row } of batch) {
      const found = states.get(key);
      if (!found || found.state === "again") {
        isOpen = false;
        break;
      }
      if (["kept", "before"].includes(found.state)) await write("rows", (rows) => of(rows.delete(n)));
      else {
        const box = await seal(session.key, { row, said: found.said, may_keep: found.may_keep ?? false }, about(session.who, key));
        await write("rows", (rows) => of(rows.put({ n, who: session.who, key, state: REFUSED, ...box })));
      }
      report({ done: last.done + 1, clock: said.clock });
    }
    return isOpen;
  }

  async function send() {
    let greeting = await greet();
    if (!greeting) return "signed_out";
    const found = await findKey({ isUse: false });
    const session = found?.who === greeting.who ? found : await take(greeting);
    report({ state: "sending", done: 0, all: await count(session.who, WAITS) });
    let most = BATCH;
    for (let isFresh = false; ;) {
      const batch = await takeBatch(session, most);
      if (!batch.length) return "done";
      const answer = await post(greeting, batch);
      if (answer.type === "opaqueredirect") return "signed_out";
      if (answer.status === 413 && most > 1) most = Math.ceil(most / 2);
      else if (answer.status === 403 && !isFresh) {
        greeting = await greet();
        if (!greeting || greeting.who !== session.who) return "signed_out";
        isFresh = true;
      } else if (answer.status !== 200) return "away";
      else {
        isFresh = false;
        if (!await settle(session, batch, await answer.json())) return "away";
      }
    }
  }

  /** Send what waits; one page at a time, and again later if the network or the house is away. */
  function sync() {
    return navigator.locks.request("bedside-sync", { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      if (!await countAll()) return;
      const state = await send().catch(() => "away");
      report({ state });
      if (state === "away") setTimeout(sync, AGAIN);
    });
  }

  /** Send a refused row again with other words, or let it go. */
  async function change({ key, row }, { answer, fields, keep_anyway, drop: isDropped }) {
    const session = await findKey();
    const kept = await within("rows", (rows) => of(rows.index("key").get(key)));
    if (!session || kept?.who !== session.who) return;
    if (isDropped) {
      await write("rows", (rows) => of(rows.delete(kept.n)));
      report({});
      return;
    }
    const other = { ...row, ...("answer" in row && { answer }), ...(fields && { fields }), keep_anyway };
    const box = await seal(session.key, { row: other }, about(session.who, key));
    await write("rows", (rows) => of(rows.put({ ...kept, state: WAITS, ...box })));
    await sync();
  }

  /** Keep, sealed, what the six taps of a stay begin with. */
  async function keepCard(stay, card) {
    const session = await begin();
    if (!session) return;
    const box = await seal(session.key, card, `card ${stay}`);
    await write("cards", (cards) => of(cards.put({ id: stay, who: session.who, ...box })));
  }

  async function findCard(stay) {
    const session = await findKey();
    const kept = await within("cards", (cards) => of(cards.get(stay)));
    if (!session || kept?.who !== session.who) return null;
    return unseal(session.key, kept, `card ${stay}`).catch(() => null);
  }

  /** Count what waits: of this person, refused, and of others. */
  async function tellCounts() {
    const who = (await findKey({ isUse: false }))?.who ?? "";
    const [waiting, refused, all] = await Promise.all([count(who, WAITS), count(who, REFUSED), countAll()]);
    return { waiting, refused, others: all - waiting - refused, isOpen: Boolean(who) };
  }

  const watch = (act) => { watchers.push(act); act(last); };
  window.addEventListener("online", () => sync());
  return { MOST, add, begin, change, drop, findCard, greet, has, keepCard, list, sync, tellCounts, watch, WAITS, REFUSED };
})();
