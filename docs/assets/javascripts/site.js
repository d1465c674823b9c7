// What every page needs.

// Ages are true on the day of reading: a card whose last day has passed since the page was built says so.
// The day is that of Georgia, wherever the reader is ("sv" writes it as 2026-12-31).
const today = new Date().toLocaleDateString("sv", { timeZone: "Asia/Tbilisi" });
for (const notice of document.querySelectorAll("[data-gz-after]")) {
  if (today > notice.dataset.gzAfter) notice.hidden = false;
}
