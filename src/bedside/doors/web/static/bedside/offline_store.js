"use strict";
// The sealed store of a device: rows that wait, what the six taps of a stay begin with, and the key.
// Every text is sealed with AES-GCM under a key that the house gives to a person who is signed in; no
// script can read the key out. It goes when the session ends or the device locks. Then only signing in
// brings it back, or the person's PIN, with which it may lie here wrapped.

globalThis.bedsideStore = (() => {
  const NAME = "bedside", OPEN = "bedside-open";
  const ROUNDS = 600_000, MOST_MISSES = 5, NONCE = 12;
  const text = new TextEncoder(), plain = new TextDecoder();
  const of = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

  let opened = null;
  function open() {
    opened ??= new Promise((done, fail) => {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("keys", { keyPath: "id" });
        request.result.createObjectStore("cards", { keyPath: "id" });
        const rows = request.result.createObjectStore("rows", { keyPath: "n", autoIncrement: true });
        rows.createIndex("key", "key", { unique: true });
        rows.createIndex("next", ["who", "state", "n"]);
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    return opened;
  }

  /** Do something with one store in a transaction of its own, and wait until it is on the disk. */
  async function within(name, act, mode = "readonly") {
    const base = await open();
    const options = mode === "readwrite" ? { durability: "strict" } : {};
    const transaction = base.transaction(name, mode, options);
    const done = new Promise((yes, no) => {
      transaction.oncomplete = yes;
      transaction.onerror = transaction.onabort = () => no(transaction.error);
    });
    const result = await act(transaction.objectStore(name));
    await done;
    return result;
  }
  const write = (name, act) => within(name, act, "readwrite");

  const derive = async (secret, use, algorithm, uses) => crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text.encode(use) },
    await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]), algorithm, false, uses);
  const AES = { name: "AES-GCM", length: 256 };
  const makeKey = (secret) => derive(secret, "bedside rows", AES, ["encrypt", "decrypt"]);
  const stretch = async (pin, salt) => crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
    await crypto.subtle.importKey("raw", text.encode(pin), "PBKDF2", false, ["deriveKey"]),
    AES, false, ["encrypt", "decrypt"]);
  const decode = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

  async function seal(key, data, about) {
    const iv = crypto.getRandomValues(new Uint8Array(NONCE));
    const box = { name: "AES-GCM", iv, additionalData: text.encode(about) };
    return { iv, sealed: await crypto.subtle.encrypt(box, key, text.encode(JSON.stringify(data))) };
  }

  async function unseal(key, { iv, sealed }, about) {
    const box = { name: "AES-GCM", iv, additionalData: text.encode(about) };
    return JSON.parse(plain.decode(await crypto.subtle.decrypt(box, key, sealed)));
  }

  /** Take the key for as long as the session lasts; `idle` is how long the device may rest. */
  async function begin({ who, secret, idle }) {
    const key = await makeKey(decode(secret));
    await write("keys", (keys) => of(keys.put({ id: "session", who, key, idle, used: Date.now() })));
    localStorage.setItem(OPEN, "yes");
    return { who, key };
  }

  /** Find the key, unless the device has rested for too long; finding it is use. */
  async function findKey({ isUse = true } = {}) {
    const found = await within("keys", (keys) => of(keys.get("session")));
    if (!found) return null;
    if (Date.now() - found.used > found.idle * 1000 || Date.now() < found.used - 60_000) {
      await drop();
      return null;
    }
    if (isUse) await write("keys", (keys) => of(keys.put({ ...found, used: Date.now() })));
    return found;
  }

  /** Note beside the key how the house signs the forms of its owner. */
  async function noteTyped(typed) {
    const found = await within("keys", (keys) => of(keys.get("session")));
    if (found && typed) await write("keys", (keys) => of(keys.put({ ...found, typed })));
  }

  /** Let the key go; what is sealed stays sealed. */
  async function drop() {
    localStorage.removeItem(OPEN);
    await write("keys", (keys) => of(keys.delete("session")));
  }

  /** Lay the key down wrapped with the PIN, for a device that locks without a network. */
  async function wrap(pin, { who, secret, idle }) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const box = await seal(await stretch(pin, salt), { secret }, `pin ${who}`);
    await write("keys", (keys) => of(keys.put({ id: "pin", who, idle, salt, misses: 0, ...box })));
  }

  /** Open the wrapped key with the PIN; after five misses it is gone, and signing in is the way. */
  async function unwrap(pin) {
    const found = await within("keys", (keys) => of(keys.get("pin")));
    if (!found) return false;
    const misses = found.misses + 1; // counted before it is tried: turning the device off saves no try
    await write("keys", (keys) => of(misses > MOST_MISSES ? keys.delete("pin") : keys.put({ ...found, misses })));
    if (misses > MOST_MISSES) return false;
    try {
      const { secret } = await unseal(await stretch(pin, found.salt), found, `pin ${found.who}`);
      await begin({ who: found.who, secret, idle: found.idle });
      await write("keys", (keys) => of(keys.put({ ...found, misses: 0 })));
      return true;
    } catch {
      return false;
    }
  }

  const hasPin = async () => Boolean(await within("keys", (keys) => of(keys.get("pin"))));

  return { OPEN, begin, drop, findKey, hasPin, noteTyped, of, seal, unseal, unwrap, within, wrap, write };
})();
