// Georgian words: what stays of a word without its endings, and how people write it
// who confuse letters, have no Georgian keyboard, or forgot to switch the one they have.

export const GEORGIAN = /^[ა-ჰ]+$/;

// Endings are taken off one after another, each by its own rule: a list of all endings that takes the longest
// breaks words such as კურსში, პროგრამა, მერიიდან. A rule gives back what is left, and whether the ending
// was one of stems that end in a consonant: then a vowel before it belongs to the word (მერი-იდან).
const POSTPOSITIONS = [
  [/ისა?(?:თვის|გან|კენ)$/, true],
  [/(?<=[^აეიოუ])თა(?:თვის|გან)$/, true],
  [/(?<=[აეოუ])სა?(?:თვის|გან|კენ)$/, false],
  [/იდან$/, true],
  [/(?<=[ოუ])დან$/, false],
  [/ამდ(?:ე|ის)$/, true],
  [/(?<=[ეოუ])მდ(?:ე|ის)$/, false],
  [/(?<=[აეო])სთან$/, false],
  [/თან$/, true],
  [/ივით$/, true],
  [/(?<=[აეოუ])სავით$/, false],
  [/(?:ში|ზე)$/, false],
];
const CASES = [
  [/ისა?$/, true],
  [/ითა?$/, true],
  [/ადა?$/, true],
  [/(?<=[^აეიოუ])მა$/, false],
  [/სა?$/, false],
  [/(?<=[აეოუ])მ$/, false],
  [/(?<=[ოუ])თი$/, false],
  [/(?<=[ეოუ])დ$/, false],
];
// Words whose own last letters look like an ending: ფორმა, თამაში, კლასთან.
const NOT_ERGATIVE = /(?:ფორ|ნორ|ფირ|თერ|ტრავ|დოგ|ასთ|პლაზ|ხურ|კარ|თქ|დგ|ჭ|^არ)მა$/;
const NOT_IN = /(?:თამა|მარ|აფი|ანგარი|ბალი|ქი?ში|ნი)ში$/;
const ENDS_IN_S = /(?:კლა|პროცე|ინტერე|კონგრე|ბიზნე|ადრე|იკო|კოსმო|კრიზი|სერვი)სთან$/;
const KEEPS_VOWEL = new Set(["სახელ", "გარემ", "უფრო"]);

const SHORTEST = 2;

export function stem(word) {
  if (!GEORGIAN.test(word) || word.length <= SHORTEST) return word;
  const plain = withoutEnclitic(word);
  let [rest, whole] = ENDS_IN_S.test(plain) ? [plain.slice(0, -3), true] : NOT_IN.test(plain) ? [plain, false] : cut(plain, POSTPOSITIONS);
  if (rest === plain && !NOT_ERGATIVE.test(plain)) [rest, whole] = cut(plain, CASES);
  if (!whole) rest = shorter(rest, /(?<=[^აეიოუ])თა$|[იაეო]$/);
  return withoutMiddleVowel(withoutPlural(rest));
}

const shorter = (word, ending) => {
  const left = word.replace(ending, "");
  return left.length < SHORTEST ? word : left;
};

function cut(word, rules) {
  for (const [ending, whole] of rules) {
    const left = shorter(word, ending);
    if (left !== word) return [left, whole];
  }
  return [word, false];
}

const withoutEnclitic = (word) => (word.length > 3 ? shorter(word, /(?<=[აეიოუსდნმ])ც$|(?<=[სთდ])აც$|(?<=[სდ])ვე$/) : word);

function withoutPlural(word) {
  let left = word;
  while (left.endsWith("ებ") && left.length >= SHORTEST + 2) left = left.slice(0, -2);
  return left === word ? word : shorter(left, /[ეო]$/);
}

// წამალ-ი but წამლ-ის, მშობელ-ი but მშობლ-ები.
function withoutMiddleVowel(word) {
  if (word === "წელ") return "წლ";
  return word.length > 3 && !KEEPS_VOWEL.has(word) ? word.replace(/[აეო](?=[ლრნმ]$)/, "") : word;
}

// --- letters -----------------------------------------------------------------------------

// Letters that Latin does not tell apart, and that people confuse, count as one.
const ALIKE = { ტ: "თ", კ: "ქ", ყ: "ქ", პ: "ფ", წ: "ც", ჭ: "ჩ", ღ: "გ", ძ: "ზ", ჟ: "ჯ" };
export const fold = (word) => word.replace(/[ტკყპწჭღძჟ]/g, (letter) => ALIKE[letter]);

const SOUNDS = {
  tch: "ჭ", sh: "შ", ch: "ჩ", kh: "ხ", gh: "ღ", zh: "ჟ", dz: "ძ", ts: "ც", tz: "ც", ph: "ფ", th: "თ",
  a: "ა", b: "ბ", c: "ც", d: "დ", e: "ე", f: "ფ", g: "გ", h: "ჰ", i: "ი", j: "ჯ", k: "კ", l: "ლ", m: "მ",
  n: "ნ", o: "ო", p: "პ", q: "ქ", r: "რ", s: "ს", t: "თ", u: "უ", v: "ვ", w: "წ", x: "ხ", y: "ყ", z: "ზ",
};
// A Latin word as it is heard: programa, daxmareba, dakhmareba.
export const heard = (word) => word.toLowerCase().replace(/tch|sh|ch|kh|gh|zh|dz|ts|tz|ph|th|[a-z]/g, (sound) => SOUNDS[sound]);

const KEYS = "abcdefghijklmnopqrstuvwxyzCJRSTWZ";
const ON_KEYS = "აბცდეფგჰიჯკლმნოპქრსტუვწხყზჩჟღშთჭძ";
const georgianKey = new Map([...KEYS].map((key, at) => [key, ON_KEYS[at]]));
const latinKey = new Map([...ON_KEYS].map((letter, at) => [letter, KEYS[at].toLowerCase()]));
const swap = (word, keys) => [...word].map((letter) => keys.get(letter) ?? keys.get(letter.toLowerCase()) ?? letter).join("");
// What the same keys write in the other layout: Svili is შვილი, ჰეატინგ is heating.
export const inGeorgianLayout = (word) => swap(word, georgianKey);
export const inLatinLayout = (word) => swap(word, latinKey);
