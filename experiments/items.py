"""Levels of the 39 items by month: not kept in a result, and made again from its first draws."""

from typing import NamedTuple

import numpy as np

from experiments.errors import InputError
from experiments.experiment import Experiment
from experiments.result import Result
from experiments.scenario import Scenario
from model.ensemble import lived
from model.fidelity import ITEMS
from model.noise import PhiloxTape

DRAWS = 60  #: enough for means that a picture can show


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
    if not result.experiment.series:
        raise InputError(
            "This result keeps no months (a sweep): run the programmes again with 'crtsip compare'."
        )
    experiment = result.experiment
    count = min(draws, len(experiment.draws))
    levels = [_levels(experiment, scenario, count, replicate) for scenario in experiment.scenarios]
    return ItemLevels(result, np.array(experiment.month_ends) * 12.0 / 52.0, np.array(levels), count)


def _levels(experiment: Experiment, scenario: Scenario, draws: int, replicate: int) -> np.ndarray:
    """Return ``[month end, item]``, the mean over teams and draws."""
    parameters = [scenario.parameters_for(experiment.draws.parameters(draw)) for draw in range(draws)]
    tape = PhiloxTape(experiment.seed, replicate)
    total = np.zeros((len(experiment.month_ends), ITEMS))
    for networks in zip(*(experiment.networks(scenario, draw) for draw in range(draws)), strict=True):
        runs = lived(
            networks,
            scenario.programme,
            parameters,
            [tape] * draws,
            range(draws),
            months=experiment.months,
            measured_months=experiment.measured_months,
            engine=experiment.engine,
            kept_weeks=(),
            items=True,
        )
        total += runs.levels[:, 0, experiment.month_ends].mean(axis=0)
    return total / len(experiment.teams)
