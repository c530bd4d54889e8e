"""Scores by week: a result keeps month ends, and its first draws are run again for the weeks between."""

from typing import NamedTuple

import numpy as np

from experiments.again import DRAWS, first_draws, lived_again
from experiments.result import Result
from experiments.scenario import Scenario
from model.record import NAMES


class WeeklyScores(NamedTuple):
    """Scores by week, ``[scenario, draw, replicate, team, week]``: true practice as a review could see it, in points.

    Of an illustrative innovation it is the share of the plan that is completed. Week 0 is the start.
    """

    result: Result
    scores: np.ndarray

    def of(self, scenario: str) -> np.ndarray:
        """Return a scenario's scores, ``[draw, replicate, team, week]``."""
        found: np.ndarray = self.scores[self.result.scenarios.index(scenario)]
        return found


def weekly_scores(result: Result, draws: int = DRAWS) -> WeeklyScores:
    """Run a result's first draws again, all its replicates, and return the scores by week: the very runs of the result.

    Raises
    ------
    InputError
        If the result keeps no months.
    """
    count = first_draws(result, draws)
    each = [_scores(result, scenario, count) for scenario in result.experiment.scenarios]
    return WeeklyScores(result, np.array(each))


def _scores(result: Result, scenario: Scenario, draws: int) -> np.ndarray:
    """Return ``[draw, replicate, team, week]``."""
    name = NAMES.index("reviewable_total" if scenario.outcome == "fidelity" else "plan_progress")
    replicates = []
    for replicate in range(result.replicates):
        found = lived_again(result, scenario, draws, replicate)
        replicates.append(np.concatenate([runs.series[..., name] for runs in found], axis=1))
    return np.stack(replicates, axis=1)
