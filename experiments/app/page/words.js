// Numbers in words and signs, as the reports write them.

/** Write a number with its sign; none where it rounds to nothing. */
export function signed(value, digits = 1) {
  const rounded = Number(value.toFixed(digits));
  if (rounded === 0) return (0).toFixed(digits);
  return (rounded > 0 ? "+" : "−") + Math.abs(rounded).toFixed(digits);
}

export function plain(value, digits = 0) {
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−");
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

/** Write an amount with its unit: 1 week, 2 weeks. */
export function amount(value, unit = "") {
  const one = Number(value) === 1 ? unit.replace(/^(month|week|hour)s/, "$1") : unit;
  return `${short(value)} ${one}`.trim();
}

export const NAMES = { a: "Programme A", b: "Programme B", "no-sip": "No programme" };

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
