// How pages talk to the worker (sw.js) that keeps them for the time without a connection.

const OFF = "saving-off";
const able = () => "serviceWorker" in navigator;

/** Has the reader asked that nothing be saved? */
export const off = () => __md_get(OFF) === true;
export const turn = (on) => __md_set(OFF, !on);

/** The worker of this site, started if need be; nothing where the browser has none or the reader wants none. */
export async function worker() {
  if (!able() || off()) return undefined;
  const address = new URL("sw.js", __md_scope);
  await navigator.serviceWorker.register(address, { updateViaCache: "none" });
  const { active } = await navigator.serviceWorker.ready;
  return off() ? undefined : active; // the reader may have asked so meanwhile
}

const post = (active, message) => new Promise((resolve, reject) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => ("error" in data ? reject(new Error(data.error)) : resolve(data.value));
  active.postMessage(message, [port2]);
});

/** Ask the worker for something; gives back its answer. */
export async function ask(kind, asked = {}) {
  const active = await worker();
  return active && post(active, { kind, ...asked });
}

/** Forget everything, and save nothing more: what is asked from now on comes to nothing, what was asked before is cleared. */
export async function forget() {
  const active = await worker();
  turn(false);
  if (active) await post(active, { kind: "clear" });
  await (await navigator.serviceWorker.getRegistration(__md_scope))?.unregister();
}
