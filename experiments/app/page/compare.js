// The view Compare: the answer first, then what it rests on.

import { hours, intervals, stacked } from "./bars.js";
import { trajectory } from "./chart.js";
import { dark } from "./colours.js";
import { described, different, problem } from "./controls.js";
import { byId, el, figure, goTo, say, table } from "./dom.js";
import { csv, offer, png, rowsOf, svgText } from "./download.js";
import { isHidden, isPredicting, notes, prediction } from "./predict.js";
import { ASIDE, choose, onChoice, state } from "./state.js";
import { NAMES, capital, percent, plain, short, signed, spread } from "./words.js";

const ARMS = ["a", "b", "no-sip"];
const PARTS = [["by-month", "Month by month"], ["why", "Why"], ["open", "What is not known"], ["spent", "Hours and costs"], ["take-away", "Take it away"]];
const SURELY = /very likely$/;
const ENOUGH_RUNS = 4; // of fewer the Monte Carlo error is hardly known
const RECORDED = 12; // months after which the real teams were reviewed for the last time
const SHOWS_ONLY = ["tab", "predict", "shown", "draw", "replicate", "week", "watch-team"];
let answers, known, asking, view;

/** Draw the view, and answer anew when something is chosen. */
export function compareView(provider, about) {
  [answers, known] = [provider, about];
  onChoice((changes) => {
    const names = Object.keys(changes);
    if (names.every((name) => SHOWS_ONLY.includes(name) || ASIDE.test(name))) {
      if (view && !names.every((name) => ASIDE.test(name))) show();
    } else ask();
  });
  dark.addEventListener("change", () => view && show());
  let width = innerWidth;
  addEventListener("resize", () => { if (view && width !== innerWidth) { width = innerWidth; show(); } });
  ask();
}

/** Return the latest answer. */
export function latest() {
  return view;
}

async function ask() {
  asking?.abort();
  const mine = (asking = new AbortController());
  byId("view-compare").setAttribute("aria-busy", "true");
  try {
    problem(null);
    await answers.compare((found) => { if (mine === asking) { view = found; show(); } }, mine.signal, known.levers);
    if (mine === asking && !isHidden()) say(`${view.headline} ${difference(view)}`);
  } catch (error) {
    if (mine === asking && error.name !== "AbortError") problem(error.message);
  }
  if (mine === asking) byId("view-compare").removeAttribute("aria-busy");
}

function show() {
  const place = byId("view-compare");
  const open = new Set([...place.querySelectorAll("details[open]")].map((one) => one.parentElement.id));
  const focused = document.activeElement?.id;
  const parts = isHidden() ? [prediction(null)] : isPredicting() ? [prediction(view.main), ...results()] : results();
  place.replaceChildren(...parts);
  byId("in-short").textContent = isHidden() ? "To the prediction" : view.headline;
  place.dataset.draws = view.draws;
  place.dataset.replicates = view.replicates;
  for (const one of place.querySelectorAll("details")) if (open.has(one.parentElement.id)) one.open = true;
  if (focused && place.querySelector(`[id="${focused}"]`)) byId(focused).focus();
}

function results() {
  return [answer(), isPredicting() ? null : prediction(), months(), differences(), onTheWay(), unknown(), spent(), reached(), teams(), takeAway()].filter(Boolean);
}

// -- the answer ------------------------------------------------------------------------------------------------

function difference({ main }) {
  const [by, low, high] = [main.mean, ...main.ci95].map((value) => signed(value));
  const more = by.startsWith("+") ? "more" : "fewer";
  return `A review at ${main.when} finds ${/[1-9]/.test(by) ? `${by.slice(1)} points ${more}` : "as many points"} with B than with A (95% interval ${low} to ${high}).`;
}

