// The worker between the pages and the network: what was opened once opens again without a connection.
//
// Pages and data come from the network first; what is saved answers only when the network does not, and
// then the page says when it was saved. Files whose address changes with their content come from the
// cache first. Sets (the shell, a language's first pages, a municipality) are kept whole: a new version
// grows beside the old one, which goes when the new one is complete.
const SITE = /* filled by the build */ {};
const SCOPE = new URL("./", self.location);
const OURS = `gz ${SCOPE.pathname} `;
const VISITED = `${OURS}visited`;
const NOTES = `${OURS}notes`;
const WHOLE = new URL("offline/whole", SCOPE);
const SAVED = "X-Saved";
const PATIENCE = 4000; // milliseconds that the network has when there is something saved
const VISITS = 80; // pages and files kept because they were opened; the oldest go
const TOWNS = 3; // municipalities kept because one of their pages was opened; the one not used longest goes
const LASTING = /[?&]v=[0-9a-f]+|\.[0-9a-f]{8}\.(min\.)?(js|css)$|\.woff2$/;

const [FIRST, ...FURTHER] = Object.keys(SITE.words); // the first language stands at the root, others in a folder
const languageOf = (url) => FURTHER.find((code) => url.startsWith(`${SCOPE.href}${code}/`)) ?? FIRST;
/** The page of the same language about what is saved. */
const offlinePage = (url) => {
  const language = languageOf(url);
  return new URL(language === FIRST ? "offline/" : `${language}/offline/`, SCOPE).href;
};
const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const good = (response) => response.ok && response.type === "basic" && !response.redirected;
const bare = (url) => { const plain = new URL(url); plain.search = plain.hash = ""; return plain.href; };

// --- what is saved --------------------------------------------------------------------------------

const stamped = async (response) => new Response(await response.blob(), {
  headers: { "Content-Type": response.headers.get("Content-Type") ?? "", [SAVED]: new Date().toISOString() },
});
const savedAt = (response) => response.headers.get(SAVED) ?? "";
const ours = async () => (await caches.keys()).filter((name) => name.startsWith(OURS));

/** The newest copy of an address in any of our caches. */
async function find(url, options) {
  let best;
  for (const name of await ours()) {
    const found = await (await caches.open(name)).match(url, options);
    if (found && (!best || savedAt(found) > savedAt(best))) best = found;
  }
  return best;
}

async function remember(url, response) {
  const cache = await caches.open(VISITED);
  await cache.put(url, await stamped(response));
  const addresses = await cache.keys();
  await Promise.all(addresses.slice(0, Math.max(0, addresses.length - VISITS)).map((old) => cache.delete(old)));
}

/** A page that the site no longer has. */
async function forget(url) {
  for (const name of await ours()) await (await caches.open(name)).delete(url);
}

const cacheOf = (set, version) => `${OURS}${set}@${version}`;
const setOf = (name) => name.slice(OURS.length).split("@")[0];
const versionOf = (set) => SITE.sets[set]?.version ?? SITE.towns[set];
const noteOf = async (name) => (await (await caches.open(name)).match(WHOLE))?.json();
const write = async (name, note) => (await caches.open(name)).put(WHOLE, new Response(JSON.stringify(note)));

/** The caches of complete sets with their notes: what belongs to them, when they were used, whether on purpose. */
async function complete(set) {
  const found = [];
  for (const name of await ours()) {
    if (!name.includes("@") || (set && setOf(name) !== set)) continue;
    const note = await noteOf(name);
    if (note) found.push({ name, set: setOf(name), note });
  }
  return found;
}

async function contents(set) {
  if (SITE.sets[set]) return SITE.sets[set];
  const response = await fetch(new URL(`offline/${set}.json`, SCOPE), { cache: "no-cache" });
  const list = await response.json();
  if (list.version !== versionOf(set)) throw new Error("The site has changed since: the next worker sees to it.");
  return list;
}

/** Keep the newest version of a set; what has not changed is taken from the older one. */
async function keep(set, onPurpose = false) {
  const version = versionOf(set);
  if (!version) return;
  const name = cacheOf(set, version);
  const older = (await complete(set)).filter((one) => one.name !== name);
  let note = await noteOf(name);
  if (!note) {
    const list = await contents(set);
    await fill(await caches.open(name), list.files, older);
    note = { files: list.files, size: list.size ?? 0, onPurpose: older.some((one) => one.note.onPurpose) };
  }
  await write(name, { ...note, onPurpose: onPurpose || note.onPurpose, used: new Date().toISOString() });
  for (const old of await ours()) if (setOf(old) === set && old !== name) await caches.delete(old);
}

