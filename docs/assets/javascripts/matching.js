// Words as people type them → the words of programmes: any case ending, Latin letters, the beginning of a word, a slip.
// Every word becomes a key: its stem, with letters that people mistake for each other written alike.

const WORD = /[\p{L}\p{N}]+/gu;
const LEAST = 2;
const POSTPOSITIONS = ["თვის", "გან", "კენ", "დან", "მდე", "თან", "ვით", "ში", "ზე"];
const CASES = ["ისა", "ითა", "ადა", "ის", "ით", "ად", "სა", "ს", "დ", "მ"];
const VOWEL = /[აეიოუ]/;
const SYNCOPE = /[აეო]([ლრნმ])$/;

const without = (word, ending, least = LEAST) =>
  word.endsWith(ending) && word.length - ending.length >= least ? word.slice(0, -ending.length) : "";

function withoutAny(word, endings, least) {
  for (const ending of endings) {
    const short = without(word, ending, least);
    if (short) return short;
  }
  return "";
}

// The case ending of a Georgian word: -მა only after a consonant (ოჯახმა, but პროგრამა), else the longest that fits.
function withoutCase(word) {
  const short = without(word, "მა", 3);
  if (short && !VOWEL.test(short.at(-1))) return short;
  return withoutAny(word, CASES, LEAST);
}

// The stem of a Georgian word. The steps follow each other as the endings do: one list of endings breaks words.
function georgianStem(word) {
  let stem = withoutAny(word, ["ცა", "ც", "ვე"], 4) || word;
  const bare = withoutAny(stem, POSTPOSITIONS, LEAST);
  const cased = withoutCase(bare || stem);
  stem = cased || bare || stem;
  stem = without(stem, "თა", 3) || stem;
  if (VOWEL.test(stem.at(-1)) && stem.length > LEAST) stem = stem.slice(0, -1);
  for (let short = without(stem, "ებ", 2); short; short = without(stem, "ებ", 2)) stem = short;
  return stem.length > 3 && stem !== "სახელ" ? stem.replace(SYNCOPE, "$1") : stem;
}

const ENGLISH_ENDINGS = ["ings", "ing", "ies", "ied", "ed", "es", "s", "y", "e"];
const englishStem = (word) => withoutAny(word, ENGLISH_ENDINGS, 3) || word;

// Latin letters for Georgian, as people write them without a keyboard of their own.
const LATIN = {
  sh: "შ", ch: "ჩ", kh: "ხ", gh: "ღ", zh: "ჟ", dz: "ძ", ts: "ც", a: "ა", b: "ბ", c: "ც", d: "დ", e: "ე", f: "ფ", g: "გ", h: "ჰ",
  i: "ი", j: "ჯ", k: "კ", l: "ლ", m: "მ", n: "ნ", o: "ო", p: "პ", q: "ქ", r: "რ", s: "ს", t: "თ", u: "უ", v: "ვ", w: "წ", x: "ხ",
  y: "ყ", z: "ზ",
};
const inGeorgian = (word) => word.replace(/sh|ch|kh|gh|zh|dz|ts|[a-z]/g, (letter) => LATIN[letter]);

// Letters that one Latin letter stands for, or that sound alike.
const ALIKE = { "ტ": "თ", "ქ": "კ", "ყ": "კ", "ფ": "პ", "წ": "ც", "ჭ": "ჩ", "ღ": "გ", "ძ": "ზ", "ჟ": "ზ" };
const alike = (word) => word.replace(/[ტქყფწჭღძჟ]/g, (letter) => ALIKE[letter]);

const keep = new Map();
function keyOf(word, language) {
  const name = `${language} ${word}`;
  if (!keep.has(name)) keep.set(name, language === "ka" ? alike(georgianStem(inGeorgian(word))) : englishStem(word));
  return keep.get(name);
}

// The keys of a text, in its order.
export function keysOf(text, language) {
  const plain = text.toLowerCase().replace(/['’]s(?!\p{L})/gu, "");
  return (plain.match(WORD) || []).map((word) => keyOf(word, language));
}

// How many letters must be changed, added, left out or exchanged with their neighbour; more than `most` is not counted.
function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = [], row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    before = row;
    row = next;
  }
  return row[other.length];
}

// Of every key of every text: in which programmes it stands, and how weighty the places together are.
// `texts`: for each programme pairs of a text and its weight.
export function indexOf(texts, language) {
  const index = new Map();
  texts.forEach((parts, one) => {
    for (const [text, weight] of parts) {
      for (const key of new Set(keysOf(text, language))) {
        if (!index.has(key)) index.set(key, new Map());
        const places = index.get(key);
        places.set(one, (places.get(one) || 0) + weight);
      }
    }
  });
  return { index, size: texts.length, language };
}

// The keys that a typed word means: the same; else those that begin so; else the nearest, for a slip of the finger.
function meant(key, index) {
  if (index.has(key)) return [key];
  const all = [...index.keys()];
  const begun = key.length >= LEAST ? all.filter((one) => one.startsWith(key)) : [];
  if (begun.length || key.length < 4) return begun;
  const most = key.length >= 8 ? 2 : 1;
  const near = all.filter((one) => one[0] === key[0]).map((one) => [distance(key, one, most), one]);
  const least = Math.min(...near.map(([far]) => far), most + 1);
  return least > most ? [] : near.filter(([far]) => far === least).map(([, one]) => one);
}

// How well each programme answers the words: those count in which every word stands, or, where there is none, as many
// words as stand together anywhere. A word that stands nowhere ("მინდა") is passed over. null: nothing was typed.
export function scoresOf(typed, { index, size, language }) {
  const keys = keysOf(typed, language);
  if (!keys.length) return null;
  const known = keys.map((key) => meant(key, index)).filter((some) => some.length);
  const answers = Array.from({ length: size }, (_, one) =>
    known.map((some) => Math.max(...some.map((key) => index.get(key).get(one) || 0))).filter(Boolean));
  const most = Math.max(1, ...answers.map((weights) => weights.length));
  return answers.map((weights) => (weights.length === most ? weights.reduce((sum, weight) => sum + weight) : 0));
}
