"""The waterfall ends at the difference, names its bars, and is the same bytes every time."""

import re
from itertools import pairwise

import numpy as np
import pytest

from calibration import prior
from experiments import Experiment, Scenario
from experiments.explain import Explanation
from experiments.explain.cells import Task
from experiments.plots import svg
from experiments.plots.waterfall import MOST_BARS, steps_of, waterfall
from model.sites import Site


@pytest.fixture(scope="module")
def made_up() -> Explanation:
    """Return an explanation of made-up numbers: bars of either sign that add up."""
    team = Site(name="small", number=1001, posts=4)
    result = Experiment([Scenario("core-12")], draws=prior(3), replicates=2, months=12.0, teams=(team,)).run()
    task = Task(result, "core-12", "no-sip", "gain_end", 3, 2, 1, seed=1)
    parts = np.random.default_rng(2).normal(0.0, 2.0, (3, 2, 25))
    return Explanation(task, np.concatenate([parts.sum(axis=2, keepdims=True), parts], axis=2))


def test_each_bar_begins_where_the_one_above_ends_and_the_last_is_the_difference(
    made_up: Explanation,
) -> None:
    *steps, total = steps_of(made_up)
    for above, step in pairwise(steps):
        assert step.begin == pytest.approx(above.begin + above.estimate.mean)
    assert steps[-1].begin + steps[-1].estimate.mean == pytest.approx(total.estimate.mean)
    assert total.begin == 0.0 and total.whole


def test_the_largest_stand_first_and_the_small_ones_together(made_up: Explanation) -> None:
    sizes = [abs(step.estimate.mean) for step in steps_of(made_up)[1 : 1 + MOST_BARS]]
    assert sizes == sorted(sizes, reverse=True)
    assert steps_of(made_up)[-2].label == "12 smaller ones together"


def test_it_says_what_is_drawn(made_up: Explanation) -> None:
    told = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg(waterfall(made_up))))
    for part in (
        "core-12 less no-sip",
        "points",
        "Without any mechanism",
        "Difference",
        "takes away",
        "3 draws",
    ):
        assert part in told


def test_equal_explanations_are_drawn_in_equal_bytes(made_up: Explanation) -> None:
    assert svg(waterfall(made_up)) == svg(waterfall(made_up))
