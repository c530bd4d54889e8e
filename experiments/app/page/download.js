// What is shown, to take away: numbers, chart, scenario files, all of it with the notes.

import { el } from "./dom.js";

/** Offer a file; `make` returns its content when asked. */
export function offer(label, name, type, make) {
  const give = async () => {
    const link = el("a", { href: URL.createObjectURL(new Blob([await make()], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return el("button", { type: "button", on: { click: give } }, label);
}

/** Write rows as CSV, RFC 4180. */
export function csv(rows) {
  const cell = (value) => (/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value ?? ""));
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** Return the bands by month and the differences as rows of a table, one number's line each. */
export function rowsOf(view) {
  const rows = [["what", "scenario", "team", "month", "outcome", "q05", "q25", "median", "q75", "q95", "mean", "low95", "high95", "p_positive"]];
  for (const [arm, { mean, teams }] of Object.entries(view.arms)) {
    const each = [["mean of teams", mean], ...teams.map((bands, k) => [view.teams[k], bands])];
    for (const [team, bands] of each) {
      view.months.forEach((month, k) => rows.push(["total", arm, team, month, "reviewable_total", ...bands.map((band) => band[k])]));
    }
  }
  for (const one of view.differences) {
    const pair = `${one.scenario} minus ${one.against}`;
    rows.push(["difference", pair, "mean of teams", "", one.outcome, "", "", "", "", "", one.mean, ...one.ci95, one.p_positive]);
  }
  return rows;
}

export function svgText(drawing) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(drawing)}\n`;
}

/** Return a drawing as PNG, twice as fine as the screen. */
export async function png(drawing) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svgText(drawing)], { type: "image/svg+xml" }));
  await image.decode();
  const sheet = el("canvas", { width: 2 * image.width, height: 2 * image.height });
  sheet.getContext("2d").drawImage(image, 0, 0, sheet.width, sheet.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => { sheet.toBlob(done, "image/png"); });
}
