"use strict";
// The worker that answers when the network does not. What stands before this text names its copy:
// `COPY = {version, files, scripts}`. Pages come from the network first; without one, the six taps,
// their answer and a page that says so come from the copy, with what was just sent put into the page
// itself. Nothing that anybody tapped is ever kept here.

const NAME = `bedside-${COPY.version}`;
const PATIENCE = 5000; // ms that the six taps wait for a network that says nothing
const MOST_FIELDS = 64 * 1024;
const GONE = [502, 504]; // what a door answers whose house is down
const FROM_HERE = "from_here"; // the mark of a form that the device itself made
const STAY = "stays/([0-9a-f-]{36})";
const MARK = "marks/([0-9a-f-]{36})";
// What works without a network: the address, the page of the copy that stands for it, what it is.
const WAYS = [
  [/^$/, "", "taps"],
  [/^answer$/, "offline/answer", "answer"],
  [/^offline$/, "offline", "offline"],
  [new RegExp(`^${STAY}/taps$`), "", "stay-taps"],
  [new RegExp(`^${STAY}/marks$`), "offline/answer", "mark", "POST"],
  [new RegExp(`^${STAY}/requests$`), "offline", "request", "POST"],
  [new RegExp(`^${STAY}/checks$`), "offline", "check"],
  [/^reports\/new$/, "offline", "report", "POST"],
  [new RegExp(`^${STAY}/(?:${MARK}/)?reports/new$`), "offline", "report", "POST"],
];

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(visit(request, pathname));
  else if (COPY.files.includes(pathname) && request.method === "GET") event.respondWith(take(pathname, request));
  else if (pathname.endsWith("/so-far")) event.respondWith(fetch(request).catch(() => new Response(null, { status: 204 })));
});

/** Fetch the whole copy as nobody in particular: no cookie goes along, so no page names anybody. */
async function fill() {
  const cache = await caches.open(NAME);
  const left = [...COPY.files];
  const next = async () => {
    for (let file = left.shift(); file; file = left.shift()) {
      const answer = await fetch(file, { credentials: "omit" });
      if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
      await cache.put(file, answer);
    }
  };
  await Promise.all([next(), next()]); // two at a time: the page that is being looked at goes first
}

async function take(pathname, request) {
  const kept = await (await caches.open(NAME)).match(pathname);
  return kept ?? fetch(request);
}

async function visit(request, pathname) {
  const language = /^\/es(\/|$)/.test(pathname) ? "es/" : "";
  const plain = pathname.replace(/^\/es(?=\/|$)/, "").replace(/^\//, "");
  const way = WAYS.find(([address, , , method]) => address.test(plain) && (!method || method === request.method));
  const sent = way && request.method === "POST" ? await readFields(request.clone()) : [];
  // A page that the device showed by itself has no token of the house: it is answered here, and what
  // it notes is sent as a row.
  const isFromHere = sent.some(([name]) => name === FROM_HERE);
  if (!isFromHere) {
    try {
      const answer = await (way ? first(fetch(request), way[2]) : fetch(request));
      if (!GONE.includes(answer.status)) return answer;
    } catch { /* no network: go on below */ }
  }
  const [address, shell, kind] = way ?? [/^/, "offline", "elsewhere"];
  const [, stay = "", mark = ""] = address.exec(plain) ?? [];
  // Whoever looks over a shoulder sees an ordinary chart: it is part of the answer's page.
  const isQuiet = kind === "request" && sent.some(([name, value]) => name === "outcome" && value === "not_safe");
  const file = isQuiet ? "offline/answer" : shell;
  return show(`/${language}${file}`, { kind, stay, mark, language, method: request.method, sent });
}

/** Wait for the network only so long where asking changes nothing; a note is sent as long as it takes. */
function first(answer, kind) {
  if (!["taps", "answer", "offline", "stay-taps"].includes(kind)) return answer;
  const late = new Promise((_, refuse) => { setTimeout(() => refuse(new Error("late")), PATIENCE); });
  answer.catch(() => {}); // it may fail after nobody waits for it any more
  return Promise.race([answer, late]);
}

async function readFields(request) {
  const kind = request.headers.get("Content-Type") ?? "";
  if (kind.startsWith("multipart/form-data")) return readParts(request);
  const text = await request.text();
  if (text.length > MOST_FIELDS || !kind.startsWith("application/x-www-form-urlencoded")) return [];
  return [...new URLSearchParams(text)];
}

/** Read a form that may carry files; a file is never kept. */
async function readParts(request) {
  const fields = [...await request.formData()].filter(([, value]) => typeof value === "string");
  return fields.flat().join("").length > MOST_FIELDS ? [] : fields;
}

/** Show a page of the copy with what was sent in it, as data that no browser runs. */
async function show(file, given) {
  const kept = await (await caches.open(NAME)).match(file);
  if (!kept) return Response.error();
  const copied = kept.headers.get("Date") ?? "";
  const data = JSON.stringify({ ...given, copied, version: COPY.version }).replaceAll("<", "\\u003c");
  const page = await kept.text();
  const missing = COPY.scripts.filter((src) => !page.includes(src));
  const scripts = missing.map((src) => `<script src="${src}" defer></script>`).join("");
  const text = page.replace(
    "</body>", () => `<script type="application/json" id="without-network">${data}</script>${scripts}</body>`);
  const headers = new Headers(kept.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(name);
  return new Response(text, { status: 200, headers });
}
