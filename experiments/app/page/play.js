// The view in which one is the facilitator: decide month by month where the time goes, then see what came of it.

import { problem } from "./controls.js";
import { deciding } from "./deciding.js";
import { byId, el, say } from "./dom.js";
import { offer } from "./download.js";
import { ending } from "./ending.js";
import { knownNow, notesOf } from "./months.js";
import { choose, onChoice, state } from "./state.js";

const KEYS = ["team", "programme", "draw", "replicate", "played", "decisions"];
const LUCKS = 1000;
let answers, known, game, asking, stood, moved = false;

export function playView(provider, about) {
  [answers, known] = [provider, about.play];
  onChoice((changes) => {
    if (state().tab === "play" && ("tab" in changes || Object.keys(changes).some((name) => name.startsWith("play.")))) ask();
  });
  if (state().tab === "play") ask();
}

// -- the game, as it stands in the address -----------------------------------------------------------------------

function played() {
  return state()["play.played"] === undefined ? null : Number(state()["play.played"]);
}

function decisions() {
  return (state()["play.decisions"] ?? "").split(";").filter(Boolean).map((text) => {
    const [month, visit_interval, doing, escalating, inducting] = text.split(/[:,]/).map(Number);
    return { month, visit_interval, doing, escalating, inducting };
  });
}

function written(list) {
  return list.map((one) => `${one.month}:${[one.visit_interval, one.doing, one.escalating, one.inducting].join(",")}`).join(";");
}

function setup() {
  return {
    team: state()["play.team"] ?? "3", programme: state()["play.programme"] ?? known.programmes[0][0],
    draw: Number(state()["play.draw"] ?? 0), replicate: Number(state()["play.replicate"] ?? 0),
  };
}

async function ask() {
  asking?.abort();
  if (played() === null) {
    begin();
    return;
  }
  const turn = { ...setup(), played: played(), decisions: decisions() };
  if (stood === JSON.stringify(turn) && game) return;
  const mine = (asking = new AbortController());
  byId("view-play").setAttribute("aria-busy", "true");
  try {
    const found = await answers.play(turn, mine.signal);
    if (mine !== asking) return;
    [game, stood] = [found, JSON.stringify(turn)];
    problem(null);
    show();
  } catch (error) {
    if (error.name !== "AbortError") problem(error.message);
  } finally {
    if (mine === asking) byId("view-play").removeAttribute("aria-busy");
  }
}

// -- before the first month --------------------------------------------------------------------------------------

function begin() {
  [game, stood] = [null, null];
  const start = setup();
  const list = (id, label, options, value) => el("p", {}, el("label", { for: id }, label), " ",
    el("select", { id }, options.map(([key, text]) => el("option", { value: key, selected: key === value }, text))));
  const number = (id, label, value, most) => el("p", {}, el("label", { for: id }, label), " ",
    el("input", { id, type: "number", min: 1, max: most, value: value + 1 }));
  const teams = [...[1, 2, 3, 4, 5, 6].map((n) => [String(n), `real team ${n}`]), ["own", "a team of my own, as set in the view Compare"]];
  byId("view-play").replaceChildren(el("section", { class: "card" },
    el("h2", {}, "Be the facilitator"),
    el("p", {}, `You have some hours a week, half a day in most programmes, for ${known.months} months. Decide each month where they go. Nothing is scripted: `,
      "the same simulation answers as in the other views. You see what a facilitator could know; the rest is shown at the end, beside what other ways to spend the time make of the same people and the same luck."),
    list("play-team", "Whose team", teams, start.team), list("play-programme", "Programme", known.programmes, start.programme),
    el("details", {}, el("summary", {}, "Which possible world, which luck"),
      number("play-draw", "Possible world", start.draw, known.draws), number("play-luck", "Luck", start.replicate, LUCKS),
      el("button", { type: "button", on: { click: atRandom } }, "Any world, any luck")),
    el("p", {}, el("button", { type: "button", id: "play-begin", class: "main", on: { click: first } }, "Begin"))));
}

function atRandom() {
  const [draw, luck] = crypto.getRandomValues(new Uint32Array(2));
  byId("play-draw").value = (draw % known.draws) + 1;
  byId("play-luck").value = (luck % LUCKS) + 1;
  say("World and luck chosen at random.");
}

function first() {
  const position = (id, most) => String(Math.min(Math.max(Math.round(Number(byId(id).value)) || 1, 1), most) - 1);
  choose({
    "play.team": byId("play-team").value, "play.programme": byId("play-programme").value,
    "play.draw": position("play-draw", known.draws), "play.replicate": position("play-luck", LUCKS), "play.played": "0", "play.decisions": null,
  });
}

// -- month by month ----------------------------------------------------------------------------------------------

function show() {
  const [now, month] = [game.seen.at(-1), played()];
  const title = el("h2", { tabindex: -1 }, game.ending ? `After ${known.months} months` : `Month ${month + 1} of ${known.months}`);
  byId("view-play").replaceChildren(title, el("p", { class: "quiet" }, `${game.title}; ${game.hours} hours a week.`),
    game.ending ? ending(game.ending) : el("div", { class: "turn" }, knownNow(now), deciding(month + 1, now.time, (decision) => goOn(month + 1, decision))),
    buttons(month), notesOf(game.seen));
  if (moved) title.focus();
  moved = false;
  say(month ? `Month ${month} is over: ${now.visits} visits, ${now.called_off} called off.` : "The game begins.");
}

/** Live through a month; pressed twice it is one month all the same. */
function goOn(month, decision) {
  moved = true;
  const list = decisions().filter((one) => one.month < month);
  choose({ "play.played": String(month), "play.decisions": written(decision ? [...list, decision] : list) });
}

function back(month) {
  moved = true;
  const before = month - 1;
  choose({ "play.played": String(before), "play.decisions": written(decisions().filter((one) => one.month <= before)) });
}

function anew() {
  choose(Object.fromEntries(KEYS.map((name) => [`play.${name}`, null])));
  byId("play-team").focus();
}

function buttons(month) {
  return el("p", { class: "buttons" },
    month ? el("button", { type: "button", on: { click: () => back(month) } }, "Take the last month back") : null,
    offer("The game (TOML)", "game.toml", "application/toml", () => game.file),
    el("button", { type: "button", on: { click: anew } }, "A new game"));
}
