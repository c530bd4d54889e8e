"""Paired comparison: the difference two programmes make with the same people, parameters and luck.

``d[draw]`` is the difference averaged over teams and replicates. Its spread over draws is uncertainty about the
world (parameters); the spread of single runs about it is chance. Exact definitions: ``docs/decisions.md``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.errors import InputError
from experiments.result import Result

LARGE = 3.0  #: points: a difference beyond the usual error of a review's total
OPEN = (0.05, 0.95)  #: a sign with a probability between these is called undecided
ENOUGH_DRAWS = 60  #: all of fewer draws may agree although the probability of the other sign is above 0.05


@dataclass(frozen=True)
class Estimate:
    """A mean with what is not known about it; units are the outcome's.

    ``interval_parameters`` (``ci95``): 2.5-97.5% over draws, replicate noise removed; ``mc95``: Monte Carlo interval of
    ``mean`` for these draws; ``interval_chance``: 2.5-97.5% of single runs about their draw's mean, added to ``mean``.
    """

    mean: float
    interval_parameters: tuple[float, float]
    mc95: tuple[float, float]
    interval_chance: tuple[float, float]
    by_draw: np.ndarray

    @property
    def precision(self) -> float:
        """Return half the Monte Carlo interval."""
        return 0.5 * (self.mc95[1] - self.mc95[0])

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for JSON, rounded to six digits after the point."""
        parameters = _rounded(self.interval_parameters)
        return {
            "mean": round(self.mean, 6),
            "ci95": parameters,
            "interval_parameters": parameters,
            "interval_chance": _rounded(self.interval_chance),
            "mc95": _rounded(self.mc95),
        }


@dataclass(frozen=True)
class Comparison:
    """A paired difference: ``scenario`` less ``against``."""

    scenario: str
    against: str
    outcome: str
    estimate: Estimate
    p_positive: float
    p_over_3: float
    p_run_positive: float

    @property
    def equal(self) -> bool:
        """Say whether the two scenarios gave the same in every run."""
        return not self.estimate.by_draw.any() and self.estimate.interval_chance == (0.0, 0.0)

    @property
    def told_apart(self) -> bool:
        """Say whether there were runs enough to speak of a sign: the draws differ, or the mean lies clear of zero.

        With few runs no variance may be left between draws; the share of draws above zero is then 0 or 1 whatever the
        noise, and says nothing.
        """
        low, high = self.estimate.mc95
        return bool(np.ptp(self.estimate.by_draw) > 0.0) or not low <= 0.0 <= high

    @property
    def decided(self) -> bool:
        """Say whether the sign of the difference is decided: draws enough, told apart, and nearly all on one side."""
        enough = len(self.estimate.by_draw) >= ENOUGH_DRAWS and self.told_apart
        return self.equal or (enough and not OPEN[0] < self.p_positive < OPEN[1])

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        place = {"scenario": self.scenario, "against": self.against, "outcome": self.outcome}
        chances = {
            "p_positive": self.p_positive,
            "p_over_3": self.p_over_3,
            "p_run_positive": self.p_run_positive,
        }
        return place | self.estimate.to_dict() | {name: round(value, 6) for name, value in chances.items()}


def compare(
    result: Result, outcome: str, scenario: str, *, against: str, team: str | None = None
) -> Comparison | None:
    """Compare two scenarios on one outcome, over all teams or at one; ``None`` where it lies beyond the run.

    Raises
    ------
    InputError
        If the result has no such outcome, scenario or team.
    """
    difference = result.outcome(outcome, scenario) - result.outcome(outcome, against)
    if team is not None:
        difference = difference[..., [_place(team, result.teams)]]
    return judged(difference, outcome, scenario, against)


def _place(team: str, teams: Sequence[str]) -> int:
    if team not in teams:
        raise InputError(f"There is no team '{team}' here; there are {', '.join(teams)}.")
    return list(teams).index(team)


def judged(difference: np.ndarray, outcome: str, scenario: str, against: str) -> Comparison | None:
    """Judge paired differences ``[draw, replicate, team]`` under the names given; ``None`` where all are NaN."""
    estimate = estimated(difference)
    if estimate is None:
        return None
    d, runs = estimate.by_draw, difference[~np.isnan(difference)]
    return Comparison(
        scenario,
        against,
        outcome,
        estimate,
        p_positive=float(np.mean(d > 0.0)),
        p_over_3=float(np.mean(d > LARGE)),
        p_run_positive=float(np.mean(runs > 0.0)),
    )


