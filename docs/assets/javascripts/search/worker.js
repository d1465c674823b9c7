// The search, in a worker of its own: loads the index of one language and answers in Material's messages.
import { Index } from "./engine.js";

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3, FAILED = -1;
const index = new Index();
let question;

const load = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  index.add(await answer.json());
};
const answer = () => postMessage({ type: RESULT, data: { items: index.search(question) } });

// Programmes come first, since most readers look for help and the signal may be weak; chapters follow.
const setup = async ([programs, chapters]) => {
  try {
    await load(programs);
    postMessage({ type: READY });
    await load(chapters);
    postMessage({ type: READY });
    if (question) answer();
  } catch {
    if (!index.entries.length) postMessage({ type: FAILED });
  }
};

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) setup(data);
  if (type === QUERY) {
    question = data;
    answer();
  }
});
