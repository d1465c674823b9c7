// "Is there something for me?": reads the answers, asks rules.js, shows what was found. Nothing is sent, kept or put into
// the address: the answers are the state of the form and nothing else.
import { evaluate, householdOf, reasons } from "./rules.js";

const root = document.querySelector(".gz-for-me");
const form = root.querySelector("form");
const words = JSON.parse(root.querySelector("#gz-for-me-words").textContent);
const result = root.querySelector(".gz-result");
const status = form.querySelector("[role=status]");
const jump = form.querySelector(".gz-counted a");
const GROUPS = { yes: true, perhaps: null, no: false };
const files = new Map();
let shown = [];   // the data of the chosen municipalities
let chosen = "";  // their ids, to know when they change

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

// --- the questions ---------------------------------------------------------------------------------

const field = (name) => form.elements[name];
const numberIn = (input) => {
  const value = input.value.trim();
  return /^\d+$/.test(value) && Number(value) <= Number(input.max) && Number(value) >= Number(input.min) ? Number(value) : undefined;
};

function agesOf(kind) {
  const box = form.querySelector(`[data-ages=${kind}]`);
  return [...box.querySelectorAll("p:not([hidden]) input")].map((input) => numberIn(input) ?? null);
}

// As many boxes for ages as there are people.
function showAges(kind, count) {
  const box = form.querySelector(`[data-ages=${kind}]`);
  box.hidden = !count;
  box.querySelectorAll("p").forEach((line, n) => { line.hidden = n >= (count ?? 0); });
}

// What can be ticked is what the programmes of the chosen municipalities ask for.
function showTicks() {
  const kept = new Set([...form.querySelectorAll(".gz-ticks input:checked")].map((input) => input.value));
  const ticks = new Map(shown.flatMap((data) => data.ticks).map((tick) => [tick.key, tick]));
  for (const question of form.querySelectorAll("[data-question]")) {
    const name = question.dataset.question;
    const some = [...ticks.values()].filter((tick) => tick.in === name);
    const boxes = some.map((tick) => box(tick.key, tick.words));
    if (some.length) boxes.push(box(`none:${name}`, words.nothing_else));
    const place = question.querySelector(".gz-ticks");
    place.replaceChildren(...boxes);
    place.hidden = !boxes.length;
    question.hidden = !question.querySelector("select, .gz-field, [type=radio]") && !boxes.length;
    for (const input of place.querySelectorAll("input")) input.checked = kept.has(input.value);
  }
}

function box(value, label) {
  const input = make("input", { type: "checkbox", value });
  return make("label", { className: "gz-choice" }, input, " ", make("span", { textContent: label }));
}

function answers() {
  const answer = { registered: field("registered").value, living: field("living").value };
  for (const name of ["minors", "grown", "adults"]) answer[name] = numberIn(field(name));
  Object.assign(answer, { minorAges: agesOf("minor"), adultAges: agesOf("adult") });
  const score = field("score").value;
  const number = score === "number" ? numberIn(field("score-number")) : undefined;
  if (score === "has" || number !== undefined) answer.score = { has: true, number, months: numberIn(field("score-months")) };
  const boxes = [...form.querySelectorAll(".gz-ticks input")];
  answer.ticked = boxes.filter((input) => input.checked && !input.value.startsWith("none:")).map((input) => input.value);
  answer.denied = boxes.filter((input) => !input.checked && nothingElse(input)).map((input) => input.value);
  return answer;
}

const nothingElse = (input) => input.closest(".gz-ticks").querySelector("[value^='none:']").checked;

// --- the result ------------------------------------------------------------------------------------

function show() {
  const answer = answers();
  const ticks = Object.fromEntries(shown.flatMap((data) => data.ticks).map((tick) => [tick.key, tick]));
  const household = householdOf(answer, ticks);
  const rows = new Map();
  for (const data of shown)
    for (const [n, program] of data.programs.entries())
      rows.set(program.page, { program, data, n, value: evaluate(program.rule, household) });
  const counts = {};
  for (const [name, value] of Object.entries(GROUPS)) {
    const found = [...rows.values()].filter((row) => row.value === value).map((row) => ({ ...row, why: reasons(row.program.rule, household, value) }));
    if (value === null) nearestFirst(found, household);
    counts[name] = found.length;
    fill(name, found);
  }
  say(words.count.replace(/\{(\w+)\}/g, (slot, name) => counts[name]));
  result.querySelector(".gz-calls").replaceChildren(...shown.filter((data) => data.call).map((data) =>
    make("li", {}, `${data.name}: `, make("a", { href: data.call[1], textContent: data.call[0] }))));
  result.hidden = jump.hidden = false;
}

