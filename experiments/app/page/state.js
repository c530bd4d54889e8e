// What is chosen, kept in the address: a link reproduces the view.

const DEFAULTS = { tab: "compare", team: "six", a: "internal-12", b: "external-12", horizon: "24" };
/** What belongs to notes or to a game: no comparison changes with it. */
export const ASIDE = /^(note-|play\.)/;
const listeners = [];
let chosen = read();

function read() {
  return { ...DEFAULTS, ...Object.fromEntries(new URLSearchParams(location.hash.slice(1))) };
}

/** Return what is chosen by name, all as text. */
export function state() {
  return chosen;
}

/** Choose some things anew; what is empty or null is forgotten. */
export function choose(changes) {
  chosen = { ...chosen, ...changes };
  for (const [name, value] of Object.entries(chosen)) {
    if (value === null || value === "") delete chosen[name];
  }
  chosen = { ...DEFAULTS, ...chosen };
  tell(changes); // a question goes out before the address is written, which takes the browser some milliseconds
  const address = new URLSearchParams(Object.entries(chosen).filter(([name, value]) => DEFAULTS[name] !== value));
  history.replaceState(null, "", `#${address}`);
}

/** Call when something is chosen, with the changes. */
export function onChoice(listener) {
  listeners.push(listener);
}

/** Return what stands under a beginning: `under("a.")` are the levers of programme A. */
export function under(beginning) {
  const found = Object.entries(chosen).filter(([name]) => name.startsWith(beginning));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(beginning.length), value]));
}

function tell(changes) {
  for (const listener of listeners) listener(changes);
}

addEventListener("hashchange", () => {
  chosen = read();
  tell(chosen);
});
