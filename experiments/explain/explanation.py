"""A difference explained: bars of mechanisms that add up to it, hours by actor, and its course along time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.comparison import Estimate, estimated
from experiments.experiment import Experiment
from experiments.explain.cells import Cell, Task
from experiments.plots.differences import monthly_difference
from experiments.provenance import differences, program
from model.outcomes import OUTCOMES
from model.record import HOURS, NOT_THE_PROGRAMMES

UNITS = {outcome.name: outcome.unit for outcome in OUTCOMES}


@dataclass(frozen=True)
class Explanation:
    """The parts of a difference, ``scenario`` less ``against``; ``values[draw, replicate, part]``.

    Parts are the difference itself, that without any mechanism, and what each mechanism adds; the last two add up to
    the first in every cell.
    """

    task: Task
    values: np.ndarray

    @classmethod
    def of(cls, task: Task, cells: dict[tuple[int, int], Cell]) -> "Explanation":
        """Gather cells; those that are missing are NaN."""
        numbers = task.result.experiment.draws.numbers
        values = np.full((task.draws, task.replicates, 2 + len(task.players)), np.nan)
        for draw, replicate in task.places:
            cell = cells[numbers[draw], replicate]
            values[draw, replicate] = [cell.whole, cell.without, *cell.bars]
        return cls(task, values)

    @property
    def unit(self) -> str:
        """Return the outcome's unit."""
        return UNITS[self.task.outcome]

    @property
    def difference(self) -> Estimate:
        """Return the difference in the cells explained."""
        return self._part(0)

    @property
    def without(self) -> Estimate:
        """Return what the difference is without any mechanism."""
        return self._part(1)

    @property
    def bars(self) -> dict[str, Estimate]:
        """Return what each mechanism adds, by key."""
        return {mechanism.key: self._part(2 + k) for k, mechanism in enumerate(self.task.players)}

    @property
    def ranked(self) -> list[tuple[str, Estimate]]:
        """Return the mechanisms from the largest bar to the smallest, whatever their sign."""
        return sorted(self.bars.items(), key=lambda bar: -abs(bar[1].mean))

    @property
    def domains(self) -> dict[str, Estimate]:
        """Return what the mechanisms of each of the paper's five domains add together."""
        names = dict.fromkeys(mechanism.domain for mechanism in self.task.players)
        return {name: self.together([m.key for m in self.task.players if m.domain == name]) for name in names}

    def together(self, keys: Sequence[str]) -> Estimate:
        """Return what some mechanisms add together."""
        return self._part(*(2 + k for k, mechanism in enumerate(self.task.players) if mechanism.key in keys))

    def _part(self, *parts: int) -> Estimate:
        found = estimated(self.values[..., list(parts)].sum(axis=2, keepdims=True))
        assert found is not None, "every scenario has cells"
        return found

    @property
    def whole_result(self) -> Estimate:
        """Return the difference in all cells of the result."""
        task = self.task
        found = estimated(self.result_values())
        assert found is not None, task.outcome
        return found

    def result_values(self) -> np.ndarray:
        """Return the stored differences, ``[draw, replicate, team]``."""
        task = self.task
        first, second = (task.result.outcome(task.outcome, name) for name in (task.scenario, task.against))
        found: np.ndarray = first - second
        return found

    @property
    def as_stored(self) -> bool:
        """Say whether the difference explained is that of the stored runs, but for the last digits."""
        stored = np.mean(self.result_values()[: self.task.draws, : self.task.replicates], axis=2)
        return bool(np.allclose(stored, self.values[..., 0], rtol=1e-9, atol=1e-9, equal_nan=True))

    def hours(self) -> list[tuple[str, str, Estimate]]:
        """Return the difference in the programme's hours per team by actor and kind, over the whole run."""
        task = self.task
        first, second = (
            task.result.hours[task.result.scenarios.index(name)] for name in (task.scenario, task.against)
        )
        found = [
            (actor, kind, estimated(first[..., k] - second[..., k]))
            for k, (actor, kind) in enumerate(HOURS)
            if kind not in NOT_THE_PROGRAMMES
        ]
        return [(actor, kind, estimate) for actor, kind, estimate in found if estimate is not None]

    def months(self) -> list[tuple[float, Estimate]]:
        """Return the difference in what a review without error would give, by month."""
        task = self.task
        ends = [round(week * 12.0 / 52.0, 2) for week in task.result.experiment.month_ends]
        return list(zip(ends, monthly_difference(task.result, task.scenario, task.against), strict=True))

    def undecided(self) -> list[str]:
        """Say in words how far the split can be trusted."""
        task, found = self.task, []
        noisy = [key for key, bar in self.bars.items() if bar.mean and bar.mc95[0] <= 0.0 <= bar.mc95[1]]
        if task.replicates < 2:
            found.append(
                "One replicate: the Monte Carlo error of the bars is not known. Run the result with more --replicates, "
                "or give more --team-years."
            )
        elif noisy:
            found.append(f"Whether {', '.join(noisy)} add or take away: within Monte Carlo error of nothing.")
        found.append(
            "A bar is the mechanism as its neutral form defines it (docs/odd.md), and mechanisms that work together "
            "share what they make: bars are no effects of single measures."
        )
        if not self.as_stored:
            then = task.result.made_by or {}
            made = "; ".join(differences(then, program())) or "why is not known"
            found.append(
                f"The runs differ from the stored ones ({made}): the difference explained is that of this program."
            )
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return all of it for JSON."""
        task = self.task
        experiment: Experiment = task.result.experiment
        titles = {mechanism.key: (mechanism.title, mechanism.domain) for mechanism in task.players}
        bars = self.bars
        return {
            "scenario": task.scenario,
            "against": task.against,
            "outcome": task.outcome,
            "unit": self.unit,
            "difference": self._figures(self.difference),
            "difference_in_the_whole_result": self.whole_result.to_dict(),
            "without_any_mechanism": self._figures(self.without),
            "mechanisms": [
                {"mechanism": key, "title": titles[key][0], "domain": titles[key][1]} | self._figures(bar)
                for key, bar in bars.items()
            ],
            "domains": [{"domain": name} | self._figures(bar) for name, bar in self.domains.items()],
            "hours": [
                {"actor": actor, "kind": kind} | estimate.to_dict() for actor, kind, estimate in self.hours()
            ],
            "months": [{"month": month} | estimate.to_dict() for month, estimate in self.months()],
            "draws": task.draws,
            "replicates": task.replicates,
            "pairs_of_orders": task.pairs,
            "team_years": round(task.team_years),
            "teams": task.result.teams,
            "undecided": self.undecided(),
            "provenance": experiment.provenance() | {"orders_seed": task.seed},
        }

    def _figures(self, estimate: Estimate) -> dict[str, Any]:
        """Return mean, spread over draws and Monte Carlo error; none where there is one replicate."""
        figures = estimate.to_dict()
        told = self.task.replicates > 1
        return {
            "mean": estimate.mean,
            "interval_parameters": figures["interval_parameters"],
            "mc95": figures["mc95"] if told else None,
        }
