"""A second sampler on the same likelihood: adaptive importance sampling with fresh simulations.

Draws come from a proposal fitted to the first weights in the most moved columns.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from calibration.draws import at_points, uniform_points
from calibration.inference.bank import Bank, make_bank
from calibration.inference.headline import contrasts, log_weights
from calibration.inference.proposal import fitted
from calibration.inference.settings import Settings
from calibration.inference.weights import Weighted, weighted

FITTED = 12  #: columns fitted: those whose means the data moved most
FIRST_NUMBER = 1_000_000  #: of the draws, so that they have luck the first bank has not seen
WITHIN = 3.0  #: combined Monte Carlo standard errors within which the two are to agree
SMALL = 0.1  #: posterior sd below which that error is to lie


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
    points = proposal.drawn(sized.draws, settings.seed + 1)
    again = make_bank(
        sized, folder, draws=at_points(points, FIRST_NUMBER), workers=workers, progress=progress
    )
    second = weighted(log_weights(again, settings.selection) - proposal.log_density(points))
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
