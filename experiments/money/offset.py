"""What bed-days would have to be saved for, or what is left to pay: on the user's figures alone.

The model has no admissions. What a point of fidelity saves is nowhere in it, and no default is given.
"""

from typing import Any

import numpy as np

from experiments.comparison import Estimate, estimated
from experiments.money.increments import Increment
from experiments.money.ratio import per


def net_cost(increment: Increment, bed_day: float, bed_days: float) -> Estimate:
    """Return a team's cost over the run less the bed-days saved, in pounds.

    Parameters
    ----------
    bed_day
        Pounds a bed-day.
    bed_days
        Bed-days that a point of fidelity saves a team in a year: the user's claim.
    """
    found = estimated(increment.pounds - bed_day * bed_days * increment.point_years)
    assert found is not None
    return found


def break_even(increment: Increment, bed_day: float) -> dict[str, Any] | None:
    """Return the bed-days a year that each point would have to save for the programme to pay for itself in the run.

    ``None`` where a draw has no more practice than without the programme: nothing could then pay.
    """
    return found.to_dict() if (found := per(increment.pounds, increment.point_years, 1.0 / bed_day)) else None


def p_saves(estimate: Estimate) -> float:
    """Return the probability, as a share of draws, that a net cost is below nothing."""
    return float(np.mean(estimate.by_draw < 0.0))
