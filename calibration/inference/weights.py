"""Weights of the bank's draws: importance sampling from the prior, its tail smoothed, and what it is worth."""

import warnings
from dataclasses import dataclass, replace

import numpy as np

FEW = 50.0  #: effective draws under which an answer is ill known
FEWEST = 25  #: draws; the fifth of fewer that makes the tail is too short to smooth or to judge


@dataclass(frozen=True)
class Weighted:
    """Normalised weights ``[draw]``; ``k_hat`` of their tail (below 0.7 is good); the effective number of draws."""

    weights: np.ndarray
    k_hat: float

    @property
    def effective(self) -> float:
        """Return the effective number of draws: ``1 / sum(weights ** 2)``."""
        return float(1.0 / np.sum(self.weights**2))

    def mean(self, values: np.ndarray) -> np.ndarray:
        """Return the weighted mean of ``values[draw, ...]``."""
        return np.asarray(np.tensordot(self.weights, values, axes=1))

    def sd(self, values: np.ndarray) -> np.ndarray:
        """Return the weighted standard deviation of ``values[draw, ...]``."""
        return np.asarray(np.sqrt(np.maximum(0.0, self.mean((values - self.mean(values)) ** 2))))

    def quantile(self, values: np.ndarray, at: float | np.ndarray) -> np.ndarray:
        """Return weighted quantiles of ``values[draw]``."""
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(self.weights[order]) - 0.5 * self.weights[order]
        return np.asarray(np.interp(at, reached, values[order]))

    def probability(self, holds: np.ndarray) -> float:
        """Return the weighted share of draws for which something holds."""
        return float(np.sum(self.weights[holds]))

    def error(self, values: np.ndarray) -> float:
        """Return the Monte Carlo standard error of the weighted mean of ``values[draw]``."""
        return float(np.sqrt(np.sum(self.weights**2 * (values - self.mean(values)) ** 2)))

    def resampled(self, count: int, seed: int) -> np.ndarray:
        """Return positions of ``count`` draws taken in proportion to their weights, evenly, in random order."""
        luck = np.random.Generator(np.random.PCG64(seed))
        places = (np.arange(count) + luck.uniform()) / count
        chosen = np.searchsorted(np.cumsum(self.weights), places, side="right")
        return np.asarray(luck.permutation(np.minimum(chosen, len(self.weights) - 1)))


def weighted(log_weights: np.ndarray) -> Weighted:
    """Return Pareto-smoothed, normalised weights from ``log_weights[draw]`` (Vehtari et al 2024, by arviz).

    Of few draws they are as they are, with an infinite ``k_hat``.
    """
    if len(log_weights) < FEWEST:
        return replace(plain(log_weights), k_hat=float("inf"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # arviz announces its next version at import
        import arviz
    logs = log_weights - log_weights.max()
    smoothing = getattr(arviz, "psislw", None)
    if (
        smoothing is None
    ):  # from version 1 on, which takes log-likelihoods left out: weights with their sign turned
        from arviz_stats.base import array_stats

        smoothing, logs = array_stats.psislw, -logs
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a large k_hat is reported, not warned of
        smooth, k_hat = smoothing(logs)
    weights = np.exp(np.asarray(smooth) - np.max(smooth))
    return Weighted(weights / weights.sum(), float(k_hat))


def plain(log_weights: np.ndarray) -> Weighted:
    """Return normalised weights as they are, for the many data sets of a simulation-based check."""
    weights = np.exp(log_weights - log_weights.max())
    return Weighted(weights / weights.sum(), float("nan"))
