// The search, in a worker of its own: loads the index of one language and answers in Material's messages.
import { Index } from "./engine.js";

const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3, FAILED = -1;
let index;

const load = async (address) => {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    index = new Index(await answer.json());
    postMessage({ type: READY });
  } catch {
    postMessage({ type: FAILED });
  }
};

addEventListener("message", ({ data: { type, data } }) => {
  if (type === SETUP) load(data);
  if (type === QUERY) postMessage({ type: RESULT, data: { items: index.search(data) } });
});
