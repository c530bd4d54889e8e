// The controls: whose team, and both programmes lever by lever beside each other.

import { byId, el, goTo, isWide, say } from "./dom.js";
import { choose, onChoice, state } from "./state.js";
import { NAMES, amount, short } from "./words.js";

const SIDES = ["a", "b"];
const LARGEST_FILE = 20000;
const LONG = 14; // letters from here on do not stand beside another list
let known;

/** Draw the controls, and keep them as is chosen. */
export function controls(about) {
  known = about;
  byId("team").replaceChildren(teamChoice(), ownTeam());
  byId("programmes").replaceChildren(heads(), levers());
  byId("choices").append(inShort());
  onChoice(() => queueMicrotask(showAll)); // the question goes out first
  showAll();
}

/** Return how a lever stands for a programme: as chosen, or as its preset has it. */
export function standing(side, key) {
  return state()[`${side}.${key}`] ?? String(presetOf(side).values[key]);
}

/** Return what differs between A and B, as [label, A, B]. */
export function different() {
  if (SIDES.some((side) => state()[`${side}-text`])) return [];
  return known.levers
    .filter((lever) => used("a", lever) || used("b", lever))
    .map((lever) => [lever.label, ...SIDES.map((side) => (used(side, lever) ? told(lever, standing(side, lever.key)) : "–"))])
    .filter(([, a, b]) => a !== b);
}

/** Say in words what a programme is: its preset and what was set otherwise, or its file. */
export function described(side) {
  if (state()[`${side}-text`]) return state()[`${side}-file`] ?? "from a file";
  const set = known.levers.filter((lever) => state()[`${side}.${lever.key}`] !== undefined && used(side, lever));
  const otherwise = set.map((lever) => `${lever.label.toLowerCase()} ${told(lever, standing(side, lever.key))}`);
  return presetOf(side).title + (otherwise.length ? `; but ${otherwise.join(", ")}` : "");
}

export function presetOf(side) {
  return known.presets.find((preset) => preset.name === state()[side]) ?? known.presets[0];
}

function used(side, lever) {
  return !lever.needs || standing(side, lever.needs) !== "off";
}

function told(lever, value) {
  if (lever.options) return lever.options.find(([key]) => key === value)[1];
  return amount(value, lever.unit);
}

// -- the team --------------------------------------------------------------------------------------------------

function teamChoice() {
  const horizons = known.horizons.map((months) => [String(months), `${months} months`]);
  return el("div", { class: "pair" },
    labelled("Whose team", select("team-choice", known.teams, () => state().team, (value) => choose({ team: value }))),
    known.horizons.length > 1
      ? labelled("Look ahead", select("horizon", horizons, () => state().horizon, (value) => choose({ horizon: value })))
      : null);
}

function ownTeam() {
  const rows = known.circumstances.map((one) => {
    const key = `own.${one.key}`;
    const unknown = () => one.open && state()[key] === undefined;
    const control = range(key, one, () => state()[key] ?? one.usual, (value) => choose({ [key]: value }), one.unit, unknown);
    return el("div", { class: "lever one" }, el("label", { for: key, class: "name" }, one.label), control,
      one.open ? notKnown(one, key, unknown) : null, el("p", { class: "help" }, one.help));
  });
  return el("details", { id: "own-team", open: true }, el("summary", {}, "My own team"), rows,
    file("own-file-control", "Or a team's profile (TOML)", (text) => choose({ "own-text": text })));
}

function notKnown(one, key, unknown) {
  const box = el("input", { type: "checkbox", id: `unknown-${one.key}`, "aria-label": `${one.label}: not known`,
    on: { change: () => choose({ [key]: box.checked ? null : short(one.usual) }) } });
  box.show = () => { box.checked = unknown(); };
  return el("span", {}, box, el("label", { for: box.id }, "not known: the range of ordinary teams"));
}

// -- the programmes --------------------------------------------------------------------------------------------

function heads() {
  const presets = known.presets.map(({ name, title }) => [name, title]);
  return el("div", { class: "lever heads" }, el("span", { class: "name" }, "Start from"),
    SIDES.map((side) => el("div", { class: `side ${side}` },
      el("label", { for: `preset-${side}` }, NAMES[side]),
      select(`preset-${side}`, presets, () => state()[side], (value) => choose({ ...without(side), [side]: value })),
      el("p", { class: "changed", id: `changed-${side}` }))));
}

/** Draw what can be changed; closed at first where the results stand below. */
function levers() {
  return el("details", { id: "levers", open: isWide() }, el("summary", {}, "Change what they consist of"), groups(),
    known.isStatic ? null : SIDES.map((side) => file(`file-${side}`, `${NAMES[side]} from a file`, (text, name) =>
      choose({ ...without(side), [`${side}-text`]: text, [`${side}-file`]: name }))));
}

