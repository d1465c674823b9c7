// A card in use: papers ticked, the card heard, shared, printed. Words come from the page; nothing leaves the browser.

const card = document.querySelector("[data-gz-card]");
const tools = card.querySelector(".gz-tools");
const said = tools.querySelector("[role=status]");
const tool = (name) => tools.querySelector(`[data-gz-${name}]`);

// --- papers: each tick is kept by the paper that it stands for, never by its place in the list ----

const shelf = `gz-ticks/${card.dataset.gzCard}`;

/** The papers ticked before; none where the browser keeps nothing. */
const kept = () => {
  try { return new Set(JSON.parse(localStorage.getItem(shelf) ?? "[]")); } catch { return new Set(); }
};

/** Keep the papers ticked now; false where the browser keeps nothing. */
const keep = (papers) => {
  try {
    if (papers.length) localStorage.setItem(shelf, JSON.stringify(papers));
    else localStorage.removeItem(shelf);
    return true;
  } catch { return false; }
};

/** A box before the words of a paper, inside one label. */
const boxed = (item, ticked) => {
  const [label, box, words] = ["label", "input", "span"].map((name) => document.createElement(name));
  box.type = "checkbox";
  box.checked = ticked.has(item.dataset.gzKey);
  words.append(...item.childNodes);
  label.append(box, words);
  item.append(label);
  return box;
};

const ticks = card.querySelector("[data-gz-ticks]");
if (ticks) {
  const ticked = kept();
  const items = [...card.querySelectorAll(".gz-check > [data-gz-key]")];
  const boxes = items.map((item) => boxed(item, ticked));
  const [count, about] = ticks.querySelectorAll("p");
  const tell = () => {
    const ready = items.filter((_, at) => boxes[at].checked).map((item) => item.dataset.gzKey);
    count.textContent = count.dataset.words.replace("{n}", ready.length);
    if (!keep(ready)) about.textContent = about.dataset.forgotten;
  };
  card.addEventListener("change", tell);
  ticks.querySelector("[data-gz-clear]").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    tell();
  });
  tell();
  ticks.hidden = false;
}

// --- share or copy, print -------------------------------------------------------------------------

