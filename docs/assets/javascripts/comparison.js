// The rows of a comparison in the order that the reader chooses. Each row carries its numbers as data; what
// is not known is not there and stays at the end. Without this script the rows stand as they were written.
const sort = document.querySelector(".gz-sort");
const table = document.querySelector(".gz-comparison table");
const choice = sort.querySelector("select");
const said = sort.querySelector("[role=status]");
const rows = [...table.tBodies[0].rows];

const number = (row, name) => (name in row.dataset ? Number(row.dataset[name]) : undefined);

// Sums are told apart by what they are counted in: a month never stands among years.
const by = (column, direction) => (one, other) => {
  const [first, second] = [number(one, column), number(other, column)];
  if (first === undefined || second === undefined) return (first === undefined) - (second === undefined);
  const apart = column === "sum" ? number(one, "unit") - number(other, "unit") : 0;
  return apart || (direction === "descending" ? second - first : first - second);
};

const arrange = () => {
  const { value: column, dataset: { direction } } = choice.selectedOptions[0];
  table.tBodies[0].append(...(column ? [...rows].sort(by(column, direction)) : rows));
  for (const head of table.tHead.querySelectorAll("th")) {
    if (column && head.dataset.column === column) head.setAttribute("aria-sort", direction);
    else head.removeAttribute("aria-sort");
  }
};

choice.addEventListener("change", () => {
  arrange();
  said.textContent = choice.selectedOptions[0].dataset.said;
});
sort.hidden = false;
// A browser may remember the choice when one comes back to the page.
if (choice.selectedIndex > 0) arrange();
