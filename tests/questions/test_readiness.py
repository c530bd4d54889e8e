"""Readiness: the arms, the horizon, and who counts as ready."""

import numpy as np
import pytest

from calibration import posterior
from experiments import Result
from experiments.questions import readiness
from experiments.questions.readiness import ARMS, AT_ONCE, BANDS
from model.record import NAMES


@pytest.fixture(scope="module")
def result() -> Result:
    return readiness.experiment(draws=posterior(6), replicates=2, teams=[2, 3]).run()


def test_every_arm_has_had_a_year_after_the_latest_end(result: Result) -> None:
    assert result.experiment.months == 28.0
    for arm in (AT_ONCE, *ARMS):
        assert np.isfinite(result.outcome("latent_gain_year_after", arm)).all()


def test_arms_differ_in_support_and_in_the_assessments_error() -> None:
    arms = {arm: readiness.scenario(arm, {}) for arm in ARMS}
    terms = {arm: found.programme.readiness for arm, found in arms.items()}
    assert all(terms.values())
    assert terms["assess"].support == 0.0 < terms["support"].support
    assert terms["support-all"].threshold == 1.0
    assert arms["support"].parameters == {}
    assert arms["support-perfect"].parameters["readiness_error"] == 0.0


def test_a_setting_of_readiness_leaves_starting_at_once_as_it_is() -> None:
    arms = readiness.experiment({"readiness.threshold": "0.6"}, draws=posterior(1)).scenarios
    found = {arm.name: arm.programme.readiness for arm in arms}
    assert found[AT_ONCE] is None
    assert found["assess"].threshold == found["support"].threshold == 0.6
    assert found["support-all"].threshold == 1.0


def test_supporting_everybody_delays_everybody(result: Result) -> None:
    later = result.outcome("latent_gain_12m", "support-all") - result.outcome("latent_gain_12m", AT_ONCE)
    assert later.mean() < 0.0


def test_true_readiness_falls_with_load_and_rises_with_support(result: Result) -> None:
    ready = readiness.true_readiness(result)
    weeks = result.series[result.scenarios.index("no-sip")][..., 1, :]
    assert ((ready >= 0.0) & (ready <= 1.0)).all()
    for name, sign in (("pressure", -1), ("leaders_support", 1)):
        assert sign * np.corrcoef(ready.ravel(), weeks[..., NAMES.index(name)].ravel())[0, 1] > 0.2


def test_the_bands_hold_every_run_once(result: Result) -> None:
    shares = readiness._shares(readiness.true_readiness(result))
    assert sum(shares.values()) == pytest.approx(1.0)
    assert list(shares) == list(BANDS)


def test_the_answer_tells_each_arm_and_each_team(result: Result) -> None:
    answer = readiness.answer(result)
    assert [line.label for line in answer.groups[0].lines] == list(ARMS.values())
    assert [line.label for line in answer.groups[5].lines] == ["team 2", "team 3"]
