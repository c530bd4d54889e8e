// What can be said of a person in a run: how they fare in a week, and their time in the team in words.

import { short } from "./words.js";

export const AWARE = 50; // per cent, from here on somebody is called aware
export const WON = 60; // ... bought in
export const STRAINED = 60; // ... strained
export const NEW_WEEKS = 12; // weeks for which somebody is called new
const WEEKS_A_MONTH = 52 / 12;

/** Return how the holder of a seat fares in a week; null where the post is empty. */
export function stateOf(arm, week, seat) {
  const number = arm.who[week][seat];
  if (number < 0) return null;
  const of = (state) => arm.staff[state][week][seat];
  const person = arm.people[number];
  return {
    number, person, present: of("present") === 1, hours: of("hours") / 100,
    aware: of("awareness") >= AWARE, won: of("buy_in") >= WON, strained: of("strain") >= STRAINED,
    fresh: person.from > 0 && week - person.from < NEW_WEEKS,
    awareness: of("awareness"), buyIn: of("buy_in"), strain: of("strain"), ownership: of("ownership"),
  };
}

/** Say in words how somebody fares. */
export function told(seat, found) {
  if (!found) return `Seat ${seat + 1}: empty post`;
  const words = [
    found.person.senior ? "senior" : null, found.fresh ? "new" : null, found.aware ? "aware of the programme" : "hardly aware of the programme",
    found.won ? "bought in" : null, found.strained ? "strained" : null, found.present ? null : "away this week",
  ];
  return `Seat ${seat + 1}: ${words.filter(Boolean).join(", ")}`;
}

export function month(week) {
  return short((week / WEEKS_A_MONTH).toFixed(1));
}

/** Return the weeks a person was in post. */
export function weeksOf(arm, number) {
  const { seat } = arm.people[number];
  return arm.who.map((who, week) => (who[seat] === number ? week : -1)).filter((week) => week >= 0);
}

/** Tell a person's time in the team, sentence by sentence. */
export function storyOf(arm, number) {
  const person = arm.people[number];
  const weeks = weeksOf(arm, number);
  const states = weeks.map((week) => ({ week, ...stateOf(arm, week, person.seat) }));
  const final = weeks.at(-1);
  const came = person.from ? `Came in week ${person.from} (month ${month(person.from)})` : "In post before the programme began";
  const left = final < arm.who.length - 1 ? `left in week ${final + 1} (month ${month(final + 1)})` : "still there at the end";
  const hours = states.reduce((sum, one) => sum + one.hours, 0);
  const strained = states.filter((one) => one.strained).length;
  return [
    `${person.senior ? "A senior member of staff" : "A member of staff"}${person.group ? ", in a working group" : ""}. ${came}; ${left}.`,
    turn(states, "aware", "Became aware of the programme", "Never really heard of the programme"),
    turn(states, "won", "Was won over (bought in)", "Was never won over (bought in)"),
    strained ? `Strained in ${strained} of ${weeks.length} weeks.` : "Never badly strained.",
    `Gave the programme ${Math.round(hours)} hours in all; away in ${states.filter((one) => !one.present).length} weeks.`,
  ];
}

function turn(states, name, did, never) {
  const first = states.find((one) => one[name]);
  if (!first) return `${never}.`;
  const lost = states.find((one) => one.week > first.week && !one[name]);
  const when = first.week === states[0].week ? "from the first" : `in week ${first.week} (month ${month(first.week)})`;
  return `${did} ${when}${lost ? `, and no longer so by week ${lost.week}` : ""}.`;
}
