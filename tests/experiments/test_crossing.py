"""Crossing a threshold of the scale: from below it before the programme to it or above at the end."""

import numpy as np
import pytest

from calibration import prior
from experiments import Experiment, Result, Scenario, compare
from experiments.blocks import BlockResult
from experiments.summary import summary
from model.outcomes import HOURS_NAMES, OUTCOME_NAMES
from model.record import NAMES
from model.sites import Site

#: Two teams begin below 117, one between the thresholds.
BASELINES = (100, 116, 130)


def result(baselines: tuple[int, ...] = BASELINES) -> Result:
    """Make a result of one draw and two replicates in which the programme lifts all teams but the second above 117.

    In the second replicate the third team ends at 156 or more.
    """
    sites = [Site(name=f"site {k}", number=k, baseline_total=b) for k, b in enumerate(baselines)]
    experiment = Experiment([Scenario("core-12")], draws=prior(1), replicates=2, teams=sites, months=12.0)
    results = []
    for block in experiment.blocks():
        outcomes = np.full((1, 3, len(OUTCOME_NAMES)), np.nan)
        programme = experiment.scenarios[block.scenario].name == "core-12"
        outcomes[0, :, OUTCOME_NAMES.index("moderate_end")] = (
            (1.0, 0.0, 1.0) if programme else (0.0, 0.0, 1.0)
        )
        high = (0.0, 0.0, float(programme and block.replicate == 1))
        outcomes[0, :, OUTCOME_NAMES.index("high_end")] = high
        series = np.zeros((1, 3, len(experiment.month_ends), len(NAMES)))
        results.append(BlockResult(block, outcomes, np.zeros((1, 3, len(HOURS_NAMES))), series))
    return Result.of(experiment, results, 2)


def test_a_team_that_began_at_the_threshold_or_above_cannot_cross_it() -> None:
    crossed = result().outcome("p_crossing_117", "core-12")
    assert np.array_equal(crossed, [[[1.0, 0.0, np.nan]] * 2], equal_nan=True)


def test_the_summary_holds_the_probability_of_each_scenario_and_difference() -> None:
    found = summary(result())
    assert found["scenarios"]["core-12"]["p_crossing_117"]["mean"] == 0.5
    assert found["scenarios"]["no-sip"]["p_crossing_117"]["mean"] == 0.0
    assert found["scenarios"]["core-12"]["p_crossing_156"]["mean"] == pytest.approx(1 / 6, abs=1e-6)
    told = {d["outcome"]: d["mean"] for d in found["differences"]}
    assert told["p_crossing_117"] == 0.5
    assert told["p_crossing_156"] == pytest.approx(1 / 6, abs=1e-6)


def test_where_all_teams_began_above_there_is_none_and_the_summary_says_why() -> None:
    above = result((117, 130, 140))
    assert compare(above, "p_crossing_117", "core-12", against="no-sip") is None
    found = summary(above)
    assert found["scenarios"]["core-12"]["p_crossing_117"] is None
    assert "p_crossing_117: null, every team began at 117 or above." in found["undecided"]
    assert not any("p_crossing" in said for said in summary(result())["undecided"])
