"""How fast the page opens and answers: ``python tests/browser/speed.py`` measures until the comparison is drawn."""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import numpy as np
from browsing import browser
from serving import served

from calibration import posterior
from experiments.app.choices import OPENING
from experiments.app.desk import Desk

#: Have ``window.opened`` promise when the first comparison is on the screen, in milliseconds since the navigation.
OPENED = """window.opened = new Promise((done) => {
    new MutationObserver((_, watching) => {
        if (!document.querySelector('#view-compare[data-draws]')) return;
        watching.disconnect();
        requestAnimationFrame(() => done(performance.now()));
    }).observe(document, { subtree: true, childList: true, attributes: true });
})"""
#: Press a key on a lever, and tell when the first answer and that with all draws were on the screen.
PRESS = """([id, value, draws]) => new Promise((done) => {
    const [place, one] = [document.getElementById('view-compare'), document.getElementById(id)];
    const [begun, found] = [performance.now(), []];
    const watching = new MutationObserver(() => requestAnimationFrame(() => {
        found.push(performance.now() - begun);
        if (Number(place.dataset.draws) === draws) { watching.disconnect(); done([found[0], found.at(-1)]); }
    }));
    watching.observe(place, { childList: true });
    one.value = value;
    one.dispatchEvent(new Event('input'));
})"""


def opened(chromium: Any, address: str) -> tuple[Any, float]:
    """Open the page as a new visitor does; return it, and how long it took."""
    view = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    view.add_init_script(OPENED)
    view.goto(address)
    return view, view.evaluate("window.opened")


def pressed(view: Any, draws: int, presses: int) -> np.ndarray:
    """Return milliseconds to the first redraw, to that with all draws, and of CPU, ``[press, figure]``."""
    found = []
    for k in range(presses):
        lever: tuple[str, Any] = ("b.facilitation.hours_per_week", 1.25 * (1 + k % 11))
        if k >= 11:
            lever = ("a.months", 7 + (k - 11) % 17)
        begun = time.process_time()
        first, every = view.evaluate(PRESS, [lever[0], str(lever[1]), draws])
        found.append((first, every, 1000.0 * (time.process_time() - begun)))
    return np.array(found)


def told(name: str, values: np.ndarray) -> None:
    """Print median and 95% of some milliseconds."""
    print(f"{name}: median {np.median(values):.0f} ms, 95% under {np.quantile(values, 0.95):.0f} ms")


def main() -> None:
    """Measure and print, beside the machine's load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--presses", type=int, default=25)
    parser.add_argument("--openings", type=int, default=10)
    given = parser.parse_args()
    desk = Desk(posterior(given.draws), replicates=1)
    desk.warm(OPENING.question(), print)
    with served(desk) as address, browser() as chromium:
        openings = np.array([opened(chromium, address)[1] for _ in range(given.openings)])
        found = pressed(opened(chromium, address)[0], given.draws, given.presses)
    told("page opens", openings)
    for name, values in zip(
        ("first redraw", f"{given.draws} draws", "CPU of the server"), found.T, strict=True
    ):
        told(name, values)
    print(f"{given.presses} presses, six teams, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
