/* A record and the shape of its model → fields. What is typed goes into the record at once; nothing is guessed. */

/** Lists of at most so many choices are boxes to tick. */
const TICKED = 8;
/** Values that are longer than others. */
const WIDE = ["url", "source"];

/** An element with attributes, properties and what stands inside. */
export function make(name, about = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(about)) {
    if (key in element && key !== "list") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...inside.filter((part) => part !== null && part !== undefined));
  return element;
}

/** The words of a message, with what stands in its places. */
export function filled(words, about) {
  return words.replace(/\{(\w+)\}/g, (place, name) => about[name] ?? place);
}

/** The id of what stands at a place of the record. */
export const idOf = (loc) => ["f", ...loc].join("-");

/** Draws fields of one record; `changed` is told of every change, `redraw` of those that add or take away fields. */
export class Drawing {
  constructor({ shape, words, record, changed, redraw, say, locked }) {
    Object.assign(this, { shape, words, record, changed, redraw, say, locked });
  }

  at(loc) {
    return loc.reduce((value, key) => value?.[key], this.record());
  }

  put(loc, value) {
    const record = loc.slice(0, -1).reduce((inner, key) => inner[key], this.record());
    record[loc.at(-1)] = value;
    this.changed();
  }

  /** The fields of a record: those that say something or must, then a way to add the others. */
  fields(model, loc, keys) {
    const all = this.shape.models[model].fields.filter((field) => !keys || keys.includes(field.key));
    const record = this.at(loc) ?? {};
    const shown = all.filter((field) => field.needed || field.key in record);
    const rest = all.filter((field) => !shown.includes(field));
    const drawn = make("div", { class: "fields" }, ...shown.map((field) => this.field(field, [...loc, field.key])));
    return [drawn, rest.length ? this.adder(model, loc, rest, keys) : null];
  }

  field(field, loc) {
    if (this.locked(loc)) return this.fixed(field, loc);
    if (field.many) return this.several(field, loc);
    return this.one(field, loc, field.title);
  }

  one(field, loc, title, tools) {
    if (field.is === "text") return this.text(field, loc, title, tools);
    if (field.is === "record") return this.inner(field, loc, title, tools);
    return this.plain(field, loc, title, tools);
  }

  // --- one value

  plain(field, loc, title, tools) {
    const id = idOf(loc);
    const control = this.control(field, loc, id);
    control.addEventListener(control.tagName === "SELECT" ? "change" : "input", () => this.put(loc, control.value));
    const label = make("label", { htmlFor: id, textContent: title });
    const wide = field.is === "words" || WIDE.includes(field.key) ? " field--wide" : "";
    return this.box("div", `field${wide}`, field, loc, title, [label], [control], tools);
  }

  control(field, loc, id) {
    const value = this.at(loc) ?? "";
    const about = { id, "aria-describedby": `${id}-m` };
    if (field.is === "choice") return this.select(this.choices(field), value, about);
    if (field.is === "flag") return this.select([["true", this.words.yes], ["false", this.words.no]], value, about);
    if (field.is === "words") return make("textarea", { ...about, value, rows: 3 });
    if (field.is === "day") return make("input", { ...about, type: "date", value, max: "2100-12-31" });
    const number = field.is === "number" ? { inputMode: "decimal", class: "short" } : {};
    return make("input", { ...about, type: "text", value, autocomplete: "off", ...number });
  }

  choices(field) {
    return field.choices ?? this.shape.tables[field.table];
  }

  /** A list to choose from; a value that is not in it stays, so that the message about it is seen. */
  select(choices, value, about) {
    const known = !value || choices.some(([id]) => id === value);
    const all = [["", this.words.unknown], ...choices, ...(known ? [] : [[value, value]])];
    return make("select", about, ...all.map(([id, words]) => make("option", { value: id, textContent: words, selected: id === value })));
  }

  fixed(field, loc) {
    const value = this.at(loc);
    const words = field.is === "choice" ? (this.choices(field).find(([id]) => id === value)?.[1] ?? value) : value;
    const label = make("span", { class: "label", textContent: field.title });
    return make("div", { class: "field field--fixed" }, label, make("span", { textContent: words }));
  }

  text(field, loc, title, tools) {
    const sides = [["ka", this.words["in-georgian"]], ["en", this.words["in-english"]]].map(([language, words]) => {
      const inner = [...loc, language];
      const id = idOf(inner);
      const area = make("textarea", { id, lang: language, rows: 2, value: this.at(inner) ?? "", spellcheck: true, "aria-describedby": `${id}-m` });
      area.addEventListener("input", () => this.put(inner, area.value));
      const label = make("label", { htmlFor: id, textContent: words });
      return make("div", { class: "field", "data-loc": inner.join(".") }, label, area, this.message(id));
    });
    return this.box("fieldset", "text", field, loc, title, [make("legend", { textContent: title })], [make("div", { class: "sides" }, ...sides)], tools);
  }

  inner(field, loc, title, tools) {
    const legend = this.legend(loc, title);
    const remove = tools ?? [this.remover(loc, title)];
    return this.box("fieldset", "record", field, loc, title, [legend], this.fields(field.model, loc), remove);
  }

  /** A legend that says what the heading above it has just said is there for those who hear the page. */
  legend(loc, title) {
    const heading = loc.length === 1 && this.shape.sections.some(({ id, fields }) => fields.includes(loc[0]) && this.words[`part-${id}`] === title);
    return make("legend", { textContent: title, class: heading ? "heard" : "" });
  }

