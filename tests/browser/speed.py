"""How fast the page answers: ``python tests/browser/speed.py`` measures from key press to redrawn comparison."""

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import numpy as np
from browsing import browser, page
from serving import served

from calibration import posterior
from experiments.app.choices import OPENING
from experiments.app.desk import Desk

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


def measured(draws: int, presses: int) -> np.ndarray:
    """Return milliseconds to the first redraw, to that with all draws, and of CPU, ``[press, figure]``."""
    desk = Desk(posterior(draws), replicates=1)
    desk.warm(OPENING.question(), print)
    found = []
    with served(desk) as address, browser() as opened, page(opened) as view:
        view.goto(address)
        view.wait_for_selector("#view-compare[data-draws]:not([aria-busy])")
        for k in range(presses):
            lever: tuple[str, Any] = ("b.facilitation.hours_per_week", 1.25 * (1 + k % 11))
            if k >= 11:
                lever = ("a.months", 7 + (k - 11) % 17)
            begun = time.process_time()
            first, every = view.evaluate(PRESS, [lever[0], str(lever[1]), draws])
            found.append((first, every, 1000.0 * (time.process_time() - begun)))
    return np.array(found)


def main() -> None:
    """Measure and print median and 95% of presses, beside the machine's load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--presses", type=int, default=25)
    given = parser.parse_args()
    found = measured(given.draws, given.presses)
    for name, values in zip(
        ("first redraw", f"{given.draws} draws", "CPU of the server"), found.T, strict=True
    ):
        print(f"{name}: median {np.median(values):.0f} ms, 95% under {np.quantile(values, 0.95):.0f} ms")
    print(f"{given.presses} presses, six teams, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
