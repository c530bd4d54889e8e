"""A bank of a model solved by hand: what the calibration's parts find of it is known."""

import numpy as np
import pandas as pd

from calibration import Draws
from calibration.inference.bank import ARMS, CONTRAST_OUTCOMES, TEAMS, Bank
from calibration.inference.likelihood import ROUNDING, baselines, records

ERROR, SPREAD, PRIOR = 5.0, 4.0, 8.0


def toy(draws: int = 3_000, replicates: int = 20, seed: int = 1) -> Bank:
    """Make a bank of a model solved by hand: a team gains a draw's ``effect``, and its own luck besides."""
    luck = np.random.default_rng(seed)
    effect = luck.normal(12.0, PRIOR, draws)
    shape = (draws, TEAMS, replicates)
    latent = baselines()[None, :, None] + effect[:, None, None] + luck.normal(0.0, SPREAD, shape)
    stable = np.zeros(shape)
    reviewed = np.round(latent + luck.normal(0.0, ERROR, shape))
    table = pd.DataFrame(
        {"effect": effect, "review_error_sd": np.full(draws, ERROR), "review_stable_share": np.zeros(draws)}
    )
    contrasts = np.zeros((draws, len(ARMS), TEAMS, len(CONTRAST_OUTCOMES)))
    return Bank(Draws(table, "prior"), latent, stable, reviewed, contrasts)


def exact() -> tuple[float, float]:
    """Return mean and sd of the effect's posterior in the toy, by conjugacy."""
    gains = records() - baselines()
    variance = SPREAD**2 + ERROR**2 + ROUNDING
    precision = 1.0 / PRIOR**2 + TEAMS / variance
    return (12.0 / PRIOR**2 + gains.sum() / variance) / precision, precision**-0.5
