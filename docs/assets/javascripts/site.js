// What every page needs. The way to the worker is fetched only when it is gone.
const ask = async (...asked) => (await import("./worker.js")).ask(...asked);

// Ages are true on the day of reading: a card whose last day has passed since the page was built says so.
// The day is that of Georgia, wherever the reader is ("sv" writes it as 2026-12-31).
const today = new Date().toLocaleDateString("sv", { timeZone: "Asia/Tbilisi" });
for (const notice of document.querySelectorAll("[data-gz-after]")) {
  if (today > notice.dataset.gzAfter) notice.hidden = false;
}
for (const notice of document.querySelectorAll("[data-gz-until]")) {
  notice.hidden = today < notice.dataset.gzSince || today > notice.dataset.gzUntil;
}

// On a narrow screen the menu is opened by a label, which no keyboard reaches: a button takes its place.
const drawer = document.getElementById("__drawer");
const label = document.querySelector("[data-gz-menu]");
if (label) {
  const menu = document.createElement("button");
  const tell = () => menu.setAttribute("aria-expanded", drawer.checked);
  Object.assign(menu, { type: "button", className: `${label.className} gz-menu`, ariaLabel: label.dataset.gzMenu });
  menu.append(...label.childNodes);
  label.replaceWith(menu);
  menu.addEventListener("click", () => drawer.click());
  drawer.addEventListener("change", () => {
    tell();
    if (drawer.checked) document.querySelector(".md-sidebar--primary a[href]:not(.md-logo)")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    menu.focus();
  });
  tell();
}

// A page may have come from the phone's own store (sw.js): the worker has written so into it. When the
// network answers after all, the page says that there is a newer version, or that it is current.
const notices = document.querySelector(".gz-notices");
const told = ({ words, link, href }) => {
  const notice = document.createElement("p");
  const further = document.createElement("a");
  notice.className = "gz-saved";
  further.textContent = link;
  further.href = href || location.href;
  notice.append(words, " ", further);
  notices.replaceChildren(notice);
  if (!href) further.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
};
let newer = false;
if (notices && "serviceWorker" in navigator) {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.kind === "newer") { newer = true; told(data); }
    if (data.kind === "current" && !newer) notices.replaceChildren();
    if (data.kind === "saved" && !notices.hasChildNodes()) told(data);
  });
  addEventListener("online", () => {
    if (notices.hasChildNodes() && !newer) ask("check", { url: location.href }).catch(() => undefined);
  });
}

// What is folded stands open on paper; newer browsers do so by the style sheet.
if (!CSS.supports("selector(::details-content)")) {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".md-content details:not([open])")];
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of folded) one.open = false; });
}

// When the page has long been there and nothing else is going on, the worker is told what was opened.
const idle = window.requestIdleCallback ?? setTimeout;
const opened = () => {
  const files = performance.getEntriesByType("resource").map((entry) => entry.name.split("#")[0]);
  ask("visited", { url: location.href, files, sparing: navigator.connection?.saveData === true }).catch(() => undefined);
};
addEventListener("load", () => setTimeout(() => idle(opened), 3000));
