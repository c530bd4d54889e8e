"""How a trial is analysed: arms compared at follow-up, as they are or adjusted for the baseline."""

from typing import NamedTuple

import numpy as np

FEWEST_GROUPS = 4  #: one more than what is fitted to them


class Analysis(NamedTuple):
    """What a trial finds: the difference between the arms in points, its 95% interval, the two-sided p."""

    difference: float
    interval: tuple[float, float]
    p: float


def ancova(follow_up: np.ndarray, treated: np.ndarray, baseline: np.ndarray | None = None) -> Analysis:
    """Compare arms by ordinary least squares: follow-up = a + difference x treated + b x baseline.

    All are ``[team]``, totals in points; without the baseline it is the comparison of two means.
    """
    from statsmodels.regression.linear_model import OLS

    columns = [np.ones(len(follow_up)), treated] + ([] if baseline is None else [baseline])
    fitted = OLS(follow_up, np.column_stack(columns).astype(float), hasconst=True).fit()
    low, high = fitted.conf_int()[1]
    return Analysis(float(fitted.params[1]), (float(low), float(high)), float(fitted.pvalues[1]))


def by_facilitator(
    follow_up: np.ndarray, treated: np.ndarray, baseline: np.ndarray, facilitator: np.ndarray
) -> Analysis | None:
    """Compare arms by means of each facilitator's teams in an arm, adjusted for the baseline (Hayes and Moulton).

    Teams that share a facilitator are no independent witnesses; their mean is one. ``None`` where there are too few.
    """
    groups, place = np.unique(np.stack([facilitator, treated]), axis=1, return_inverse=True)
    if groups.shape[1] < FEWEST_GROUPS:
        return None
    teams = np.bincount(place)
    means = (np.bincount(place, values) / teams for values in (follow_up, baseline))
    return ancova(next(means), groups[1], next(means))
