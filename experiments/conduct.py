"""The course of an experiment: blocks go out, results come back, are kept, and are asked whether they suffice."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from experiments.blocks import BlockResult
from experiments.experiment import Experiment
from experiments.gathered import Gathered
from experiments.result import Result, stored
from experiments.store import Store
from experiments.store.checks import check_free
from experiments.workers import Mapper, opened

Enough = Callable[[Result], bool]


class Keeper(Protocol):
    """What takes results as they come: a directory, or memory alone."""

    gathered: Gathered
    notes: list[str]

    def add(self, result: BlockResult) -> int:
        """Take a result; return how many of its cells are new."""

    def interrupt(self) -> None:
        """Leave what there is fit to go on from."""

    def finish(self, replicates: int) -> None:
        """Leave the finished result."""


class Memory:
    """Results kept in memory alone."""

    def __init__(self, experiment: Experiment) -> None:
        self.gathered = Gathered(experiment)
        self.notes: list[str] = []

    def add(self, result: BlockResult) -> int:
        """Take a result; return how many of its cells are new."""
        return self.gathered.add(result)

    def interrupt(self) -> None:
        """Do nothing: what there is, is in memory."""

    def finish(self, replicates: int) -> None:
        """Do nothing: what there is, is in memory."""


def conduct(
    experiment: Experiment,
    *,
    workers: int,
    scheduler: str | None,
    progress: bool,
    enough: Enough | None,
    out: Path | None,
    force: bool,
    say: Callable[[str], None],
) -> Result:
    """Run what is not there yet of an experiment; see ``Experiment.run``."""
    if out is not None and not force:
        result = stored(experiment, out, enough)
        if result is not None:
            say(f"read again from {out}.")
            return result
    if out is not None:
        check_free(experiment, out, force=force)
    with (
        opened(experiment, workers, scheduler) as mapper,
        _keeper(experiment, out, force, scheduler or workers) as keeper,
    ):
        for note in keeper.notes:
            say(note)
        if experiment.engine == "compiled" and scheduler is None:
            announce_compiling(say)
        try:
            replicates = _go_on(experiment, keeper, mapper, progress=progress, enough=enough)
        except KeyboardInterrupt:
            keeper.interrupt()
            return _interrupted(experiment, keeper.gathered, out)
        except Exception:  # a cluster that is gone, workers that keep dying
            keeper.interrupt()
            raise
        keeper.finish(replicates)
    return Result(experiment, keeper.gathered, replicates)


def announce_compiling(say: Callable[[str], None]) -> None:
    """Say that the model is compiled first, where it has not been on this machine."""
    from model.compiling import cache_folder, is_kept

    if cache_folder() is None:
        say("compiling the model, some 12 seconds; it cannot be kept, see 'crtsip doctor' ...")
    elif not is_kept():
        say("compiling the model, once on this machine: some 8 seconds ...")


def _keeper(
    experiment: Experiment, out: Path | None, force: bool, workers: int | str
) -> "nullcontext[Memory] | Store":
    if out is None:
        return nullcontext(Memory(experiment))
    return Store(experiment, out, force=force, workers=workers)


def _go_on(
    experiment: Experiment, keeper: Keeper, mapper: Mapper, *, progress: bool, enough: Enough | None
) -> int:
    """Run what is missing, and return how many replicates it took; all at once where nobody asks in between."""
    asked, gathered = experiment.replicates, keeper.gathered
    total = asked * len(experiment.draws) * len(experiment.scenarios)
    steps = [(0, asked)] if enough is None else [(k, k + 1) for k in range(asked)]
    with tqdm(
        total=total, initial=min(len(gathered), total), unit="cell", disable=None if progress else True
    ) as bar:
        for first, last in steps:
            for result in mapper(gathered.missing(first, last)):
                bar.update(keeper.add(result))
            if enough is not None and enough(Result(experiment, gathered, last)):
                return last
    return asked


def _interrupted(experiment: Experiment, gathered: Gathered, out: Path | None) -> Result:
    """Return the whole replicates, or go on with the interruption where there is none."""
    whole = min(gathered.whole, experiment.replicates)
    if whole:
        return Result(experiment, gathered, whole, interrupted=True)
    if out is None:
        raise KeyboardInterrupt
    raise KeyboardInterrupt(
        f"no replicate is whole yet; {len(gathered)} cells are kept in {out}, and the same command goes on from there"
    )
