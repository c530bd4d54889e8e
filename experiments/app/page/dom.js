// Elements of the page, made in one way.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: attributes by name, `on` for listeners, then children (text or elements; nothing is left out). */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** Make an element of a drawing. */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(made, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  for (const [name, listener] of Object.entries(on)) made.addEventListener(name, listener);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Say whether choices and results stand beside each other, as the style has it. */
export function isWide() {
  return innerWidth > 900;
}

/** Go to a place of the page: what is at its head is in view and has the focus. */
export function goTo(id) {
  const head = byId(id).querySelector("h2, h3") ?? byId(id);
  head.tabIndex = -1;
  head.scrollIntoView();
  head.focus();
}

/** Tell those who cannot see the page what has changed. */
export function say(text) {
  byId("said").textContent = text;
}

/** Make a table: heads, then rows whose first cell is their head; numbers stand to the right. */
export function table(caption, heads, rows) {
  const cell = (text, k) => (k ? el("td", {}, text) : el("th", { scope: "row" }, text));
  return el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    el("table", {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map(cell))))));
}

/** Make a figure: its drawing, with the same in a table to be opened. */
export function figure(id, title, drawing, made, caption) {
  return el("figure", { id },
    el("h3", {}, title), drawing,
    caption ? el("figcaption", {}, caption) : null,
    el("details", { class: "as-table" }, el("summary", {}, "The same as a table"), made));
}
