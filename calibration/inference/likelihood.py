"""How likely the records are, given what was simulated: one function, and what it rests on."""

from typing import NamedTuple

import numpy as np

from calibration.inference.bank import Bank
from calibration.records import six_teams
from model.fidelity import ITEMS
from model.parameters import Parameters

ROUNDING = ITEMS / 12.0  #: variance that rounding 39 scores to whole points adds to a total, in square points


class Review(NamedTuple):
    """What a review of month 12 gives for a run: its mean and variance over the occasion's error.

    ``mean[draw, team, replicate]`` in points of the total; ``variance[draw]`` in square points.
    """

    mean: np.ndarray
    variance: np.ndarray


def records() -> np.ndarray:
    """Return the six reviewed 12-month totals."""
    return np.array([record.total_12m for record in six_teams()], dtype=float)


def baselines() -> np.ndarray:
    """Return the six reviewed baseline totals."""
    return np.array([record.baseline_total for record in six_teams()], dtype=float)


def reviews_of(bank: Bank) -> Review:
    """Return what reviews of the bank's runs give on average, and how they scatter.

    A reviewed total is true practice, the error that stays with the team, and the occasion's error. Scores cannot
    leave 1 to 5, which pulls totals of high teams down a little; that pull is learned from the simulated reviews, as a
    smooth function of the total and the error's size.
    """
    variance = occasion_variance(bank)
    plain = bank.latent + bank.stable
    pull = _fitted(plain, variance, bank.reviewed - plain)
    return Review(plain + pull, variance + ROUNDING)


def occasion_variance(bank: Bank) -> np.ndarray:
    """Return the variance of the part of the review's error that is new on each occasion, by draw."""
    defaults = Parameters()
    table = bank.draws.table
    sd = table["review_error_sd"].to_numpy()
    stable = table.get("review_stable_share")
    share = defaults.review_stable_share if stable is None else stable.to_numpy()
    return np.asarray(sd * sd * (1.0 - share))


def _fitted(plain: np.ndarray, variance: np.ndarray, residual: np.ndarray) -> np.ndarray:
    """Return the smooth part of the residuals: least squares on total, error variance and their products."""
    total = ((plain - plain.mean()) / plain.std()).ravel()
    size = np.broadcast_to((variance / variance.mean())[:, None, None], plain.shape).ravel()
    features = np.stack([np.ones_like(total), total, total**2, size, size * total, size * total**2], axis=1)
    solution = np.linalg.lstsq(features, residual.ravel(), rcond=None)[0]
    return np.asarray((features @ solution).reshape(plain.shape))


def log_likelihood(totals: np.ndarray, review: Review) -> np.ndarray:
    """Return the log-likelihood of reviewed totals ``totals[team]``, by ``[draw, team]``.

    Given a run, a reviewed total is normal about the run's expected review; the likelihood of a draw is the mean over
    its replicates: ``log mean_k N(total; mean_k, variance)``. Teams are apart: each is a network of its own.
    """
    spread = 2.0 * review.variance[:, None, None]
    logs = -((totals[None, :, None] - review.mean) ** 2) / spread - 0.5 * np.log(np.pi * spread)
    return log_mean(logs)


def log_mean(logs: np.ndarray) -> np.ndarray:
    """Return ``log mean exp`` over the last axis, without overflow."""
    top = logs.max(axis=-1, keepdims=True)
    return np.asarray(top[..., 0] + np.log(np.exp(logs - top).mean(axis=-1)))


def likelihood_noise(totals: np.ndarray, review: Review, draws: np.ndarray) -> list[float]:
    """Return the variance of the log-likelihood's estimate at some draws, from halves of the replicates.

    One for each team: of the totals up to that team's, taken in one after another; the last is the joint one's.
    """
    half = review.mean.shape[2] // 2
    first, second = (
        log_likelihood(totals, Review(review.mean[draws][..., chosen], review.variance[draws]))
        for chosen in (slice(0, half), slice(half, 2 * half))
    )
    return [float(noise) for noise in np.var(np.cumsum(first - second, axis=1), axis=0) / 4.0]


def log_chance_of_rising(review: Review) -> np.ndarray:
    """Return the log-probability that a review shows a rise over the baseline, by ``[draw, team]``."""
    from scipy.stats import norm

    sd = np.sqrt(review.variance)[:, None, None]
    return np.asarray(log_mean(norm.logsf(baselines()[None, :, None] + 0.5, review.mean, sd)))
