"""A trial's analysis is that of the textbook."""

import numpy as np
import pytest
from scipy import stats

from experiments.trial.analysis import ancova

LUCK = np.random.default_rng(5)
TREATED = np.arange(30) < 18
BASELINE = LUCK.normal(122.0, 15.0, 30)
FOLLOW_UP = 40.0 + 0.7 * BASELINE + 6.0 * TREATED + LUCK.normal(0.0, 8.0, 30)


def test_a_difference_without_noise_is_found_exactly() -> None:
    found = ancova(40.0 + 0.7 * BASELINE + 6.0 * TREATED, TREATED, BASELINE)
    assert found.difference == pytest.approx(6.0)


def test_without_the_baseline_it_is_the_t_test() -> None:
    found, test = ancova(FOLLOW_UP, TREATED), stats.ttest_ind(FOLLOW_UP[TREATED], FOLLOW_UP[~TREATED])
    assert found.p == pytest.approx(test.pvalue)
    low, high = test.confidence_interval(0.95)
    assert found.interval == pytest.approx((low, high))


def test_with_the_baseline_it_is_a_regression_on_what_the_baseline_leaves() -> None:
    """Frisch and Waugh: regress both on the baseline, then what is left of one on what is left of the other."""
    rest = [y - np.polyval(np.polyfit(BASELINE, y, 1), BASELINE) for y in (FOLLOW_UP, TREATED.astype(float))]
    slope = stats.linregress(rest[1], rest[0]).slope
    assert ancova(FOLLOW_UP, TREATED, BASELINE).difference == pytest.approx(slope)


def test_the_baseline_narrows_the_interval() -> None:
    wide, narrow = (np.ptp(ancova(FOLLOW_UP, TREATED, b).interval) for b in (None, BASELINE))
    assert narrow < wide
