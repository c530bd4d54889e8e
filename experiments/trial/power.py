"""Power: trials of a size drawn from teams whose follow-up under either programme has been simulated."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from experiments.comparison import Estimate, estimated
from experiments.trial.analysis import ancova, by_facilitator

Progress = Callable[[int], Any]


class Arms(NamedTuple):
    """How many teams are in each arm."""

    intervention: int
    control: int

    @property
    def teams(self) -> int:
        """Return the number of teams in all."""
        return self.intervention + self.control

    def of(self, teams: int) -> "Arms":
        """Return arms of so many teams in all, shared in the same ratio, two in each at least."""
        intervention = round(teams * self.intervention / self.teams)
        intervention = min(max(intervention, 2), teams - 2)
        return Arms(intervention, teams - intervention)


class Data(NamedTuple):
    """What one trial has of its teams, each ``[team]``: totals at follow-up, arm, baseline and facilitator."""

    follow_up: np.ndarray
    treated: np.ndarray
    baseline: np.ndarray
    facilitator: np.ndarray


@dataclass(frozen=True)
class Pool:
    """Teams to draw trials from, each with its follow-up in either arm.

    ``baseline[draw, team]``; ``treated`` and ``control[draw, replicate, team]``, reviewed totals at follow-up, NaN
    where a run failed; ``network[team]``; ``numbers[draw]``.
    """

    baseline: np.ndarray
    treated: np.ndarray
    control: np.ndarray
    network: np.ndarray
    numbers: Sequence[int]
    seed: int

    @property
    def cells(self) -> Iterator[tuple[int, int]]:
        """Yield draw and replicate, by position."""
        return product(range(self.treated.shape[0]), range(self.treated.shape[1]))

    def trials(self, arms: Arms, cell: tuple[int, int], count: int) -> Iterator[Data]:
        """Yield the data of trials of a cell.

        Networks are taken in random order, the intervention arm from the first, the control arm from the last, so that
        teams of one facilitator are in one arm as far as may be.
        """
        draw, replicate = cell
        luck = np.random.default_rng([self.seed, self.numbers[draw], replicate, *arms])
        treated = np.arange(arms.teams) < arms.intervention
        for _ in range(count):
            order = np.argsort(luck.permutation(self.network.max() + 1)[self.network], kind="stable")
            first, last = order[: arms.intervention], order[len(order) - arms.control :]
            follow_up = [self.treated[draw, replicate, first], self.control[draw, replicate, last]]
            teams = np.concatenate([first, last])
            yield Data(np.concatenate(follow_up), treated, self.baseline[draw, teams], self.network[teams])


class Power(NamedTuple):
    """The power of a trial of some size, averaged over draws (assurance) and by draw.

    ``adjusted`` for the baseline or not, with teams as units; ``by_facilitator`` adjusted, with facilitators as units
    (``None`` where they are too few). ``differences[draw, replicate, trial]`` are what the adjusted analyses
    found, in points.
    """

    arms: Arms
    adjusted: Estimate
    unadjusted: Estimate
    by_facilitator: Estimate | None
    differences: np.ndarray

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for JSON."""
        return {
            "teams": self.arms.teams,
            "intervention": self.arms.intervention,
            "control": self.arms.control,
            "power": chance(self.adjusted),
            "power_unadjusted": chance(self.unadjusted),
            "power_by_facilitator": chance(self.by_facilitator) if self.by_facilitator is not None else None,
        }


def chance(estimate: Estimate) -> dict[str, Any]:
    """Return a probability for JSON: mean over draws, spread over draws, Monte Carlo interval within 0 and 1."""
    figures = estimate.to_dict()
    return {
        "mean": figures["mean"],
        "interval_parameters": figures["interval_parameters"],
        "mc95": [min(max(end, 0.0), 1.0) for end in figures["mc95"]],
    }


def power(
    pool: Pool, arms: Arms, *, trials: int, alpha: float, tell: Progress = lambda _: None
) -> Power | None:
    """Estimate the chance that a trial of a size finds p below ``alpha``; ``None`` if all runs failed.

    Each cell (draw, replicate) gives ``trials`` trials. Teams, luck and allocation differ between draws, so that the
    spread over draws is told apart from noise as in any comparison.
    """
    found = np.full((*pool.treated.shape[:2], trials, 4), np.nan)
    for cell in pool.cells:
        for k, data in enumerate(pool.trials(arms, cell, trials)):
            if not np.isnan(data.follow_up).any():
                found[cell][k] = _analysed(data, alpha)
        tell(trials)
    adjusted, unadjusted, grouped = (estimated(found[..., k]) for k in range(3))
    if adjusted is None or unadjusted is None:
        return None
    return Power(arms, adjusted, unadjusted, grouped, found[..., 3])


def _analysed(data: Data, alpha: float) -> tuple[float, ...]:
    """Return whether a trial finds something: adjusted, unadjusted, by facilitator; and what, adjusted."""
    adjusted = ancova(data.follow_up, data.treated, data.baseline)
    unadjusted = ancova(data.follow_up, data.treated)
    grouped = by_facilitator(*data)
    found = [float(each.p < alpha) for each in (adjusted, unadjusted)]
    return (*found, float(grouped.p < alpha) if grouped is not None else np.nan, adjusted.difference)