  // --- several values

  several(field, loc) {
    const choices = field.is === "choice" ? this.choices(field) : null;
    if (choices && choices.length <= TICKED) return this.ticks(field, loc, choices);
    const items = this.at(loc) ?? [];
    const rows = items.map((_, index) => {
      const title = `${field.title} ${index + 1}`;
      const tools = [index ? this.lifter(loc, index, title) : null, this.remover([...loc, index], title)];
      return make("li", {}, this.one({ ...field, many: false, help: "" }, [...loc, index], title, tools));
    });
    const add = this.button("add-row", field.title, () => {
      this.put(loc, [...(this.at(loc) ?? []), this.empty({ ...field, many: false })]);
      this.redraw([...loc, this.at(loc).length - 1]);
    });
    const legend = this.legend(loc, field.title);
    return this.box("fieldset", "list", field, loc, field.title, [legend], [make("ol", {}, ...rows), add], []);
  }

  ticks(field, loc, choices) {
    const boxes = choices.map(([id, words], index) => {
      const box = make("input", { type: "checkbox", id: idOf([...loc, index]), checked: (this.at(loc) ?? []).includes(id) });
      box.addEventListener("change", () => {
        const chosen = new Set(this.at(loc) ?? []);
        if (box.checked) chosen.add(id);
        else chosen.delete(id);
        this.put(loc, [...chosen]);
      });
      return make("label", { class: "tick" }, box, make("span", { textContent: words }));
    });
    const legend = make("legend", { textContent: field.title });
    return this.box("fieldset", "ticks", field, loc, field.title, [legend], boxes, []);
  }

  // --- adding and taking away

  empty(field) {
    if (field.many) return field.is === "choice" && this.choices(field).length <= TICKED ? [] : [this.empty({ ...field, many: false })];
    if (field.is === "text") return { ka: "", en: "" };
    return field.is === "record" ? {} : "";
  }

  adder(model, loc, rest, keys) {
    const id = `${idOf(loc)}-add-${keys ? keys[0] : "any"}`;
    const title = loc.length ? this.shape.models[model].title : this.words[`part-${this.partOf(keys)}`];
    const select = make("select", { id, "aria-label": filled(this.words["add-field-in"], { title }) });
    select.append(make("option", { value: "", textContent: this.words["add-choose"] }));
    select.append(...rest.map((field) => make("option", { value: field.key, textContent: field.title })));
    const button = this.button("add", null, () => {
      const field = rest.find(({ key }) => key === select.value);
      if (!field) {
        select.focus();
        return;
      }
      if (this.at(loc) === undefined) this.put(loc, {});
      this.put([...loc, field.key], this.empty(field));
      this.redraw([...loc, field.key]);
    });
    const summary = make("summary", { textContent: this.words["add-field"] });
    summary.setAttribute("aria-label", filled(this.words["add-field-in"], { title }));
    return make("details", { class: "adder" }, summary, make("div", { class: "row" }, select, button));
  }

  partOf(keys) {
    return this.shape.sections.find((part) => part.fields === keys)?.id;
  }

  remover(loc, title) {
    return this.button("remove", title, () => {
      const record = this.at(loc.slice(0, -1));
      if (Array.isArray(record)) record.splice(loc.at(-1), 1);
      else delete record[loc.at(-1)];
      this.changed();
      this.redraw(loc.slice(0, -1));
      this.say(filled(this.words.removed, { title }));
    });
  }

  lifter(loc, index, title) {
    return this.button("up", title, () => {
      const items = [...this.at(loc)];
      items.splice(index - 1, 0, ...items.splice(index, 1));
      this.put(loc, items);
      this.redraw([...loc, index - 1]);
    });
  }

  button(code, title, act) {
    const button = make("button", { type: "button", class: `small small--${code}`, textContent: this.words[code] });
    if (title) button.setAttribute("aria-label", filled(this.words[`${code}-in`], { title }));
    button.addEventListener("click", act);
    return button;
  }

  // --- what all fields have: help on request, a place for messages

  box(tag, kind, field, loc, title, head, inside, tools = []) {
    const id = idOf(loc);
    const heading = head[0].className === "heard";
    const help = field.help ? make("p", { class: "help", id: `${id}-h`, hidden: !heading, textContent: field.help }) : null;
    const asked = help && !heading ? this.helper(help, title) : null;
    const extras = [asked, ...tools].filter(Boolean);
    const row = extras.length ? make("div", { class: "tools" }, ...extras) : null;
    const group = tag === "fieldset" ? { "aria-describedby": `${id}-m` } : {};
    const message = this.message(id);
    const body = tag === "fieldset" ? [message, ...inside] : [...inside, message];
    return make(tag, { class: kind, "data-loc": loc.join("."), ...group }, ...head, row, help, ...body);
  }

  helper(help, title) {
    const button = make("button", { type: "button", class: "small small--help", textContent: "?", "aria-expanded": "false", "aria-controls": help.id });
    button.setAttribute("aria-label", filled(this.words["help-about"], { title }));
    button.addEventListener("click", () => {
      help.hidden = !help.hidden;
      button.setAttribute("aria-expanded", String(!help.hidden));
    });
    return button;
  }

  message(id) {
    return make("p", { class: "message", id: `${id}-m`, hidden: true });
  }
}
