"""An experiment: scenarios x draws x replicates, run block by block; cells do not depend on workers or order."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from calibration import Draws, posterior
from experiments import teams as team_choice
from experiments.blocks import Arrays, Block, BlockResult, run_block
from experiments.errors import InputError
from experiments.gathered import Gathered
from experiments.prepared import Prepared
from experiments.provenance import program
from experiments.scenario import Context, Scenario
from model.parameters import Parameters
from model.programme.plan import weeks_of
from model.sites import Network

if TYPE_CHECKING:
    from experiments.result import Result
    from model.arrays import Inputs
    from model.crisis_teams import CrisisTeams
    from model.ensemble import Engine, Lived
    from model.noise import PhiloxTape

NO_SIP = "no-sip"
OUTCOME_MONTHS = (6.0, 12.0, 18.0, 24.0, 36.0)
LONGEST_MONTHS = 96.0


class Experiment:
    """Scenarios compared on the same teams, draws and luck, to one horizon.

    Parameters
    ----------
    scenarios
        What is compared; ``no-sip`` is always added.
    draws
        Parameter vectors with circumstances; the shipped ones where not given.
    replicates
        Runs of each draw, each with its own luck, the same for all scenarios.
    seed
        Names the luck: equal inputs and seed give equal numbers.
    teams
        Numbers 1-6 of the real teams, sites, or teams of a trial; all six where not given.
    months
        The horizon; where not given, the longest programme and ``follow_up`` months after it.
    engine
        ``compiled`` or ``mesa``: the same numbers. The former is far faster, once compiled on this machine.
    series
        Whether the monthly series are kept: they take most of the room, and a large design asks for outcomes alone.

    Raises
    ------
    InputError
        If scenarios of different outcomes are mixed, names repeat, or the horizon is too long.
    """

    def __init__(
        self,
        scenarios: Sequence[Scenario],
        *,
        draws: Draws | None = None,
        replicates: int = 4,
        seed: int = 1,
        teams: Sequence[team_choice.Team] = team_choice.SIX,
        months: float | None = None,
        follow_up: float = 12.0,
        engine: "Engine" = "compiled",
        series: bool = True,
    ) -> None:
        self.scenarios = _with_no_sip(scenarios)
        self.draws = draws if draws is not None else posterior()
        self.replicates = replicates
        self.seed = seed
        self.engine = engine
        self.series = series
        self.teams = tuple(teams)
        self._prepared = Prepared()
        longest = max(scenario.programme.months for scenario in self.scenarios)
        self.months = months if months is not None else max(longest, 12.0) + follow_up
        self.chosen_horizon = months is not None
        self._check()

    def _check(self) -> None:
        names = [scenario.name for scenario in self.scenarios]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise InputError(
                f"Scenario {', '.join(sorted(twice))} is named twice; give each a name of its own."
            )
        called = team_choice.names(self.teams)
        twice = {name for name in called if called.count(name) > 1}
        if twice:
            raise InputError(f"Team {', '.join(sorted(twice))} is named twice; give each a name of its own.")
        if self.replicates < 1:
            raise InputError(f"replicates = {self.replicates}: at least 1 is needed.")
        if self.seed < 0:
            raise InputError(f"seed = {self.seed}: give a whole number of 0 or more.")
        if not 1.0 <= self.months <= LONGEST_MONTHS:
            raise InputError(f"months = {self.months:g}: a run lasts 1 to {LONGEST_MONTHS:g} months.")
        own = [team for team in self.teams if not isinstance(team, int)]
        recorded = [s.name for s in self.scenarios if s.programme.delivery == "recorded"]
        if own and recorded:
            raise InputError(
                f"{recorded[0]} replays the six teams' records; it cannot run a team of your own, nor a trial's."
            )

    @property
    def outcome(self) -> str:
        """Return what the scenarios are about: fidelity, or implementation."""
        return self.scenarios[0].outcome

    @property
    def measured_months(self) -> tuple[float, ...]:
        """Return the months with a measurement in every arm: the outcome months within the run, and its end."""
        return (*(month for month in OUTCOME_MONTHS if month < self.months), self.months)

    @property
    def month_ends(self) -> list[int]:
        """Return the weeks of which the series are kept, if they are: the start and each month's end."""
        if not self.series:
            return []
        weeks = {weeks_of(month) for month in range(int(self.months) + 1)} | {weeks_of(self.months)}
        return sorted(weeks)

    @cached_property
    def baselines(self) -> np.ndarray:
        """Return the teams' reviewed totals before anything is done, ``[draw, team]``."""
        each = [self.networks(self.scenarios[0], draw) for draw in self.draws]
        return np.array([[s.baseline_total for network in found for s in network.sites] for found in each])

    def blocks(self, first: int = 0, last: int | None = None) -> Iterator[Block]:
        """Yield the blocks of some replicates, replicate by replicate: any beginning is balanced."""
        yield from Gathered(self).missing(first, self.replicates if last is None else last)

    def run_block(self, block: Block) -> BlockResult:
        """Run a block; a draw that fails is told in the block's failures and does not stop the others."""
        return run_block(self, block)

    def run_draws(self, scenario: int, replicate: int, draws: Sequence[int]) -> Arrays:
        """Run all teams with some draws; return outcomes, hours and monthly series, ``[draw, team, ...]``, float64."""
        from model.noise import PhiloxTape

        run = self._run_compiled if self.engine == "compiled" else self._run_in_mesa
        found = run(scenario, tuple(draws), PhiloxTape(self.seed, replicate))
        return (
            np.concatenate([each.outcomes for each in found], axis=1),
            np.concatenate([each.hours for each in found], axis=1),
            np.concatenate([each.series for each in found], axis=1),
        )

    def _run_compiled(self, scenario: int, draws: tuple[int, ...], tape: "PhiloxTape") -> "list[Lived]":
        from model.ensemble import live_compiled, measured_weeks

        each = self._prepared.of((scenario, draws), lambda: self._inputs(self.scenarios[scenario], draws))
        weeks = weeks_of(self.months)
        measured = measured_weeks(self.measured_months, weeks)
        luck, which = [tape.luck] * len(draws), range(len(draws))
        return [
            live_compiled(inputs, luck, which, weeks, measured, kept_weeks=self.month_ends) for inputs in each
        ]

    def _run_in_mesa(self, scenario: int, draws: tuple[int, ...], tape: "PhiloxTape") -> "list[Lived]":
        from model.ensemble import lived

        done = self.scenarios[scenario]
        parameters = self._parameters(done, draws)
        return [
            lived(
                networks,
                done.programme,
                parameters,
                [tape] * len(draws),
                range(len(draws)),
                months=self.months,
                measured_months=self.measured_months,
                engine="mesa",
                kept_weeks=self.month_ends,
            )
            for networks in self._networks(done, draws)
        ]

    def _inputs(self, scenario: Scenario, draws: Sequence[int]) -> "list[Inputs]":
        from model.arrays import inputs_of

        parameters = self._parameters(scenario, draws)
        return [inputs_of(each, scenario.programme, parameters) for each in self._networks(scenario, draws)]

    def _parameters(self, scenario: Scenario, draws: Sequence[int]) -> list[Parameters]:
        return [scenario.parameters_for(self.draws.parameters(draw)) for draw in draws]

    def _networks(self, scenario: Scenario, draws: Sequence[int]) -> list[tuple[Network, ...]]:
        """Return each network as the draws have it, ``[network][draw]``."""
        return list(zip(*(self.networks(scenario, draw) for draw in draws), strict=True))

    def networks(self, scenario: Scenario, draw: int) -> list[Network]:
        """Return the networks of a draw as a scenario has them."""
        found = team_choice.networks(self.teams, self.draws, draw)
        if scenario.context == Context():
            return found
        return [
            Network(sites=tuple(map(scenario.context.applied, network.sites)), number=network.number)
            for network in found
        ]

    def model(self, scenario: Scenario, draw: int, replicate: int, team: str) -> "CrisisTeams":
        """Return a run of a team's network in Mesa, with a log, before its first week; ``draw`` is a position."""
        from model.crisis_teams import CrisisTeams
        from model.noise import PhiloxTape

        networks = self.networks(scenario, draw)
        return CrisisTeams(
            next(network for network in networks if team in [site.name for site in network.sites]),
            scenario.programme,
            scenario.parameters_for(self.draws.parameters(draw)),
            months=self.months,
            tape=PhiloxTape(self.seed, replicate),
            measured_months=self.measured_months,
            log=True,
            collect="nothing",
        )

    def run(
        self,
        *,
        workers: int = 1,
        scheduler: str | None = None,
        progress: bool = False,
        enough: "Callable[[Result], bool] | None" = None,
        out: Path | None = None,
        force: bool = False,
        say: Callable[[str], None] | None = None,
    ) -> "Result":
        """Run all cells and return the result.

        Parameters
        ----------
        workers
            Threads (compiled engine) or processes (Mesa) to run in.
        scheduler
            The address of a Dask scheduler to send the blocks to instead.
        enough
            Asked after each replicate whether to stop there.
        out
            A directory to keep what is finished in as it comes; an unfinished result of the same inputs there is
            resumed. ``force`` replaces what stands there.
        say
            Told what a user should know: resumed from where, and the like.

        Interrupted (Ctrl-C), it returns the whole replicates if there are any.

        Raises
        ------
        InputError
            If the directory holds something else, or the scheduler cannot be used.
        """
        from experiments.conduct import conduct

        return conduct(
            self,
            workers=workers,
            scheduler=scheduler,
            progress=progress,
            enough=enough,
            out=out,
            force=force,
            say=say or (lambda _: None),
        )

    def fingerprint(self) -> str:
        """Return a hash of all that decides the numbers, but for the number of replicates."""
        return self._fingerprint

    @cached_property
    def _fingerprint(self) -> str:
        inputs = {
            "scenarios": [scenario.model_dump(mode="json") for scenario in self.scenarios],
            "draws": self.draws.kind,
            "draw_numbers": self.draws.numbers,
            "draws_hash": self.draws.digest(),
            "seed": self.seed,
            "teams": team_choice.to_json(self.teams),
            "months": self.months,
            "series": self.series,
        }
        return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:12]

    def provenance(self) -> dict[str, Any]:
        """Return where the numbers come from: version, commit, packages, draws, seed."""
        return {
            **program(),
            "engine": self.engine,
            "draws": self.draws.kind,
            "fingerprint": self.fingerprint(),
            "seed": self.seed,
            "months": self.months,
        }


def _with_no_sip(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """Return the scenarios with the no-programme arm, which cannot be left out; refuse mixed outcomes."""
    given = list(scenarios)
    if not given:
        raise InputError("Name at least one scenario; see 'crtsip presets'.")
    for scenario in given:
        if scenario.name == NO_SIP and scenario.programme.months > 0.0:
            raise InputError(
                f"A scenario called {NO_SIP} has a programme of {scenario.programme.months:g} months: the name is kept "
                "for the arm without a programme. Give it another name."
            )
    outcomes = {scenario.outcome for scenario in given if scenario.name != NO_SIP}
    if len(outcomes) > 1:
        raise InputError(
            "These scenarios have different outcomes (fidelity, and implementation progress of an illustrative "
            "innovation): the two cannot be compared. Compare scenarios of one kind."
        )
    if NO_SIP not in [scenario.name for scenario in given]:
        given.append(Scenario(NO_SIP))
    outcome = outcomes.pop() if outcomes else "fidelity"
    return tuple(s.model_copy(update={"outcome": outcome}) if s.name == NO_SIP else s for s in given)
