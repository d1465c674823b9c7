/* The form of one programme: draws it, asks the server what is to be said of it, shows the card, keeps it. */

import { ask } from "./asking.js";
import { Drawing, filled, idOf, make } from "./drawing.js";

const PAUSE = 300;
/* Milliseconds after the last key before the server is asked. */
const STATES = ["open", "exhausted", "suspended", "closed"];

const given = JSON.parse(document.getElementById("given").textContent);
const { words, shape, language, today } = given;
const [form, status, preview, quick, changes, whole, clash, save, back, toProblem, note] = [
  "form", "status", "preview", "quick", "changes", "whole", "clash", "save", "back", "to-problem", "card-note",
].map((id) => document.getElementById(id));
const others = new BroadcastChannel("guideline-edit");

let base = given.record;
let record = structuredClone(base);
let canUndo = given.canUndo;
let looked = { problems: [], remarks: [], changes: [] };
let cardIn = language;
let asking = new AbortController();
let waiting = 0;
let busy = false;
let news = "";

// --- what differs -------------------------------------------------------------------------------

/** A record without what is empty, its fields in one order: two that say the same are the same text. */
function essence(value) {
  if (Array.isArray(value)) return value.map(essence).filter((item) => item !== undefined);
  if (value && typeof value === "object") {
    const kept = Object.keys(value).sort().map((key) => [key, essence(value[key])]).filter(([, item]) => item !== undefined);
    return kept.length ? Object.fromEntries(kept) : undefined;
  }
  return value?.trim() || undefined;
}
const same = (one, other) => JSON.stringify(essence(one) ?? null) === JSON.stringify(essence(other) ?? null);
const dirty = () => !same(base, record);

// --- drawing ------------------------------------------------------------------------------------

const drawing = new Drawing({
  shape,
  words,
  record: () => record,
  changed: changed,
  redraw: (loc) => {
    draw();
    const here = document.getElementById(idOf(loc)) ?? form.querySelector(`[data-loc="${loc.join(".")}"]`);
    (here?.matches("input, select, textarea") ? here : here?.querySelector("input, select, textarea, button"))?.focus();
  },
  say: (said) => tell(said),
  locked: (loc) => loc.length === 1 && (loc[0] === "municipality" || (loc[0] === "id" && base.listed !== "draft")),
});

function draw() {
  form.replaceChildren(
    ...shape.sections.map(({ id, fields }) =>
      make("section", { id: `part-${id}`, class: "part", "aria-labelledby": `part-${id}-title` },
        make("h2", { id: `part-${id}-title`, tabIndex: -1, textContent: words[`part-${id}`] }),
        ...drawing.fields(shape.top, [], fields)),
    ),
  );
  document.getElementById("parts").replaceChildren(
    make("ul", {}, ...shape.sections.map(({ id }) => make("li", {}, make("a", { href: `#part-${id}`, textContent: words[`part-${id}`] })))),
  );
  drawQuick();
  show();
}

function drawQuick() {
  quick.hidden = record.listed === "draft" || record.listed === "name-only";
  quick.querySelector(".row").replaceChildren(
    ...STATES.map((state) => {
      const on = record.state?.is === state;
      const button = make("button", { type: "button", class: "choice", textContent: words[`quick-${state}`], "aria-pressed": String(on) });
      button.addEventListener("click", () => {
        record.state = { is: state, since: today };
        changed();
        draw();
        quick.querySelectorAll("button")[STATES.indexOf(state)].focus();
      });
      return button;
    }),
  );
}

// --- what is to be said of it ---------------------------------------------------------------------

function changed() {
  news = "";
  clearTimeout(waiting);
  waiting = setTimeout(look, PAUSE);
  show();
}

async function look() {
  asking.abort();
  asking = new AbortController();
  const found = await ask(`/${language}/look`, { key: given.key, value: record, card: cardIn }, asking.signal);
  if (found.aborted || busy) return;
  if (found.gone || !found.problems) {
    tell(found.problems?.[0]?.words ?? words.gone);
    return;
  }
  looked = found;
  if (!same(found.record, base)) meanwhile(found.record);
  showCard();
  show();
}