function answer() {
  const { main } = view;
  const how = view.last ? "" : " Being refined …";
  return el("section", { class: "card answer", id: "answer", "aria-labelledby": "headline" },
    view.warnings.map((text) => el("p", { class: "warning" }, text)),
    el("h2", { id: "headline" }, view.headline),
    el("p", { class: "arms" }, ARMS.slice(0, 2).flatMap((arm) => [
      el("b", { class: arm }, NAMES[arm]), `: ${described(arm)}. `])),
    unlike(),
    el("p", { id: "difference" }, difference(view)),
    chances(view.leading),
    glance(), parting(),
    el("p", { class: "quiet", id: "made-of" },
      `A model's answer, no trial's. Mean over ${view.teams.length === 1 ? "one team" : `${view.teams.length} teams`} in ${view.draws} possible worlds (draws of what `
      + `nobody has measured), ${view.replicates} ${view.replicates === 1 ? "run" : "runs"} in each. Probabilities are shares of these worlds; brackets hold 95% of what they give. ${luckTold(main)}`
      + `${monthOf(main) > RECORDED ? ` No team was observed after month ${RECORDED}: what is said of later months is assumed.` : ""}${how}`),
    el("p", { class: "buttons onward" }, PARTS.map(([id, text]) => el("button", { type: "button", class: "link", on: { click: () => goTo(id) } }, text))));
}

function severalRuns() {
  return view.replicates > 1;
}

/** Say how far luck moves what is told; all worlds have it in common, so that more of them do not lessen it. */
function luckTold({ mc95: [low, high] }) {
  if (!severalRuns()) {
    return "One run in each cannot tell how far luck, which all worlds share, moves what a programme gains; the difference it moves less, for both programmes have the same.";
  }
  const few = view.replicates < ENOUGH_RUNS ? ` Of luck itself ${view.replicates} runs tell little: these errors are wide.` : "";
  return `Luck in these runs, which all worlds share, leaves the difference known to ±${plain((high - low) / 2, 1)} points (95% Monte Carlo error); `
    + `what it leaves of each gain stands beside that.${few}`;
}

/** Say how sure it is of the programme that leads, which may be A. */
function chances(one) {
  const [lead, other] = [one.scenario, one.against].map((side) => side.toUpperCase());
  if (one.verdict === "no difference") return null;
  return el("p", { id: "chances" }, `That ${lead} does better is ${one.verdict} (probability ${one.p_positive.toFixed(2)}); that it is more than 3 points, `
    + `about the error of a review, is ${one.over_3} (${one.p_over_3.toFixed(2)}). In a single run of one team ${lead} came out `
    + `above ${other} in ${percent(one.p_run_positive)} of cases${luck(one)}.`);
}

function monthOf({ outcome }) {
  return outcome === "gain_end" ? view.horizon : Number(outcome.slice(5, -1));
}

/** Tell both programmes and none beside each other: what is gained, and what it takes. */
function glance() {
  const { outcome, when } = view.main;
  const at = { 12: "12m", [view.horizon]: "end" }[monthOf(view.main)];
  const bands = at && bandsOf("a", at);
  const rows = ARMS.map((arm) => {
    const { gains, gains_mc: luck, hours: { staff }, cost } = view.arms[arm];
    return [{ a: "A", b: "B" }[arm] ?? "None", `${signed(gains[outcome])}${severalRuns() ? ` ± ${plain(luck[outcome], 1)}` : ""}`, ...(bands ? [percent(1 - bandsOf(arm, at)[0][1])] : []),
      plain(Object.values(staff).reduce((sum, value) => sum + value, 0)), `£${plain(cost)}`];
  });
  const known = severalRuns() ? " (±: 95% Monte Carlo error)" : " (Monte Carlo error not known from one run)";
  return table(`Points gained as reviewed at ${when}${known}; hours and costs per team over ${short(view.horizon)} months, at assumed unit costs`,
    ["Programme", "Points", ...(bands ? ["Moderate or high"] : []), "Staff hours", "Cost"], rows);
}

/** Name in a sentence where the two surely part on the way. */
function parting() {
  const sure = view.on_the_way.filter((one) => SURELY.test(one.verdict) && one.outcome !== "cost").slice(0, 5);
  if (!view.on_the_way.length) return null;
  if (!sure.length) return el("p", { id: "parting" }, "Nowhere on the way do they very likely part.");
  return el("p", { id: "parting" }, `Where they part on the way, very likely${view.way_of ? " (mean of all teams)" : ""}: ${sure.map((one) => `${one.meaning.toLowerCase()} ${amountOf(one)}`).join("; ")} with B.`);
}

