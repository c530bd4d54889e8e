"""What a whole experiment costs: the engine's calls, results assembled in memory or kept in a directory, threads.

The experiment is core-12 beside no programme, which it always has, on one team of 21 staff.
"""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.report import Table
from benchmarks.timing import clocked, in_turns
from benchmarks.worlds import PROGRAMME, SEED, STAFF
from calibration import posterior
from experiments import Experiment, Scenario
from model import Site
from model.arrays import inputs_of
from model.ensemble import live_compiled, measured_weeks
from model.noise import PhiloxTape
from model.programme.plan import weeks_of

THREADS = (1, 2)
wall = partial(clocked, clock=time.perf_counter)


def experiment(draws: int, replicates: int) -> Experiment:
    """Return the experiment, new, so that it prepares its inputs again."""
    return Experiment(
        [Scenario(PROGRAMME)],
        draws=posterior(draws),
        replicates=replicates,
        seed=SEED,
        teams=[Site(posts=STAFF)],
        months=12.0,
    )


def engine_alone(asked: Experiment) -> Callable[[], None]:
    """Return the engine's calls of an experiment, a call for each arm and replicate, inputs at hand."""
    weeks, draws = weeks_of(asked.months), range(len(asked.draws))
    measured = measured_weeks(asked.measured_months, weeks)
    inputs = [
        inputs_of(
            [asked.networks(scenario, draw)[0] for draw in draws],
            scenario.programme,
            [scenario.parameters_for(asked.draws.parameters(draw)) for draw in draws],
        )
        for scenario in asked.scenarios
    ]
    luck = [PhiloxTape(SEED, replicate).luck for replicate in range(asked.replicates)]

    def calls() -> None:
        for each in inputs:
            for key in luck:
                live_compiled(each, [key] * len(draws), draws, weeks, measured, kept_weeks=asked.month_ends)

    return calls


def results(quick: bool) -> list[Table]:
    """Measure an experiment of many replicates in turns: engine, in memory, kept, by number of threads."""
    draws, replicates = 50, 4 if quick else 40
    team_years = 2 * draws * replicates
    jobs = {"engine alone": wall(engine_alone(experiment(draws, replicates)))}
    for count in THREADS:
        words = f"{count} thread{'s' * (count > 1)}"
        jobs[f"in memory, {words}"] = wall(partial(in_memory, draws, replicates, count))
        jobs[f"kept in a directory, {words}"] = wall(partial(kept, draws, replicates, count))
    found = in_turns(jobs, 2 if quick else 12)
    rows = [(name, 1e6 * time / team_years, team_years / time) for name, time in found.items()]
    note = f"{draws} draws, {replicates} replicates, two arms: {team_years:,} team-years; all from its inputs on."
    return [Table("A whole experiment", ("", "µs a team-year", "team-years a second"), rows, note)]


def in_memory(draws: int, replicates: int, workers: int) -> None:
    """Run an experiment whose result stays in memory."""
    experiment(draws, replicates).run(workers=workers)


def kept(draws: int, replicates: int, workers: int) -> None:
    """Run an experiment whose result is kept in a directory."""
    with tempfile.TemporaryDirectory() as folder:
        experiment(draws, replicates).run(workers=workers, out=Path(folder) / "result")
