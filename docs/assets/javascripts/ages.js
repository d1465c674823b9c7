// Ages are true on the day of reading: a card whose last day has passed since the page was built says so.
const today = new Date().toISOString().slice(0, 10);
for (const notice of document.querySelectorAll("[data-gz-after]")) {
  if (today > notice.dataset.gzAfter) notice.hidden = false;
}
