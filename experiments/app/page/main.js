// The start of the page: what there is, its views, its tabs.

import { compareView } from "./compare.js";
import { controls, problem } from "./controls.js";
import { byId, el, isWide } from "./dom.js";
import { playView } from "./play.js";
import { choose, onChoice, state } from "./state.js";
import { watchView } from "./watch.js";

/** The views: what each is called, what begins it, and whether it needs a server. */
const VIEWS = {
  compare: { title: "Compare", view: compareView, live: false },
  watch: { title: "Watch one run", view: watchView, live: true },
  play: { title: "Be the facilitator", view: playView, live: true },
};

/** Begin with a provider of answers: the server, or what stands in the file. */
export async function begin(provider) {
  try {
    const about = await provider.about();
    byId("basis").textContent = about.basis;
    byId("about").open = isWide() && Boolean(provider.isStatic);
    document.querySelector(".skip").addEventListener("click", skip);
    const names = Object.keys(VIEWS).filter((name) => !(VIEWS[name].live && provider.isStatic));
    tabs(names);
    controls({ ...about, isStatic: provider.isStatic });
    for (const name of names) VIEWS[name].view(provider, about);
  } catch (error) {
    problem(`The page could not begin: ${error.message}`);
  }
}

/** Go to the results; the address is the state, an anchor in it would forget all that is chosen. */
function skip(event) {
  event.preventDefault();
  byId("results").focus();
}

function tabs(names) {
  const show = () => {
    document.body.dataset.tab = state().tab;
    for (const name of names) {
      const chosen = state().tab === name;
      byId(`tab-${name}`).setAttribute("aria-selected", chosen);
      byId(`tab-${name}`).tabIndex = chosen ? 0 : -1;
      byId(`view-${name}`).hidden = !chosen;
    }
  };
  const turn = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = names[(names.indexOf(state().tab) + step + names.length) % names.length];
    choose({ tab: next });
    byId(`tab-${next}`).focus();
  };
  const button = (name) => el("button", {
    type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `view-${name}`, on: { click: () => choose({ tab: name }), keydown: turn },
  }, VIEWS[name].title);
  const panel = (name) => el("section", { id: `view-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}`, tabindex: -1 });
  byId("tabs").hidden = names.length < 2;
  byId("tabs").replaceChildren(...names.map(button));
  byId("views").replaceChildren(...names.map(panel));
  onChoice(show);
  show();
}
