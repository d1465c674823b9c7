// On a municipality's page: keep all its cards on this phone on purpose, or remove them.
import { ask, off, worker } from "./worker.js";

const root = document.querySelector("[data-gz-keep]");
const { set, list, keep, keeping, kept, failed, remove } = root.dataset;
const act = root.querySelector("button");
const said = root.querySelector("[role=status]");

const offer = async () => {
  const { size } = await (await fetch(list)).json();
  act.textContent = keep.replace("{n}", Math.max(1, Math.round(size / 1024)));
  act.onclick = async () => {
    said.textContent = keeping;
    try {
      await ask("keep", { set });
      have();
    } catch {
      said.textContent = failed;
    }
  };
};
const have = () => {
  said.textContent = kept;
  act.textContent = remove;
  act.onclick = async () => { await ask("remove", { set }); said.textContent = ""; await offer(); };
};

const start = async () => {
  if (off() || !(await worker())) return;
  const { sets } = await ask("list");
  if (sets.some((one) => one.set === set)) have();
  else await offer();
  root.hidden = false;
};
if ("serviceWorker" in navigator) addEventListener("load", () => setTimeout(() => start().catch(() => undefined), 3500));