function amountOf(one) {
  const [scale, unit] = one.unit === "share" ? [100, "percentage points"] : [1, one.unit];
  return one.meaning.toLowerCase().includes(unit) ? signed(scale * one.mean, 0) : `${signed(scale * one.mean, 0)} ${unit}`;
}

function luck({ p_run_positive: share }) {
  return share > 0.05 && share < 0.95 ? ": luck can outweigh the difference" : "";
}

function unlike() {
  const found = different();
  if (!found.length) return null;
  const told = found.slice(0, 6).map(([label, a, b]) => `${label}: ${a} in A, ${b} in B`);
  return el("p", { class: "quiet", id: "unlike" }, `They differ in ${told.join("; ")}${found.length > 6 ? "; and more" : ""}.`);
}

// -- by month --------------------------------------------------------------------------------------------------

function width() {
  return Math.max(288, Math.min(860, byId("view-compare").clientWidth - 34));
}

function mainChart(onPaper = false) {
  const wide = onPaper ? 860 : width();
  const one = view.teams.length === 1;
  const label = `Fidelity total by month. At month ${short(view.horizon)}, median and 90% of runs: ${ARMS.map(atEnd).join("; ")}.`;
  return trajectory(view, {
    series: (arm) => view.arms[arm].mean, label, width: wide, height: wide > 560 ? 400 : 340, onPaper, recorded: one ? view.recorded[0] : null,
  });
}

function atEnd(arm) {
  const [low, , middle, , high] = view.arms[arm].mean.map((values) => plain(values.at(-1)));
  return `${NAMES[arm]} ${middle} (${low} to ${high})`;
}

function months() {
  const one = view.teams.length === 1;
  const rows = ARMS.flatMap((arm) => ["median", "half of runs", "90% of runs"].map((what, k) => {
    const bands = view.arms[arm].mean;
    const cell = (at) => (k === 0 ? plain(bands[2][at]) : `${plain(bands[2 - k][at])}–${plain(bands[2 + k][at])}`);
    return [`${NAMES[arm]}, ${what}`, ...quarters().map(cell)];
  }));
  const made = table(`Fidelity total by month, ${whose()}`, ["Programme", ...quarters().map((at) => `Month ${Math.round(view.months[at])}`)], rows);
  const caption = `Thick line: the median of all runs. Shaded: half of them. Between thin lines: 90%. Grey lines: from 117 points fidelity is called `
    + `moderate, from 156 high. Bars below: how long each programme lasts.${one && view.recorded[0] ? " Stars: the recorded totals of the real programme, which have the error of a review; a low first review is in part bad luck, so that the lines begin nearer to the middle." : ""}`;
  return figure("by-month", `Fidelity month by month, ${whose()}`, mainChart(), made, caption);
}

function whose() {
  return view.teams.length > 1 ? `mean of ${view.teams.length} teams` : view.teams[0];
}

function quarters() {
  return view.months.map((month, at) => [month, at]).filter(([month]) => Math.round(month) % 3 === 0).map(([, at]) => at);
}

function teams() {
  if (view.teams.length === 1) return null;
  const charts = view.teams.map((name, k) => {
    const look = () => {
      choose({ team: String(k + 1) });
      byId("team-choice").focus();
    };
    const label = `${capital(name)}: at month ${short(view.horizon)} A ${plain(last("a", k))}, B ${plain(last("b", k))}, no programme ${plain(last("no-sip", k))} points.`;
    return el("div", { class: "small" },
      el("button", { type: "button", class: "link", on: { click: look } }, `${capital(name)}`),
      trajectory(view, { series: (arm) => view.arms[arm].teams[k], label, width: 250, height: 150, small: true, recorded: view.recorded[k] }));
  });
  const rows = view.teams.map((name, k) => [capital(name), ...ARMS.map((arm) => plain(last(arm, k)))]);
  const made = table(`Median total at month ${short(view.horizon)}`, ["Team", ...ARMS.map((arm) => NAMES[arm])], rows);
  return figure("each-team", "Each team", el("div", { class: "smalls" }, charts), made,
    "The same lines for each team. Stars: recorded totals of the real programme. Choose a team's name to see it alone.");
}

