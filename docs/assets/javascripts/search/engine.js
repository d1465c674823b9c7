// Finds entries of the index that hooks/guideline/search.py writes: [address, title, text, leads, more, weight].
import * as georgian from "./georgian.js";
import { stem as english } from "./english.js";
import { folded } from "./latin.js";
import { isNear } from "./near.js";

// How much a word counts where it stands: in the title, among the words that lead to an entry, in its text, elsewhere.
const TITLE = 6, LEAD = 3.5, TEXT = 1, MORE = 0.6;
// How well a word fits: itself, the beginning of a word, another way of writing it, a word like it.
const SAME = 1, BEGINNING = 0.6, ALIKE = 0.8, NEAR = 0.4;
const ENOUGH = 0.6; // of what the best entry of the same part of the index, or of one before it, has of the question
const WITH_WORDS = 40; // results that get their words; readers look no further, and each costs time
const AROUND = 70, EXCERPT = 200; // letters
const SECTIONS = 4; // of one page

// Words of a question that say nothing about what is looked for.
const EMPTY = new Set(
  ("და ან თუ რომ რა რას ვინ ვის ვისთვის როგორ როდის სად რამდენი რამდენს რატომ არის არ ვარ მაქვს მინდა მე ჩემი ჩემს ის ეს კი ხომ" +
    " the a an and or of in on for to is are am i my me we do does what who how when where can with from at it be").split(" "),
);

const WORD = /\d+(?:[\u00a0 ,.]\d{3}(?!\d))*|\p{L}[\p{L}\p{M}]*/gu;
const words = (text) => [...text.matchAll(WORD)].map((found) => ({ typed: found[0], at: found.index }));
const plain = (word) => (/^\d/.test(word) ? word.replace(/\D/g, "") : folded(word.toLowerCase()));
const stem = (word) => (georgian.GEORGIAN.test(word) ? georgian.stem(word) : english(word));

export class Index {
  entries = [];
  pages = new Map(); // address → the entry of the page itself
  terms = new Map(); // stem → number
  known = new Map(); // word as it stands → number of its stem
  places = []; // by number: entry → how much the word counts there
  parts = 0;

  add({ shared, entries }) {
    const part = this.parts++;
    const leads = shared.map((text) => this.numbers(text));
    for (const [address, title, text, led, more, weight] of entries) {
      const at = this.entries.length;
      const [page, anchor] = address.split("#");
      const titled = new Set(this.numbers(title));
      for (const number of this.numbers(more)) this.put(number, at, MORE);
      for (const number of this.numbers(text)) this.put(number, at, TEXT);
      for (const lead of led) for (const number of leads[lead]) this.put(number, at, LEAD);
      for (const number of titled) this.put(number, at, TITLE);
      const entry = { address, page, title, text, weight, titled, part };
      this.entries.push(entry);
      if (!anchor) this.pages.set(page, entry);
    }
    this.sorted = [...this.known.keys()].sort();
    this.keys = undefined;
  }

  numbers(text) {
    return words(text).map(({ typed }) => this.number(plain(typed)));
  }

  number(word) {
    let number = this.known.get(word);
    if (number === undefined) {
      const root = stem(word);
      number = this.terms.get(root);
      if (number === undefined) {
        this.terms.set(root, (number = this.places.length));
        this.places.push(new Map());
      }
      this.known.set(word, number);
    }
    return number;
  }

  put(number, at, worth) {
    const places = this.places[number];
    const before = places.get(at) ?? 0;
    places.set(at, before < worth ? worth : before + 0.05);
  }

  // The stems that a word of a question may mean, and how well each fits.
  meanings(typed) {
    const word = plain(typed);
    const found = new Map();
    const take = (number, fit) => number !== undefined && (found.get(number) ?? 0) < fit && found.set(number, fit);
    take(this.terms.get(stem(word)), SAME);
    for (const number of this.beginningWith(word)) take(number, BEGINNING);
    if (/^[a-z]/.test(word) || !found.size) this.writtenOtherwise(typed, take);
    if (!found.size) this.near(typed, take);
    return found;
  }

  *beginningWith(word) {
    const root = stem(word);
    for (const start of root.length > 3 && word.startsWith(root) ? [root] : [word]) {
      for (let at = firstFrom(this.sorted, start); this.sorted[at]?.startsWith(start); at++) yield this.known.get(this.sorted[at]);
    }
  }

  writtenOtherwise(typed, take) {
    for (const word of readings(typed)) {
      const root = stem(word);
      take(this.terms.get(root), ALIKE);
      for (const number of this.folded.stems.get(georgian.fold(root)) ?? []) take(number, ALIKE);
      if (word.length > 2) for (const number of this.beginningWith(word)) take(number, BEGINNING * ALIKE);
      const start = georgian.fold(word);
      if (start.length < 4) continue;
      const { starts } = this.folded;
      for (let at = firstFrom(starts, start, 0); starts[at]?.[0].startsWith(start); at++) {
        take(this.known.get(starts[at][1]), BEGINNING * ALIKE);
      }
    }
  }

