// Bars: how many reach a band, where the hours go, and differences with what is not known about them.

import { colours } from "./colours.js";
import { draw, el } from "./dom.js";
import { NAMES, plain, signed } from "./words.js";

const ARMS = ["a", "b", "no-sip"];

/** Stack parts of a whole, told by shade and in words: `parts` are [name, share]. */
export function stacked(parts, label) {
  const whole = parts.reduce((sum, [, value]) => sum + value, 0) || 1;
  return el("span", { class: "stack", role: "img", "aria-label": label },
    parts.map(([name, value], k) => {
      if (!value) return null;
      const width = (100 * value) / whole;
      const part = el("span", { class: `part part-${k}` }, width > 12 ? name : "");
      part.style.flexGrow = String(value);
      return part;
    }));
}

/** Draw the hours of an actor by arm, on one scale. */
export function hours(view, actor) {
  const kinds = Object.keys(view.arms.a.hours[actor]);
  const sums = ARMS.map((arm) => kinds.reduce((sum, kind) => sum + view.arms[arm].hours[actor][kind], 0));
  const most = Math.max(1, ...sums);
  return el("div", { class: "hours" },
    el("p", { class: "actor" }, `${actor[0].toUpperCase()}${actor.slice(1)}, hours per team`),
    ARMS.map((arm, k) => {
      const parts = kinds.map((kind) => [kind, view.arms[arm].hours[actor][kind]]);
      const bar = stacked(parts, `${NAMES[arm]}: ${parts.map(([kind, value]) => `${kind} ${plain(value)}`).join(", ")}`);
      bar.style.width = `${(100 * sums[k]) / most}%`;
      return el("div", { class: "bar-row" }, el("span", { class: `name ${arm}` }, NAMES[arm]),
        el("span", { class: "bar" }, bar), el("span", { class: "sum" }, plain(sums[k])));
    }),
    el("ul", { class: "key" }, kinds.map((kind, k) => el("li", {}, el("span", { class: `swatch part-${k}` }), kind))));
}

/** Draw differences as a mark, a thick bar (parameters) and a thin line (single runs) about a zero line. */
export function intervals(rows, { width, onPaper = false }) {
  const look = colours(onPaper);
  const step = 40;
  const height = rows.length * step + 46;
  const ends = rows.flatMap(({ figures }) => [...figures.ci95, ...figures.interval_chance, 0]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const x = (value) => 12 + ((value - low) / (high - low || 1)) * (width - 24);
  const chart = draw("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "font-size": 13, fill: look.ink,
    "font-family": "system-ui, 'DejaVu Sans', Verdana, sans-serif",
    "aria-label": rows.map(({ name, figures }) => `${name}: ${signed(figures.mean)}, ${signed(figures.ci95[0])} to ${signed(figures.ci95[1])}`).join("; "),
  });
  chart.append(draw("line", { x1: x(0), x2: x(0), y1: 4, y2: height - 40, stroke: look.faint }));
  rows.forEach(({ name, figures }, k) => chart.append(...interval(name, figures, { x, y: step * k + 28, look })));
  chart.append(...zero({ x, low, high, height, look, width }));
  return chart;
}

function interval(name, figures, { x, y, look }) {
  const line = ([from, to], thick, at) => draw("line", { x1: x(from), x2: x(to), y1: at, y2: at, stroke: look.b, "stroke-width": thick });
  return [
    draw("text", { x: 12, y: y - 12 }, name), line(figures.ci95, 7, y), line(figures.interval_chance, 1.5, y + 9),
    draw("circle", { cx: x(figures.mean), cy: y, r: 6, fill: look.paper, stroke: look.b, "stroke-width": 3 }),
  ];
}

function zero({ x, low, high, height, look, width }) {
  const spaced = (end) => Math.abs(x(end) - x(0)) > 70;
  const text = (at, words, anchor, y = height - 6) => draw("text", { x: at, y, "text-anchor": anchor, fill: look.faint }, words);
  return [
    draw("text", { x: x(0), y: height - 24, "text-anchor": "middle", fill: look.faint }, "0 points"),
    ...[low, high].filter(spaced).map((end) => text(x(end), signed(end, 0), end === low ? "start" : "end", height - 24)),
    text(12, "← A does better", "start"), text(width - 12, "B does better →", "end"),
  ];
}
