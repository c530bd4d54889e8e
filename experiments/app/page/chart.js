// The fidelity total by month: median, half of all runs, 90% of all runs, for both programmes and none.

import { DASHES, colours } from "./colours.js";
import { draw } from "./dom.js";
import { NAMES } from "./words.js";

const BANDS = [["low", 39, 117], ["moderate", 117, 156], ["high", 156, 195]];
const TICKS = 20; // points between marks of the scale; the bands' limits are named first
const ORDER = ["no-sip", "a", "b"];
const FONT = { "font-family": "system-ui, 'DejaVu Sans', Verdana, sans-serif" };

/** Draw a chart of a view's months; `series` gives the quantiles of an arm, `recorded` a team's recorded totals. */
export function trajectory(view, { series, label, width, height, small = false, onPaper = false, recorded = null }) {
  const look = colours(onPaper);
  const [low, high] = limits(view);
  const side = small ? { left: 30, right: 6, top: 8, bottom: 20 } : { left: 44, right: width > 560 ? 122 : 30, top: 18, bottom: 58 };
  const x = (month) => side.left + (month / view.horizon) * (width - side.left - side.right);
  const y = (total) => height - side.bottom - ((total - low) / (high - low)) * (height - side.top - side.bottom);
  const chart = draw("svg", {
    xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label,
    "font-size": small ? 11 : 13, fill: look.ink, ...FONT,
  });
  if (onPaper) chart.append(draw("rect", { width, height, fill: look.paper }));
  chart.append(...scales(view, { x, y, low, high, width, height, side, look, small }));
  for (const arm of ORDER) chart.append(...band(view.months, series(arm), arm, { x, y, look, small }));
  for (const arm of ORDER) chart.append(median(view.months, series(arm), arm, { x, y, look, small }));
  if (recorded) chart.append(...stars(recorded, view.horizon, { x, y, look }));
  if (!small) chart.append(...ends(view, series, { x, y, look, width, side }), ...lengths(view, { x, height, look }));
  return chart;
}

/** Return a scale that holds all that is drawn of a view, so that teams can be compared. */
function limits(view) {
  const all = Object.values(view.arms).flatMap((arm) => [arm.mean, ...arm.teams]).flat(2).concat(view.recorded.flat().filter(Boolean));
  return [Math.max(39, Math.min(...all, 111) - 3), Math.min(195, Math.max(...all, 162) + 3)];
}

function scales(view, { x, y, low, high, width, height, side, look, small }) {
  const found = [];
  for (const total of [117, 156]) {
    found.push(draw("line", { x1: side.left, x2: width - side.right, y1: y(total), y2: y(total), stroke: look.grid }));
    found.push(draw("text", { x: side.left - 6, y: y(total) + 4, "text-anchor": "end", fill: look.ink, "font-weight": 600 }, String(total)));
  }
  for (let total = Math.ceil(low / TICKS) * TICKS; !small && total <= high; total += TICKS) {
    if ([117, 156].every((limit) => Math.abs(y(limit) - y(total)) > 14)) {
      found.push(draw("line", { x1: side.left - 4, x2: side.left, y1: y(total), y2: y(total), stroke: look.faint }));
      found.push(draw("text", { x: side.left - 6, y: y(total) + 4, "text-anchor": "end", fill: look.faint, "font-size": 11 }, String(total)));
    }
  }
  for (let month = 0; month <= view.horizon; month += small || width < 420 ? 12 : 6) {
    found.push(draw("text", { x: x(month), y: height - side.bottom + 16, "text-anchor": "middle", fill: look.faint }, String(month)));
    found.push(draw("line", { x1: x(month), x2: x(month), y1: height - side.bottom, y2: height - side.bottom + 4, stroke: look.faint }));
  }
  found.push(draw("line", { x1: side.left, x2: width - side.right, y1: height - side.bottom, y2: height - side.bottom, stroke: look.faint }));
  if (small) return found;
  for (const [name, from, to] of BANDS) {
    const [bottom, top] = [Math.max(low, from), Math.min(high, to)];
    if (top - bottom > 4) found.push(draw("text", { x: side.left + 6, y: y((bottom + top) / 2) + 4, fill: look.faint, opacity: 0.9 }, name));
  }
  found.push(draw("text", { x: side.left - 38, y: side.top - 6, fill: look.faint }, "Points"));
  found.push(draw("text", { x: x(view.horizon / 2), y: height - side.bottom + 32, "text-anchor": "middle" }, "Months since the start"));
  return found;
}

function band(months, [low90, low50, , high50, high90], arm, { x, y, look, small }) {
  const along = (values) => values.map((value, k) => `${x(months[k]).toFixed(1)},${y(value).toFixed(1)}`);
  const shade = draw("polygon", { points: [...along(high50), ...along(low50).reverse()].join(" "), fill: look[arm], "fill-opacity": 0.16 });
  if (small) return [shade];
  const edges = [low90, high90].map((edge) =>
    draw("polyline", { points: along(edge).join(" "), fill: "none", stroke: look[arm], "stroke-width": 0.8, "stroke-dasharray": DASHES[arm] }));
  return [shade, ...edges];
}

function median(months, bands, arm, { x, y, look, small }) {
  const points = bands[2].map((value, k) => `${x(months[k]).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return draw("polyline", { points, fill: "none", stroke: look[arm], "stroke-width": small ? 1.8 : 2.6, "stroke-dasharray": DASHES[arm] });
}

function stars(recorded, horizon, { x, y, look }) {
  const points = [[0, recorded[0]], [12, recorded[1]]].filter(([month]) => month <= horizon);
  return points.map(([month, total]) =>
    draw("text", { x: x(month), y: y(total) + 6, "text-anchor": "middle", "font-size": 18, fill: look.ink }, "★"));
}

/** Name each line at its end, moved apart where they would touch. */
function ends(view, series, { x, y, look, width, side }) {
  const short = side.right < 60;
  const at = ORDER.map((arm) => ({ arm, y: y(series(arm)[2].at(-1)) })).sort((one, other) => one.y - other.y);
  at.forEach((end, k) => { if (k) end.y = Math.max(end.y, at[k - 1].y + 16); });
  const names = short ? { a: "A", b: "B", "no-sip": "–" } : NAMES;
  return at.map((end) => draw("text", { x: width - side.right + 5, y: end.y + 4, fill: look[end.arm], "font-weight": 600 }, names[end.arm]));
}

/** Mark below the months how long each programme lasts. */
function lengths(view, { x, height, look }) {
  return ["a", "b"].flatMap((arm, k) => {
    const [y, end] = [height - 17 + 11 * k, Math.min(view.arms[arm].months, view.horizon)];
    return [
      draw("text", { x: x(0) - 6, y: y + 4, "text-anchor": "end", fill: look[arm], "font-size": 11, "font-weight": 600 }, arm.toUpperCase()),
      draw("line", { x1: x(0), x2: x(end), y1: y, y2: y, stroke: look[arm], "stroke-width": 4, "stroke-dasharray": DASHES[arm] }),
    ];
  });
}
