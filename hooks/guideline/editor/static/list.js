/* The list of programmes: shows those whose words hold what is typed, and follows what other pages save. */

const box = document.getElementById("search");
const said = document.getElementById("shown");
const rows = [...document.querySelectorAll("tr[data-words]")].map((row) => ({ row, words: row.dataset.words.toLowerCase() }));

function show() {
  const typed = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { row, words } of rows) {
    row.hidden = !typed.every((word) => words.includes(word));
    if (!row.hidden) shown += 1;
  }
  const words = shown ? said.dataset.words : said.dataset.none;
  said.textContent = words.replace("{n}", shown).replace("{all}", rows.length);
}

box.addEventListener("input", show);
show();
new BroadcastChannel("guideline-edit").addEventListener("message", () => location.reload());