async function fill(cache, files, older) {
  for (const [path, version] of Object.entries(files)) {
    const url = new URL(path, SCOPE);
    if (await cache.match(url)) continue; // an interrupted run goes on where it stopped
    const same = older.find((one) => one.note.files[path] === version);
    const known = same && (await (await caches.open(same.name)).match(url));
    await cache.put(url, known ?? (await fetched(url)));
  }
}

async function fetched(url) {
  const response = await fetch(url, { cache: LASTING.test(url.href) ? "default" : "no-cache" });
  if (!good(response)) throw new Error(`${url}: ${response.status}`);
  return stamped(response);
}

async function remove(set) {
  for (const name of await ours()) if (setOf(name) === set) await caches.delete(name);
}

const unwanted = async () => (await (await (await caches.open(NOTES)).match(WHOLE))?.json()) ?? [];

/** A page was read to its end: what the reader saw is saved; unless data is dear, so is what belongs to it. */
async function visited({ url, files, sparing }) {
  const page = bare(url);
  for (const address of [page, ...files]) {
    if (!address.startsWith(SCOPE.href) || (await find(address))) continue;
    // What the browser still has costs nothing; the page itself may be asked for again.
    const cached = await fetch(address, { cache: "only-if-cached", mode: "same-origin" }).catch(() => undefined);
    const response = cached?.ok ? cached : address === page && !sparing ? await fetch(page, { cache: "no-cache" }) : null;
    if (response && good(response)) await remember(address, response);
  }
  if (sparing) return;
  const language = languageOf(url);
  const town = page.slice(SCOPE.href.length).split("/").find((part) => SITE.towns[`${language}/${part}`]);
  const own = town && `${language}/${town}`;
  const wanted = ["shell", language, ...(own && !(await unwanted()).includes(own) ? [own] : [])];
  for (const one of await complete()) if (one.name !== cacheOf(one.set, versionOf(one.set))) wanted.push(one.set);
  // A set that cannot be had today stays as it was, and does not keep the others waiting.
  for (const set of new Set(wanted)) await keep(set).catch(() => undefined);
  const byVisit = (await complete()).filter((one) => one.set.includes("/") && !one.note.onPurpose);
  byVisit.sort((one, other) => (one.note.used < other.note.used ? 1 : -1));
  for (const one of byVisit.slice(TOWNS)) await remove(one.set);
}

// --- answering ------------------------------------------------------------------------------------

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE.href) || request.headers.has("range")) return;
  if (request.cache === "only-if-cached" && request.mode !== "same-origin") return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (LASTING.test(request.url)) event.respondWith(lasting(event));
  else event.respondWith(data(event));
});

/** A file that never changes at its address; offline, an older or newer version of it is better than none. */
async function lasting(event) {
  const { url } = event.request;
  const found = await find(url);
  if (found) return found;
  try {
    return kept(event, url, await fetch(event.request));
  } catch (error) {
    const other = await find(url, { ignoreSearch: true });
    if (other) return other;
    throw error;
  }
}

function kept(event, url, response) {
  if (good(response)) event.waitUntil(remember(url, response.clone()));
  else if (response.status === 404 || response.status === 410) event.waitUntil(forget(url));
  return response;
}

/** What the network says in time, nothing where it fails, is too slow or the server is broken. */
const inTime = (network) => Promise.race([
  network.then((response) => (response.status < 500 ? response : undefined), () => undefined),
  wait(PATIENCE),
]);

/** What the server says today: the browser's own cache is asked only whether the server still says the same. */
const asked = (request) => fetch(request, { cache: "no-cache" });

