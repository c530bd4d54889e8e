// The decision of a month: four controls, of which three share the time with the team; the rest is coaching.

import { stacked } from "./bars.js";
import { el, say } from "./dom.js";
import { amount } from "./words.js";

const SHARES = [
  ["doing", "doing", "Doing the work yourself", "It moves the plan now; the team may own it less."],
  ["escalating", "leaders", "With the trust's leaders", "Asking them to back the team."],
  ["inducting", "newcomers", "Training newcomers", "Those in their first weeks hear of the programme."],
];
const WEEKS = { low: 1, high: 8 };
const SMALL = 1e-9;

/** Draw the form of a month; `goOn` is called with the decision, or with nothing where all stays as it stands. */
export function deciding(month, stands, goOn) {
  const chosen = { ...stands };
  const bar = el("p", { id: "time-bar" });
  const show = () => {
    const parts = [["coaching", coaching(chosen)], ...SHARES.map(([name, short]) => [short, chosen[name]])];
    const told = parts.map(([label, share]) => `${label} ${percent(share)}`).join(", ");
    bar.replaceChildren(stacked(parts, told), el("span", { class: "quiet" }, `With the team: ${told}.`));
  };
  const changed = () => Object.keys(stands).some((name) => chosen[name] !== stands[name]);
  show();
  return el("section", { class: "card", id: "deciding", "aria-labelledby": "deciding-title" },
    el("h3", { id: "deciding-title" }, "Where your time goes"),
    el("p", { class: "quiet" }, "As you decided last, until you decide otherwise. What you give to nothing below is coaching: helping staff to do it themselves. Hours between visits are saved for the next one, a day at most."),
    slider("visit_interval", "Weeks between visits", "Fewer visits are less travel.", { min: WEEKS.low, max: WEEKS.high, step: 1 },
      () => chosen.visit_interval, (value) => { chosen.visit_interval = value; }, (value) => amount(value, value === 1 ? "week" : "weeks")),
    SHARES.map(([name, , label, help]) => slider(name, label, help, { min: 0, max: 100, step: 5 },
      () => 100 * chosen[name], (value) => { share(chosen, name, value / 100); show(); }, (value) => `${Math.round(value)}%`)),
    bar,
    el("button", { type: "button", class: "main", id: "go-on", on: { click: () => goOn(changed() ? { month, ...chosen } : null) } }, `Live through month ${month}`));
}

function coaching(chosen) {
  return Math.max(0, 1 - SHARES.reduce((sum, [name]) => sum + chosen[name], 0));
}

/** Give a share what it asks for, at most what the others leave. */
function share(chosen, name, value) {
  const left = 1 - SHARES.filter(([other]) => other !== name).reduce((sum, [other]) => sum + chosen[other], 0);
  if (value > left + SMALL) say("The other parts leave no more than that: make one of them smaller first.");
  chosen[name] = Number(Math.max(0, Math.min(value, left)).toFixed(6));
}

function slider(name, label, help, limits, get, set, told) {
  const id = `play-${name}`;
  const out = el("output", { for: id });
  const input = el("input", { id, type: "range", ...limits, "aria-describedby": `${id}-help`, on: { input: () => { set(Number(input.value)); show(); } } });
  const show = () => {
    input.value = get();
    out.textContent = told(get());
    input.setAttribute("aria-valuetext", out.textContent);
  };
  show();
  return el("div", { class: "lever one" }, el("label", { for: id, class: "name" }, label), el("span", { class: "range" }, input, out),
    el("p", { class: "help", id: `${id}-help` }, help));
}

function percent(value) {
  return `${Math.round(100 * value)}%`;
}
