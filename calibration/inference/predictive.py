"""What the fitted draws say of each of the six beyond its total: practice by month, and hours by actor (in-sample)."""

from typing import Any

import numpy as np
import pandas as pd

from calibration.draws import Draws
from calibration.inference.bank import RECORDED, TEAMS
from calibration.inference.forward import Forward, run_forward
from calibration.inference.likelihood import baselines, records

REPLICATES = 4
AT = (0.05, 0.25, 0.5, 0.75, 0.95)
HOURS = ("hours_staff", "hours_manager", "hours_facilitator")


def by_team(table: pd.DataFrame, seed: int, *, workers: int = 1) -> list[dict[str, Any]]:
    """Return each team's months and hours under the recorded programme: quantiles ``AT`` over draws and runs."""
    found = run_forward(Draws(table, "posterior"), RECORDED, seed, replicates=REPLICATES, workers=workers)
    return [_team(found, team) for team in range(TEAMS)]


def _team(found: Forward, team: int) -> dict[str, Any]:
    latent = found.latent[:, :, team]
    reviewed = found.outcome("gain_12m", team) + baselines()[team]
    return {
        "team": team + 1,
        "recorded": [float(baselines()[team]), float(records()[team])],
        "latent": [_quantiles(latent[..., month]) for month in range(latent.shape[-1])],
        "reviewed": _quantiles(reviewed),
        "hours": {name: _quantiles(found.outcome(name, team)) for name in HOURS},
    }


def _quantiles(values: np.ndarray) -> list[float]:
    return [round(float(x), 1) for x in np.quantile(values, AT)]
