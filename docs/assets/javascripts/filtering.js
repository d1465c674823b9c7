// Which programmes are left when choices are made, and how many each further choice would leave.
// Nothing here knows the page: the same rules answer the reader and the tests.

export const FILTERS = ["municipality", "region", "group", "need", "kind"];
export const TEXT = "text";
// Not "q": with that, Material opens its own search.
const PLACES = ["municipality", "region"];

export const noChoices = () => Object.fromEntries([...FILTERS, TEXT].map((key) => [key, ""]));

export const anyChosen = (choices) => [...FILTERS, TEXT].some((key) => choices[key]);

// One lives in a municipality or looks at a whole region: the later choice takes the place of the other.
export function choose(choices, key, id) {
  const places = PLACES.includes(key) ? { municipality: "", region: "" } : {};
  return { ...choices, ...places, [key]: id };
}

// The choices of an address; what is not offered (any more) is passed over. `offered`: the ids of each filter.
export function fromAddress(query, offered) {
  const asked = new URLSearchParams(query);
  let choices = { ...noChoices(), [TEXT]: (asked.get(TEXT) || "").trim().slice(0, 100) };
  for (const key of [...FILTERS].reverse()) {
    const id = asked.get(key);
    if (id && offered[key]?.includes(id)) choices = choose(choices, key, id);
  }
  return choices;
}

// The address of the choices; whatever else stood in it stays.
export function toAddress(choices, query = "") {
  const words = new URLSearchParams(query);
  for (const key of [...FILTERS, TEXT]) {
    words.delete(key);
    if (choices[key]) words.set(key, choices[key]);
  }
  return words.size ? `?${words}` : "";
}

// The numbers of what a programme is, filter by filter.
const FACTS = {
  municipality: (data, one) => [data.town[one]],
  region: (data, one) => [data.regions[data.town[one]]],
  group: (data, one) => data.groups[one],
  need: (data, one) => [data.types[data.type[one]][2]],
  kind: (data, one) => data.kinds[one],
};

// The programmes that agree with all choices, by municipality and name, or the best first where words were typed.
// `scores`: how well each programme answers the words (0: not at all); null where none were typed.
export function left(data, choices, scores) {
  const wanted = FILTERS.filter((key) => choices[key]).map((key) => [key, data[key].indexOf(choices[key])]);
  const agrees = (one) => wanted.every(([key, number]) => FACTS[key](data, one).includes(number));
  const found = data.id.map((_, one) => one).filter((one) => (!scores || scores[one] > 0) && agrees(one));
  return scores ? found.sort((one, other) => scores[other] - scores[one] || one - other) : found;
}

// For each filter: how many there are without it ("") and with each of its choices, the other choices staying.
export function counts(data, choices, scores) {
  const told = {};
  for (const key of FILTERS) {
    const found = left(data, choose(choices, key, ""), scores);
    told[key] = { "": found.length, ...Object.fromEntries(data[key].map((id) => [id, 0])) };
    for (const one of found) for (const number of FACTS[key](data, one)) told[key][data[key][number]] += 1;
  }
  return told;
}

// Where nothing is left: which single choice to take away, and what would be left then, most first.
export function loosenings(data, choices, scores) {
  return [...FILTERS, TEXT]
    .filter((key) => choices[key])
    .map((key) => [key, left(data, { ...choices, [key]: "" }, key === TEXT ? null : scores).length])
    .filter(([, count]) => count)
    .sort(([, one], [, other]) => other - one);
}
