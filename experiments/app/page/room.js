// The people of a team as figures: told by shape and sign as well as by colour.

import { draw, el } from "./dom.js";
import { stateOf, told } from "./people.js";

/** Make a room of a run: a button for each seat; `pick` is called with the seat. */
export function room(arm, side, pick) {
  const seats = arm.who[0].map((_, seat) => {
    const button = el("button", { type: "button", class: "seat", id: `seat-${side}-${seat}`, on: { click: () => pick(seat) } }, figureOf());
    return button;
  });
  const place = el("div", { class: "room", role: "group", "aria-label": "The people of the team" }, seats);
  return { place, show: (week, chosen) => seats.forEach((button, seat) => showSeat(button, arm, week, seat, chosen)) };
}

function figureOf() {
  return draw("svg", { viewBox: "0 0 32 44", width: 32, height: 44, "aria-hidden": "true" },
    draw("circle", { class: "head", cx: 16, cy: 14, r: 7 }),
    draw("path", { class: "body", d: "M4 42 V34 a9 9 0 0 1 9 -9 h6 a9 9 0 0 1 9 9 V42 Z" }),
    draw("path", { class: "tick", d: "M10 34 l4 4 l8 -9" }),
    draw("text", { class: "strain", x: 28, y: 12 }, "!"),
    draw("text", { class: "fresh", x: 0, y: 10 }, "N"));
}

function showSeat(button, arm, week, seat, chosen) {
  const found = stateOf(arm, week, seat);
  const marks = found
    ? ["present", "aware", "won", "strained", "fresh"].filter((mark) => found[mark]).concat(found.person.senior ? "senior" : [])
    : ["vacant"];
  const name = ["seat", ...marks, ...(seat === chosen ? ["chosen"] : [])].join(" ");
  if (button.className !== name) button.className = name;
  const label = told(seat, found);
  if (button.getAttribute("aria-label") !== label) {
    button.setAttribute("aria-label", label);
    button.title = label;
  }
  button.setAttribute("aria-pressed", seat === chosen);
}

const KEY = [
  ["present", "hardly aware"], ["present aware", "aware of the programme"], ["present aware won", "bought in"], ["present strained", "strained"],
  ["present fresh", "new, first 12 weeks"], ["present senior", "senior"], ["", "away this week"], ["vacant", "empty post"],
];

/** Say what the figures' looks mean. */
export function key() {
  return el("ul", { class: "key figures" }, KEY.map(([marks, words]) => el("li", {}, el("span", { class: `seat ${marks}` }, figureOf()), words)));
}
