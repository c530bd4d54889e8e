"""The paired difference by week: the very runs of a result, each week of them."""

import re

import numpy as np
import pytest

from calibration import prior
from experiments import Experiment, Result, Scenario, plots
from experiments.errors import InputError
from experiments.plots.differences import monthly_difference, weekly_difference
from experiments.weeks import WeeklyScores, weekly_scores
from model.record import NAMES
from model.sites import Site

PAIR = ("core-12", "no-sip")


@pytest.fixture(scope="module")
def result() -> Result:
    teams = [Site(name=str(number), number=number, posts=6) for number in (1001, 1002)]
    return Experiment([Scenario("core-12")], draws=prior(3), replicates=2, teams=teams, months=14.0).run()


@pytest.fixture(scope="module")
def weekly(result: Result) -> WeeklyScores:
    return weekly_scores(result)


def test_the_months_of_the_weeks_are_those_the_result_keeps(result: Result, weekly: WeeklyScores) -> None:
    kept = result.series[..., NAMES.index("reviewable_total")]
    again = weekly.scores[..., result.experiment.month_ends]
    assert np.array_equal(again.astype(np.float32), kept)


def test_differences_by_week_pass_through_those_by_month(result: Result, weekly: WeeklyScores) -> None:
    by_week, by_month = weekly_difference(weekly, *PAIR), monthly_difference(result, *PAIR)
    assert len(by_week) == result.experiment.month_ends[-1] + 1
    for month, week in zip(by_month, result.experiment.month_ends, strict=True):
        assert by_week[week].mean == pytest.approx(month.mean, abs=1e-4)


def test_the_picture_says_what_it_shows(weekly: WeeklyScores) -> None:
    text = " ".join(
        re.findall(r"<text[^>]*>([^<]*)</text>", plots.svg(plots.difference_by_week(weekly, [PAIR])))
    )
    assert "Months since the start" in text
    assert "Difference in fidelity total (points)" in text


def test_a_result_without_months_is_refused() -> None:
    experiment = Experiment(
        [Scenario("core-12")], draws=prior(1), replicates=1, teams=[1], months=2.0, series=False
    )
    with pytest.raises(InputError, match="keeps no months"):
        weekly_scores(experiment.run())
