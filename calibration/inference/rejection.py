"""An independent check: rejection with regression adjustment, from simulated reviews alone, without the likelihood.

Each run of the bank is a data set of six changes. The nearest to the recorded ones are kept, and what they differ by is
taken out by a local linear regression (Beaumont et al 2002). It shares the bank with the weights, and no code.
"""

from typing import NamedTuple

import numpy as np

from calibration.inference.bank import Bank
from calibration.inference.likelihood import records

KEPT = 4_000  #: runs kept


class Adjusted(NamedTuple):
    """Kept runs: the draw each is of, its weight, and the design of its differences from the records."""

    draws: np.ndarray
    weights: np.ndarray
    design: np.ndarray

    def values(self, by_draw: np.ndarray) -> np.ndarray:
        """Return a quantity's values of the kept runs, moved to where the runs equal the records."""
        found = by_draw[self.draws]
        root = np.sqrt(self.weights)
        solution = np.linalg.lstsq(self.design * root[:, None], found * root, rcond=None)[0]
        return np.asarray(found - self.design[:, 1:] @ solution[1:])

    def mean(self, by_draw: np.ndarray) -> float:
        """Return the adjusted mean of a quantity."""
        return float(np.sum(self.weights * self.values(by_draw)))

    def quantile(self, by_draw: np.ndarray, at: float) -> float:
        """Return an adjusted quantile of a quantity."""
        found = self.values(by_draw)
        order = np.argsort(found, kind="stable")
        return float(np.interp(at, np.cumsum(self.weights[order]), found[order]))


def adjusted(
    bank: Bank, totals: np.ndarray | None = None, kept: int = KEPT, leave_out: int | None = None
) -> Adjusted:
    """Keep the runs nearest to the recorded totals (or to ``totals[team]``), nearer ones weighing more.

    ``leave_out`` names a draw whose runs are not kept.
    """
    wanted = records() if totals is None else totals
    draws, _, replicates = bank.reviewed.shape
    away = np.moveaxis(bank.reviewed - wanted[None, :, None], 1, 2).reshape(draws * replicates, -1)
    scaled = away / away.std(axis=0)
    distance = np.sqrt(np.sum(scaled**2, axis=1))
    if leave_out is not None:
        distance[leave_out * replicates : (leave_out + 1) * replicates] = np.inf
    nearest = np.argsort(distance, kind="stable")[: min(kept, int(np.isfinite(distance).sum()))]
    weights = 1.0 - (distance[nearest] / distance[nearest[-1]]) ** 2
    design = np.hstack([np.ones((len(nearest), 1)), away[nearest]])
    return Adjusted(nearest // replicates, weights / weights.sum(), design)
