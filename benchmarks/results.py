"""What a whole experiment costs: the engine's calls, results assembled in memory or kept in a directory, threads.

The experiment is core-12 beside no programme, which it always has, on one team of 21 staff.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.report import Table
from benchmarks.timing import Job, clocked, in_turns
from benchmarks.worlds import PROGRAMME, SEED, STAFF
from calibration import posterior
from experiments import Experiment, Scenario
from model import Site
from model.arrays import inputs_of
from model.ensemble import live_compiled, measured_weeks
from model.noise import PhiloxTape
from model.programme.plan import weeks_of


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
    """Measure an experiment of many replicates in turns: engine, in memory, kept, with two threads."""
    draws, replicates = 50, 4 if quick else 40
    team_years = 2 * draws * replicates

    def run(workers: int = 1) -> Job:
        return clocked(lambda: experiment(draws, replicates).run(workers=workers))

    def kept(workers: int = 1) -> Job:
        def work() -> None:
            with tempfile.TemporaryDirectory() as folder:
                experiment(draws, replicates).run(workers=workers, out=Path(folder) / "result")

        return clocked(work)

    jobs = {
        "engine alone": clocked(engine_alone(experiment(draws, replicates))),
        "in memory, 1 thread": run(),
        "in memory, 2 threads": run(2),
        "kept in a directory, 1 thread": kept(),
        "kept in a directory, 2 threads": kept(2),
    }
    found = in_turns(jobs, 2 if quick else 12)
    rows = [(name, 1e6 * time / team_years, team_years / time) for name, time in found.items()]
    note = f"{draws} draws, {replicates} replicates, two arms: {team_years:,} team-years, inputs prepared once a draw."
    return [Table("A whole experiment", ("", "µs a team-year", "team-years a second"), rows, note)]
