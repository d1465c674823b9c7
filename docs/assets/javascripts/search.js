// The search box before anybody turns to it. Material would start its worker and load an index with every page;
// this runs before Material and gives it a stand-in, which starts our own worker (search/worker.js) when the
// reader first enters the box. The worker speaks Material's messages, so the box and its results stay Material's.
(() => {
  const SETUP = 0, RESULT = 3, FAILED = -1;
  const box = document.querySelector("[data-md-component=search-query]");
  if (!box) return;
  const code = new URL("search/worker.js", document.currentScript.src);
  const parts = ["programs", "chapters"].map(
    (part) => new URL(`../../search/${document.documentElement.lang}-${part}.json`, document.currentScript.src).href,
  );
  const { Worker } = window;
  const messages = new EventTarget();
  let worker;

  const start = () => {
    if (worker) return;
    worker = new Worker(code, { type: "module" });
    worker.onmessage = ({ data }) => {
      if (data.type === FAILED) fail();
      else if (data.type !== RESULT || !reading()) messages.dispatchEvent(new MessageEvent("message", { data }));
    };
    worker.onerror = fail;
    worker.postMessage({ type: SETUP, data: parts });
  };
  // A fuller answer, when chapters have come too, does not take the list away from under a reader who is on it.
  const reading = () => document.activeElement.matches(".md-search-result *");
  const fail = () => {
    worker.terminate();
    worker = undefined;
    document.querySelector(".md-search-result__meta").textContent = box.form.dataset.gzFailed;
  };

  window.Worker = function () {
    window.Worker = Worker;
    messages.postMessage = (message) => worker?.postMessage(message);
    return messages;
  };

  box.addEventListener("focus", start);
  if (document.activeElement === box || new URLSearchParams(location.search).has("q")) start();

  // Material looks at the words when a key is let go: pasting, speaking and spelling aids let none go.
  const look = () => box.dispatchEvent(new Event("keyup"));
  box.addEventListener("input", () => { start(); look(); });
  box.form.addEventListener("reset", () => setTimeout(look));
})();