// What the answers already speak for comes first, then what leaves least to ask.
function nearestFirst(rows, household) {
  for (const row of rows) row.met = reasonsFor(row.program.rule, household);
  rows.sort((a, b) => Number(b.met > 0) - Number(a.met > 0) || a.why.length - b.why.length);
}

function reasonsFor(rule, household) {
  if (rule.is) return rule.is !== "home" && rule.is !== "ask" && evaluate(rule, household) === true ? 1 : 0;
  return (rule.all ?? rule.any ?? []).reduce((sum, part) => sum + reasonsFor(part, household), 0);
}

function fill(name, rows) {
  const place = result.querySelector(`[data-group=${name}]`);
  place.hidden = !rows.length;
  place.querySelector("h3, summary").textContent = `${words[name]} (${rows.length})`;
  place.querySelector("ul").replaceChildren(...choices(rows).map((some) => some.length > 1 && name !== "no" ? choice(some, name) : line(some[0], name)));
}

// Rows in their order; those that exclude each other stand together.
function choices(rows) {
  const together = [];
  for (const row of rows) {
    const some = together.find((others) => others.some((other) => other.data === row.data && other.program.excludes.includes(row.n)));
    if (some) some.push(row); else together.push([row]);
  }
  return together;
}

function choice(rows, name) {
  const list = make("ul", { className: "gz-found" }, ...rows.map((row) => line(row, name)));
  return make("li", { className: "gz-either" }, make("p", { textContent: words.choice }), list);
}

function line({ program, data, why }, name) {
  const link = make("a", { href: program.page, textContent: program.name });
  const head = make("p", { className: "gz-found__name" }, link, " ", make("b", { textContent: program.amount }));
  const state = program.status.map((n) => data.words[n]).join(" ");
  const item = make("li", {}, head, ...because(why, name, data), make("p", { className: "gz-found__status", textContent: state }));
  return item;
}

function because(why, name, data) {
  const said = why.map((reason) => reason.any ? alternatives(reason.any, data) : make("li", { textContent: data.words[reason] }));
  if (!said.length && name === "perhaps") said.push(make("li", { textContent: words.same_person }));
  return said.length ? [make("p", { className: "gz-why", textContent: words[`because_${name}`] }), make("ul", {}, ...said)] : [];
}

function alternatives(some, data) {
  const text = (one) => one.any ? one.any.map((inner) => inner.map(text).join(words.and)).join(" / ") : data.words[one];
  return make("li", {}, words.one_of, make("ul", {}, ...some.map((one) => make("li", { textContent: one.map(text).join(words.and) }))));
}

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

// --- what happens ----------------------------------------------------------------------------------

function load(id) {
  if (!files.has(id)) {
    const address = root.dataset.data.replace("MUNICIPALITY", id);
    files.set(id, fetch(address).then((answer) => { if (!answer.ok) throw new Error(answer.status); return answer.json(); }));
    files.get(id).catch(() => files.delete(id));
  }
  return files.get(id);
}

async function update() {
  showAges("minor", numberIn(field("minors")));
  showAges("adult", numberIn(field("adults")));
  form.querySelector(".gz-score").hidden = field("score").value !== "number";
  const selects = [field("registered"), field("living")];
  const wanted = [...new Set(selects.filter((select) => select.selectedOptions[0].dataset.full !== undefined).map((select) => select.value))];
  if (wanted.join() !== chosen) {
    chosen = wanted.join();
    try {
      const found = await Promise.all(wanted.map(load));
      if (wanted.join() !== chosen) return;
      shown = found;
    } catch {
      chosen = "";
      return nothing(words.failed);
    }
    showTicks();
  }
  if (shown.length) return show();
  nothing(selects.some((select) => select.value) ? words.no_programs : words.where_first);
}

function nothing(text) {
  shown = [];
  showTicks();
  result.hidden = jump.hidden = true;
  say(text);
}

form.addEventListener("input", update);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(() => {
  update();
  field("registered").focus();
}));
root.querySelector("[data-without]").hidden = true;
root.querySelector(".gz-lists").open = false;
form.hidden = false;
form.reset();
