// The view Watch: one run of both programmes with the same luck, week by week.

import { DASHES, colours } from "./colours.js";
import { latest } from "./compare.js";
import { described, problem } from "./controls.js";
import { byId, draw, el, say, table } from "./dom.js";
import { month, stateOf, storyOf, weeksOf } from "./people.js";
import { isHidden } from "./predict.js";
import { key, room } from "./room.js";
import { ASIDE, choose, onChoice, state } from "./state.js";
import { NAMES, plain, signed } from "./words.js";

const SIDES = ["a", "b"];
const WORDS = [
  "True practice: the points a review without error would find. A review sees it with an error of some points.",
  "Pressure: the week's work against what the staff on duty can do; under high pressure visits, meetings and the plan's actions give way.",
  "Bars: from none to full. Aware: knows of the programme; bought in: thinks it worth the work, as some do before they know much of it; strained: worn out, and likelier to leave.",
];
const PACE = 350; // milliseconds a week
const KINDS = {
  any: ["anything but visits", (event) => !event.what.startsWith("visit")],
  people: ["somebody comes or leaves", (event) => ["left", "joined", "manager left", "manager came", "new leader"].includes(event.what)],
  programme: ["a day, meeting or review is held", (event) => event.what.endsWith(" held") || event.what === "plan made"],
  finished: ["a step is finished", (event) => event.what === "finished"],
  visits: ["a visit, or one called off", (event) => event.what.startsWith("visit")],
};
let answers, known, run, asked, rooms, timer, week = 0, chosen = null, asking;

export function watchView(provider, about) {
  [answers, known] = [provider, about];
  onChoice((changes) => {
    const names = Object.keys(changes);
    if (names.every((name) => ["week", "draw"].includes(name) || ASIDE.test(name))) return;
    if (state().tab === "watch") ask();
    else stop();
  });
  if (state().tab === "watch") ask();
}

function place() {
  const typical = latest()?.typical ?? 0;
  const team = ["six"].includes(state().team) ? state()["watch-team"] ?? "1" : state().team;
  return { team, draw: Number(state().draw ?? typical), replicate: Number(state().replicate ?? 0) };
}

async function ask() {
  asking?.abort();
  if (isHidden()) {
    stop();
    asked = null;
    byId("view-watch").replaceChildren(el("p", {}, "Predict first: the runs are shown once you have written what you expect, in the view Compare."));
    return;
  }
  const { team, draw: position, replicate } = place();
  const { week: _week, tab: _tab, ...rest } = state();
  const question = JSON.stringify([rest, position]);
  if (question === asked && run) return;
  const mine = (asking = new AbortController());
  stop();
  try {
    const found = await answers.watch({ draw: position, replicate }, team, mine.signal, known.levers);
    if (mine !== asking) return;
    [run, asked, chosen] = [found, question, null];
    choose({ draw: String(position) });
    week = Math.min(Number(state().week ?? 0), weeks());
    problem(null);
    build();
  } catch (error) {
    if (error.name !== "AbortError") problem(error.message);
  }
}

function weeks() {
  return run.arms.a.who.length - 1;
}

// -- the stage -------------------------------------------------------------------------------------------------

function build() {
  rooms = Object.fromEntries(SIDES.map((side) => [side, room(run.arms[side], side, (seat) => pick(side, seat))]));
  byId("view-watch").replaceChildren(
    el("p", {}, "One run of each programme, with the same people at the start and the same luck. One run is one possible course, not a forecast: ",
      "another run can end otherwise. Another possible world is another guess at what nobody has measured; other luck is other chances in the same world."),
    which(), player(), timeline(),
    el("div", { class: "stages" }, SIDES.map(stage)),
    el("section", { class: "card", id: "person", "aria-live": "polite" }, el("p", {}, "Choose a person to read their time in the team.")),
    el("details", { open: true }, el("summary", {}, "What the figures and words mean"), key(), el("ul", {}, WORDS.map((text) => el("li", {}, text)))), ending());
  show();
}

