// What a facilitator knows: now, and month by month as it was noted.

import { el } from "./dom.js";
import { amount, plain } from "./words.js";

const HOURS = { "own work": "doing the work", "main job": "lost to the main job", "with leaders": "with leaders", inducting: "training newcomers" };

/** Draw what is known as a month begins. */
export function knownNow(now) {
  const { people, score, impressions } = now;
  const empty = people.posts - people.in_post;
  return el("section", { class: "card", id: "known", "aria-labelledby": "known-title" },
    el("h3", { id: "known-title" }, "What you know"),
    el("dl", { class: "known" },
      row("The team", `They ${impressions.team}. ${people.in_post} in post, ${people.on_duty} of them on duty this week; ${amount(empty, empty === 1 ? "post" : "posts")} empty.`),
      row("The manager", `${impressions.manager}.`), row("The trust's leaders", `${impressions.leaders}.`),
      row("The work", `${impressions.work}.`), row("The plan", `${impressions.plan}.`),
      row("Last review", `${score.total} points (${score.band}), ${score.month ? `month ${score.month}` : "before the start"}${score.report_due ? "; a report is due" : ""}.`)));
}

function row(term, text) {
  return el("div", {}, el("dt", {}, term), el("dd", {}, text));
}

/** Draw the notes of all months, the latest first and open. */
export function notesOf(seen) {
  const months = seen.slice(1).reverse();
  if (!months.length) return null;
  return el("section", { "aria-labelledby": "notes-title", id: "months" }, el("h3", { id: "notes-title" }, "Your notes"),
    months.map((one, k) => el("details", { open: k === 0 }, el("summary", {}, headline(one)), hours(one.hours),
      el("ul", {}, one.events.map((event) => el("li", {}, `Week ${event.week}: ${event.text}.`))))));
}

function headline(one) {
  const visits = amount(one.visits, one.visits === 1 ? "visit" : "visits");
  const newcomers = one.people.new ? `, ${amount(one.people.new, one.people.new === 1 ? "newcomer" : "newcomers")}` : "";
  return `Month ${one.month}: ${visits}, ${one.called_off} called off${newcomers}; the manager ${one.impressions.manager}`;
}

function hours(spent) {
  const parts = Object.entries(spent).filter(([, value]) => value > 0).map(([kind, value]) => `${HOURS[kind] ?? kind} ${plain(value, 1)}`);
  return el("p", {}, `Your time, in hours: ${parts.join(", ") || "none"}.`);
}
