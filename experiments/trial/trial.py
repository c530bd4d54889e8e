"""A trial from simulated teams: its expected result beside what was reported of the real one, and power by size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from calibration import Draws
from experiments.comparison import Comparison, Estimate, compare, estimated
from experiments.experiment import Experiment
from experiments.result import Result
from experiments.scenario import Scenario
from experiments.summary import undecided
from experiments.teams import TrialTeam
from experiments.trial.power import Arms, Pool, Power, Progress, chance, power
from experiments.trial.reported import REPORTED

OUTCOME = "gain_end"
WANTED = (0.8, 0.9)  #: power that trials are usually planned for
UNITS = (
    "Which unit the trial is analysed by: with teams as units the test finds more, and too often something where there "
    "is nothing if a facilitator's teams fare alike; with facilitators as units it keeps its level."
)
TEAMS_OF_TWO_FACILITATORS = (3, 2)  #: in turns: 15 teams for six facilitators, as in the real trial


def trial_teams(count: int, seed: int) -> list[TrialTeam]:
    """Return teams that facilitators share as in the real trial, to be drawn anew with each draw."""
    pair, first = sum(TEAMS_OF_TWO_FACILITATORS), TEAMS_OF_TWO_FACILITATORS[0]
    networks = [2 * (team // pair) + int(team % pair >= first) for team in range(count)]
    return [TrialTeam(number=team, network=network, seed=seed) for team, network in enumerate(networks)]


def trial_experiment(
    scenario: Scenario, control: Scenario, *others: Scenario, teams: int, seed: int = 1, **options: Any
) -> Experiment:
    """Return the experiment a trial is made from: every team lives both arms, with the same luck.

    The other teams of a facilitator stand in the network, so that none are added outside it (``other_teams`` is 0
    unless a scenario sets it). Without ``months`` follow-up is at the programme's end, at month 12 at the earliest.
    """
    arms = [
        each.model_copy(update={"parameters": {"other_teams": 0.0, **each.parameters}})
        for each in (scenario, control, *others)
    ]
    given = {"follow_up": 0.0} | {name: value for name, value in options.items() if value is not None}
    return Experiment(arms, teams=trial_teams(teams, seed), seed=seed, **given)


@dataclass(frozen=True)
class Trial:
    """What a trial of two scenarios would find: ``powers`` by size, the first one of ``arms``.

    The scenarios are the first two of the result.
    """

    result: Result
    arms: Arms
    alpha: float
    powers: tuple[Power, ...]

    @classmethod
    def of(
        cls,
        result: Result,
        arms: Arms,
        sizes: Sequence[int] = (),
        *,
        trials: int = 2,
        alpha: float = 0.05,
        tell: Progress = lambda _: None,
    ) -> "Trial":
        """Draw trials of some sizes (teams in all, shared as in ``arms``) from a result of ``trial_experiment``."""
        pool = pool_of(result)
        every = [arms, *(arms.of(size) for size in sizes if size != arms.teams)]
        found = [power(pool, each, trials=trials, alpha=alpha, tell=tell) for each in every]
        return cls(result, arms, alpha, tuple(each for each in found if each is not None))

    @property
    def names(self) -> tuple[str, str]:
        """Return the names of the two scenarios: intervention, control."""
        first, second = self.result.scenarios[:2]
        return first, second

    @property
    def difference(self) -> Comparison | None:
        """Return the expected difference between the arms: all teams under either programme, paired."""
        return compare(self.result, OUTCOME, self.names[0], against=self.names[1])

    def gain(self, scenario: str) -> Estimate | None:
        """Return the reviewed gain in an arm, in points."""
        return estimated(self.result.outcome(OUTCOME, scenario))

    def share_risen(self, scenario: str) -> Estimate | None:
        """Return the share of teams in an arm whose reviewed total rises."""
        gains = self.result.outcome(OUTCOME, scenario)
        return estimated(np.where(np.isnan(gains), np.nan, gains > 0.0))

    @property
    def single_trials(self) -> tuple[float, float]:
        """Return what 95% of single trials of ``arms`` find, adjusted for baseline, in points."""
        low, high = np.nanquantile(self.powers[0].differences, [0.025, 0.975])
        return float(low), float(high)

    @property
    def by_size(self) -> list[Power]:
        """Return the powers by number of teams."""
        return sorted(self.powers, key=lambda each: each.arms.teams)

    def teams_for(self, wanted: float) -> int | None:
        """Return the fewest teams, of the sizes run, from which on the averaged power is surely ``wanted`` or more."""
        enough = [each.adjusted.mc95[0] >= wanted for each in self.by_size]
        from_here = [k for k in range(len(enough)) if all(enough[k:])]
        return self.by_size[from_here[0]].arms.teams if from_here else None

    def beside_the_real(self) -> list[dict[str, Any]]:
        """Return what was reported of the real trial, each statement beside the model's figure for it."""
        risen, first = self.share_risen(self.names[0]), self.powers[0]
        gains = self.result.outcome(OUTCOME, self.names[0])[..., : self.arms.intervention]
        not_all = estimated(np.any(gains <= 0.0, axis=2, keepdims=True).astype(float))
        figures = {
            "rose": ("share of intervention teams that rise", risen),
            "higher": (f"chance of p < {self.alpha:g} with {_arms(self.arms)} teams", first.adjusted),
            "not_all": (f"chance that of {self.arms.intervention} intervention teams not all rise", not_all),
        }
        found = []
        for each in REPORTED:
            what, estimate = figures[each.key]
            simulated = chance(estimate) if estimate is not None else None
            found.append(each._asdict() | {"simulated": simulated, "what": what})
        return found

    def undecided(self) -> list[str]:
        """Say in words what the trial's figures leave open."""
        comparison = self.difference
        found = [UNITS]
        found += undecided(self.result, [comparison] if comparison is not None else [])
        for wanted in WANTED:
            teams = self.teams_for(wanted)
            if teams is None:
                sizes = ", ".join(str(each.arms.teams) for each in self.by_size)
                found.append(
                    f"teams for a power of {wanted:g}: with none of the sizes run ({sizes}) is the averaged power "
                    "surely that high; add --teams, or --replicates where the Monte Carlo interval is wide."
                )
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return all of it for JSON."""
        comparison = self.difference
        return {
            "arms": {name: self._arm(name) for name in self.names},
            "difference": comparison.to_dict() if comparison is not None else None,
            "single_trials": {
                "intervention": self.arms.intervention,
                "control": self.arms.control,
                "interval": [round(end, 6) for end in self.single_trials],
            },
            "power": [each.to_dict() for each in self.by_size],
            "alpha": self.alpha,
            "teams_for_power": {f"{wanted:g}": self.teams_for(wanted) for wanted in WANTED},
            "reported": self.beside_the_real(),
            "months": self.result.experiment.months,
            "draws": len(self.result.experiment.draws),
            "replicates": self.result.replicates,
            "undecided": self.undecided(),
            "provenance": self.result.provenance(),
        }

    def _arm(self, scenario: str) -> dict[str, Any]:
        gain, risen = self.gain(scenario), self.share_risen(scenario)
        return {
            "gain": gain.to_dict() if gain is not None else None,
            "share_risen": chance(risen) if risen is not None else None,
        }


def pool_of(result: Result) -> Pool:
    """Return the teams of a result with their reviewed totals at follow-up in the first two scenarios."""
    experiment: Experiment = result.experiment
    draws: Draws = experiment.draws
    sites = [
        [site for network in experiment.networks(experiment.scenarios[0], draw) for site in network.sites]
        for draw in draws
    ]
    baseline = np.array([[float(site.baseline_total) for site in each] for each in sites])
    first, second = (baseline[:, None, :] + result.outcome(OUTCOME, name) for name in result.scenarios[:2])
    network = np.array([team.network for team in experiment.teams if isinstance(team, TrialTeam)])
    return Pool(baseline, first, second, network, draws.numbers, experiment.seed)


def _arms(arms: Arms) -> str:
    return f"{arms.intervention} + {arms.control}"
