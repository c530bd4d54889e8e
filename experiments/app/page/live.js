// Answers from the server on this machine.

import { state, under } from "./state.js";

const session = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36)).join("");

export const live = { isStatic: false, about, compare, watch, play, report, prediction };

async function about() {
  return (await fetch("api/about")).json();
}

/** Ask for a comparison; `take` is called with each answer, the later the better. */
async function compare(take, signal, levers) {
  const answer = await post("api/compare", asked(levers), signal);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    const lines = text.split("\n");
    text = lines.pop();
    for (const found of lines.map((line) => JSON.parse(line))) {
      if (found.error) throw new Error(found.error);
      take(found);
    }
  }
}

async function watch(run, team, signal, levers) {
  return (await post("api/watch", { ...asked(levers), team, run }, signal)).json();
}

/** Return a game as it stands. */
async function play(game, signal) {
  return (await post("api/play", { ...ownTeam(), ...game }, signal)).json();
}

/** Return the report on what is compared, as HTML. */
async function report(notes, levers) {
  return (await post("api/report", { ...asked(levers), notes })).text();
}

/** Return the notes as the file the command line keeps beside its result. */
async function prediction(notes, levers) {
  return (await post("api/prediction", { ...asked(levers), notes })).text();
}

async function post(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
  if (!answer.ok) throw new Error((await answer.json()).error);
  return answer;
}

/** Return what is chosen as the server wants it: numbers as numbers. */
function asked(levers) {
  const { team, horizon } = state();
  return { session, a: programme("a", levers), b: programme("b", levers), team, horizon: Number(horizon), ...ownTeam() };
}

function ownTeam() {
  const profile = Object.fromEntries(Object.entries(under("own.")).map(([key, value]) => [key, Number(value)]));
  return state()["own-text"] ? { profile, profile_text: state()["own-text"] } : { profile };
}

function programme(side, levers) {
  const text = state()[`${side}-text`];
  if (text) return { text, file: state()[`${side}-file`] || "the file" };
  const values = {};
  for (const [key, value] of Object.entries(under(`${side}.`))) {
    const lever = levers.find((one) => one.key === key);
    values[key] = lever && !lever.options ? Number(value) : value;
  }
  return { preset: state()[side], values };
}
