"""How a trial is analysed: arms compared at follow-up, as they are or adjusted for the baseline."""

from typing import NamedTuple

import numpy as np


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
