"""A second sampler on the same likelihood: adaptive importance sampling with fresh simulations.

Draws come from a mixture of the prior, as a defence, and a normal distribution fitted to the first weights on the logit
scale of the most moved columns; their weights hold the mixture's density, so that the fit bears on efficiency alone.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.special import expit, logit, ndtri
from scipy.stats import multivariate_normal

from calibration.draws import at_points, uniform_points
from calibration.inference.bank import Bank, make_bank
from calibration.inference.headline import contrasts, selected
from calibration.inference.likelihood import log_likelihood, records, reviews_of
from calibration.inference.settings import Settings
from calibration.inference.weights import Weighted, weighted

DEFENCE = 0.2  #: share of draws from the prior
FITTED = 12  #: columns fitted: those whose means the data moved most
WIDENED = 1.3  #: times the fitted covariance, for the tails
FIRST_NUMBER = 1_000_000  #: of the draws, so that they have luck the first bank has not seen
WITHIN = 3.0  #: combined Monte Carlo standard errors within which the two are to agree
SMALL = 0.1  #: posterior sd below which that error is to lie


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


def compared(
    settings: Settings,
    folder: Path,
    bank: Bank,
    first: Weighted,
    moved: Sequence[str],
    *,
    workers: int = 1,
    progress: bool = False,
) -> dict[str, Any]:
    """Run the second sampler and set its means beside the first's; ``moved`` names columns, the most moved first."""
    sized, names = settings.of_second(), list(bank.draws.table.columns)
    columns = [names.index(name) for name in moved[:FITTED]]
    proposal = fitted(uniform_points(settings.draws, settings.seed), columns, first)
    uniform = uniform_points(sized.draws, settings.seed + 1)
    order = np.random.Generator(np.random.PCG64(settings.seed)).permutation(len(uniform))
    points = proposal.points(uniform[order])
    again = make_bank(
        sized, folder, draws=at_points(points, FIRST_NUMBER), workers=workers, progress=progress
    )
    review = reviews_of(again)
    logs = selected(log_likelihood(records(), review), review, settings.selection)
    second = weighted(logs - proposal.log_density(points))
    rows = [
        _row(name, values, others, first, second)
        for (name, values), others in zip(
            quantities(bank, moved).items(), quantities(again, moved).values(), strict=True
        )
    ]
    return {
        "draws": sized.draws,
        "effective": round(second.effective, 1),
        "k_hat": round(second.k_hat, 2),
        "fitted": list(moved[:FITTED]),
        "rows": rows,
        "reached": all(abs(row["errors"]) <= WITHIN and row["error"] <= SMALL for row in rows),
    }


def quantities(bank: Bank, moved: Sequence[str]) -> Mapping[str, np.ndarray]:
    """Return what is compared: the headline answers and the ten most moved columns."""
    table = bank.draws.table
    return contrasts(bank) | {name: table[name].to_numpy(dtype=float) for name in moved[:10]}


def _row(
    name: str, values: np.ndarray, others: np.ndarray, first: Weighted, second: Weighted
) -> dict[str, Any]:
    """Return the second's mean less the first's and their combined error, in posterior sd, and their ratio."""
    sd = float(first.sd(values))
    difference = float(second.mean(others) - first.mean(values))
    error = float(np.hypot(first.error(values), second.error(others)))
    return {
        "name": name,
        "difference": round(difference / sd, 3),
        "error": round(error / sd, 3),
        "errors": round(difference / error, 2),
    }
