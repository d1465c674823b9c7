// English words without their endings: the algorithm of M. F. Porter (1980), as lunr has it.

const C = "[^aeiou][^aeiouy]*", V = "[aeiouy][aeiou]*";
const MEASURE = new RegExp(`^(?:${C})?${V}${C}`);
const ONE = new RegExp(`^(?:${C})?${V}${C}(?:${V})?$`);
const MORE = new RegExp(`^(?:${C})?${V}${C}${V}${C}`);
const VOWEL = new RegExp(`^(?:${C})?[aeiouy]`);
const SHORT = new RegExp(`^${C}[aeiouy][^aeiouwxy]$`);

const STEP2 = {
  ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", bli: "ble", alli: "al", entli: "ent", eli: "e",
  ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful", ousness: "ous",
  aliti: "al", iviti: "ive", biliti: "ble", logi: "log",
};
const STEP3 = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
const longestFirst = (endings) => new RegExp(`(?:${Object.keys(endings).sort((a, b) => b.length - a.length).join("|")})$`);
const [ENDS2, ENDS3] = [STEP2, STEP3].map(longestFirst);
const ENDS4 = /(?:ement|ance|ence|able|ible|ment|ant|ent|ism|ate|iti|ous|ive|ize|al|er|ic|ou)$|(?<=[st])ion$/;

const replace = (word, ends, endings, enough) => {
  const ending = ends.exec(word)?.[0];
  const left = word.slice(0, word.length - (ending?.length ?? 0));
  return ending && enough.test(left) ? left + (endings?.[ending] ?? "") : word;
};

function withoutPast(word) {
  if (word.endsWith("eed")) return MEASURE.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const left = word.replace(/(?:ed|ing)$/, "");
  if (left === word || !VOWEL.test(left)) return word;
  if (/(?:at|bl|iz)$/.test(left)) return `${left}e`;
  if (/([^aeiouylsz])\1$/.test(left)) return left.slice(0, -1);
  return SHORT.test(left) ? `${left}e` : left;
}

function withoutLastLetters(word) {
  let left = word.replace(/e$/, "");
  if (left !== word && !MORE.test(left) && !(ONE.test(left) && !SHORT.test(left))) left = word;
  return /ll$/.test(left) && MORE.test(left) ? left.slice(0, -1) : left;
}

export function stem(word) {
  if (word.length < 3) return word;
  let rest = word.replace(/^y/, "Y");
  rest = rest.replace(/(ss|i)es$|([^s])s$/, "$1$2");
  rest = withoutPast(rest);
  rest = rest.replace(/(?<=.[^aeiou])y$/, "i");
  rest = replace(rest, ENDS2, STEP2, MEASURE);
  rest = replace(rest, ENDS3, STEP3, MEASURE);
  rest = replace(rest, ENDS4, null, MORE);
  return withoutLastLetters(rest).toLowerCase();
}
