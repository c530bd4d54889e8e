"""Small answers of every kind, to draw pictures of: each is computed when it is first asked for."""

import os
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calibration import posterior
from experiments.experiment import Experiment
from experiments.items import ItemLevels, item_levels
from experiments.result import Result
from experiments.scenario import Scenario

if TYPE_CHECKING:
    from experiments.explain import Explanation
    from experiments.sensitivity.study import Study
    from experiments.sweep import Swept
    from experiments.trial import Trial

SCENARIOS = ("internal-12", "external-12", "internal-24", "external-24")
LONGER, SHORTER = "internal-24", "internal-12"
PAIRS = (("external-12", SHORTER), (LONGER, SHORTER))
VARIED = ("facilitation.hours_per_week=1.875,3.75,7.5", "turnover=0.5,1,2")
MONTHS, DRAWS, REPLICATES = 36.0, 60, 2
WORKERS = os.cpu_count() or 1


class Small:
    """A result of four programmes, and further answers by its draws, replicates and first team.

    ``team_years`` bounds what an explanation may simulate, ``teams`` is the largest trial.
    """

    def __init__(self, result: Result, team_years: int = 40_000, teams: int = 40) -> None:
        self.result = result
        self.team_years = team_years
        self.teams = teams

    @classmethod
    def of(cls, draws: int = DRAWS, replicates: int = REPLICATES) -> "Small":
        """Run both placements over 12 and 24 months with the six teams."""
        scenarios = [Scenario(name) for name in SCENARIOS]
        experiment = Experiment(scenarios, draws=posterior(draws), replicates=replicates, months=MONTHS)
        return cls(experiment.run(workers=WORKERS))

    def _given(self) -> dict[str, Any]:
        experiment = self.result.experiment
        return {
            "draws": experiment.draws,
            "replicates": self.result.replicates,
            "teams": experiment.teams[:1],
        }

    @cached_property
    def items(self) -> ItemLevels:
        """Return the levels of the items."""
        return item_levels(self.result)

    @cached_property
    def lengths(self) -> Result:
        """Return the answer to the question of length, with the first team."""
        from experiments.questions import length

        return length.experiment(**self._given()).run(workers=WORKERS)

    @cached_property
    def placements(self) -> Result:
        """Return the answer to the question of placement, with the first team."""
        from experiments.questions import placement

        return placement.experiment(**self._given()).run(workers=WORKERS)

    @cached_property
    def swept(self) -> "Swept":
        """Return a sweep over a lever and the context."""
        from experiments.sweep import Sweep, Swept, factorial, factors

        sweep = Sweep.of(Scenario("core-12"), factorial(factors(list(VARIED))))
        return Swept(sweep, sweep.experiment(**self._given()).run(workers=WORKERS))

    @cached_property
    def explained(self) -> "Explanation":
        """Return the difference between the longer and the shorter programme, split by mechanism."""
        from experiments.explain import explain

        return explain(self.result, LONGER, SHORTER, team_years=self.team_years, workers=WORKERS)

    @cached_property
    def study(self) -> "Study":
        """Return which uncertain quantities the gain over no programme goes along with, over the draws as they are."""
        from experiments.sensitivity.factors import factors
        from experiments.sensitivity.study import Design, Question, Study

        given = self.result.experiment
        teams = given.teams[:1]
        question = Question(Scenario("core-12"), Scenario("no-sip"))
        draws = posterior(min(200, 4 * len(given.draws)))
        design = Design.given(draws, factors(teams), teams, given.seed)
        experiment = design.experiment(question, replicates=self.result.replicates, teams=teams)
        return Study.of(question, design, experiment.run(workers=WORKERS))

    @cached_property
    def trial(self) -> "Trial":
        """Return a trial of twelve months against none, by its number of teams."""
        from experiments.trial import Arms, Trial, trial_experiment

        draws = self.result.experiment.draws
        experiment = trial_experiment(
            Scenario("core-12"),
            Scenario("no-sip"),
            teams=self.teams,
            draws=draws.first(min(20, len(draws))),
            replicates=self.result.replicates,
        )
        sizes = [size for size in (8, 12, 16, 25, 32, 40) if size <= self.teams]
        return Trial.of(experiment.run(workers=WORKERS), Arms(sizes[1] // 2, sizes[1] // 2), sizes)
