"""Where draws are looked for once some weights are known: near what fits, with the prior as a defence.

A mixture of the prior and a normal distribution fitted to weights on the logit scale of some columns of the uniform
numbers behind the draws. Weights hold the mixture's density, so that a poor fit costs efficiency and no bias.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit, ndtri
from scipy.stats import multivariate_normal

from calibration.draws import uniform_points
from calibration.inference.weights import Weighted

DEFENCE = 0.2  #: share of draws from the prior
WIDENED = 1.3  #: times the fitted covariance, for the tails


class Proposal(NamedTuple):
    """Where draws are looked for: normal on the logit scale of some columns of the uniform numbers."""

    columns: Sequence[int]
    mean: np.ndarray
    covariance: np.ndarray

    def points(self, uniform: np.ndarray) -> np.ndarray:
        """Turn uniform numbers ``[draw, column]`` into points of the mixture: the defence's share stays as it is."""
        found = uniform.copy()
        moved = slice(round(DEFENCE * len(uniform)), None)
        normal = ndtri(uniform[moved][:, self.columns]) @ np.linalg.cholesky(self.covariance).T
        found[moved, self.columns] = np.clip(expit(self.mean + normal), 1e-12, 1.0 - 1e-12)
        return found

    def drawn(self, count: int, seed: int) -> np.ndarray:
        """Draw points of the mixture, ``[draw, column]``, by a scrambled Sobol sequence in random order."""
        uniform = uniform_points(count, seed)
        return self.points(np.random.Generator(np.random.PCG64(seed)).permutation(uniform))

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """Return the mixture's log-density at points, against the prior's (which is 1)."""
        u = points[:, self.columns]
        normal = multivariate_normal(self.mean, self.covariance).logpdf(logit(u))
        moved = normal - np.log(u * (1.0 - u)).sum(axis=1)
        return np.asarray(np.logaddexp(np.log(DEFENCE), np.log1p(-DEFENCE) + moved))


def fitted(points: np.ndarray, columns: Sequence[int], found: Weighted) -> Proposal:
    """Fit a proposal to weighted points."""
    z = logit(points[:, columns])
    mean = found.mean(z)
    centred = z - mean
    return Proposal(columns, mean, WIDENED * (centred * found.weights[:, None]).T @ centred)