/** The file has changed since this form was opened: where nothing was typed, its values are taken over. */
function meanwhile(now) {
  if (dirty()) {
    tell(words["changed-elsewhere"]);
    return;
  }
  base = now;
  record = structuredClone(now);
  draw();
  look();
  tell(words["taken-over"]);
}

/** The place in the form that is nearest to a place of the record. */
function nearest(loc) {
  for (let length = loc.length; length > 0; length -= 1) {
    const found = form.querySelector(`[data-loc="${CSS.escape(loc.slice(0, length).join("."))}"]`);
    if (found) return found;
  }
  return null;
}

function show() {
  for (const message of form.querySelectorAll(".message:not([hidden])")) {
    message.hidden = true;
    message.replaceChildren();
  }
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const link of document.querySelectorAll("#parts a")) link.removeAttribute("data-count");
  whole.replaceChildren();
  for (const { loc, words: said } of looked.problems) place(loc, said, true);
  for (const { loc, words: said } of looked.remarks) place(loc, filled(words.remark, { words: said }), false);
  whole.hidden = !whole.childElementCount;
  if (!whole.hidden) whole.prepend(make("p", { textContent: words["at-the-top"] }));
  showBar();
}

function place(loc, said, wrong) {
  const here = nearest(loc);
  const line = make("span", { class: wrong ? "wrong" : "noted", textContent: said });
  if (!here) {
    whole.append(make("p", { textContent: said }));
    return;
  }
  const message = here.querySelector(".message");
  message.append(line);
  message.hidden = false;
  if (!wrong) return;
  const control = here.matches("fieldset") ? null : here.querySelector("input, select, textarea");
  control?.setAttribute("aria-invalid", "true");
  const part = here.closest("section").id;
  const link = document.querySelector(`#parts a[href="#${part}"]`);
  link.dataset.count = Number(link.dataset.count ?? 0) + 1;
}

// --- the bar ------------------------------------------------------------------------------------

function tell(said) {
  news = said;
  showBar();
}

function showBar() {
  const wrong = looked.problems.length;
  const changing = dirty();
  const count = changing ? looked.changes.length : 0;
  status.textContent = news || (changing && wrong ? filled(words.problems, { n: wrong }) : count ? filled(words["will-change"], { n: count }) : changing ? words.checking : words["as-saved"]);
  status.classList.toggle("bad", changing && wrong > 0);
  changes.hidden = !count;
  changes.querySelector("summary").textContent = filled(words["will-change"], { n: count });
  changes.querySelector("ul").replaceChildren(...(count ? looked.changes : []).map((line) => make("li", { textContent: line })));
  toProblem.hidden = !(changing && wrong);
  back.hidden = !(changing || canUndo);
  back.textContent = changing ? words.discard : words.undo;
  save.textContent = busy ? words.saving : words.save;
}

toProblem.addEventListener("click", () => {
  const first = form.querySelector("[aria-invalid]") ?? form.querySelector(".message:not([hidden])")?.closest("fieldset")?.querySelector("input, select, textarea, button");
  (first ?? whole).focus();
});

back.addEventListener("click", async () => {
  if (dirty()) {
    record = structuredClone(base);
    looked = { ...looked, problems: [], remarks: [], changes: [] };
    clash.hidden = true;
    draw();
    changed();
    document.getElementById("name").scrollIntoView();
    return;
  }
  const done = await ask(`/${language}/undo`, {});
  if (done.gone) {
    tell(words.gone);
    return;
  }
  canUndo = done.canUndo;
  others.postMessage(given.key);
  const now = await ask(`/${language}/look`, { key: given.key, value: record, card: cardIn });
  if (!now.record) {
    location.assign(`/${language}/`);
    return;
  }
  base = now.record;
  record = structuredClone(base);
  draw();
  look();
  tell(done.undone ? words.undone : words["not-undone"]);
});

// --- keeping ------------------------------------------------------------------------------------

