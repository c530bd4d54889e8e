"""An experiment: scenarios x draws x replicates, run cell by cell; cells do not depend on workers or order."""

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from tqdm import tqdm

from calibration import Draws, posterior
from experiments import teams as team_choice
from experiments.errors import InputError
from experiments.scenario import Scenario
from model.outcomes import OUTCOME_NAMES, reduce_run
from model.programme.plan import weeks_of
from model.sites import Network, Site

if TYPE_CHECKING:
    from experiments.result import Result
    from model.ensemble import Engine

NO_SIP = "no-sip"
OUTCOME_MONTHS = (6.0, 12.0, 18.0, 24.0, 36.0)
LONGEST_MONTHS = 96.0


class Cell(NamedTuple):
    """One cell of an experiment, by positions of scenario, draw and replicate."""

    scenario: int
    draw: int
    replicate: int


class CellResult(NamedTuple):
    """What is kept of a cell: ``outcomes[team, outcome]``, ``hours[team, kind]``, ``series[team, month, series]``."""

    cell: Cell
    outcomes: np.ndarray
    hours: np.ndarray
    series: np.ndarray


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
        Numbers 1-6 of the real teams, or sites; all six where not given.
    months
        The horizon; where not given, the longest programme and ``follow_up`` months after it.
    engine
        ``mesa`` or ``compiled``: the same numbers; the latter needs some 20 seconds to begin and is much faster then.

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
        teams: Sequence[int | Site] = team_choice.SIX,
        months: float | None = None,
        follow_up: float = 12.0,
        engine: "Engine" = "mesa",
    ) -> None:
        self.scenarios = _with_no_sip(scenarios)
        self.draws = draws if draws is not None else posterior()
        self.replicates = replicates
        self.seed = seed
        self.engine = engine
        self.teams = tuple(teams)
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
        own = [team.number for team in self.teams if isinstance(team, Site)]
        recorded = [s.name for s in self.scenarios if s.programme.delivery == "recorded"]
        if own and recorded:
            raise InputError(
                f"{recorded[0]} replays the six teams' records; it cannot run a team of your own."
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
        """Return the weeks of which the series are kept: the start and each month's end."""
        weeks = {weeks_of(month) for month in range(int(self.months) + 1)} | {weeks_of(self.months)}
        return sorted(weeks)

    def cells(self, first: int = 0, last: int | None = None) -> Iterator[Cell]:
        """Yield the cells of some replicates, replicate by replicate: any beginning is balanced."""
        for replicate in range(first, self.replicates if last is None else last):
            for draw in range(len(self.draws)):
                for scenario in range(len(self.scenarios)):
                    yield Cell(scenario, draw, replicate)

    def run_cell(self, cell: Cell) -> CellResult:
        """Run all teams of a cell."""
        from model.ensemble import simulate

        scenario = self.scenarios[cell.scenario]
        p = scenario.parameters_for(self.draws.parameters(cell.draw))
        found = []
        for network in team_choice.networks(self.teams, self.draws, cell.draw):
            sites = tuple(scenario.context.applied(site) for site in network.sites)
            runs = simulate(
                Network(sites=sites, number=network.number),
                scenario.programme,
                p,
                seed=self.seed,
                replicate=cell.replicate,
                months=self.months,
                measured_months=self.measured_months,
                engine=self.engine,
            )
            found += [(reduce_run(p, run), run.hours, run.series[self.month_ends]) for run in runs]
        outcomes = np.array([[reduced[name] for name in OUTCOME_NAMES] for reduced, _, _ in found])
        return CellResult(
            cell,
            outcomes,
            np.array([hours for _, hours, _ in found]),
            np.array([rows for _, _, rows in found]),
        )

    def run(
        self,
        *,
        workers: int = 1,
        progress: bool = False,
        enough: "Callable[[Result], bool] | None" = None,
    ) -> "Result":
        """Run all cells and return the result; ``enough`` is asked after each replicate whether to stop there.

        Interrupted (Ctrl-C), it returns the complete replicates if there are any.
        """
        from experiments.result import Result

        done: list[CellResult] = []
        replicates = 0
        total = self.replicates * len(self.draws) * len(self.scenarios)
        interrupted = False
        with _Mapper(self, workers) as mapper, tqdm(total=total, unit="cell", disable=not progress) as bar:
            try:
                for replicate in range(self.replicates):
                    for result in mapper(self.cells(replicate, replicate + 1)):
                        done.append(result)
                        bar.update()
                    replicates += 1
                    if enough is not None and enough(Result(self, done, replicates)):
                        break
            except KeyboardInterrupt:
                interrupted = True
        if interrupted and not replicates:
            raise KeyboardInterrupt
        whole = [result for result in done if result.cell.replicate < replicates]
        return Result(self, whole, replicates, interrupted)

    def fingerprint(self) -> str:
        """Return a hash of all that decides the numbers, but for the number of replicates."""
        inputs = {
            "scenarios": [scenario.model_dump(mode="json") for scenario in self.scenarios],
            "draws": self.draws.kind,
            "draw_numbers": self.draws.numbers,
            "draws_hash": hashlib.sha256(self.draws.table.to_csv(float_format="%.17g").encode()).hexdigest(),
            "seed": self.seed,
            "teams": [team if isinstance(team, int) else team.model_dump(mode="json") for team in self.teams],
            "months": self.months,
        }
        return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()[:12]


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


_EXPERIMENT: Experiment | None = None


def _remember(experiment: Experiment) -> None:
    import signal

    global _EXPERIMENT
    _EXPERIMENT = experiment
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _run_remembered(cell: Cell) -> CellResult:
    assert _EXPERIMENT is not None
    return _EXPERIMENT.run_cell(cell)


class _Mapper:
    """A mapper over cells: in this process, its threads or others; results come in the cells' order.

    Mesa runs in processes started afresh; the compiled engine frees Python while it runs and needs only threads.
    """

    def __init__(self, experiment: Experiment, workers: int) -> None:
        self.experiment = experiment
        self.pool: Executor | None = None
        if workers > 1 and experiment.engine == "compiled":
            self.pool = ThreadPoolExecutor(workers)
        elif workers > 1:
            context = multiprocessing.get_context("spawn")
            self.pool = ProcessPoolExecutor(workers, context, initializer=_remember, initargs=(experiment,))

    def __enter__(self) -> Callable[[Iterator[Cell]], Iterator[CellResult]]:
        if self.pool is None:
            return lambda cells: map(self.experiment.run_cell, cells)
        pool = self.pool
        if isinstance(pool, ThreadPoolExecutor):
            return lambda cells: pool.map(self.experiment.run_cell, cells)
        return lambda cells: pool.map(_run_remembered, cells, chunksize=4)

    def __exit__(self, *_: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)
