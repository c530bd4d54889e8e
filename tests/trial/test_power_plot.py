"""The power curve shows what it promises, in words too, and is the same bytes every time."""

import re

import numpy as np
import pytest
from matplotlib.container import ErrorbarContainer

from calibration import prior
from experiments import Scenario
from experiments.plots import svg
from experiments.plots.power import power_curve
from experiments.trial import Arms, Trial, trial_experiment


@pytest.fixture(scope="module")
def trial() -> Trial:
    result = trial_experiment(
        Scenario("core-12"), Scenario("no-sip"), teams=12, draws=prior(4, seed=3), replicates=2
    ).run()
    return Trial.of(result, Arms(6, 4), (5, 12), trials=3)


def test_the_curves_are_the_means_and_the_band_is_over_draws(trial: Trial) -> None:
    (axes,) = power_curve(trial).axes
    curves = [each[0].get_ydata() for each in axes.containers if isinstance(each, ErrorbarContainer)]
    assert np.allclose(curves[0], [each.unadjusted.mean for each in trial.by_size])
    assert np.allclose(curves[1], [each.adjusted.mean for each in trial.by_size])
    band = axes.collections[0].get_paths()[0].vertices[:, 1]  # type: ignore[index]
    assert min(band) == pytest.approx(min(each.adjusted.interval_parameters[0] for each in trial.by_size))


def test_it_says_what_is_drawn(trial: Trial) -> None:
    told = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg(power_curve(trial))))
    for part in ("Teams in the trial", "6 to 4", "adjusted for the baseline", "95% of draws", "0.05"):
        assert part in told.replace("&lt;", "<")


def test_equal_trials_are_drawn_in_equal_bytes(trial: Trial) -> None:
    assert svg(power_curve(trial)) == svg(power_curve(trial))
