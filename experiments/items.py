"""Levels of the 39 items by month: not kept in a result, and made again from its first draws."""

from typing import NamedTuple

import numpy as np

from experiments.again import DRAWS, first_draws, lived_again
from experiments.result import Result
from experiments.scenario import Scenario


class ItemLevels(NamedTuple):
    """True levels of the items in points from 1 to 5: ``levels[scenario, month end, item]``, means over runs and teams.

    ``months`` are those since the start; ``draws`` says over how many draws the means go.
    """

    result: Result
    months: np.ndarray
    levels: np.ndarray
    draws: int

    def of(self, scenario: str) -> np.ndarray:
        """Return a scenario's levels, ``[month end, item]``."""
        found: np.ndarray = self.levels[self.result.scenarios.index(scenario)]
        return found


def item_levels(result: Result, draws: int = DRAWS, replicate: int = 0) -> ItemLevels:
    """Run a replicate of a result's first draws again and return the mean level of each item by month.

    They are the very runs of the result, of which a result keeps totals alone: 39 items by week would be thirty times
    the room.

    Raises
    ------
    InputError
        If the result keeps no months.
    """
    count, experiment = first_draws(result, draws), result.experiment
    levels = [_levels(result, scenario, count, replicate) for scenario in experiment.scenarios]
    return ItemLevels(result, np.array(experiment.month_ends) * 12.0 / 52.0, np.array(levels), count)


def _levels(result: Result, scenario: Scenario, draws: int, replicate: int) -> np.ndarray:
    """Return ``[month end, item]``, the mean over teams and draws."""
    found = lived_again(result, scenario, draws, replicate, kept_weeks=(), items=True)
    teams = np.concatenate([runs.levels for runs in found], axis=1)
    mean: np.ndarray = teams[:, :, result.experiment.month_ends].mean(axis=0).sum(axis=0) / teams.shape[1]
    return mean
