// The evaluator of the rules that hooks/guideline/rules.py makes; what yes, no and unknown mean is written there.
// Pure: nothing here touches the page.
//
// answers: {registered, living: id or "elsewhere" · minors, adults, grown: numbers · minorAges, adultAges: lists of
//   numbers, null where one is not known · score: {has: true, number, months} · ticked, denied: lists of keys}
// ticks: key → {ages: [[from, to]], family: true}, for the keys of which it is known
// Every part may be missing. Values are true (yes), false (no) and null (unknown).

const MINOR = [0, 17], ADULT = [18, 150];
const both = (a, b) => (a === false || b === false ? false : a === null || b === null ? null : true);
const not = (value) => (value === null ? null : !value);
const known = (number) => typeof number === "number";

// --- a household ---------------------------------------------------------------------------------

// The ages of some people as intervals: one for each whose age is given, the whole range for the others.
function intervals(count, ages = [], range) {
  const given = ages.filter(known).map((age) => [age, age]);
  const complete = known(count) && given.length >= count;
  return complete ? given : [...given, range];
}

export function householdOf(answers, ticks = {}) {
  const { minors, adults, grown, minorAges, adultAges } = answers;
  const ticked = answers.ticked ?? [];
  const family = ticked.filter((key) => ticks[key]?.family);
  const personal = ticked.filter((key) => !ticks[key]?.family);
  const young = intervals(minors, minorAges, MINOR);
  const old = intervals(adults, adultAges, ADULT);
  const ages = [...young, ...old];
  const alone = known(minors) && known(adults) && minors + adults === 1;
  const anyone = { ages, ticked: alone ? ticked : family };
  const witnesses = [anyone];
  for (const age of [...(minorAges ?? []).slice(0, minors ?? undefined), ...(adultAges ?? []).slice(0, adults ?? undefined)])
    if (known(age)) witnesses.push({ ages: [[age, age]], ticked: family });
  for (const key of personal) witnesses.push({ ages: within(ages, ticks[key]?.ages), ticked: [key, ...family] });
  return { ...answers, ticked, denied: answers.denied ?? [], young, minors, grown, anyone, witnesses };
}

// Those of the intervals that lie in one of the spans, as far as they do.
function within(ages, spans) {
  if (!spans?.length) return ages;
  return spans.flatMap(([low, high]) =>
    ages.map(([from, to]) => [Math.max(from, low), Math.min(to, high ?? Infinity)]).filter(([from, to]) => from <= to));
}

// --- a number that is somewhere in some intervals ------------------------------------------------

function among(possible, { spans, unsure = [] }) {
  if (!possible.length) return null;
  const end = (number) => number ?? Infinity;
  const inside = ([from, to]) =>
    spans.some(([low, high]) => from >= low && end(to) <= end(high)) && !unsure.some((n) => n >= from && n <= end(to));
  const outside = ([from, to]) =>
    !spans.some(([low, high]) => from <= end(high) && end(to) >= low) && !unsure.some((n) => n >= from && n <= end(to));
  return possible.every(inside) ? true : possible.every(outside) ? false : null;
}

function countOfChildren({ minors, minorAges = [], grown }, under) {
  const ages = minorAges.filter(known).slice(0, minors ?? undefined);
  const surely = known(minors) ? minors : ages.length;
  if (under === undefined || under > 18) {
    const most = known(minors) && known(grown) ? minors + grown : null;
    return [under === undefined && known(grown) ? surely + grown : surely, most];
  }
  const least = under === 18 ? surely : ages.filter((age) => age < under).length;
  return [least, known(minors) ? minors - ages.filter((age) => age >= under).length : null];
}

// --- the leaves ------------------------------------------------------------------------------------

const LEAVES = {
  ask: () => null,
  home: ({ by, of, wide }, household) => {
    const place = household[by];
    if (!place || (wide && place === "elsewhere")) return null;
    return of.includes(place);
  },
  tick: ({ proved = [], denied = [] }, household, person) => {
    if (proved.some((key) => person.ticked.includes(key))) return true;
    return denied.some((key) => household.denied.includes(key)) ? false : null;
  },
  database: (leaf, { score }) => (score?.has ? true : null),
  score: (leaf, { score }) => (known(score?.number) ? among([[score.number, score.number]], leaf) : null),
  "score-age": ({ months }, { score }) =>
    known(score?.number) && known(score.months) && score.months !== months ? score.months < months : null,
  age: (leaf, household, person) => among(person.ages, leaf),
  "every-child": (leaf, { young, minors, grown }) => {
    if (minors === 0 && grown === 0) return null;
    const ages = minors === 0 ? [] : young;
    return among(grown === 0 ? ages : known(grown) ? [...ages, ADULT] : [...ages, [0, 150]], leaf);
  },
  children: (leaf, household) => among([countOfChildren(household, leaf.under)], leaf),
  household: (leaf, { minors, adults }) =>
    among([[(minors ?? 0) + (adults ?? 0), known(minors) && known(adults) ? minors + adults : null]], leaf),
};

function valueFor(rule, household, leafValue) {
  if (rule.all) return rule.all.map((part) => valueFor(part, household, leafValue)).reduce(both, true);
  if (rule.any) return not(rule.any.map((part) => not(valueFor(part, household, leafValue))).reduce(both, true));
  if (rule.not) return not(valueFor(rule.not, household, leafValue));
  return leafValue(rule);
}

const of = (person, household) => (rule) => LEAVES[rule.is](rule, household, person);

// Does the rule hold for one person of the household?
export function evaluate(rule, household) {
  const values = household.witnesses.map((person) => valueFor(rule, household, of(person, household)));
  return values.includes(true) ? true : values[0];
}

// --- why -------------------------------------------------------------------------------------------

// A leaf seen by itself: somebody meets it, nobody can, or one does not know.
const seen = (household) => (rule) => {
  const values = household.witnesses.map((person) => LEAVES[rule.is](rule, household, person));
  return values.includes(true) ? true : values[0];
};

// The sentences that explain why the rule has this value: numbers, and {any: […]} for alternatives, each a list of numbers.
export function reasons(rule, household, wanted = evaluate(rule, household)) {
  const leaf = wanted === false ? of(household.anyone, household) : seen(household);
  return unique(collect(rule, wanted, household, leaf));
}

function collect(rule, wanted, household, leaf) {
  if (valueFor(rule, household, leaf) !== wanted) return [];
  if (rule.says !== undefined) return [rule.says];
  if (rule.not) return collect(rule.not, not(wanted), household, leaf);
  const parts = (rule.all ?? rule.any ?? []).map((part) => collect(part, wanted, household, leaf)).filter((some) => some.length);
  const alternatives = rule.any && wanted === null && parts.length > 1;
  return alternatives ? [{ any: parts.map(unique) }] : parts.flat();
}

function unique(some) {
  const found = new Map(some.map((one) => [JSON.stringify(one), one]));
  return [...found.values()];
}
