// The end of a game: beside the model's own policies in the same life, in other worlds, and what was hidden.

import { colours } from "./colours.js";
import { byId, draw, el, figure, table } from "./dom.js";
import { amount, capital, plain, signed, spread } from "./words.js";

const YOU = "you";
const NONE = "no-sip";

export function ending(found) {
  return el("div", { id: "ending-of-game" }, answer(found), thisLife(found), course(found), byDecision(found), elsewhere(found), hours(found), hidden(found),
    el("p", { class: "warning" }, found.caveat));
}

function answer(found) {
  const { arms, best } = found;
  const [mine, theirs] = [arms[YOU].practice, arms[best].practice];
  const most = mine > theirs ? "More than every policy that never looks." : `${capital(arms[best].title)} gained most: ${signed(theirs)}.`;
  const planned = best === "as-planned" && mine <= theirs ? "No" : `The programme as planned: ${signed(arms["as-planned"].practice)}; no`;
  return el("section", { class: "card answer" },
    el("h3", {}, `Practice gained ${signed(mine)} points, the reviewers saw ${signed(arms[YOU].reviewed, 0)}`),
    el("p", {}, `${most} ${planned} programme: ${signed(arms[NONE].practice)}. In this life, with this luck. Reviewers see with some error, before the start as at the end.`),
    el("p", {}, `In ${found.worlds} possible worlds with other luck your decisions gain ${spread(found.elsewhere["as-planned"])} points against the programme as planned; that they do better is ${found.elsewhere["as-planned"].verdict}.`));
}

function thisLife({ arms, months }) {
  const rows = Object.values(arms).map((arm) => [capital(arm.title), signed(arm.reviewed, 0), signed(arm.practice), signed(arm.later), `${arm.visits} (${arm.visits_lost})`]);
  return el("section", { id: "this-life" }, el("h3", {}, "The same people, the same luck"),
    table(`Points gained by month ${months}, and in practice a year after`, ["How the time went", "Reviewed", "Practice", "A year after", "Visits (called off)"], rows));
}

/** Draw the practice of four lives by month. */
function course({ arms, best, months }) {
  const look = colours();
  const shown = [[YOU, look.a, ""], ["as-planned", look.b, "7 4"], [best, look.ink, "1 4"], [NONE, look["no-sip"], "2 4"]]
    .filter(([name], k, all) => all.findIndex(([other]) => other === name) === k);
  const [width, height, left, right] = [Math.max(288, Math.min(820, byId("results").clientWidth - 40)), 250, 40, 12];
  const totals = shown.flatMap(([name]) => arms[name].total);
  const [low, high, end] = [Math.min(...totals), Math.max(...totals), arms[YOU].total.length - 1];
  const x = (month) => left + (month / end) * (width - left - right);
  const y = (total) => height - 30 - ((total - low) / (high - low || 1)) * (height - 60);
  const label = shown.map(([name]) => `${capital(arms[name].title)}: practice from ${plain(arms[name].total[0])} to ${plain(arms[name].total[months])} points at month ${months}`).join("; ");
  const drawing = draw("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label, "font-size": 12, fill: look.faint },
    [low, high].map((total) => draw("text", { x: left - 6, y: y(total) + 4, "text-anchor": "end" }, plain(total))),
    [0, 6, 12, 18, 24, 30, 36, 48].filter((month) => month <= end).map((month) => draw("text", { x: x(month), y: height - 10, "text-anchor": "middle" }, month ? String(month) : "0 months")),
    draw("line", { x1: x(months), x2: x(months), y1: 4, y2: height - 26, stroke: look.grid }),
    draw("text", { x: 4, y: 14 }, "Points"), draw("text", { x: x(months) - 5, y: 14, "text-anchor": "end" }, "programme ends"),
    shown.map(([name, colour, dash]) => draw("polyline", {
      points: arms[name].total.map((total, month) => `${x(month).toFixed(1)},${y(total).toFixed(1)}`).join(" "),
      fill: "none", stroke: colour, "stroke-width": name === YOU ? 3.2 : 2, "stroke-dasharray": dash,
    })));
  const legend = el("ul", { class: "key" }, shown.map(([name, colour, dash]) => el("li", {},
    draw("svg", { width: 34, height: 10, "aria-hidden": "true" }, draw("line", { x1: 0, x2: 34, y1: 5, y2: 5, stroke: colour, "stroke-width": name === YOU ? 3.2 : 2, "stroke-dasharray": dash })),
    arms[name].title)));
  const rows = arms[YOU].total.map((_, month) => [String(month), ...shown.map(([name]) => plain(arms[name].total[month], 1))]);
  return figure("course", "Practice by month", el("div", {}, drawing, legend), table("True practice, points", ["Month", ...shown.map(([name]) => capital(arms[name].title))], rows),
    "True practice, which nobody sees in life. The line between the programme and the year after it is grey.");
}

function byDecision({ decisions }) {
  const title = el("h3", {}, "What each decision changed");
  if (!decisions.length) return el("section", { id: "by-decision" }, title, el("p", {}, "You decided nothing: the programme went as it was planned."));
  const rows = decisions.map((one) => [`Month ${one.month}: ${time(one)}`, signed(one.practice), spread(one.elsewhere)]);
  return el("section", { id: "by-decision" }, title,
    table("Points of practice, each decision added to those before it; this life adds up to you less the plan", ["Decision", "This life", "Elsewhere, mean (95%)"], rows));
}

function time(one) {
  const whole = (share) => Math.round(100 * share);
  const coaching = whole(1 - one.doing - one.escalating - one.inducting);
  const weeks = one.visit_interval === 1 ? "every week" : `every ${amount(one.visit_interval, "weeks")}`;
  return `visits ${weeks}; doing ${whole(one.doing)}%, leaders ${whole(one.escalating)}%, newcomers ${whole(one.inducting)}%, coaching ${coaching}%`;
}

function elsewhere({ elsewhere: others, arms, worlds }) {
  const rows = Object.entries(others).map(([name, one]) => [capital(arms[name].title), spread(one), one.p_positive.toFixed(2), one.verdict]);
  return el("section", { id: "elsewhere" }, el("h3", {}, "Was it luck?"),
    table(`Your decisions in ${worlds} possible worlds with other luck: practice, you less each other way`, ["Less", "Mean (95%)", "Probability above 0", "That you do better is"], rows));
}

function hours({ arms }) {
  const kinds = Object.keys(arms[YOU].hours).filter((kind) => Object.values(arms).some((arm) => arm.hours[kind] > 0));
  const rows = Object.values(arms).map((arm) => [capital(arm.title), ...kinds.map((kind) => plain(arm.hours[kind]))]);
  return el("section", { id: "game-hours" }, el("h3", {}, "Where the hours went"), table("The facilitator's hours in the whole life", ["How the time went", ...kinds.map(capital)], rows));
}

function hidden({ arms, best, states, hidden: months, months: end }) {
  const shown = [...new Set([YOU, "as-planned", best])];
  const compared = Object.entries(states).map(([name, label]) => [capital(label), ...shown.map((arm) => plain(arms[arm].states[name], 2))]);
  const every = months.facilitator_trust.map((_, month) => [String(month), ...Object.keys(states).map((name) => plain(months[name][month], 2))]);
  return el("section", { id: "hidden-states" }, el("h3", {}, "What was hidden from you"),
    table(`At month ${end}, from 0 to 1`, ["State", ...shown.map((arm) => capital(arms[arm].title))], compared),
    el("details", {}, el("summary", {}, "Month by month, as you played"), table("From 0 to 1", ["Month", ...Object.values(states).map(capital)], every)));
}
