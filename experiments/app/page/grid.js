// Answers from what stands in this file: a grid of programmes computed beforehand.

import { standing } from "./controls.js";
import { begin } from "./main.js";
import { state } from "./state.js";

const held = JSON.parse(document.getElementById("grid").textContent);
const WORDS = { a: "programme A", b: "programme B", "no-sip": "no programme" };

const grid = { isStatic: true, about: async () => held.about, compare: async (take) => take(answer()) };

function answer() {
  const { made, about } = held;
  const team = about.teams.some(([key]) => key === state().team) ? state().team : "six";
  const cell = (side) => about.levers.map((lever) => standing(side, lever.key)).join("_");
  const [a, b] = [cell("a"), cell("b")];
  const own = team === "six" ? null : Number(team) - 1;
  const differences = [["b", "a", b, a], ["a", "no-sip", a, "no-sip"], ["b", "no-sip", b, "no-sip"]].flatMap(
    ([scenario, against, one, other]) => gains(one, other, team).map((found) => ({ scenario, against, ...found })));
  const main = mainOf(differences, Math.max(Number(standing("a", "months")), Number(standing("b", "months"))));
  return {
    ...made, last: true, teams: own === null ? made.teams : [made.teams[own]], recorded: own === null ? made.recorded : [made.recorded[own]],
    arms: Object.fromEntries([["a", a], ["b", b], ["no-sip", "no-sip"]].map(([side, key]) => [side, arm(key, team, own)])),
    differences, main, leading: leading(main, a, b, team), headline: made.headlines[main.headline], on_the_way: way(b, a), way_of: own === null ? null : "mean of all teams, which is what this file holds", unknowns: null,
    open: open(differences.filter((one) => [main.outcome, made.outcomes.at(-1)].includes(one.outcome) && !one.decided)),
    files: { "a.toml": titled("a", a), "b.toml": titled("b", b) },
    command: `crtsip compare a.toml b.toml${own === null ? "" : ` --team ${made.numbers[own]}`} --months ${made.horizon} --draws ${made.draws} --replicates ${made.replicates} --seed ${made.seed}`,
  };
}

function pairOf(one, other, team) {
  const there = held.pairs[`${other} ${one}`];
  return there ? [there[team], false] : [held.pairs[`${one} ${other}`]?.[team], true];
}

function gains(one, other, team) {
  const [found, turned] = pairOf(one, other, team);
  if (!found) return held.made.outcomes.map((outcome) => same(outcome));
  return found.gains.map((row, k) => ({ outcome: held.made.outcomes[k], ...unpacked(row, turned) }));
}

/** Return a difference from its list: what it is, then how sure it is one way round and the other. */
function unpacked(row, turned) {
  const { spread, sure, verdicts } = held.made;
  const [mean, low, high, chanceLow, chanceHigh, luck] = row;
  const at = spread.length + (turned ? sure.length : 0);
  const words = Object.fromEntries(sure.map((name, k) => [name, row[at + k]]));
  const found = { mean, ci95: [low, high], interval_chance: [chanceLow, chanceHigh], mc95: [mean - luck, mean + luck], ...words,
    verdict: verdicts[words.verdict], over_3: verdicts[words.over_3] };
  return turned ? { ...found, ...turnedRound(found) } : found;
}

/** Return a programme with what stands once for all teams: its months. */
function arm(key, team, own) {
  const all = held.arms.six[key];
  return own === null ? all : { ...held.arms[team][key], mean: all.teams[own], teams: [all.teams[own]] };
}

function turnedRound({ mean, ci95, interval_chance: chance = [0, 0], mc95: luck = [0, 0] }) {
  const minus = ([low, high]) => [-high, -low];
  return { mean: -mean, ci95: minus(ci95), interval_chance: minus(chance), mc95: minus(luck) };
}

function same(outcome) {
  return { outcome, mean: 0, ci95: [0, 0], interval_chance: [0, 0], mc95: [0, 0], p_positive: 0, p_over_3: 0, p_run_positive: 0, verdict: "no difference", over_3: "very unlikely", decided: true, headline: 0 };
}

/** Return what differs on the way, which stands once for all teams together. */
function way(one, other) {
  const [found, turned] = pairOf(one, other, "six");
  if (!found) return [];
  return found.way.map(([outcome, mean, low, high, verdict]) => {
    const [meaning, unit] = held.made.meanings[outcome];
    const row = { outcome, meaning, unit, mean, ci95: [low, high], verdict };
    return turned ? { ...row, ...turnedRound(row), verdict: opposite(verdict) } : row;
  });
}

function opposite(verdict) {
  return verdict.replace(/^(more|less)/, (word) => (word === "more" ? "less" : "more"));
}

/** Return the difference at the first month measured when both programmes have ended. */
function mainOf(differences, longest) {
  const ours = differences.filter((one) => one.scenario === "b" && one.against === "a");
  const found = ours.find((one) => Number(one.outcome.slice(5, -1)) >= longest) ?? ours.at(-1);
  return { ...found, when: held.made.when[found.outcome] };
}

/** Return the main difference seen from the programme that more of the possible worlds have ahead. */
function leading(main, a, b, team) {
  const turned = gains(a, b, team).find((one) => one.outcome === main.outcome);
  return turned.p_positive > main.p_positive ? { ...turned, scenario: "a", against: "b" } : main;
}

function open(found) {
  const signs = found.map((one) => `Whether ${WORDS[one.scenario]} does better than ${WORDS[one.against]} at ${held.made.when[one.outcome]} `
    + `(${one.verdict}, probability ${one.p_positive.toFixed(2)}).`);
  return [...(signs.length ? signs : ["Every sign is decided here, in this model."]), ...held.made.open];
}

function titled(side, cell) {
  return held.made.texts[cell].replace(/^title = .*$/m, `title = "Programme ${side.toUpperCase()}"`);
}

begin(grid);
