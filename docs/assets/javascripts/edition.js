// A reader came from a sheet of paper, whose code names its edition (?e=2026-11, or ?e=d261120 for a sheet that
// was printed between two editions): is the sheet current, and what has changed since?

const said = (what, card, edition) => {
  const about = Object.hasOwn(what.programs, card) ? what.programs[card] : {};
  if (Object.hasOwn(about, edition)) {
    const [current, changed] = what.editions[edition];
    return about[edition].length ? { words: changed, changes: about[edition] } : { words: current };
  }
  const [, year, month, day] = edition.match(/^d(\d\d)(\d\d)(\d\d)$/) ?? [];
  return { words: day ? what.between.replace("{day}", `${day}.${month}.20${year}`) : what.unknown };
};

/** Say above the card what its reader should know about the sheet. */
export async function tell(card, edition) {
  const [town] = card.dataset.gzCard.split("/");
  const response = await fetch(new URL(`../data/editions/${town}.${card.lang}.json`, import.meta.url));
  if (!response.ok) return;
  const { words, changes = [] } = said(await response.json(), card.dataset.gzCard, edition);
  const [notice, line, list] = ["aside", "p", "ul"].map((name) => document.createElement(name));
  notice.className = "gz-edition";
  notice.dataset.gzScript = "";
  notice.setAttribute("role", "status");
  line.textContent = words;
  list.append(...changes.map((change) => {
    const item = document.createElement("li");
    item.textContent = change;
    return item;
  }));
  notice.append(line, ...(changes.length ? [list] : []));
  card.before(notice);
}
