"""What is predicted of a team: in-sample, with the team left out, and by simple rivals."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats

from calibration.inference.bank import TEAMS
from calibration.inference.likelihood import Review, baselines, records
from calibration.inference.weights import Weighted, weighted
from model.fidelity import HIGHEST_TOTAL, LOWEST_TOTAL
from model.parameters import Parameters

GRID = np.arange(LOWEST_TOTAL, HIGHEST_TOTAL + 1)
LEVELS = (0.5, 0.8, 0.9)
RELIABILITY = 1.0 - 6.1**2 / Parameters().population_sd ** 2  #: of a total, three raters (lloyd_evans2016)


class Prediction(NamedTuple):
    """A predictive distribution of a team's total, against the record.

    ``pit`` is the record's place in it; ``intervals`` the central 50, 80 and 90%; ``log_score`` the log-probability of
    the recorded total.
    """

    team: int
    recorded: float
    mean: float
    pit: float
    intervals: tuple[tuple[float, float], ...]
    log_score: float

    def covers(self, level: int) -> bool:
        """Say whether the interval of a level (its place in ``LEVELS``) holds the record."""
        low, high = self.intervals[level]
        return low <= self.recorded <= high


def of_weights(team: int, review: Review, found: Weighted) -> Prediction:
    """Return the predictive distribution of a team (from 0) under weighted draws: a mixture over draws and runs."""
    sd = np.sqrt(review.variance)
    chosen = np.flatnonzero(found.weights > 1e-9)
    below = np.zeros(len(GRID))
    for k in range(review.mean.shape[2]):
        z = (GRID[None, :] + 0.5 - review.mean[chosen, team, k][:, None]) / sd[chosen][:, None]
        below += found.weights[chosen] @ stats.norm.cdf(z)
    below /= review.mean.shape[2]
    mean = float(found.weights @ review.mean[:, team].mean(axis=1))
    return _prediction(team, mean, below)


def _prediction(team: int, mean: float, below: np.ndarray) -> Prediction:
    """Make a prediction from the chances of a total up to each of ``GRID``."""
    recorded = records()[team]
    place = int(recorded) - LOWEST_TOTAL
    before = below[place - 1]
    chance = max(float(below[place] - before), 1e-12)
    intervals = tuple(
        (
            float(np.interp(0.5 - level / 2.0, below, GRID)),
            float(np.interp(0.5 + level / 2.0, below, GRID)),
        )
        for level in LEVELS
    )
    middle = float(0.5 * (below[place] + before))
    return Prediction(team + 1, float(recorded), mean, middle, intervals, float(np.log(chance)))


def in_sample(logs: np.ndarray, review: Review) -> list[Prediction]:
    """Return the six predictions with all six records known: optimistic."""
    found = weighted(logs.sum(axis=1))
    return [of_weights(team, review, found) for team in range(TEAMS)]


def left_out(logs: np.ndarray, review: Review, offset: np.ndarray | float = 0.0) -> list[Prediction]:
    """Return each team's prediction from the other five."""
    return [of_weights(team, review, found) for team, found in enumerate(from_the_others(logs, offset))]


def from_the_others(logs: np.ndarray, offset: np.ndarray | float = 0.0) -> list[Weighted]:
    """Return the weights with each team left out in turn; ``offset`` is that of draws not from the prior."""
    return [weighted(np.delete(logs, team, axis=1).sum(axis=1) + offset) for team in range(TEAMS)]


def of_prior(review: Review) -> list[Prediction]:
    """Return the predictions before any 12-month total is known."""
    even = Weighted(np.full(len(review.variance), 1.0 / len(review.variance)), float("nan"))
    return [of_weights(team, review, even) for team in range(TEAMS)]


# -- rivals, each fitted to the other five teams ---------------------------------------------------------------


def mean_gain(team: int) -> Prediction:
    """Predict the baseline and the others' mean gain."""
    others = np.delete(np.arange(TEAMS), team)
    gains = (records() - baselines())[others]
    spread = gains.std(ddof=1) * np.sqrt(1.0 + 1.0 / len(others))
    return _student(team, baselines()[team] + gains.mean(), spread, len(others) - 1)


def back_to_the_mean(team: int) -> Prediction:
    """Predict that nothing happens but regression to the mean; the scatter is that of the others about it."""
    mean, base = Parameters().population_mean, baselines()
    expected = mean + RELIABILITY * (base - mean)
    others = np.delete(np.arange(TEAMS), team)
    spread = float(np.sqrt(np.mean((records() - expected)[others] ** 2)))
    return _student(team, expected[team], spread, len(others))


def linear_in_baseline(team: int) -> Prediction:
    """Predict by a straight line in the baseline through the other five."""
    others = np.delete(np.arange(TEAMS), team)
    x, y = baselines()[others], records()[others]
    fit = stats.linregress(x, y)
    freedom = len(others) - 2
    variance = float(np.sum((y - fit.intercept - fit.slope * x) ** 2)) / freedom
    away = (baselines()[team] - x.mean()) ** 2 / np.sum((x - x.mean()) ** 2)
    spread = np.sqrt(variance * (1.0 + 1.0 / len(others) + away))
    return _student(team, float(fit.intercept + fit.slope * baselines()[team]), float(spread), freedom)


def _student(team: int, mean: float, spread: float, freedom: int) -> Prediction:
    return _prediction(team, float(mean), stats.t.cdf(GRID + 0.5, freedom, loc=mean, scale=spread))


RIVALS = {
    "mean gain of the others": mean_gain,
    "regression to the mean alone": back_to_the_mean,
    "linear in the baseline": linear_in_baseline,
}


def score_difference(ours: Sequence[Prediction], theirs: Sequence[Prediction]) -> tuple[float, float]:
    """Return our log scores less a rival's, summed over the six teams, and the paired standard error of the sum."""
    differences = np.array([a.log_score - b.log_score for a, b in zip(ours, theirs, strict=True)])
    return float(differences.sum()), float(differences.std(ddof=1) * np.sqrt(len(differences)))
