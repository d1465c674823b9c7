// The form of the finder: choices → address, count, results. Words come from the page, programmes from a file that is
// fetched when the reader first touches the form or comes with choices in the address.
import { FILTERS, TEXT, anyChosen, choose, counts, fromAddress, left, loosenings, noChoices, toAddress } from "./filtering.js";
import { indexOf, scoresOf } from "./matching.js";

const finder = document.getElementById("finder");
const part = (selector) => finder.querySelector(selector);
const form = part("form"), text = part(`[name=${TEXT}]`), count = part("[role=status]"), more = part(".gz-more");
const chosen = part(".gz-finder__chosen"), results = part(".gz-results"), nothing = part(".gz-finder__nothing");
const options = [...form.querySelectorAll("option")];
const words = JSON.parse(document.getElementById("gz-finder-words").textContent);
const { language, file } = finder.dataset;
const step = Number(finder.dataset.step);
const TYPING = 300; // milliseconds without a key before the results follow
const WEIGHTS = { name: 8, type: 5, summary: 2, label: 2 };
const today = new Date().toLocaleDateString("sv", { timeZone: "Asia/Tbilisi" });

const names = Object.fromEntries(FILTERS.map((key) => [key, {}]));
for (const { value, dataset } of options) if (value) names[dataset.key][value] = dataset.name;
const offered = Object.fromEntries(FILTERS.map((key) => [key, Object.keys(names[key])]));

const plural = new Intl.PluralRules(language);
const figure = new Intl.NumberFormat(language).format;
const fill = (pattern, parts) => pattern.replace(/\{(\w+)\}/g, (slot, name) => parts[name] ?? slot);
const counted = (key, n, parts = {}) => fill(words[key][plural.select(n) === "one" ? "one" : "other"], { n: figure(n), ...parts });

let choices = noChoices(), data, texts, found = [], shown = step, pending, typing = false, updated;

// --- the file ---------------------------------------------------------------------------------

let loading;
async function read() {
  const answer = await fetch(file);
  if (!answer.ok) throw new Error(answer.status);
  data = await answer.json();
}
// Once; after a failure the next call tries again.
const load = () => (loading ||= read().catch((fault) => { loading = undefined; throw fault; }));

const nameOf = (one) => data.name[one] || data.types[data.type[one]][0];
const groupsOf = (one) => data.groups[one].map((number) => names.group[data.group[number]]);
const townOf = (one) => names.municipality[data.municipality[data.town[one]]];

// Where the words of a programme stand, and how much each place weighs.
function textsOf(one) {
  const [type, summary, need] = data.types[data.type[one]];
  const labels = [townOf(one), names.need[data.need[need]], ...groupsOf(one)].join(" ");
  return [
    [nameOf(one), WEIGHTS.name],
    [type, WEIGHTS.type],
    [labels, WEIGHTS.label],
    [data.summary[one] || summary, WEIGHTS.summary],
  ];
}

function scores() {
  if (!choices[TEXT]) return null;
  texts ||= indexOf(data.id.map((_, one) => textsOf(one)), language);
  return scoresOf(choices[TEXT], texts);
}

// --- what is shown ----------------------------------------------------------------------------

const label = (key) => (key === TEXT ? fill(words.typed, { words: choices[TEXT] }) : names[key][choices[key]]);

function element(name, words, properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.textContent = words;
  return made;
}

const item = (...inside) => { const made = document.createElement("li"); made.append(...inside); return made; };

function drawForm(told) {
  if (text.value.trim() !== choices[TEXT]) text.value = choices[TEXT];
  for (const option of options) {
    const { key = option.parentElement.name, name } = option.dataset;
    const n = figure(told[key][option.value]);
    option.textContent = option.value ? fill(words.option, { name, n }) : fill(words.any, { n });
    option.selected = choices[key] === option.value && !(key === "municipality" && choices.region);
  }
}

function drawChosen() {
  const chips = [...FILTERS, TEXT].filter((key) => choices[key]).map((key) => {
    const chip = element("button", label(key), { type: "button", className: "gz-chip" });
    chip.setAttribute("aria-label", fill(words.remove, { name: label(key) }));
    chip.dataset.key = key;
    return item(chip);
  });
  chosen.querySelector("ul").replaceChildren(...chips);
  chosen.hidden = !chips.length;
}

