"""The headline answers of the draws that ship: with the delivery's parameters from their own factor.

The bank's answers have them from the main fit, to which they hardly matter. The compared programmes are run again under
both, with the same luck, so that the difference is the factor's alone.
"""

from typing import Any

import numpy as np
import pandas as pd

from calibration.draws import Draws
from calibration.inference.bank import ARMS
from calibration.inference.forward import run_forward
from calibration.inference.headline import ANSWERS, told
from calibration.inference.weights import Weighted

REPLICATES = 2
MONTHS = 24


def delivered(main: pd.DataFrame, shipped: pd.DataFrame, seed: int, *, workers: int = 1) -> dict[str, Any]:
    """Return each headline answer under the shipped draws, and by how much the delivery's factor shifts its mean."""
    before, after = (by_draw(table, seed, workers=workers) for table in (main, shipped))
    even = Weighted(np.full(len(shipped), 1.0 / len(shipped)), float("nan"))
    return {name: told(after[name], even) | _shift(after[name] - before[name], even) for name in ANSWERS}


def by_draw(table: pd.DataFrame, seed: int, *, workers: int = 1) -> dict[str, np.ndarray]:
    """Return the headline answers by draw, in latent points, averaged over the six teams and two runs."""
    draws = Draws(table, "posterior")
    runs = {
        arm: run_forward(draws, arm, seed, replicates=REPLICATES, months=MONTHS, workers=workers)
        for arm in ARMS
    }
    levels = {
        (arm, outcome): found.mean_of(outcome)
        for arm, found in runs.items()
        for outcome in {name for _, _, name in ANSWERS.values()}
    }
    return {
        name: levels[arm, outcome] - (levels[against, outcome] if against else 0.0)
        for name, (arm, against, outcome) in ANSWERS.items()
    }


def _shift(values: np.ndarray, even: Weighted) -> dict[str, float]:
    return {"shift": round(float(even.mean(values)), 3), "shift_error": round(even.error(values), 3)}
