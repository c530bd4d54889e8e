"""The headline answers before and after the data, along the strength of selection."""

from typing import Any

import numpy as np

from calibration.inference.bank import Bank
from calibration.inference.likelihood import (
    Review,
    log_chance_of_rising,
    log_likelihood,
    records,
    reviews_of,
)
from calibration.inference.weights import Weighted, weighted

LARGE = 3.0  #: points
#: How far teams that rose were the likelier to be studied: none, in part, only they.
SELECTION = (0.0, 0.5, 1.0)
#: What is compared: programme, against, outcome.
ANSWERS = {
    "external less internal, 12 months": ("external-12", "internal-12", "latent_gain_12m"),
    "external less internal, 24 months": ("external-24", "internal-24", "latent_gain_24m"),
    "24 less 12 months, internal, at month 24": ("internal-24", "internal-12", "latent_gain_24m"),
    "24 less 12 months, external, at month 24": ("external-24", "external-12", "latent_gain_24m"),
    "internal programme less none, at month 12": ("internal-12", "no-sip", "latent_gain_12m"),
    "change without a programme, at month 12": ("no-sip", "", "latent_gain_12m"),
}


def contrasts(bank: Bank) -> dict[str, np.ndarray]:
    """Return the headline differences by draw, in latent points, averaged over the six teams."""
    return {
        name: bank.contrast(arm, against, outcome) if against else bank.level(arm, outcome)
        for name, (arm, against, outcome) in ANSWERS.items()
    }


def selected(logs: np.ndarray, review: Review, strength: float) -> np.ndarray:
    """Return log-weights ``[draw]`` given that each team was selected with a chance that depends on its rising.

    A team that did not rise is studied ``1 - strength`` times as often as one that did. All six rose; so a draw's
    likelihood is divided by its chance that a team is studied: ``1 - strength * (1 - P(rises))``, team by team.
    """
    if strength == 0.0:
        return np.asarray(logs.sum(axis=1))
    studied = np.log1p(-strength * (1.0 - np.exp(log_chance_of_rising(review))))
    return np.asarray((logs - studied).sum(axis=1))


def log_weights(bank: Bank, selection: float) -> np.ndarray:
    """Return the log-weights of a bank's draws from the prior, ``[draw]``, at a strength of selection."""
    review = reviews_of(bank)
    return selected(log_likelihood(records(), review), review, selection)


def told(values: np.ndarray, found: Weighted) -> dict[str, Any]:
    """Return mean, 95% interval and sign probabilities of a difference under weights.

    ``error`` and ``p_error`` are the Monte Carlo standard errors of the mean and of the chance of a positive sign.
    """
    low, high = found.quantile(values, np.array([0.025, 0.975]))
    return {
        "mean": _short(float(found.mean(values))),
        "error": _short(found.error(values)),
        "interval": [_short(float(low)), _short(float(high))],
        "p_positive": _short(found.probability(values > 0.0)),
        "p_error": _short(found.error((values > 0.0).astype(float))),
        "p_over_3": _short(found.probability(values > LARGE)),
    }


def answers(bank: Bank, logs: np.ndarray, review: Review) -> dict[str, Any]:
    """Return each headline answer under the prior and at each strength of selection."""
    even = Weighted(np.full(bank.size, 1.0 / bank.size), float("nan"))
    by_strength = {f"{strength:g}": weighted(selected(logs, review, strength)) for strength in SELECTION}
    found: dict[str, Any] = {}
    for name, values in contrasts(bank).items():
        found[name] = {"prior": told(values, even)}
        found[name] |= {strength: told(values, weights) for strength, weights in by_strength.items()}
    return {
        "answers": found,
        "effective": {strength: _short(weights.effective) for strength, weights in by_strength.items()},
        "k_hat": {strength: _short(weights.k_hat) for strength, weights in by_strength.items()},
    }


def _short(value: float) -> float:
    return round(value, 4)
