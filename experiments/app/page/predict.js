// Predict first: question, hypothesis and direction before results are shown; findings and decision after.

import { byId, el, goTo, say } from "./dom.js";
import { choose, state } from "./state.js";

const BEFORE = [["question", "My question"], ["hypothesis", "What I expect, and why"]];
const AFTER = [["findings", "What I found"], ["decision", "What I would decide"]];
const DIRECTIONS = [["", "choose one"], ["b", "B does better"], ["a", "A does better"], ["none", "no clear difference"]];

/** Return the notes as they stand. */
export function notes() {
  return Object.fromEntries([...BEFORE, ["direction"], ...AFTER].map(([name]) => [name, state()[`note-${name}`] ?? ""]));
}

export function isPredicting() {
  return state().predict === "first";
}

/** Say whether results are to wait for a prediction. */
export function isHidden() {
  return isPredicting() && state().shown !== "yes";
}

/** Draw the part of the page for predictions; `found` is the main difference once it may be seen. */
export function prediction(found) {
  if (!isPredicting()) {
    const begin = () => {
      choose({ predict: "first", shown: null });
      byId("note-question").focus();
    };
    return el("p", { class: "quiet predict" }, "For teaching: ",
      el("button", { type: "button", id: "predict-first", on: { click: begin } }, "Predict before you look"));
  }
  return el("section", { class: "card predict", "aria-labelledby": "predict-title" },
    el("h3", { id: "predict-title" }, "Predict first"),
    BEFORE.map(field), direction(), isHidden() ? reveal() : [verdict(found), ...AFTER.map(field)],
    el("p", {}, el("button", { type: "button", on: { click: stop } }, "Leave this mode")));
}

function stop() {
  choose({ predict: null, shown: null });
  byId("predict-first").focus();
}

function field([name, label]) {
  const id = `note-${name}`;
  const closed = BEFORE.some(([other]) => other === name) && !isHidden();
  const input = el("textarea", { id, rows: 2, maxlength: 1000, readonly: closed, on: { change: () => choose({ [id]: input.value }) } });
  input.value = state()[id] ?? "";
  return el("p", {}, el("label", { for: id }, label), input);
}

function direction() {
  const input = el("select", { id: "note-direction", disabled: !isHidden(), on: { change: () => choose({ "note-direction": input.value }) } },
    DIRECTIONS.map(([value, label]) => el("option", { value }, label)));
  input.value = state()["note-direction"] ?? "";
  return el("p", {}, el("label", { for: "note-direction" }, "Which does better"), " ", input);
}

function reveal() {
  const show = () => {
    const missing = !state()["note-direction"] || !state()["note-hypothesis"];
    hint.hidden = !missing;
    if (missing) {
      say("Write what you expect and choose which does better first.");
    } else {
      choose({ shown: "yes" });
      goTo("expected");
    }
  };
  const hint = el("p", { class: "hint", hidden: true }, "Write what you expect and choose which does better first.");
  return el("div", {}, hint, el("button", { type: "button", id: "reveal", class: "main", on: { click: show } }, "Show the results"));
}

function verdict(found) {
  const expected = DIRECTIONS.find(([value]) => value === state()["note-direction"])?.[1] ?? "nothing";
  const better = found.p_positive > 0.5 ? "B does better" : "A does better";
  const model = found.decided ? better : "not decided";
  return el("p", { id: "expected" }, `You expected: ${expected}. The model: ${model}.`);
}