function last(arm, team) {
  return view.arms[arm].teams[team][2].at(-1);
}

// -- bands, differences, hours ---------------------------------------------------------------------------------

function bandsOf(arm, when) {
  const { [`moderate_${when}`]: moderate, [`high_${when}`]: high } = view.arms[arm].reached;
  return moderate === null ? null : [["low", 1 - moderate], ["moderate", moderate - high], ["high", high]];
}

function reached() {
  const times = [["12m", "month 12"], ["end", `month ${short(view.horizon)}`]].filter(([when]) => bandsOf("a", when));
  const rows = times.flatMap(([when, name]) => ARMS.map((arm) => [`${NAMES[arm]}, ${name}`, ...bandsOf(arm, when).map(([, share]) => percent(share))]));
  const bars = times.map(([when, name]) => el("div", { class: "hours" }, el("p", { class: "actor" }, capital(name)),
    ARMS.map((arm) => el("div", { class: "bar-row" }, el("span", { class: `name ${arm}` }, NAMES[arm]),
      el("span", { class: "bar" }, stacked(bandsOf(arm, when), `${NAMES[arm]}, ${name}: ${bandsOf(arm, when).map(([band, share]) => `${band} ${percent(share)}`).join(", ")}`)),
      el("span", { class: "sum" }, percent(bandsOf(arm, when)[1][1] + bandsOf(arm, when)[2][1]))))));
  return figure("reached", "Low, moderate or high fidelity", el("div", {}, bars), table("Share of runs in each band, by review", ["Programme", "low", "moderate", "high"], rows),
    "Share of runs whose review ends in each band: low below 117 points, moderate from 117, high from 156. At the right: moderate or high.");
}

function differences() {
  const rows = view.differences.filter((one) => one.scenario === "b" && one.against === "a" && /^gain_\d+m$/.test(one.outcome));
  const named = rows.map((figures) => ({ name: `Month ${figures.outcome.slice(5, -1)}`, figures }));
  const all = view.differences.filter((one) => /^gain_/.test(one.outcome) && one.outcome !== "gain_end");
  const made = table("Paired differences in the reviewed gain, points",
    ["Difference", "Month", "Mean (95% interval)", "95% of single runs", "Better", "P(>0)", "P(>3)"],
    all.map((one) => [pair(one), one.outcome.slice(5, -1), spread(one), one.interval_chance.map((end) => signed(end)).join(" to "), one.verdict,
      one.p_positive.toFixed(2), one.p_over_3.toFixed(2)]));
  if (!named.length) return null;
  return figure("differences", "How much better is B than A?", intervals(named, { width: width() }), made,
    "Mark: the mean. Thick bar: 95% of what the possible worlds give. Thin line below: how far luck alone throws 95% of single runs of one team about the mean.");
}

function pair({ scenario, against }) {
  return `${NAMES[scenario]} minus ${NAMES[against].replace("Programme ", "").replace("No", "no")}`;
}

function spent() {
  const actors = Object.keys(view.arms.a.hours);
  const rows = ARMS.flatMap((arm) => actors.flatMap((actor) => Object.entries(view.arms[arm].hours[actor]).map(([kind, value]) => [`${NAMES[arm]}, ${actor}`, kind, plain(value)])));
  const cost = ARMS.map((arm) => `${NAMES[arm]} £${plain(view.arms[arm].cost)}`).join(", ");
  return figure("spent", "Where the hours go", el("div", {}, actors.map((actor) => hours(view, actor))), table(`Hours per team over ${short(view.horizon)} months`, ["Programme", "Kind", "Hours"], rows),
    `Mean of all runs over ${short(view.horizon)} months. “Lost to main job”: hours meant for the programme that the facilitator's other work took. `
    + `Cost per team at assumed unit costs: ${cost}.`);
}

const WHY = "Why: where the two part on the way";

// -- why, and what is not known --------------------------------------------------------------------------------

