"""How near known truths are estimated: parameters and headline differences over the synthetic data sets."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from calibration.inference.checks import Quantities, Ranked
from calibration.inference.prediction import LEVELS


def recovered(found: Sequence[Ranked], values: Quantities) -> list[dict[str, Any]]:
    """Return a row for each quantity that has a truth of its own; ``values`` by draw give the prior's sd.

    ``correlation`` of truth with posterior mean; ``rmse`` of the mean, in prior sd; ``coverage`` of the central
    intervals; ``kept``, the posterior variance over the prior's, averaged over data sets; their binomial or standard
    errors; the median of ``effective`` draws.
    """
    return [_row(each, float(np.std(values[each.name]))) for each in found if each.estimates is not None]


def _row(each: Ranked, prior_sd: float) -> dict[str, Any]:
    assert each.estimates is not None
    truth, mean, sd, effective = each.estimates.T
    scale = prior_sd or 1.0  # what does not vary is known before and after
    kept, missed = (sd / scale) ** 2, (truth - mean) / scale
    return {
        "name": each.name,
        "correlation": round(_correlation(truth, mean), 3),
        "rmse": round(float(np.sqrt(np.mean(missed**2))), 3),
        "coverage": {f"{level:.0%}": _share(np.abs(2.0 * each.places - 1.0) < level) for level in LEVELS},
        "kept": [round(float(kept.mean()), 3), round(_error(kept), 3)],
        "effective": round(float(np.median(effective))),
    }


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    if min(np.ptp(one), np.ptp(other)) == 0.0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def _share(holds: np.ndarray) -> list[float]:
    """Return a share and its binomial standard error."""
    share = float(holds.mean())
    return [round(share, 3), round(float(np.sqrt(share * (1.0 - share) / len(holds))), 3)]


def _error(values: np.ndarray) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values)))
