"""First-order indices from draws as they are, correlated or not: by ranks, without a design.

``Var(E[Y | X]) / Var(Y)`` is estimated by pairing each draw with the next in rank of X (Gamboa, Gremaud, Klein and
Lagnoux 2022, after Chatterjee). On a correlated posterior the index of X holds what X tells of Y *by way of what goes
along with it* too: indices may add up to more than 1, and none of them is a Sobol index.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.sensitivity.luck import centred, product, variance

HALVES = 100  #: half-samples of the delete-half jackknife
SHUFFLES = 200


class Told(NamedTuple):
    """How much of the variance a column tells, luck taken out, with a 95% interval (delete-half jackknife).

    ``direction`` is Spearman's correlation. ``beyond_chance``: the share is larger than the largest of all columns in
    95% of shuffled draws.
    """

    factor: str
    share: float
    low: float
    high: float
    direction: float
    beyond_chance: bool


def partners(x: np.ndarray, same: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the draws in the order of ``x[draw]``, and for each the next one in rank that is another draw.

    ``same[draw]`` numbers draws that are one and the same: a resampled posterior holds some twice, and a draw beside
    its double would seem to be foretold by every column. Ties stand in the order of these numbers, which is
    to be one of chance. The last in rank is paired with the first.
    """
    order = np.lexsort((same, x))
    begins = np.flatnonzero(np.diff(same[order], prepend=-1) != 0)
    run = np.searchsorted(begins, np.arange(len(order)), side="right")
    return order, order[np.append(begins, begins[0])[run]]


def index(y: np.ndarray, order: np.ndarray, after: np.ndarray) -> float:
    """Return the index from ``y[draw, replicate]`` and draws paired in rank; 0 where nothing varies."""
    spread, about = variance(y), centred(y)
    return float(product(about[order], about[after]).mean()) / spread if spread > 0.0 else 0.0


def analysed(x: np.ndarray, names: Sequence[str], y: np.ndarray, seed: int) -> list[Told]:
    """Return what each column of ``x[draw, column]`` tells of ``y[draw, replicate]``, the largest index first."""
    from scipy.stats import spearmanr

    generator = np.random.Generator(np.random.PCG64(seed))
    same = generator.permutation(len(x))[np.unique(x, axis=0, return_inverse=True)[1].ravel()]
    paired = [partners(column, same) for column in x.T]
    halves = [generator.permutation(len(x))[: len(x) // 2] for _ in range(HALVES)]
    beyond = _largest_by_chance(y, paired, generator)
    found = []
    for k, name in enumerate(names):
        whole = index(y, *paired[k])
        half = [index(y[part], *partners(x[part, k], same[part])) for part in halves]
        margin = 1.959964 * float(np.std(half))
        direction = float(spearmanr(x[:, k], y.mean(axis=1)).statistic) if np.ptp(y.mean(axis=1)) else 0.0
        found.append(Told(name, whole, whole - margin, whole + margin, direction, whole > beyond))
    return sorted(found, key=lambda each: -each.share)


def _largest_by_chance(
    y: np.ndarray, paired: Sequence[tuple[np.ndarray, np.ndarray]], generator: np.random.Generator
) -> float:
    """Return what the largest index stays under in 95% of cases where no column tells anything."""
    about, spread = centred(y), variance(y)
    if spread == 0.0:
        return 0.0
    orders, afters = (np.array(each) for each in zip(*paired, strict=True))
    largest = []
    for _ in range(SHUFFLES):
        shuffled = about[generator.permutation(len(y))]
        largest.append(float(product(shuffled[orders], shuffled[afters]).mean(axis=1).max()) / spread)
    return float(np.quantile(largest, 0.95))