function result(one) {
  const made = part("template").content.cloneNode(true);
  const [link, place, amount, who] = made.querySelectorAll("a, span");
  const town = data.municipality[data.town[one]];
  link.href = `${form.action}${town}/${data.id[one]}/`;
  link.textContent = nameOf(one);
  if (townOf(one)) place.textContent = townOf(one);
  else place.remove();
  if (data.amount[one]) amount.textContent = data.amount[one];
  if (groupsOf(one).length) who.textContent = fill(words.who, { groups: groupsOf(one).join(words.comma) });
  else who.remove();
  const later = data.until[one] && today > data.until[one] ? [data.later[one]] : [];
  for (const [kind, line] of [...later, ...data.state[one]].map((number) => data.lines[number])) {
    made.firstElementChild.append(element("span", line, { className: `gz-results__state gz-results__state--${kind}` }));
  }
  return made;
}

function drawResults() {
  const some = anyChosen(choices) ? found : [];
  results.replaceChildren(...some.slice(0, shown).map(result));
  more.hidden = some.length <= shown;
  more.textContent = fill(words.more, { n: figure(Math.min(step, Math.max(0, some.length - shown))) });
}

function drawNothing(scored) {
  nothing.hidden = found.length > 0;
  if (nothing.hidden) return;
  const ways = loosenings(data, choices, scored).map(([key, n]) => {
    const way = element("button", counted("without", n, { name: label(key) }), { type: "button" });
    way.dataset.key = key;
    return item(way);
  });
  nothing.querySelector(".gz-loosen").hidden = !ways.length;
  nothing.querySelector(".gz-loosen ul").replaceChildren(...ways);
  const town = data.municipality.indexOf(choices.municipality);
  const asked = town < 0 ? [[words.ask]] : data.contacts[town];
  nothing.querySelector(".gz-ask").replaceChildren(...asked.map(([said, address]) => item(address
    ? element("a", said, { href: address.includes(":") ? address : form.action + address, rel: "noopener" })
    : said)));
}

function draw() {
  const scored = scores();
  found = left(data, choices, scored);
  drawForm(counts(data, choices, scored));
  drawChosen();
  drawResults();
  drawNothing(scored);
  const said = anyChosen(choices) ? "found" : "all";
  const line = found.length ? counted(said, found.length) : words.nothing;
  if (count.textContent !== line) count.textContent = line;
}

async function update() {
  clearTimeout(pending);
  try {
    await load();
    part(".gz-finder__failed").hidden = true;
    draw();
  } catch {
    part(".gz-finder__failed").hidden = false;
  }
}

// --- what the reader does ---------------------------------------------------------------------

// New choices: the address follows. A choice is a step back for the back button; so is what was typed, as a whole.
function set(next, { replacing = false } = {}) {
  choices = next;
  shown = step;
  const address = location.pathname + toAddress(choices, location.search);
  history[replacing ? "replaceState" : "pushState"](null, "", address);
  return updated = update();
}

// Gives back when what is shown follows what is typed: Enter tells twice of the same words, as a change and as a submission.
function type() {
  const typed = text.value.trim();
  clearTimeout(pending);
  if (typed === choices[TEXT]) return updated;
  const replacing = typing;
  typing = true;
  return set({ ...choices, [TEXT]: typed }, { replacing });
}

function takeChoices() {
  choices = fromAddress(location.search, offered);
  shown = history.state?.shown || step;
  typing = false;
}

text.addEventListener("input", () => { clearTimeout(pending); pending = setTimeout(type, TYPING); });
text.addEventListener("change", async () => { await type(); typing = false; });

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  await type();
  count.focus();
});

form.addEventListener("change", ({ target }) => {
  if (target.tagName !== "SELECT") return;
  typing = false;
  set(choose(choices, target.selectedOptions[0].dataset.key || target.name, target.value));
});

// Take one choice away, or all; the focus goes on to the next chip, else to the first filter.
async function remove(next, place) {
  typing = false;
  await set(next);
  const chips = chosen.querySelectorAll(".gz-chip");
  (chips[Math.min(place, chips.length - 1)] || form.querySelector("select") || count).focus();
}

chosen.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { key } = button.dataset;
  const place = [...chosen.querySelectorAll(".gz-chip")].indexOf(button);
  remove(key ? { ...choices, [key]: "" } : noChoices(), place);
});

nothing.addEventListener("click", async ({ target }) => {
  const key = target.closest("button")?.dataset.key;
  if (!key) return;
  typing = false;
  await set({ ...choices, [key]: "" });
  count.focus();
});

more.addEventListener("click", () => {
  const before = shown;
  shown += step;
  history.replaceState({ shown }, "");
  drawResults();
  results.children[before].querySelector("a").focus();
});

part(".gz-finder__failed button").addEventListener("click", async () => { await update(); count.focus(); });
addEventListener("popstate", () => { takeChoices(); update(); });

takeChoices();
finder.hidden = false;
if (anyChosen(choices)) {
  history.replaceState(history.state, "", location.pathname + toAddress(choices, location.search) + location.hash);
  update();
} else {
  finder.addEventListener("focusin", () => load().catch(() => {}), { once: true });
}
