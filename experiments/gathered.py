"""Cells gathered as they come in, in arrays without gaps: an object for each would take more room than its numbers."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self

import numpy as np

from experiments.blocks import DRAWS_IN_A_BLOCK, Block, BlockResult, Cell, Failure, split
from model.outcomes import HOURS_NAMES, OUTCOME_NAMES
from model.record import NAMES

if TYPE_CHECKING:
    from experiments.experiment import Experiment


NUMBERS = ("outcomes", "hours", "series")
AT_ONCE = 64  #: replicates that room is made for at once


class Gathered:
    """The numbers of an experiment's cells, NaN where a cell failed, and which cells are there.

    ``done[replicate, scenario, draw]``; ``outcomes[replicate, scenario, draw, team, outcome]``, ``hours`` by kind
    (both float64), ``series[replicate, scenario, draw, team, month end, series]`` (float32). ``failed`` tells why, by
    cell. Arrays grow with the replicates.
    """

    def __init__(self, experiment: "Experiment") -> None:
        self.experiment = experiment
        self.failed: dict[Cell, str] = {}
        place = (0, len(experiment.scenarios), len(experiment.draws))
        of_team = (*place, len(experiment.teams))
        self._used = 0  # replicates of which something is there, or of a later one
        self.done = np.zeros(place, np.bool_)
        self.outcomes = np.empty((*of_team, len(OUTCOME_NAMES)))
        self.hours = np.empty((*of_team, len(HOURS_NAMES)))
        self.series = np.empty((*of_team, len(experiment.month_ends), len(NAMES)), np.float32)

    @classmethod
    def of(cls, experiment: "Experiment", results: Iterable[BlockResult]) -> Self:
        """Gather results."""
        found = cls(experiment)
        for result in results:
            found.add(result)
        return found

    def __len__(self) -> int:
        """Return how many cells are there, those that failed included."""
        return int(self.done.sum())

    @property
    def whole(self) -> int:
        """Return how many replicates are there without a gap, from the first on."""
        complete = np.asarray(self.done.all(axis=(1, 2)))
        return len(complete) if complete.all() else int(np.argmin(complete))

    def there(self, block: Block) -> bool:
        """Say whether all of a block is there already."""
        if block.replicate >= len(self.done):
            return False
        return bool(self.done[block.replicate, block.scenario, block.first : block.last].all())

    def add(self, result: BlockResult) -> int:
        """Put a block's numbers in their place; return how many of its cells were not there yet."""
        block = result.block
        self._make_room(block.replicate + 1)
        place = (block.replicate, block.scenario, slice(block.first, block.last))
        self.outcomes[place], self.hours[place] = result.outcomes, result.hours
        self.series[place] = result.series
        for failure in result.failures:
            self.failed[Cell(block.scenario, failure.draw, block.replicate)] = failure.error
        new = int((~self.done[place]).sum())
        self.done[place] = True
        return new

    def forget_from(self, replicates: int) -> None:
        """Forget what is there of later replicates."""
        self.done[replicates:] = False
        self.failed = {cell: error for cell, error in self.failed.items() if cell.replicate < replicates}

    def missing(self, first: int, last: int) -> Iterator[Block]:
        """Yield what is not there of some replicates, replicate by replicate: any beginning is balanced."""
        size = DRAWS_IN_A_BLOCK[self.experiment.engine]
        for replicate in range(first, last):
            for scenario in range(len(self.experiment.scenarios)):
                there = replicate < len(self.done)
                draws = np.flatnonzero(~self.done[replicate, scenario]) if there else self.experiment.draws
                yield from split(scenario, replicate, map(int, draws), size)

    def results(self, replicates: int) -> Iterator[BlockResult]:
        """Yield what is there of the first replicates, one scenario and replicate at a time."""
        for replicate in range(min(replicates, len(self.done))):
            for scenario in range(self.done.shape[1]):
                draws = np.flatnonzero(self.done[replicate, scenario])
                for block in split(scenario, replicate, map(int, draws), len(self.experiment.draws)):
                    place = (replicate, scenario, slice(block.first, block.last))
                    errors = [(d, self.failed.get(Cell(scenario, d, replicate))) for d in block.draws]
                    failures = tuple(Failure(d, error) for d, error in errors if error is not None)
                    parts = (self.outcomes[place], self.hours[place], self.series[place])
                    yield BlockResult(block, *parts, failures)

    def _make_room(self, replicates: int) -> None:
        """Let the arrays hold so many replicates: those asked for at once, which takes no memory before it is used."""
        had, used = len(self.done), self._used
        if replicates > had:
            room = max(replicates, min(max(2 * had, AT_ONCE), self.experiment.replicates))
            for name in ("done", *NUMBERS):
                old = getattr(self, name)
                make = np.zeros if name == "done" else np.empty
                new = make((room, *old.shape[1:]), old.dtype)
                new[:used] = old[:used]
                setattr(self, name, new)
        for name in NUMBERS:
            getattr(self, name)[used:replicates] = np.nan
        self._used = max(used, replicates)
