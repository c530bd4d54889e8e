"""The cells of an explanation: for each draw and replicate, what each mechanism adds to the difference."""

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np

from experiments.comparison import ENOUGH_DRAWS
from experiments.errors import InputError
from experiments.explain.shapley import Subset, contributions, orders, subsets
from experiments.result import Result
from experiments.scenario import Scenario
from model.mechanisms import MECHANISMS, Mechanism, switched_off
from model.outcomes import OUTCOME_NAMES
from model.programme.plan import WEEKS_A_MONTH

WEEKS_A_YEAR = 52.0
TEAM_YEARS = 400_000
LEAST_REPLICATES = 4  #: where the result has them: of fewer the Monte Carlo error is hardly known


class Cell(NamedTuple):
    """What was found in one draw and replicate, mean over teams: the whole difference and its parts.

    ``whole`` is the difference with all mechanisms, ``without`` that with none, ``bars[player]`` what each adds.
    """

    draw: int
    replicate: int
    whole: float
    without: float
    bars: tuple[float, ...]


@dataclass(frozen=True)
class Task:
    """What is to be explained, and with how many runs.

    The first ``draws`` (positions) and ``replicates`` of the result are taken, with ``pairs`` of orders for each.
    """

    result: Result
    scenario: str
    against: str
    outcome: str
    draws: int
    replicates: int
    pairs: int
    seed: int

    @classmethod
    def of(
        cls,
        result: Result,
        scenario: str,
        against: str,
        outcome: str,
        *,
        team_years: int = TEAM_YEARS,
        seed: int = 1,
    ) -> "Task":
        """Choose how many draws, replicates and orders can be paid with so many team-years of simulation.

        Raises
        ------
        InputError
            If the result has no such scenarios or outcome, not every run has it, or too little is to be paid.
        """
        _check(result, scenario, against, outcome)
        if len(result.failed) and result.nothing_left:
            raise InputError("Every run of a scenario failed: there is nothing to explain.")
        one = cls(result, scenario, against, outcome, 1, 1, 1, seed)
        cells = int(team_years / one.team_years)
        if cells < 1:
            raise InputError(
                f"--team-years {team_years}: one draw with one pair of orders takes {one.team_years:,.0f}; give more."
            )
        replicates = min(result.replicates, max(LEAST_REPLICATES, cells // ENOUGH_DRAWS), cells)
        draws = min(len(result.experiment.draws), cells // replicates)
        return cls(result, scenario, against, outcome, draws, replicates, cells // (draws * replicates), seed)

    @cached_property
    def players(self) -> tuple[Mechanism, ...]:
        """Return the mechanisms that are on in one of the scenarios at least."""
        off = [set(self._scenario(name).without_mechanisms) for name in (self.scenario, self.against)]
        return tuple(mechanism for mechanism in MECHANISMS if mechanism.key not in off[0] & off[1])

    @property
    def team_years(self) -> float:
        """Return how many team-years are simulated at most."""
        runs = 2 * max(1, 2 * self.pairs * (len(self.players) - 1) + 2) * len(self.result.teams)
        weeks = self.result.experiment.months * WEEKS_A_MONTH
        return self.draws * self.replicates * runs * weeks / WEEKS_A_YEAR

    @property
    def places(self) -> list[tuple[int, int]]:
        """Return positions of draws with replicates, replicate by replicate; without those that failed."""
        compared = {self.result.scenarios.index(name) for name in (self.scenario, self.against)}
        failed = {(c.draw, c.replicate) for c in self.result.failed if c.scenario in compared}
        every = [(d, r) for r, d in product(range(self.replicates), range(self.draws))]
        return [place for place in every if place not in failed]

    def run(self, place: tuple[int, int]) -> Cell:
        """Split the difference of one cell: all subsets of mechanisms that its orders need, with the same luck."""
        draw, replicate = place
        number = self.result.experiment.draws.numbers[draw]
        found = orders(len(self.players), self.pairs, (self.seed, number, replicate))
        needed = subsets(found)
        values = dict(zip(needed, self._differences(needed, draw, replicate), strict=True))
        nobody: Subset = frozenset()
        everybody = frozenset(range(len(self.players)))
        bars = contributions(found, values)
        return Cell(number, replicate, values[everybody], values[nobody], tuple(bars.tolist()))

    def _differences(self, needed: list[Subset], draw: int, replicate: int) -> list[float]:
        """Return the difference in the outcome with each subset of mechanisms, mean over teams."""
        first, second = (
            self._outcomes(name, needed, draw, replicate) for name in (self.scenario, self.against)
        )
        return [float(value) for value in np.mean(first - second, axis=1)]

    def _outcomes(self, name: str, needed: list[Subset], draw: int, replicate: int) -> np.ndarray:
        """Return a scenario's outcome, ``[subset, team]``: the neutral forms lie over the draw's and its own values."""
        from model.ensemble import lived
        from model.noise import PhiloxTape

        experiment, scenario = self.result.experiment, self._scenario(name)
        drawn = scenario.parameters_for(experiment.draws.parameters(draw))
        parameters = [switched_off(drawn, self._off(subset)) for subset in needed]
        count = len(needed)
        found = [
            lived(
                [network] * count,
                scenario.programme,
                parameters,
                [PhiloxTape(experiment.seed, replicate)] * count,
                range(count),
                months=experiment.months,
                measured_months=experiment.measured_months,
                engine=experiment.engine,
                kept_weeks=(),
            ).outcomes[..., OUTCOME_NAMES.index(self.outcome)]
            for network in experiment.networks(scenario, draw)
        ]
        return np.concatenate(found, axis=1)

    def _off(self, subset: Subset) -> list[str]:
        return [mechanism.key for k, mechanism in enumerate(self.players) if k not in subset]

    def _scenario(self, name: str) -> Scenario:
        return self.result.experiment.scenarios[self.result.scenarios.index(name)]


def _check(result: Result, scenario: str, against: str, outcome: str) -> None:
    """Refuse what cannot be explained: the same scenario twice, an outcome that not every run has."""
    if scenario == against:
        raise InputError(f"--against {against}: name another scenario than --scenario.")
    failed = np.zeros((len(result.experiment.draws), result.replicates), np.bool_)
    for cell in result.failed:
        failed[cell.draw, cell.replicate] = True
    for name in (scenario, against):
        if np.isnan(result.outcome(outcome, name)[~failed]).any():
            raise InputError(
                f"--outcome {outcome}: not every run of {name} has it (it lies beyond the {result.experiment.months:g} "
                "months, or did not happen). Take one that all have, such as gain_end or hours_staff."
            )