  near(typed, take) {
    let least = Infinity;
    const candidates = [];
    for (const word of readings(typed)) {
      const root = georgian.fold(stem(word));
      for (const [other, numbers] of this.folded.stems) {
        const away = isNear(root, other);
        if (away > least || away === Infinity) continue;
        least = away;
        candidates.push([away, numbers]);
      }
    }
    for (const [away, numbers] of candidates) if (away === least) for (const number of numbers) take(number, NEAR);
  }

  // Stems, and words, by what stays of them when letters that are alike count as one; made when first asked for.
  get folded() {
    if (this.keys) return this.keys;
    const stems = new Map();
    for (const [root, number] of this.terms) {
      const key = georgian.fold(root);
      stems.set(key, [...(stems.get(key) ?? []), number]);
    }
    const starts = this.sorted.map((word) => [georgian.fold(word), word]).sort(([one], [other]) => (one < other ? -1 : 1));
    return (this.keys = { stems, starts });
  }

  search(question) {
    const asked = this.asked(question);
    const found = this.rank(asked);
    const best = [];
    for (let part = 0; part < this.parts; part++) {
      best[part] = found.reduce((most, { entry, share }) => (entry.part <= part ? Math.max(most, share) : most), 0);
    }
    const pages = new Map();
    for (const one of found) {
      if (one.share < best[one.entry.part] * ENOUGH) continue;
      const some = pages.get(one.entry.page) ?? [];
      if (some.length < SECTIONS) pages.set(one.entry.page, [...some, one]);
    }
    const marked = new Set(asked.flatMap(({ meanings }) => [...meanings.keys()]));
    return [...pages].map(([page, some], at) => this.group(page, some, at < WITH_WORDS && marked));
  }

  asked(question) {
    const all = words(question).map(({ typed }) => typed);
    const telling = all.filter((typed) => !EMPTY.has(plain(typed)));
    const distinct = new Map((telling.length ? telling : all).map((typed) => [stem(plain(typed)), typed]));
    return [...distinct.values()].map((typed) => {
      const meanings = this.meanings(typed);
      const fits = new Map(); // entry → the best that the word is worth there
      for (const [number, fit] of meanings) {
        for (const [at, worth] of this.places[number]) fits.set(at, Math.max(fits.get(at) ?? 0, worth * fit));
      }
      return { typed, meanings, fits, rarity: fits.size ? Math.log(1 + this.entries.length / fits.size) : 0 };
    });
  }

  rank(asked) {
    const total = asked.reduce((sum, { rarity }) => sum + rarity, 0);
    const found = new Map();
    for (const { typed, fits, rarity } of asked) {
      for (const [at, worth] of fits) {
        const one = found.get(at) ?? { entry: this.entries[at], score: 0, share: 0, has: new Set() };
        one.score += worth * rarity;
        one.share += rarity / total;
        one.has.add(typed);
        found.set(at, one);
      }
    }
    const meant = new Set(asked.flatMap(({ meanings }) => [...meanings.keys()]));
    for (const one of found.values()) {
      let titled = 0;
      for (const number of one.entry.titled) if (meant.has(number)) titled++;
      one.score *= one.share ** 2 * one.entry.weight * (1 + titled / (one.entry.titled.size || 1));
      one.terms = Object.fromEntries(asked.map(({ typed }) => [typed, one.has.has(typed)]));
    }
    return [...found.values()].sort((one, other) => other.score - one.score);
  }

  // A page as Material shows it: the page itself is always among its parts.
  group(page, some, marked) {
    const whole = this.pages.get(page);
    const parts = some.some(({ entry }) => entry === whole) || !whole ? some : [...some, { entry: whole, score: 0, terms: {} }];
    return parts.map(({ entry, score, terms }) => ({
      location: entry.address,
      title: marked ? this.mark(entry.title, marked) : escape(entry.title),
      text: marked ? this.excerpt(entry.text, marked) : "",
      score,
      terms,
    }));
  }

  // The words as HTML, those that were found marked; nothing of them is taken for mark-up.
  mark(text, marked) {
    let html = "", done = 0;
    for (const { typed, at } of words(text)) {
      if (!marked.has(this.known.get(plain(typed)))) continue;
      html += `${escape(text.slice(done, at))}<mark>${escape(typed)}</mark>`;
      done = at + typed.length;
    }
    return html + escape(text.slice(done));
  }

  excerpt(text, marked) {
    if (text.length <= EXCERPT) return this.mark(text, marked);
    const first = words(text).find(({ typed }) => marked.has(this.known.get(plain(typed))))?.at ?? 0;
    const from = first > AROUND ? text.indexOf(" ", first - AROUND) + 1 : 0;
    const to = from + EXCERPT < text.length ? text.lastIndexOf(" ", from + EXCERPT) : text.length;
    return `${from ? "… " : ""}${this.mark(text.slice(from, to), marked)}${to < text.length ? " …" : ""}`;
  }
}

// Other words that the same keys or sounds may mean.
function readings(typed) {
  const word = plain(typed);
  if (/^[a-z]/.test(word)) return [word, georgian.inGeorgianLayout(typed), georgian.heard(word)];
  return georgian.GEORGIAN.test(word) ? [word, georgian.inLatinLayout(word)] : [word];
}

function firstFrom(sorted, start, part) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((part === undefined ? sorted[middle] : sorted[middle][part]) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

const escape = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
