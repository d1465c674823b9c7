// Words as people type them → the words of programmes: any case ending, Latin letters, the beginning of a word, a slip.
// Every word becomes a key: its stem as the site's search has it, with letters that people confuse written alike.
import { fold, heard, stem as georgianStem } from "./search/georgian.js";
import { stem as englishStem } from "./search/english.js";
import { folded } from "./search/latin.js";
import { isNear } from "./search/near.js";

const WORD = /[\p{L}\p{N}]+/gu;
const LEAST = 2; // letters from which the beginning of a word is enough

const keep = new Map();
function keyOf(word, language) {
  const name = `${language} ${word}`;
  if (!keep.has(name)) keep.set(name, language === "ka" ? fold(georgianStem(heard(word))) : englishStem(folded(word)));
  return keep.get(name);
}

// The keys of a text, in its order.
export function keysOf(text, language) {
  const plain = text.toLowerCase().replace(/['’]s(?!\p{L})/gu, "");
  return (plain.match(WORD) || []).map((word) => keyOf(word, language));
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
  if (begun.length) return begun;
  const far = new Map(all.map((one) => [one, isNear(key, one)]));
  const least = Math.min(...far.values());
  return least < Infinity ? all.filter((one) => far.get(one) === least) : [];
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
