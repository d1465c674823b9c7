// Marked terms: the style sheet shows the definition on hover and focus. Here is what it cannot do:
// Escape hides it (WCAG 2.2, 1.4.13), the first tap of a finger shows it instead of following the link,
// and a definition that would leave the page on the right turns to the left,
// and on a phone it stands at the top where the term itself stands low.
const open = () => document.querySelector(".gz-term--open");
const show = (term) => {
  if (open() && open() !== term) hide(open());
  term.classList.add("gz-term--open");
  term.classList.remove("gz-term--away", "gz-term--left");
  term.classList.toggle("gz-term--low", term.getBoundingClientRect().bottom > innerHeight * 0.6);
  const box = term.querySelector("[role=tooltip]").getBoundingClientRect();
  term.classList.toggle("gz-term--left", box.right > document.documentElement.clientWidth - 8);
};
const hide = (term) => term.classList.remove("gz-term--open", "gz-term--left");

for (const term of document.querySelectorAll(".gz-term")) {
  const link = term.querySelector("a");
  let touched = false;
  link.addEventListener("pointerdown", (event) => { touched = event.pointerType !== "mouse" && !term.classList.contains("gz-term--open"); });
  link.addEventListener("click", (event) => { if (touched) event.preventDefault(); touched = false; });
  link.addEventListener("focus", () => show(term));
  link.addEventListener("blur", () => hide(term));
  term.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(term); });
  term.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse" && document.activeElement !== link) hide(term); });
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".gz-term:is(:hover, :focus-within)")) term.classList.add("gz-term--away");
  if (open()) hide(open());
});
document.addEventListener("pointerdown", (event) => { if (open() && !open().contains(event.target)) hide(open()); });
