"""An independent check: rejection with regression adjustment, from simulated reviews alone, without the likelihood.

Each run of the bank is a data set of six changes. The nearest to the recorded ones are kept, and what they differ by is
taken out by a local linear regression (Beaumont et al 2002). It shares the bank with the weights, and no code.
A parameter is moved on the logit scale of its place among all draws, so that none leaves its prior's range.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit
from scipy.stats import rankdata

from calibration.inference.bank import Bank
from calibration.inference.likelihood import records

KEPT = 4_000  #: runs kept


class Adjusted(NamedTuple):
    """Kept runs: the draw each is of, its weight, and the design of its differences from the records."""

    draws: np.ndarray
    weights: np.ndarray
    design: np.ndarray

    def values(self, by_draw: np.ndarray, *, bounded: bool = False) -> np.ndarray:
        """Return a quantity's values of the kept runs, moved to where the runs equal the records.

        A ``bounded`` one, as a parameter is, stays within the range of all draws.
        """
        if not bounded:
            return self._moved(by_draw)
        places = (rankdata(by_draw) - 0.5) / len(by_draw)
        moved = expit(self._moved(logit(places)))
        return np.asarray(np.interp(moved, np.sort(places), np.sort(by_draw)))

    def _moved(self, by_draw: np.ndarray) -> np.ndarray:
        found = by_draw[self.draws]
        root = np.sqrt(self.weights)
        solution = np.linalg.lstsq(self.design * root[:, None], found * root, rcond=None)[0]
        return np.asarray(found - self.design[:, 1:] @ solution[1:])

    def mean(self, by_draw: np.ndarray, *, bounded: bool = False) -> float:
        """Return the adjusted mean of a quantity."""
        return float(np.sum(self.weights * self.values(by_draw, bounded=bounded)))

    def quantile(
        self, by_draw: np.ndarray, at: float | Sequence[float], *, bounded: bool = False
    ) -> np.ndarray:
        """Return adjusted quantiles of a quantity."""
        found = self.values(by_draw, bounded=bounded)
        order = np.argsort(found, kind="stable")
        return np.asarray(np.interp(at, np.cumsum(self.weights[order]), found[order]))


def adjusted(
    bank: Bank, totals: np.ndarray | None = None, kept: int = KEPT, leave_out: int | None = None
) -> Adjusted:
    """Keep the runs nearest to the recorded totals (or to ``totals[team]``), nearer ones weighing more.

    ``leave_out`` names a draw whose runs are not kept.
    """
    wanted = records() if totals is None else totals
    draws, teams, replicates = bank.reviewed.shape
    runs = np.moveaxis(bank.reviewed, 1, 2).reshape(draws * replicates, teams)
    distance = np.sqrt(np.sum(((runs - wanted) / runs.std(axis=0)) ** 2, axis=1))
    if leave_out is not None:
        distance[leave_out * replicates : (leave_out + 1) * replicates] = np.inf
    nearest = _smallest(distance, kept)
    weights = 1.0 - (distance[nearest] / distance[nearest[-1]]) ** 2
    design = np.hstack([np.ones((len(nearest), 1)), runs[nearest] - wanted])
    return Adjusted(nearest // replicates, weights / weights.sum(), design)


def _smallest(distance: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the smallest distances, in their order, equal ones by place; infinite ones are left out."""
    count = min(count, int(np.isfinite(distance).sum()))
    near = np.flatnonzero(distance <= np.partition(distance, count - 1)[count - 1])
    return near[np.argsort(distance[near], kind="stable")][:count]
