// Colours safe for colour-blind readers; lines differ in pattern too.

const LIGHT = { ink: "#222222", faint: "#5c5c5c", grid: "#c4c4c4", paper: "#ffffff", a: "#0072B2", b: "#B84E00", "no-sip": "#333333" };
const DARK = { ink: "#eeeeee", faint: "#b4b4b4", grid: "#555555", paper: "#16191d", a: "#56B4E9", b: "#F0A04B", "no-sip": "#d0d0d0" };
export const DASHES = { a: "", b: "7 4", "no-sip": "2 4" };
export const dark = matchMedia("(prefers-color-scheme: dark)");

/** Return the colours of the screen; on paper, which downloads are for, always the light ones. */
export function colours(onPaper = false) {
  return dark.matches && !onPaper ? DARK : LIGHT;
}