function which() {
  const { team, draw: position, replicate } = place();
  const number = (id, label, value, most, set) => el("span", {}, el("label", { for: id }, label), " ",
    el("input", { id, type: "number", min: 1, max: most, value, on: { change: (event) => set(Number(event.target.value)) } }), " ");
  const clamp = (value, most) => String(Math.min(Math.max(Math.round(value) || 1, 1), most) - 1);
  const six = state().team === "six"
    ? el("span", {}, el("label", { for: "watch-team" }, "Team"), " ", el("select", { id: "watch-team", on: { change: (event) => choose({ "watch-team": event.target.value }) } },
      [1, 2, 3, 4, 5, 6].map((n) => el("option", { value: n, selected: String(n) === team }, `real team ${n}`))), " ")
    : null;
  return el("p", { class: "which" }, six,
    number("watch-draw", "Possible world", position + 1, known.draws, (value) => { choose({ draw: clamp(value, known.draws) }); ask(); }),
    number("watch-luck", "Luck", replicate + 1, 1000, (value) => choose({ replicate: clamp(value, 1000) })));
}

function player() {
  const button = (id, text, act) => el("button", { type: "button", id, on: { click: act } }, text);
  const kinds = el("select", { id: "event-kind", "aria-label": "Kind of event to go to" }, Object.entries(KINDS).map(([name, [label]]) => el("option", { value: name }, label)));
  return el("div", { class: "player", role: "group", "aria-label": "Player" },
    button("play", "Play", toggle), button("step-back", "Week back", () => move(week - 1)), button("step", "Week on", () => move(week + 1)),
    button("next-event", "Next event:", () => jump(kinds.value)), kinds,
    el("label", { for: "week" }, "Week"),
    el("input", { id: "week", type: "range", min: 0, max: weeks(), step: 1, value: week, on: { input: (event) => move(Number(event.target.value)) } }),
    el("output", { for: "week", id: "week-told" }));
}

function stage(side) {
  const arm = run.arms[side];
  return el("section", { class: `card stage ${side}`, "aria-labelledby": `stage-${side}` },
    el("h3", { id: `stage-${side}` }, `${NAMES[side]}: ${described(side)}`),
    el("p", { class: "total", id: `total-${side}` }),
    el("ul", { class: "leaders", id: `leaders-${side}` }), rooms[side].place,
    el("h4", {}, "This week"), el("ul", { class: "events", id: `events-${side}` }));
}

/** Draw both totals by week, with a line at the present one. */
function timeline() {
  const [width, height, look] = [Math.max(288, Math.min(860, byId("results").clientWidth - 20)), 120, colours()];
  const all = SIDES.flatMap((side) => run.arms[side].series.latent_total);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = (at) => 34 + (at / weeks()) * (width - 44);
  const y = (value) => 100 - ((value - low) / (high - low || 1)) * 85;
  const line = (side) => draw("polyline", {
    points: run.arms[side].series.latent_total.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(" "),
    fill: "none", stroke: look[side], "stroke-width": 2.4, "stroke-dasharray": DASHES[side],
  });
  const months = Array.from({ length: Math.floor((weeks() * 12) / 52 / 6) + 1 }, (_, k) => 6 * k);
  const label = `True practice by week: A from ${plain(all[0])} to ${plain(run.arms.a.series.latent_total.at(-1))}, B to ${plain(run.arms.b.series.latent_total.at(-1))} points.`;
  return el("div", {}, el("p", { class: "quiet" }, "True practice, points: ", el("b", { class: "a" }, "A"), " solid, ", el("b", { class: "b" }, "B"), " dashed"),
    draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label, class: "timeline", "font-size": 12, fill: look.faint },
    [low, high].map((value) => draw("text", { x: 30, y: y(value) + 4, "text-anchor": "end" }, plain(value))),
    months.map((one) => draw("text", { x: x((one * 52) / 12), y: 116, "text-anchor": "middle" }, one ? String(one) : "0 months")),
    SIDES.map(line), draw("line", { id: "cursor", x1: x(0), x2: x(0), y1: 8, y2: 102, stroke: look.ink, "data-left": 34, "data-width": width - 44 })));
}

// -- a week ----------------------------------------------------------------------------------------------------

function show() {
  byId("week").value = week;
  const text = `${week} of ${weeks()}, month ${month(week)}`;
  byId("week-told").textContent = text;
  byId("week").setAttribute("aria-valuetext", text);
  const cursor = byId("cursor");
  const at = Number(cursor.dataset.left) + (week / weeks()) * Number(cursor.dataset.width);
  for (const end of ["x1", "x2"]) cursor.setAttribute(end, at);
  for (const side of SIDES) showSide(side);
}