async function keep() {
  if (busy) return;
  if (!dirty()) {
    tell(words["nothing-to-save"]);
    return;
  }
  const focused = document.activeElement?.id;
  busy = true;
  news = words.saving;
  clearTimeout(waiting);
  asking.abort();
  form.inert = true;
  showBar();
  const kept = await ask(`/${language}/save`, { key: given.key, base, value: record });
  busy = false;
  form.inert = false;
  news = "";
  document.getElementById(focused)?.focus({ preventScroll: true });
  answered(kept);
  if (!clash.hidden) clash.focus();
}

function answered(kept) {
  if (kept.gone || !kept.problems) {
    tell(words.gone);
  } else if (kept.clashes?.length) {
    showClash(kept);
  } else if (kept.problems.length) {
    looked = { ...looked, problems: kept.problems };
    show();
    toProblem.click();
  } else {
    canUndo = kept.canUndo;
    clash.hidden = true;
    others.postMessage(kept.key);
    base = kept.record;
    record = structuredClone(base);
    if (kept.key !== given.key) {
      location.replace(`/${language}/program/${kept.key}`);
      return;
    }
    looked = { ...looked, problems: [], changes: [] };
    draw();
    look();
    tell(`${filled(words.saved, { n: kept.changes.length })} ${words["saved-next"]}`);
  }
}

function showClash({ clashes, record: theirs, merged }) {
  const lines = clashes.map((one) => make("li", { textContent: filled(words["clash-line"], one) }));
  const choose = (code, start) => {
    const button = make("button", { type: "button", class: "button", textContent: words[code] });
    button.addEventListener("click", () => {
      base = theirs;
      record = structuredClone(start);
      clash.hidden = true;
      draw();
      changed();
      save.focus();
    });
    return button;
  };
  const buttons = make("div", { class: "row" }, choose("keep-mine", merged), choose("keep-theirs", withTheirs(merged, theirs, clashes)));
  clash.replaceChildren(make("p", { textContent: words.clash }), make("ul", {}, ...lines), buttons);
  clash.hidden = false;
  showBar();
}

/** What both sides changed together, with the file's values where they clash. */
function withTheirs(merged, theirs, clashes) {
  const made = structuredClone(merged);
  for (const { loc } of clashes) {
    const inner = loc.slice(0, -1).reduce((value, key) => value?.[key], made);
    const value = loc.reduce((found, key) => found?.[key], theirs);
    if (value === undefined) delete inner[loc.at(-1)];
    else inner[loc.at(-1)] = structuredClone(value);
  }
  return made;
}

save.addEventListener("click", keep);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
    event.preventDefault();
    keep();
  }
});
window.addEventListener("beforeunload", (event) => {
  if (dirty()) event.preventDefault();
});
others.addEventListener("message", look);
document.addEventListener("visibilitychange", () => document.hidden || look());

// --- the card -----------------------------------------------------------------------------------

/** The card comes from our own templates, escaped there; nothing of it can run in the frame. */
function showCard() {
  note.hidden = Boolean(looked.card);
  const target = preview.contentDocument?.getElementById("card");
  if (!looked.card || !target) {
    note.textContent = target?.dataset.filled ? words["card-old"] : words["card-none"];
    return;
  }
  const made = new DOMParser().parseFromString(looked.card, "text/html");
  target.replaceChildren(...made.body.childNodes);
  target.dataset.filled = "true";
  preview.contentDocument.documentElement.lang = cardIn;
}

function pressed(name, chosen) {
  for (const button of document.querySelectorAll(`[data-${name}]`)) {
    button.setAttribute("aria-pressed", String(button === chosen));
  }
}

for (const button of document.querySelectorAll("[data-card-language]")) {
  button.addEventListener("click", () => {
    cardIn = button.dataset.cardLanguage;
    pressed("card-language", button);
    look();
  });
}
for (const button of document.querySelectorAll("[data-card-width]")) {
  button.addEventListener("click", () => {
    document.querySelector(".desk").classList.toggle("desk--wide", button.dataset.cardWidth === "wide");
    pressed("card-width", button);
  });
}

function prepared() {
  preview.contentDocument.addEventListener("click", (event) => event.target.closest("a") && event.preventDefault());
  showCard();
}
preview.addEventListener("load", prepared);
if (preview.contentDocument?.readyState === "complete" && preview.contentDocument.getElementById("card")) prepared();
draw();
look();
