"""What a second thread brings: blocks of an experiment in a pool, beside work that shares nothing.

The latter, drawing luck into an array of the thread's own, shows what the machine itself gains by two threads just
then. Where something else runs beside, that is less than twice as much, and no program can do better.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np

from benchmarks import kernels
from benchmarks.report import Table
from benchmarks.results import THREADS, experiment
from benchmarks.timing import clocked, in_turns
from benchmarks.worlds import PROGRAMME, World, draws
from model.engine.layout import STATE

DRAWS, BLOCKS, TIMES = 25, 8, 8
Task = Callable[[], object]


def threads(quick: bool) -> list[Table]:
    """Measure the blocks of one arm, and luck alone, by number of threads: short jobs, to meet free processors."""
    asked = experiment(DRAWS, BLOCKS)
    tasks: list[Task] = [partial(asked.run_block, block) for block in asked.blocks() if block.scenario == 0]
    works = {"blocks": (tasks, 1), "luck alone": (luck_alone(), TIMES)}
    jobs = {
        (name, count): clocked(pooled(work, count), time.perf_counter)
        for name, (work, _) in works.items()
        for count in THREADS
    }
    found = in_turns(jobs, 5 if quick else 100)
    rows = []
    for (name, count), seconds in found.items():
        team_years = DRAWS * BLOCKS * works[name][1]
        title = f"{name}, {count} thread{'s' * (count > 1)}"
        rows.append((title, 1e6 * seconds / team_years, team_years / seconds, found[name, 1] / seconds))
    header = ("", "µs a team-year", "team-years a second", "times one thread")
    note = (
        f"{BLOCKS} blocks of {PROGRAMME} with {DRAWS} draws; luck of {TIMES} times as many, sharing nothing."
    )
    return [Table("Threads, one team of 21", header, rows, note)]


def luck_alone() -> list[Task]:
    """Return tasks that each draw the luck of some blocks, into arrays of their own."""
    world = World(parameters=draws(DRAWS))
    luck, team = np.tile(np.array(world.luck, np.uint64), TIMES), world.inputs.teams[0, 0]

    def task() -> None:
        seats, tape = np.zeros(1, STATE)[0], np.zeros((100, 4))
        kernels.fill_tape(luck, 0, team, seats, 60, 6, world.weeks, tape)

    return [task] * BLOCKS


def pooled(tasks: list[Task], workers: int) -> Callable[[], None]:
    """Return a function that does all tasks in a pool of threads."""

    def work() -> None:
        with ThreadPoolExecutor(workers) as pool:
            for future in [pool.submit(task) for task in tasks]:
                future.result()

    return work
