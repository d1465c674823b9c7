// The page about what is saved: lists it from the phone's own store, and removes it.
import { ask, forget, off, turn, worker } from "./worker.js";

const root = document.querySelector("[data-gz-kept]");
const state = document.querySelector("[data-gz-nothing]");
const { nothing, other, size, remove, removeAll, removed, resume } = root.dataset;
const language = document.documentElement.lang;

// Whoever comes here instead of a page that is not saved is told so, and can try again.
const missing = location.hash.slice(1);
const wanted = missing && new URL(decodeURIComponent(missing), __md_scope);
if (wanted && wanted.href.startsWith(__md_scope.href)) {
  document.querySelector("[data-gz-again]").href = wanted.href;
  document.querySelector("[data-gz-missing]").hidden = false;
}

const make = (tag, words, className) => Object.assign(document.createElement(tag), { textContent: words, className: className ?? "" });
const button = (words, action) => {
  const made = make("button", words, "md-button");
  made.type = "button";
  made.addEventListener("click", action);
  return made;
};

/** The name of a saved page, as its own heading says it. */
async function nameOf(address) {
  const saved = await caches.match(new URL(address, __md_scope));
  const page = saved && new DOMParser().parseFromString(await saved.text(), "text/html");
  return page?.querySelector("article h1")?.textContent.trim();
}

/** An element that holds the link to a saved page, under its name; nothing where it has none. */
async function linked(tag, address) {
  const name = await nameOf(address);
  if (!name) return undefined;
  const holder = document.createElement(tag);
  const link = make("a", name);
  link.href = new URL(address, __md_scope).href;
  holder.append(link);
  return holder;
}

async function links(addresses) {
  const list = make("ul", "", "gz-programs");
  for (const address of addresses) list.append((await linked("li", address)) ?? "");
  return list;
}

async function part(set, [first, ...rest], bytes) {
  const heading = (await linked("h3", first)) ?? make("h3", set);
  const amount = size.replace("{n}", Math.max(1, Math.round(bytes / 1024)));
  const away = button(`${remove} (${amount})`, async () => { await ask("remove", { set }); await show(); });
  away.setAttribute("aria-label", `${away.textContent}: ${heading.textContent}`);
  return [heading, await links(rest), away];
}

// Folders of two letters are languages; the first language has none.
const folder = location.pathname.slice(__md_scope.pathname.length).replace(/offline\/.*$/, "");
const mine = (set) => set.startsWith(`${language}/`);
const isPage = (address) => /^$|\/$/.test(address) && (address.match(/^[a-z]{2}\//)?.[0] ?? "") === folder;

async function show() {
  if (off()) return over();
  const { sets, visited } = await ask("list");
  const kept = sets.filter(({ set }) => mine(set));
  const inSets = new Set(sets.flatMap(({ files }) => files));
  const others = await links(visited.filter((address) => isPage(address) && !inSets.has(address)));
  const parts = [];
  for (const one of kept) parts.push(...(await part(one.set, one.files, one.size)));
  if (others.hasChildNodes()) parts.push(make("h3", other), others);
  state.textContent = parts.length ? "" : nothing;
  root.replaceChildren(...parts);
  if (parts.length) root.append(button(removeAll, async () => { await forget(); over(); }));
}

/** Nothing is saved, by the reader's wish. */
function over() {
  state.textContent = removed;
  root.replaceChildren(button(resume, async () => { turn(true); await worker(); await show(); }));
}

if ("serviceWorker" in navigator) show();
