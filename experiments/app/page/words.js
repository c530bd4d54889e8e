// Numbers in words and signs, as the reports write them.

/** Round as Python does: half way between two, to the even one. */
function rounded(value, digits) {
  const scaled = Math.abs(value) * 10 ** digits;
  const tie = Number.isInteger(value * 2 ** (digits + 1)) && scaled % 1 === 0.5;
  return tie ? (Math.sign(value) * 2 * Math.round(scaled / 2)) / 10 ** digits : Number(value.toFixed(digits));
}

/** Write a number with its sign; none where it rounds to nothing. */
export function signed(number, digits = 1) {
  const value = rounded(number, digits);
  if (value === 0) return (0).toFixed(digits);
  return (value > 0 ? "+" : "−") + Math.abs(value).toFixed(digits);
}

/** Formats by digits after the point, made once: making one takes longer than writing with it. */
const FORMATS = [0, 1, 2].map((digits) => new Intl.NumberFormat("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }));

export function plain(value, digits = 0) {
  return FORMATS[digits].format(value).replace("-", "−");
}

export function percent(share) {
  return share === null ? "–" : `${Math.round(100 * share)}%`;
}

/** Write a difference with its 95% interval. */
export function spread(figures, digits = 1) {
  const [low, high] = figures.ci95;
  return `${signed(figures.mean, digits)} (${signed(low, digits)} to ${signed(high, digits)})`;
}

/** Write a number of months or hours without needless digits. */
export function short(value) {
  return String(Number(Number(value).toFixed(2)));
}

/** Write an amount with its unit: 1 week, 2 weeks; a share in per cent. */
export function amount(value, unit = "") {
  if (unit === "share") return percent(value);
  const one = Number(value) === 1 ? unit.replace(/^(month|week|hour)s/, "$1") : unit;
  return `${short(value)} ${one}`.trim();
}

export const NAMES = { a: "Programme A", b: "Programme B", "no-sip": "No programme" };

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
