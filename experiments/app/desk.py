"""The desk where the page's questions are answered: a few threads, blocks kept for the next question, bounded.

A question is an ``Experiment`` of both programmes and no programme. It is answered in stages, first with few draws and
one replicate, then with more, so that an answer stands at once and is refined. What was run of a programme is kept:
moving one lever of one programme runs that programme alone.
"""

import asyncio
import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Lock
from typing import NamedTuple

from calibration import Draws
from experiments import teams
from experiments.blocks import Block, BlockResult, split
from experiments.experiment import Experiment
from experiments.gathered import Gathered
from experiments.result import Result
from experiments.scenario import Scenario
from model.sites import Site

DRAWS_IN_A_BLOCK = 20  #: a twentieth of a second or so: how soon a question that is no longer asked gives way
KEPT_BYTES = 512 * 2**20
MOST_QUESTIONS = 12  #: at once; more are turned away
FIRST_DRAWS = 60  #: the fewest of which a sign can be called decided


class BusyError(RuntimeError):
    """There are as many questions being answered as the desk takes at once."""


class Question(NamedTuple):
    """Programmes to compare, whose teams, how far."""

    scenarios: tuple[Scenario, ...]
    teams: tuple[int | Site, ...]
    months: float


class Answer(NamedTuple):
    """A result on the way; ``last`` says that nothing better comes."""

    result: Result
    last: bool


class Kept:
    """Results of blocks by what decides them, the latest used ones; safe between threads."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self.limit, self.used = limit, 0
        self._found: OrderedDict[Hashable, BlockResult] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> BlockResult | None:
        """Return what is kept, or ``None``."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def put(self, key: Hashable, result: BlockResult) -> None:
        """Keep a result; let go of those that were not used for longest."""
        with self._lock:
            if key not in self._found:
                self._found[key] = result
                self.used += _size(result)
            while self.used > self.limit and len(self._found) > 1:
                self.used -= _size(self._found.popitem(last=False)[1])


def _size(result: BlockResult) -> int:
    return result.outcomes.nbytes + result.hours.nbytes + result.series.nbytes


class Desk:
    """Answers questions with some draws, in stages up to ``replicates`` runs of each."""

    def __init__(self, draws: Draws, *, replicates: int = 4, seed: int = 1, workers: int = 2) -> None:
        self.draws, self.replicates, self.seed = draws, replicates, seed
        self.kept = Kept()
        self.asked = 0
        self._few = draws.first(min(FIRST_DRAWS, len(draws)))
        self._pool = ThreadPoolExecutor(workers)
        self._turns = asyncio.Semaphore(workers)

    @property
    def full(self) -> bool:
        """Say whether another question would be turned away."""
        return self.asked >= MOST_QUESTIONS

    @property
    def options(self) -> str:
        """Return the options with which the command line runs as much."""
        kind = " --draws-from prior" if self.draws.kind == "prior" else ""
        return f" --draws {len(self.draws)}{kind} --replicates {self.replicates} --seed {self.seed}"

    def experiment(self, question: Question, *, few: bool = False) -> Experiment:
        """Return a question as an experiment; with ``few`` draws for a first look."""
        return Experiment(
            question.scenarios,
            draws=self._few if few else self.draws,
            replicates=self.replicates,
            seed=self.seed,
            teams=question.teams,
            months=question.months,
        )

    def warm(self, question: Question, say: Callable[[str], None]) -> None:
        """Compile the model where it has not been, and run what is asked first beforehand."""
        few, first = self.draws.first(1), question.scenarios[:1]
        Experiment(first, draws=few, replicates=1, teams=question.teams[:1], months=1.0).run(say=say)
        experiment = self.experiment(question)
        list(self._pool.map(partial(self._run, experiment), _blocks(experiment, 1)))

    async def answers(self, question: Question) -> AsyncIterator[Answer]:
        """Yield ever better answers: few draws, all draws, all replicates. What is known already is skipped.

        Raises
        ------
        BusyError
            If too many questions are being answered.
        InputError
            If the question cannot be run.
        """
        if self.full:
            raise BusyError
        self.asked += 1
        first, *others = self._stages(question)
        coming = asyncio.create_task(self._answer(*first))
        try:
            for after in (*others, None):
                result = await coming
                if after is not None:
                    coming = asyncio.create_task(self._answer(*after))  # while this answer is looked at
                    if self._known(*after):
                        continue
                yield Answer(result, last=after is None)
        finally:
            coming.cancel()
            self.asked -= 1

    def _stages(self, question: Question) -> list[tuple[Experiment, int]]:
        whole = self.experiment(question)
        first = [(self.experiment(question, few=True), 1)] if len(self._few) < len(self.draws) else []
        return first + [(whole, replicates) for replicates in sorted({1, self.replicates})]

    def _known(self, experiment: Experiment, replicates: int) -> bool:
        return all(self.kept.get(_key(experiment, block)) for block in _blocks(experiment, replicates))

    async def _answer(self, experiment: Experiment, replicates: int) -> Result:
        blocks = list(_blocks(experiment, replicates))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._block(experiment, block)) for block in blocks]
        found = [task.result()._replace(block=block) for task, block in zip(tasks, blocks, strict=True)]
        return Result(experiment, Gathered.of(experiment, found), replicates)

    async def _block(self, experiment: Experiment, block: Block) -> BlockResult:
        """Return a block's result, kept or run in its turn: questions asked at once take turns block by block."""
        kept = self.kept.get(_key(experiment, block))
        if kept is not None:
            return kept
        async with self._turns:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._run, experiment, block)

    def _run(self, experiment: Experiment, block: Block) -> BlockResult:
        result = experiment.run_block(block)
        if not result.failures:
            self.kept.put(_key(experiment, block), result)
        return result


def _blocks(experiment: Experiment, replicates: int) -> Iterator[Block]:
    for replicate in range(replicates):
        for scenario in range(len(experiment.scenarios)):
            yield from split(scenario, replicate, experiment.draws, DRAWS_IN_A_BLOCK)


def _key(experiment: Experiment, block: Block) -> Hashable:
    """Return what decides a block's numbers, at one desk; a scenario's name and titles do not."""
    scenario = experiment.scenarios[block.scenario]
    return (
        scenario.model_dump_json(exclude={"name", "title", "about"}),
        json.dumps(teams.to_json(experiment.teams)),
        experiment.months,
        block.replicate,
        block.first,
        block.last,
    )