function onTheWay() {
  const rows = view.on_the_way.map((one) => [one.outcome === "cost" ? `Cost: ${one.meaning}` : capital(one.meaning), change(one), one.verdict]);
  if (!rows.length) return el("section", { class: "card", id: "why" }, el("h3", {}, WHY), el("p", {}, "Nothing differs on the way."));
  const [sure, others] = [(row) => SURELY.test(row[2]), (row) => !SURELY.test(row[2])].map((fits) => rows.filter(fits));
  const heads = ["What", "Change (95% interval)", "How sure"];
  return el("section", { class: "card", id: "why" }, el("h3", {}, WHY),
    el("p", {}, "What B has more or less of than A on the way. This shows where the two part; it is no proof of a cause.", view.way_of ? ` Told is the ${view.way_of}.` : null),
    sure.length ? table("Very likely, with B in place of A", heads, sure) : el("p", {}, "In nothing on the way do they very likely differ."),
    others.length ? el("details", { id: "less-sure" }, el("summary", {}, "What is less sure"), table("Less sure, with B in place of A", heads, others)) : null, decidedBy());
}

function change(one) {
  const share = one.unit === "share";
  const scaled = share ? { mean: 100 * one.mean, ci95: one.ci95.map((end) => 100 * end) } : one;
  if (one.unit === "pounds") return money(one);
  return `${spread(scaled, one.unit === "visits" ? 1 : 0)} ${share ? "percentage points" : one.unit}`;
}

function money({ mean, ci95 }) {
  const pounds = (value) => `${value < 0 ? "−" : "+"}\u2060£${plain(Math.abs(value))}`;
  return `${pounds(mean)} (${pounds(ci95[0])} to ${pounds(ci95[1])})`;
}

function decidedBy() {
  if (view.unknowns === null) {
    return el("p", { class: "quiet" }, view.last ? "Which unknowns matter is told by the live page." : "Which unknowns matter is told with the last refinement.");
  }
  if (!view.unknowns.length) return el("p", { id: "unknowns" }, "No single unknown stands out: the difference does not hang on one of them.");
  return el("div", { id: "unknowns" }, el("p", {}, "What nobody has measured, and the difference hangs on most (in brackets how closely, from −1 to +1: a rank correlation over the possible worlds):"),
    el("ul", {}, view.unknowns.map((one) => el("li", {},
      `${capital(one.meaning)}: the higher, the ${one.correlation > 0 ? "better for B" : "better for A"} (${signed(one.correlation, 2)})`))));
}

function unknown() {
  return el("section", { class: "card", id: "open" }, el("h3", {}, "What is not known"),
    el("ul", {}, view.open.map((text) => el("li", {}, text))),
    el("details", {}, el("summary", {}, "What this assumes"), el("ul", {}, view.assumptions.map((text) => el("li", {}, text)))),
    el("p", {}, "Do not use this for:"), el("ul", {}, view.not_for.map((text) => el("li", {}, text))));
}

// -- to take away ----------------------------------------------------------------------------------------------

function takeAway() {
  const all = () => JSON.stringify({ address: location.href, notes: notes(), view }, null, 1);
  return el("section", { class: "card", id: "take-away" }, el("h3", {}, "Take it away"),
    el("p", { class: "buttons" },
      answers.report ? offer("Report (HTML)", "report.html", "text/html", () => answers.report(notes(), known.levers)) : [],
      offer("Numbers (CSV)", "comparison.csv", "text/csv", () => csv(rowsOf(view))),
      offer("Chart (SVG)", "fidelity.svg", "image/svg+xml", () => svgText(mainChart(true))),
      offer("Chart (PNG)", "fidelity.png", "image/png", () => png(mainChart(true))),
      Object.entries(view.files).map(([name, text]) => offer(fileLabel(name), name, "application/toml", () => text)),
      answers.prediction && isPredicting()
        ? offer("Prediction (TOML)", "prediction.toml", "application/toml", () => answers.prediction(notes(), known.levers)) : [],
      offer("All of it, with notes (JSON)", "comparison.json", "application/json", all)),
    el("p", {}, `${answers.report ? "The report is what to hand to others. " : ""}The files of the programmes (TOML) are for the command line. The address of this page holds all that is chosen: a link to it shows the same. The command line computes the same numbers from the files:`),
    el("pre", { tabindex: 0, id: "command" }, view.command));
}

function fileLabel(name) {
  return name === "team.toml" ? "Team (TOML)" : `Programme ${name[0].toUpperCase()} (TOML)`;
}
