/* A new programme: an id is proposed from the type, and the server says what will not do. */

import { ask } from "./asking.js";

const { taken, language } = JSON.parse(document.getElementById("given").textContent);
const form = document.getElementById("new");
const [type, municipality, id] = ["type", "municipality", "id"].map((name) => document.getElementById(name));
const said = document.getElementById("problems");
let proposed = "";

/** The type's own name, with a number where the municipality has such a programme already. */
function propose() {
  if (id.value && id.value !== proposed) return;
  let number = 1;
  const wanted = () => (number === 1 ? type.value : `${type.value}-${number}`);
  while (taken.includes(`${municipality.value}/${wanted()}`)) number += 1;
  proposed = type.value && wanted();
  id.value = proposed;
}

type.addEventListener("change", propose);
municipality.addEventListener("change", propose);
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const made = await ask(`/${language}/add`, { municipality: municipality.value, type: type.value, id: id.value.trim() });
  if (made.problems?.length === 0) {
    new BroadcastChannel("guideline-edit").postMessage(made.key);
    location.assign(`/${language}/program/${made.key}`);
    return;
  }
  const told = made.problems ?? [{ loc: [], words: said.dataset.gone }];
  said.replaceChildren(...told.map(({ words }) => Object.assign(document.createElement("p"), { textContent: words })));
  said.hidden = false;
  for (const control of [type, municipality, id]) {
    const wrong = told.some(({ loc }) => loc[0] === control.id);
    control.toggleAttribute("aria-invalid", false);
    if (wrong) control.setAttribute("aria-invalid", "true");
  }
});
