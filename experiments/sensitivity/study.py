"""A sensitivity study: its design as an experiment, its analysis, and what it leaves open, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from calibration import Draws
from experiments.errors import InputError
from experiments.experiment import Experiment
from experiments.result import Result
from experiments.scenario import Scenario
from experiments.sensitivity import morris, ranks, sobol
from experiments.sensitivity.factors import CIRCUMSTANCES, draws_at, fixed, told
from experiments.sensitivity.luck import luck_shares, variance
from experiments.sensitivity.response import response, unit
from experiments.sensitivity.rows import HEADERS, overlap, printed, rounded, told_apart

if TYPE_CHECKING:
    import pandas as pd

Method = Literal["morris", "sobol", "ranks"]
TITLES = {
    "morris": "Morris elementary effects over the independent priors",
    "sobol": "Sobol indices over the independent priors",
    "ranks": "First-order indices by ranks from draws as they are",
}


class Question(NamedTuple):
    """What is asked: of an outcome of a scenario, or of the difference to another."""

    scenario: Scenario
    against: Scenario | None = None
    outcome: str = "gain_end"

    @property
    def about(self) -> str:
        """Return the question in words."""
        rival = f", less that of {self.against.name}" if self.against is not None else ""
        return f"{self.outcome} of {self.scenario.name}{rival}"


@dataclass(frozen=True)
class Design:
    """Points of a method, as draws of an experiment.

    ``points[draw, factor]`` are probabilities, for ``ranks`` the values themselves.
    """

    method: Method
    names: tuple[str, ...]
    points: np.ndarray
    draws: Draws
    seed: int

    @property
    def told(self) -> str:
        """Return what the design is, in words."""
        return f"{TITLES[self.method]}, {len(self.names)} factors:"

    @classmethod
    def of(cls, method: Method, names: Sequence[str], size: int, teams: Sequence[Any], seed: int) -> "Design":
        """Return the design of ``size`` trajectories (Morris) or base samples (Sobol).

        Raises
        ------
        InputError
            If a Sobol sample is no power of two.
        """
        if method == "sobol" and size & (size - 1):
            raise InputError(f"--samples {size}: a Sobol sequence needs a power of two, as 512 or 1024.")
        make = {"morris": morris.design, "sobol": sobol.design}[method]
        points, rows = make(names, size, seed)
        return cls(method, tuple(names), points, draws_at(points, names, rows, teams, seed), seed)

    @classmethod
    def given(cls, draws: Draws, names: Sequence[str], teams: Sequence[Any], seed: int) -> "Design":
        """Return draws as they are, with the columns of the factors named that vary; each circumstance is a column."""
        numbers = [f"team {team}: " for team in teams if isinstance(team, int) and CIRCUMSTANCES in names]
        columns = [c for c in draws.table.columns if c in names or c.startswith(tuple(numbers))]
        wanted = [c for c in columns if draws.table[c].nunique() > 1]
        if not wanted:
            raise InputError(f"No factor varies over {len(draws)} draws: take more draws, or other factors.")
        return cls("ranks", tuple(wanted), draws.table[wanted].to_numpy(float), draws, seed)

    def experiment(self, question: Question, **given: Any) -> Experiment:
        """Return the experiment; outcomes alone are kept. See ``Experiment`` for what may be given."""
        scenarios = [each for each in (question.scenario, question.against) if each is not None]
        return Experiment(scenarios, draws=self.draws, series=False, **given)

    def analysed(self, y: np.ndarray) -> "list[Any]":
        """Return a row for each factor, the largest first, from ``y[draw, replicate]``."""
        if self.method == "morris":
            return morris.analysed(self.points, self.names, y, self.seed)
        if self.method == "sobol":
            return sobol.analysed(self.names, y, self.seed)
        return ranks.analysed(self.points, self.names, y, self.seed)


@dataclass(frozen=True)
class Study:
    """What came of a design: rows by factor, and how much of the variance luck had."""

    question: Question
    design: Design
    result: Result
    y: np.ndarray
    rows: tuple[Any, ...]

    @classmethod
    def of(cls, question: Question, design: Design, result: Result) -> "Study":
        """Analyse a design's result.

        Raises
        ------
        InputError
            If the outcome is missing in some runs.
        """
        against = question.against.name if question.against is not None else None
        y = response(result, question.outcome, question.scenario.name, against)
        return cls(question, design, result, y, tuple(design.analysed(y)))

    @property
    def sample(self) -> str:
        """Return what the factors vary over: this is part of every answer."""
        if self.design.method != "ranks":
            return "independent priors"
        return (
            "independent priors"
            if self.design.draws.kind == "prior"
            else f"correlated {self.design.draws.kind}"
        )

    @property
    def spread(self) -> float:
        """Return the standard deviation over the points, luck taken out, in the outcome's unit."""
        return float(np.sqrt(variance(self.y)))

    @property
    def told(self) -> str:
        """Return what is explained and how large the study is, in words."""
        teams, replicates = len(self.result.teams), self.result.replicates
        return (
            f"{self.question.about}: mean {self.y.mean():.3g}, standard deviation over the points {self.spread:.3g} "
            f"{unit(self.question.outcome)}. {len(self.design.draws):,} points, {teams} team{'s' * (teams > 1)}, "
            f"{replicates} replicate{'s' * (replicates > 1)}, {self.result.experiment.months:g} months."
        )

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Return header and rows to print, the largest first."""
        return HEADERS[self.design.method], [printed(row) for row in self.rows]

    @property
    def title(self) -> str:
        """Return method and sample in words."""
        kind = f" ({self.sample})" if self.design.method == "ranks" else ""
        return TITLES[self.design.method] + kind

    def frame(self) -> "pd.DataFrame":
        """Return a row for each factor, with unit and meaning, the largest first."""
        import pandas as pd

        table = pd.DataFrame([row._asdict() for row in self.rows])
        return table.assign(
            unit=[told(row.factor)[0] for row in self.rows],
            meaning=[told(row.factor)[1] for row in self.rows],
        )

    def undecided(self) -> list[str]:
        """Say in words what is fixed, what luck did, and what cannot be told."""
        found = [_OVER[self.design.method](self), _luck(self)]
        said = fixed(self.design.names, self.result.experiment.teams) if self.design.method != "ranks" else ""
        untold = [row.factor for row in self.rows if not told_apart(row)]
        if untold:
            found.append(
                f"{len(untold)} of {len(self.rows)} factors cannot be told from one that does nothing, at this size."
            )
        if len(self.rows) > 1 and overlap(*self.rows[:2]):
            first, second = (row.factor for row in self.rows[:2])
            found.append(f"Whether {first} or {second} matters most is not decided: their intervals overlap.")
        return [*found, *([said] if said else [])]

    def to_dict(self) -> dict[str, Any]:
        """Return all figures for JSON."""
        single, mean = luck_shares(self.y)
        return {
            "method": self.design.method,
            "sample": self.sample,
            "title": self.title,
            "scenario": self.question.scenario.name,
            "against": self.question.against.name if self.question.against is not None else None,
            "outcome": self.question.outcome,
            "unit": unit(self.question.outcome),
            "mean": round(float(self.y.mean()), 6),
            "sd": round(self.spread, 6),
            "luck": {"share_of_single_runs": round(single, 6), "share_of_means": round(mean, 6)},
            "factors": [rounded(row) for row in self.rows],
            "teams": self.result.teams,
            "draws": len(self.design.draws),
            "replicates": self.result.replicates,
            "undecided": self.undecided(),
            "provenance": self.result.provenance(),
        }


def _luck(study: Study) -> str:
    if study.result.replicates == 1:
        return "One replicate: luck cannot be told from the factors and counts as their interaction."
    single, mean = luck_shares(study.y)
    count = study.result.replicates
    return (
        f"Luck has {single:.0%} of the variance of single replicates and {mean:.0%} of that of the means over {count}; "
        f"it is taken out. The {count} replicates are the same for all points: intervals do not hold what others "
        "would have given."
    )


def _over_priors(study: Study) -> str:
    return (
        "Over the priors, independent of each other, each factor as uncertain as before any data: not over what the "
        "six teams' totals leave possible."
    )


def _over_draws(study: Study) -> str:
    if study.design.draws.kind == "prior":
        return "Over draws of the independent priors."
    return (
        f"Over a {study.design.draws.kind}, whose parameters go along with each other: an index holds what goes along "
        "with its parameter too, and is no Sobol index."
    )


_OVER: dict[str, Callable[[Study], str]] = {
    "morris": _over_priors,
    "sobol": _over_priors,
    "ranks": _over_draws,
}
