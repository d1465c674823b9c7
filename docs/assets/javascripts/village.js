// A field above the list of administrative units: only those stay whose name, or a village of theirs, begins as typed.
// Without this script the whole list stands there.

const box = document.querySelector(".gz-find");
const field = box?.querySelector("input");
const status = box?.querySelector("[role=status]");
const units = [...document.querySelectorAll(".gz-units > li")].map((item) => ({ item, names: words(item.dataset.names) }));

function words(text) {
  return (text ?? "").toLocaleLowerCase("en").split(/[\s,.()–-]+/).filter(Boolean);
}

// "შრომაში" is looked for as "შრომაშ", "შრომა" and "შრომ" too, so that a case ending hides nothing.
function beginnings(word) {
  return [0, 1, 2, 3].map((cut) => word.slice(0, word.length - cut)).filter((part, cut) => cut === 0 || part.length > 2);
}

function matching(typed) {
  const asked = words(typed).map(beginnings);
  for (let cut = 0; cut < 4; cut += 1) {
    const starts = asked.map((ways) => ways[Math.min(cut, ways.length - 1)]);
    const found = units.filter(({ names }) => starts.every((start) => names.some((name) => name.startsWith(start))));
    if (found.length) return found;
  }
  return [];
}

function narrow() {
  const typed = field.value.trim();
  const found = typed ? matching(typed) : units;
  for (const unit of units) unit.item.hidden = !found.includes(unit);
  status.textContent = !typed ? "" : found.length ? box.dataset.found.replace("{n}", found.length) : box.dataset.notFound;
}

if (field && units.length) {
  box.hidden = false;
  field.addEventListener("input", narrow);
  field.addEventListener("search", narrow);
}