function showSide(side) {
  const arm = run.arms[side];
  rooms[side].show(week, chosen?.side === side ? chosen.seat : null);
  const total = arm.series.latent_total;
  byId(`total-${side}`).textContent = `True practice ${plain(total[week], 1)} points (${signed(total[week] - total[0])} since the start); ${running(arm)}`;
  byId(`leaders-${side}`).replaceChildren(...leaders(arm).map(([who, words, share]) =>
    el("li", {}, el("b", {}, who), ` ${words}`, share === null ? null : el("meter", { min: 0, max: 1, value: share, "aria-label": `${who}: ${Math.round(100 * share)} of 100` }))));
  const now = arm.events.filter((event) => event.week === week);
  byId(`events-${side}`).replaceChildren(...(now.length ? now.map((event) => el("li", {}, event.text)) : [el("li", { class: "quiet" }, "Nothing of note.")]));
}

function running(arm) {
  if (!week) return "before the programme";
  return arm.running[week] ? "the programme runs" : "no programme runs";
}

function leaders(arm) {
  const [manager, now] = [arm.manager[week], arm.series];
  const visit = arm.events.find((event) => event.week === week && event.what.startsWith("visit"));
  const facilitator = visit?.what === "visit" ? "is with the team" : visit ? "could not come, the visit was called off" : now.hours_facilitator[week] > 0 ? "is at the desk" : "is not there";
  return [
    ["Manager", manager ? "in post; priority for the programme" : "post empty", manager ? manager[1] / 100 : null],
    ["Facilitator", `${facilitator}; the team's trust`, now.facilitator_trust[week]],
    ["Leaders", "visible support", now.leaders_support[week]],
    ["Pressure", `${plain(now.pressure[week], 2)} (1 is typical)`, null],
  ];
}

// -- moving ----------------------------------------------------------------------------------------------------

function move(to) {
  week = Math.min(Math.max(to, 0), weeks());
  show();
  if (!timer) choose({ week: String(week) });
}

function toggle() {
  if (timer) {
    stop();
    choose({ week: String(week) });
    return;
  }
  if (week === weeks()) move(0);
  byId("play").textContent = "Pause";
  timer = setInterval(() => {
    if (week < weeks()) move(week + 1);
    else stop();
  }, PACE);
}

function stop() {
  clearInterval(timer);
  timer = null;
  if (byId("play")) byId("play").textContent = "Play";
}

function jump(kind) {
  stop();
  const fits = KINDS[kind][1];
  const later = SIDES.flatMap((side) => run.arms[side].events.filter((event) => event.week > week && fits(event)).map((event) => ({ side, ...event })));
  if (!later.length) return say("No such event is left.");
  const next = later.reduce((one, other) => (other.week < one.week ? other : one));
  move(next.week);
  return say(`Week ${next.week}, ${NAMES[next.side]}: ${next.text}.`);
}

// -- a person --------------------------------------------------------------------------------------------------

function pick(side, seat) {
  chosen = { side, seat };
  show();
  const arm = run.arms[side];
  const found = stateOf(arm, week, seat);
  const place = byId("person");
  if (!found) {
    place.replaceChildren(el("p", {}, `Seat ${seat + 1} in ${NAMES[side]} is empty in week ${week}.`));
    place.scrollIntoView({ block: "nearest" });
    return;
  }
  const inPost = weeksOf(arm, found.number);
  const rows = inPost.filter((one, k) => k % 4 === 0 || k === inPost.length - 1).map((one) => {
    const { awareness, buyIn, ownership, strain } = stateOf(arm, one, seat);
    return [`${one} (month ${month(one)})`, ...[awareness, buyIn, ownership, strain].map(String)];
  });
  place.replaceChildren(el("h3", {}, `Seat ${seat + 1} in ${NAMES[side]}`), el("ul", {}, storyOf(arm, found.number).map((text) => el("li", {}, text))),
    el("details", {}, el("summary", {}, "Every fourth week"), table("Of 100", ["Week", "Aware", "Bought in", "Owns the plan", "Strain"], rows)));
  place.scrollIntoView({ block: "nearest" });
}

function ending() {
  const gain = (arm) => arm.outcomes[`gain_end`] ?? null;
  const [a, b] = SIDES.map((side) => gain(run.arms[side]));
  if (a === null || b === null) return null;
  return el("details", { id: "ending" }, el("summary", {}, "How this run ends"),
    el("p", {}, `Reviewed gain at the end: A ${signed(a, 0)}, B ${signed(b, 0)} points; B less A ${signed(b - a, 0)}.`));
}
