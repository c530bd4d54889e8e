"""The normal quantile is the normal quantile."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from model.rules.arithmetic import normal_quantile

SMALLEST = 2.0**-54  # the tape's numbers lie between this and 1 - this


def test_it_agrees_with_scipy_over_the_whole_range_of_a_tape() -> None:
    chances = np.concatenate([np.logspace(np.log10(SMALLEST), -1, 400), np.linspace(0.001, 0.999, 999)])
    ours = [normal_quantile(float(chance)) for chance in chances]
    np.testing.assert_allclose(ours, norm.ppf(chances), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("seam", [0.075, 0.925, float(norm.cdf(-5.0)), float(np.exp(-25.0))])
def test_it_has_no_step_where_its_pieces_meet(seam: float) -> None:
    below, above = normal_quantile(seam * (1 - 1e-12)), normal_quantile(seam * (1 + 1e-12))
    assert above - below == pytest.approx(0.0, abs=1e-9)


@given(chance=st.floats(0.000001, 0.5))
def test_it_is_odd_about_the_middle(chance: float) -> None:
    assert normal_quantile(1.0 - chance) == pytest.approx(-normal_quantile(chance), rel=1e-9, abs=1e-12)