async function page(event) {
  const url = bare(event.request.url);
  const network = asked(event.request);
  const found = await find(url);
  if (!found) return network.then((response) => kept(event, url, response), () => notKept(url));
  const response = await inTime(network);
  if (response) return kept(event, url, response);
  const text = await found.text();
  event.waitUntil(network.then((late) => compare(url, text, late, event.resultingClientId), () => undefined));
  const shown = url === offlinePage(url) ? text : withNotice(text, url, savedAt(found));
  return new Response(shown, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** Data of a page, and scripts without a version: as pages, but the notice is shown by the page that asked. */
async function data(event) {
  const { url } = event.request;
  const network = asked(event.request);
  const found = await find(url);
  if (!found) return kept(event, url, await network);
  const response = await inTime(network);
  if (response) return kept(event, url, response);
  network.catch(() => undefined);
  if (event.request.destination === "") event.waitUntil(tellOfData(event.clientId, savedAt(found)));
  return found;
}

async function notKept(url) {
  const address = offlinePage(url);
  return (await find(address)) ? Response.redirect(`${address}#${url.slice(SCOPE.href.length)}`) : Response.error();
}

// --- saying it ------------------------------------------------------------------------------------

const says = new RegExp(SITE.passing, "gs");
const substance = (html) => html.replace(says, "");
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

function savedWords(url, saved) {
  const words = SITE.words[languageOf(url)];
  const [y, m, d] = new Date(saved).toLocaleDateString("sv", { timeZone: "Asia/Tbilisi" }).split("-").map(Number);
  const day = words.days[m - 1].replace("{y}", y).replace("{d}", d);
  return { words: words.saved.replace("{day}", day), link: words.more, href: offlinePage(url) };
}

function withNotice(html, url, saved) {
  const { words, link, href } = savedWords(url, saved);
  const notice = `<p class="gz-saved">${escaped(words)} <a href="${escaped(href)}">${escaped(link)}</a></p>`;
  return html.replace(SITE.notices, () => SITE.notices.replace("></", `>${notice}</`));
}

/** The network answered after all: the page says whether what it shows is still so. */
async function compare(url, shown, late, client) {
  if (!good(late)) return;
  const text = await late.clone().text();
  await remember(url, late);
  const { newer, reload } = SITE.words[languageOf(url)];
  const same = substance(text) === substance(shown);
  await tell(client, same ? { kind: "current" } : { kind: "newer", words: newer, link: reload, href: "" });
}

async function tellOfData(id, saved) {
  const client = await self.clients.get(id);
  if (client?.type !== "window") return; // a script's own worker, such as that of the search
  const url = bare(client.url);
  if (url !== offlinePage(url)) await tell(id, { kind: "saved", ...savedWords(url, saved) });
}

const tell = async (client, message) => (await self.clients.get(client))?.postMessage(message);

/** A page that was shown as saved asks again when the connection is back. */
async function check(url, client) {
  const found = await find(bare(url));
  const late = await fetch(bare(url), { cache: "no-cache" }).catch(() => undefined);
  if (found && late) await compare(bare(url), await found.text(), late, client);
}

// --- its life -------------------------------------------------------------------------------------

self.addEventListener("install", (event) => {
  // What pages share must be whole before a new worker takes over; municipalities follow when a page is idle.
  const shared = async () => {
    for (const set of new Set((await complete()).map((one) => one.set))) if (SITE.sets[set]) await keep(set);
    await self.skipWaiting();
  };
  event.waitUntil(shared());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const name of await ours()) if (name.includes("@") && !versionOf(setOf(name))) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const ANSWERS = {
  visited,
  check: ({ url }, client) => check(url, client.id),
  list: async () => ({
    sets: (await complete()).map(({ set, note }) => ({ set, files: Object.keys(note.files), size: note.size })),
    visited: await addresses(VISITED),
  }),
  keep: async ({ set }) => {
    const language = set.split("/")[0];
    for (const one of ["shell", language]) await keep(one);
    await keep(set, true);
    await write(NOTES, (await unwanted()).filter((one) => one !== set));
  },
  remove: async ({ set }) => {
    await remove(set);
    await write(NOTES, [...new Set([...(await unwanted()), set])]);
  },
  clear: async () => { for (const name of await ours()) await caches.delete(name); },
};
const addresses = async (name) => (await (await caches.open(name)).keys()).map((request) => request.url.slice(SCOPE.href.length));

const CHANGING = ["visited", "keep", "remove", "clear"];
let turn = Promise.resolve(); // these one after the other: two tabs never fill the same set at once
self.addEventListener("message", (event) => {
  const { kind, ...asked } = event.data;
  if (!(kind in ANSWERS)) return;
  const answer = (CHANGING.includes(kind) ? turn : Promise.resolve()).then(() => ANSWERS[kind](asked, event.source));
  if (CHANGING.includes(kind)) turn = answer.catch(() => undefined);
  event.waitUntil(answer.then(
    (value) => event.ports[0]?.postMessage({ value }),
    (error) => event.ports[0]?.postMessage({ error: String(error) }),
  ));
});