const address = location.href.split(/[?#]/)[0];
const [share, copy] = [tool("share"), tool("copy")];
const copied = () => navigator.clipboard.writeText(address).then(
  () => { said.textContent = copy.dataset.copied; },
  () => { said.textContent = copy.dataset.notCopied; },
);
if (navigator.share) {
  share.hidden = false;
  share.addEventListener("click", () => {
    const { title, text } = share.dataset;
    navigator.share({ title, text, url: address }).catch((why) => {
      if (why.name !== "AbortError" && navigator.clipboard) copied();
    });
  });
} else if (navigator.clipboard) {
  copy.hidden = false;
  copy.addEventListener("click", copied);
}
tool("print").addEventListener("click", () => print());

// --- messages for staff --------------------------------------------------------------------------

const messages = document.querySelector(".gz-messages");
if (messages && navigator.clipboard) {
  const heard = messages.querySelector("[role=status]");
  for (const button of messages.querySelectorAll("[data-gz-copy-text]")) {
    const text = button.parentElement.querySelector(".gz-message").textContent;
    button.hidden = false;
    button.addEventListener("click", () => navigator.clipboard.writeText(text).then(
      () => { heard.textContent = heard.dataset.copied; },
      () => { heard.textContent = heard.dataset.notCopied; },
    ));
  }
}

// --- read aloud -----------------------------------------------------------------------------------

const LONGEST = 180; // signs: Chrome breaks off long utterances
const NUMBER = "(\\d+(?:[.,\\u00a0]\\d+)*)";
const [listen, stop] = [tool("listen"), tool("stop")];
const plain = (words) => words.replace(/[.*+?^$|()[\]\\]/g, "\\$&");
const spoken = JSON.parse(listen.dataset.spoken).map(([written, words]) => [
  new RegExp(plain(written).replace(/\{(\w)\}/g, (_, slot) => NUMBER.replace("(", `(?<${slot}>`)), "g"),
  words.replace(/\{(\w)\}/g, "$<$1>"),
]);

/** What a voice is given for the words of a page: signs as words, long numbers in one piece. */
const forVoice = (text) => spoken
  .reduce((words, [written, way]) => words.replace(written, way), text)
  .replace(/(?<![+\d\u00a0])\d{1,3}(\u00a0\d{3})+(?![\d\u00a0])/g, (digits) => digits.replaceAll("\u00a0", ""))
  .replace(/\s+/g, " ").trim();

/** The text in pieces that end with a sentence, else with a part of one, else with a word. */
const pieces = (text) => {
  if (text.length <= LONGEST) return text ? [text] : [];
  const start = text.slice(0, LONGEST);
  const ends = [/.*[.;:!?] /, /.*, /, /.* /].map((end) => start.match(end)?.[0].length ?? 0);
  const end = ends.find((length) => length > LONGEST / 4) ?? LONGEST;
  return [start.slice(0, end).trim(), ...pieces(text.slice(end).trim())];
};

/** The words of an element without those of a list inside it. */
const own = (element) => [...element.childNodes].filter((node) => node.nodeName !== "UL").map((node) => node.textContent).join("");

/** Everything to be read, in order, each piece with the part of the card that it stands in. */
const script = () => [card.querySelector("header"), ...card.querySelectorAll(".gz-section")].flatMap((part) =>
  [...part.querySelectorAll("h1, h2, p, li, address > span")]
    .filter((element) => !element.closest("[hidden], [data-gz-script], .gz-actions, .gz-qr"))
    .flatMap((element) => pieces(forVoice(own(element))).map((text) => ({ part, text }))));

// Only a voice of the device itself: others send what they read to their maker.
const voice = () =>
  speechSynthesis.getVoices().find((one) => one.localService && one.lang.split(/[-_]/)[0] === card.lang);

let lines = [];
let at = 0;
let turn = 0; // what an utterance that was cut off says afterwards concerns nobody
let state = "listen";
let utterance; // held, so that it is not swept away while it speaks

const mark = (part) => {
  card.querySelector("[data-gz-reading]")?.removeAttribute("data-gz-reading");
  if (part) part.dataset.gzReading = listen.dataset.reading;
};
const become = (next) => {
  state = next;
  turn += 1;
  const offered = { listen: "listen", reading: "pause", paused: "goOn" }[next];
  listen.textContent = listen.dataset[offered];
  stop.hidden = next === "listen";
  tools.classList.toggle("gz-tools--reading", next !== "listen");
};
const end = () => { if (document.activeElement === stop) listen.focus(); become("listen"); mark(); at = 0; };
const quiet = () => { end(); speechSynthesis.cancel(); };
const speak = () => {
  if (at >= lines.length) return end();
  const mine = turn;
  const { part, text } = lines[at];
  mark(part);
  utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice();
  utterance.lang = utterance.voice?.lang ?? card.lang;
  utterance.onend = () => { if (mine === turn) { at += 1; speak(); } };
  utterance.onerror = () => { if (mine === turn) { end(); said.textContent = listen.dataset.noVoice; } };
  speechSynthesis.speak(utterance);
};

// A pause is a stop that remembers its place: on Android `pause` ends the speech for good.
listen.addEventListener("click", () => {
  if (state === "reading") { become("paused"); return speechSynthesis.cancel(); }
  if (state === "listen") { lines = script(); said.textContent = ""; }
  become("reading");
  speak();
});
stop.addEventListener("click", quiet);
addEventListener("keydown", (event) => { if (event.key === "Escape" && state !== "listen") quiet(); });
addEventListener("pagehide", () => { if (state !== "listen") quiet(); });

if ("speechSynthesis" in window) {
  const offer = () => { listen.hidden = !voice() && state === "listen"; };
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  offer();
}
tools.hidden = false;

// --- on a phone the number stays at hand where the button above has left the screen --------------

const bar = card.querySelector("[data-gz-callbar]");
if (bar) new IntersectionObserver(([above]) => { bar.hidden = above.isIntersecting; }).observe(card.querySelector(".gz-actions"));

// --- from a sheet of paper -------------------------------------------------------------------------

const edition = new URLSearchParams(location.search).get("e");
if (edition) import("./edition.js").then(({ tell }) => tell(card, edition)).catch(() => undefined);
