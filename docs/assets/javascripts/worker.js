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
  return (await navigator.serviceWorker.ready).active;
}

/** Ask the worker for something; gives back its answer. */
export async function ask(kind, asked = {}) {
  const active = await worker();
  if (!active) return undefined;
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => ("error" in data ? reject(new Error(data.error)) : resolve(data.value));
    active.postMessage({ kind, ...asked }, [port2]);
  });
}

/** Forget everything, and save nothing more. */
export async function forget() {
  await ask("clear");
  turn(false);
  await (await navigator.serviceWorker.getRegistration(__md_scope))?.unregister();
}
