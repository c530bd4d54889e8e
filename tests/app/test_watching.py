"""A run that is watched is the run of the experiment."""

from typing import Any

import numpy as np
import pytest

from calibration import posterior
from experiments import Experiment, Scenario
from experiments.app.watching import watched

EXPERIMENT = Experiment(
    [Scenario("internal-12"), Scenario("external-12")],
    draws=posterior(3),
    replicates=2,
    teams=[2],
    months=12.0,
)


@pytest.fixture(scope="module")
def run() -> dict[str, Any]:
    return watched(EXPERIMENT, "external-12", 2, 1)


def test_its_outcomes_are_those_of_the_compiled_run(run: dict[str, Any]) -> None:
    result = EXPERIMENT.run()
    for outcome in ("gain_12m", "latent_gain_12m", "hours_staff", "visits"):
        assert run["outcomes"][outcome] == result.outcome(outcome, "external-12")[2, 1, 0]


def test_everybody_in_post_has_a_state_and_nobody_else(run: dict[str, Any]) -> None:
    who = np.array(run["who"])
    for state in ("awareness", "buy_in", "ownership", "strain"):
        shown = np.array(run["staff"][state])
        assert ((shown >= 0) == (who >= 0)).all()
        assert shown.max() <= 100


def test_people_come_when_the_log_says_so(run: dict[str, Any]) -> None:
    joined = {(event["week"], int(event["seat"])) for event in run["events"] if event["what"] == "joined"}
    assert {(p["from"], p["seat"]) for p in run["people"] if p["from"] > 0} == joined


def test_both_programmes_begin_with_the_same_people(run: dict[str, Any]) -> None:
    other = watched(EXPERIMENT, "internal-12", 2, 1)
    assert other["who"][0] == run["who"][0]
    assert other["staff"]["strain"][0] == run["staff"]["strain"][0]