/** Draw what stays in view while something is set and the results stand below: the answer in short, which leads there. */
function inShort() {
  return el("button", { type: "button", id: "in-short", on: { click: () => goTo(`view-${state().tab}`) } });
}

/** Return the changes that forget what was set of a programme. */
function without(side) {
  const names = Object.keys(state()).filter((name) => name.startsWith(`${side}.`) || name.startsWith(`${side}-`));
  return Object.fromEntries(names.map((name) => [name, null]));
}

function groups() {
  const names = [...new Set(known.levers.map((lever) => lever.group))];
  return names.map((name, k) => el("details", { open: k === 0 }, el("summary", {}, name),
    known.levers.filter((lever) => lever.group === name).map(leverRow)));
}

function leverRow(lever) {
  const label = `label-${lever.key}`;
  const one = lever.options?.some(([, text]) => text.length > LONG) ? " one" : "";
  return el("div", { class: `lever${one}`, id: `lever-${lever.key}` },
    el("span", { class: "name", id: label }, lever.label), lever.help ? el("p", { class: "help" }, lever.help) : null,
    SIDES.map((side) => {
      const id = `${side}.${lever.key}`;
      const set = (value) => choose({ [id]: value === String(presetOf(side).values[lever.key]) ? null : value });
      const get = () => standing(side, lever.key);
      const control = lever.options ? select(id, lever.options, get, set) : range(id, lever, get, set, lever.unit);
      const input = control.matches("select") ? control : control.querySelector("input");
      input.setAttribute("aria-label", `${NAMES[side]}: ${lever.label}`);
      return el("div", { class: `side ${side}` }, el("span", { class: "mark", "aria-hidden": "true" }, side.toUpperCase()), control);
    }));
}

// -- controls of one kind --------------------------------------------------------------------------------------

function labelled(text, control) {
  return el("p", {}, el("label", { for: control.id }, text), " ", control);
}

function select(id, options, get, set) {
  const made = el("select", { id, on: { change: () => set(made.value) } },
    options.map(([key, label]) => el("option", { value: key }, label)));
  made.show = () => { made.value = get(); };
  return made;
}

function range(id, { low, high, step }, get, set, unit = "", unknown = () => false) {
  const out = el("output", { for: id });
  const input = el("input", { id, type: "range", min: low, max: high, step, on: { input: () => set(short(input.value)) } });
  input.show = () => {
    input.value = get();
    out.textContent = unknown() ? "not known" : amount(input.value, unit);
    input.setAttribute("aria-valuetext", out.textContent);
  };
  return el("span", { class: "range" }, input, out);
}

function file(id, label, take) {
  const input = el("input", { id, type: "file", accept: ".toml", on: { change: () => read(input, take) } });
  return el("details", { class: "file" }, el("summary", {}, label), el("label", { for: id }, "A file ending in .toml"), input);
}

async function read(input, take) {
  const [chosen] = input.files;
  if (!chosen) return;
  if (chosen.size > LARGEST_FILE) problem(`${chosen.name} has ${chosen.size} bytes; ${LARGEST_FILE} at most are taken.`);
  else take(await chosen.text(), chosen.name);
  input.value = "";
}

/** Tell what is wrong with what the user gave; with nothing, that all is well. */
export function problem(text) {
  const place = byId("problem");
  place.hidden = !text;
  place.textContent = text ?? "";
}

// -- as is chosen ----------------------------------------------------------------------------------------------

function showAll() {
  document.querySelectorAll("#choices select, #choices input:not([type=file])").forEach((control) => control.show());
  byId("own-team").hidden = state().team !== "own";
  for (const lever of known.levers) showLever(lever);
  for (const side of SIDES) byId(`changed-${side}`).replaceChildren(...changed(side));
}

function showLever(lever) {
  const row = byId(`lever-${lever.key}`);
  row.classList.toggle("differs", SIDES.map((side) => standing(side, lever.key)).every((value, _, [first]) => value === first) === false);
  for (const side of SIDES) {
    const control = byId(`${side}.${lever.key}`);
    control.disabled = !used(side, lever) || Boolean(state()[`${side}-text`]);
  }
}

function changed(side) {
  const name = state()[`${side}-file`];
  const count = Object.keys(state()).filter((key) => key.startsWith(`${side}.`)).length;
  if (!name && !count) return [];
  const text = name ? `From ${name}. ` : `${count} changed. `;
  const undo = () => {
    choose(without(side));
    byId(`preset-${side}`).focus();
    say(`${NAMES[side]} is as it started.`);
  };
  return [text, el("button", { type: "button", on: { click: undo } }, name ? "Use the levers" : "Undo")];
}