def estimated(values: np.ndarray) -> Estimate | None:
    """Estimate a mean from ``values[draw, replicate, team]``, its parts of uncertainty apart; ``None`` if all are NaN.

    Draw means scatter by parameters and by replicate noise; a two-way decomposition (draw, replicate) tells the two
    variances apart and the draw means are drawn together accordingly. A replicate's luck is common to all draws: that
    part of the noise moves all draw means alike, does not scatter them, and does not shrink with more draws, so that
    the Monte Carlo interval rests on the replicates' means. With one replicate nothing can be told apart, and the
    interval over draws holds both.
    """
    runs, kept = _mean_over_teams(values), _with_runs(values)
    if not kept.any():
        return None
    runs = runs[kept]
    means = np.nanmean(runs, axis=1)
    replicates = np.sum(~np.isnan(runs), axis=1)
    mean = float(np.mean(means))
    within, half = _noise(runs, replicates)
    observed = float(np.var(means, ddof=1)) if len(means) > 1 else 0.0
    between = max(0.0, observed - within * float(np.mean(1.0 / replicates)))
    together = np.sqrt(between / observed) if observed > 0.0 and within > 0.0 else 1.0
    by_draw = mean + together * (means - mean)
    single = (values[kept] - means[:, None, None]).ravel()
    chance = np.quantile(single[~np.isnan(single)], [0.025, 0.975]) + mean
    low, high = np.quantile(by_draw, [0.025, 0.975])
    return Estimate(
        mean,
        (float(low), float(high)),
        (mean - half, mean + half),
        (float(chance[0]), float(chance[1])),
        by_draw,
    )


def mean_of(values: np.ndarray) -> float | None:
    """Return the mean that ``estimated`` tells, without what is not known about it."""
    runs = _mean_over_teams(values)[_with_runs(values)]
    return float(np.mean(np.nanmean(runs, axis=1))) if len(runs) else None


def _with_runs(values: np.ndarray) -> np.ndarray:
    """Say of which draws there is a run, ``[draw]``."""
    return np.asarray(~np.all(np.isnan(values), axis=(1, 2)))


def _mean_over_teams(values: np.ndarray) -> np.ndarray:
    counts = np.sum(~np.isnan(values), axis=2)
    sums = np.nansum(values, axis=2)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _mean_over_runs(values: np.ndarray) -> np.ndarray:
    return _mean_over_teams(values.reshape(len(values), 1, -1))[:, 0]


def _noise(runs: np.ndarray, replicates: np.ndarray) -> tuple[float, float]:
    """Return the variance of replicate noise that is a draw's own, and half the Monte Carlo interval of the mean.

    ``runs[draw, replicate]``; both are 0 with one replicate. Where runs are missing, noise is taken for a draw's own.
    The interval is at least what the draws' own noise makes it, as few replicates may agree by chance.
    """
    freedom = int(np.sum(replicates - 1))
    if freedom < 1:
        return 0.0, 0.0
    draws, count = runs.shape
    by_replicate = np.nanmean(runs, axis=0)
    common = _student(count) * float(np.sqrt(np.nanvar(by_replicate, ddof=1) / count))
    deviations = runs - np.nanmean(runs, axis=1, keepdims=True)
    if draws > 1 and not np.isnan(runs).any():
        deviations = deviations - (by_replicate - by_replicate.mean())
        freedom = (draws - 1) * (count - 1)
    own = float(np.nansum(deviations**2)) / freedom
    return own, max(common, 1.959964 * float(np.sqrt(own * np.sum(1.0 / replicates))) / draws)


def _student(replicates: int) -> float:
    """Return the 97.5% point of Student's t for a mean over two or more replicates."""
    from scipy.special import stdtrit

    return float(stdtrit(replicates - 1, 0.975))


def monte_carlo_error(result: Result, outcome: str, scenario: str) -> float | None:
    """Return half the 95% Monte Carlo interval of a scenario's mean; ``None`` as far as one run of each draw goes.

    All draws have a replicate's luck in common, so that it is told by the replicates and does not shrink with draws.
    """
    estimate = estimated(result.outcome(outcome, scenario)) if result.replicates > 1 else None
    return None if estimate is None else estimate.precision


def sustained_share(result: Result, scenario: str) -> Estimate | None:
    """Estimate the share of the latent gain at the programme's end that is left 12 months later, by draw.

    ``None`` where the run ends before, there is no programme, or the mean gain is under 3 points in every draw.
    """
    end = result.outcome("latent_gain_programme_end", scenario)
    later = result.outcome("latent_gain_year_after", scenario)
    if np.all(np.isnan(later)):
        return None
    both = ~np.isnan(later) & ~np.isnan(end)
    at_end, at_later = (_mean_over_runs(np.where(both, gains, np.nan)) for gains in (end, later))
    share = np.where(at_end >= LARGE, at_later / np.where(at_end >= LARGE, at_end, 1.0), np.nan)
    return estimated(share[:, None, None])


def _rounded(interval: tuple[float, float]) -> list[float]:
    return [round(interval[0], 6), round(interval[1], 6)]
