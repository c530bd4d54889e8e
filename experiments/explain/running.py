"""The course of an explanation: cells are run in threads, kept as they come, and gathered."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from tqdm import tqdm

from experiments.explain.cells import TEAM_YEARS, Cell, Task
from experiments.explain.explanation import Explanation
from experiments.explain.kept import Kept
from experiments.result import Result


def explain(
    result: Result,
    scenario: str,
    against: str,
    outcome: str = "gain_end",
    *,
    team_years: int = TEAM_YEARS,
    seed: int = 1,
    workers: int = 1,
    out: Path | None = None,
    force: bool = False,
    progress: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Explanation:
    """Split the difference of two scenarios of a result by mechanism.

    Parameters
    ----------
    team_years
        How much may be simulated: draws, replicates and orders are chosen so that it suffices.
    seed
        Names the random orders.
    out
        A directory to keep cells in as they are found; an unfinished explanation of the same inputs is gone on with.

    Raises
    ------
    InputError
        If the result has not what is asked for, or the directory holds something else.
    """
    task = Task.of(result, scenario, against, outcome, team_years=team_years, seed=seed)
    return explained(task, workers=workers, out=out, force=force, progress=progress, say=say)


def explained(
    task: Task,
    *,
    workers: int = 1,
    out: Path | None = None,
    force: bool = False,
    progress: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Explanation:
    """Run the cells of a task that are not kept yet; see ``explain``."""
    if out is None:
        return Explanation.of(task, _found(task, {}, lambda _: None, workers, progress))
    with Kept(task, out, force=force) as kept:
        if kept.found:
            say(f"{len(kept.found)} of {len(task.places)} cells were in {out} already.")
        try:
            cells = _found(task, kept.found, kept.add, workers, progress)
        except KeyboardInterrupt:
            raise KeyboardInterrupt(
                f"{len(kept.found)} of {len(task.places)} cells are kept in {out}, and the same command goes on"
            ) from None
        kept.finish()
    return Explanation.of(task, cells)


def _found(
    task: Task, there: dict[tuple[int, int], Cell], keep: Callable[[Cell], None], workers: int, progress: bool
) -> dict[tuple[int, int], Cell]:
    """Run the cells that are not there, in threads; the compiled engine frees Python while it runs."""
    numbers = task.result.experiment.draws.numbers
    missing = [place for place in task.places if (numbers[place[0]], place[1]) not in there]
    for draw, _ in missing:
        task.result.experiment.draws.sites(draw)  # made before the threads ask for them
    cells = dict(there)
    pool = ThreadPoolExecutor(min(workers, os.cpu_count() or 1))
    try:
        futures = [pool.submit(task.run, place) for place in missing]
        shown = tqdm(
            as_completed(futures),
            total=len(task.places),
            initial=len(there),
            unit="cell",
            disable=None if progress else True,
        )
        for future in shown:
            cell = future.result()
            keep(cell)
            cells[cell.draw, cell.replicate] = cell
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    return cells
