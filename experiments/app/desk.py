"""The desk where the page's questions are answered: a few threads, blocks kept for the next question, bounded.

A question is an ``Experiment`` of both programmes and no programme. It is answered in stages, first with few draws and
one replicate, then with more, so that an answer stands at once and is refined. What was run of a programme is kept:
moving one lever of one programme runs that programme alone.
"""

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import zip_longest
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
PATIENCE = 0.4  #: seconds: a better answer that is to come within them of the question is waited for
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


class Stage(NamedTuple):
    """How far a question is answered: its blocks, and the key by which each is kept."""

    experiment: Experiment
    replicates: int
    blocks: list[Block]
    keys: list[Hashable]

    def result(self, found: list[BlockResult]) -> Result:
        """Return the blocks' results as that of the experiment."""
        placed = (one._replace(block=block) for one, block in zip(found, self.blocks, strict=True))
        return Result(self.experiment, Gathered.of(self.experiment, placed), self.replicates)


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

    def __init__(
        self,
        draws: Draws,
        *,
        replicates: int = 4,
        seed: int = 1,
        workers: int = 2,
        patience: float = PATIENCE,
    ) -> None:
        self.draws, self.replicates, self.seed, self.patience = draws, replicates, seed, patience
        self.kept = Kept()
        self.asked = 0
        self._few = draws.first(min(FIRST_DRAWS, len(draws)))
        self._pool = ThreadPoolExecutor(workers)
        self._turns = asyncio.Semaphore(2 * workers)  # no thread is to wait for the loop

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
        stage = _stage(self.experiment(question), 1)
        list(self._pool.map(partial(self._run, stage.experiment), stage.blocks, stage.keys))

    async def answers(self, question: Question) -> AsyncIterator[Answer]:
        """Yield ever better answers: few draws, all draws, all replicates.

        What is known already is skipped, and what a better answer is to replace within the desk's ``patience``.

        Raises
        ------
        BusyError
            If too many questions are being answered.
        InputError
            If the question cannot be run.
        """
        if self.full:
            raise BusyError
        begun, stages = time.monotonic(), self._stages(question)
        coming = self._begin(stages)
        new = [task for key, task in coming.items() if self.kept.get(key) is None]
        self.asked += 1
        try:
            for stage, after in zip_longest(stages, stages[1:]):
                found = [await coming[key] for key in stage.keys]
                if after is not None:
                    ran = sum(task.done() for task in new)
                    left = sum(not coming[key].done() for key in after.keys)
                    took = time.monotonic() - begun
                    if not left or (ran and took * (1.0 + left / ran) < self.patience):
                        continue
                yield Answer(stage.result(found), last=after is None)
        finally:
            for task in coming.values():
                task.cancel()
            self.asked -= 1

    def _stages(self, question: Question) -> list[Stage]:
        whole = self.experiment(question)
        first = [_stage(self.experiment(question, few=True), 1)] if len(self._few) < len(self.draws) else []
        return first + [_stage(whole, replicates) for replicates in sorted({1, self.replicates})]

    def _begin(self, stages: list[Stage]) -> dict[Hashable, "asyncio.Task[BlockResult]"]:
        """Begin to run all blocks, those of an earlier stage before; return them by key."""
        coming: dict[Hashable, asyncio.Task[BlockResult]] = {}
        for stage in stages:
            for block, key in zip(stage.blocks, stage.keys, strict=True):
                if key not in coming:
                    coming[key] = asyncio.create_task(self._block(stage.experiment, block, key))
        return coming

    async def _block(self, experiment: Experiment, block: Block, key: Hashable) -> BlockResult:
        """Return a block's result, kept or run in its turn: questions asked at once take turns block by block."""
        kept = self.kept.get(key)
        if kept is not None:
            return kept
        async with self._turns:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, self._run, experiment, block, key)

    def _run(self, experiment: Experiment, block: Block, key: Hashable) -> BlockResult:
        result = experiment.run_block(block)
        if not result.failures:
            self.kept.put(key, result)
        return result


def _stage(experiment: Experiment, replicates: int) -> Stage:
    blocks = _blocks(experiment, replicates)
    decisive = [_decisive(experiment, scenario) for scenario in experiment.scenarios]
    keys: list[Hashable] = [(decisive[b.scenario], b.replicate, b.first, b.last) for b in blocks]
    return Stage(experiment, replicates, blocks, keys)


def _blocks(experiment: Experiment, replicates: int) -> list[Block]:
    return [
        block
        for replicate in range(replicates)
        for scenario in range(len(experiment.scenarios))
        for block in split(scenario, replicate, experiment.draws, DRAWS_IN_A_BLOCK)
    ]


def _decisive(experiment: Experiment, scenario: Scenario) -> Hashable:
    """Return what decides a scenario's numbers, at one desk; its name and titles do not."""
    programme = scenario.model_dump_json(exclude={"name", "title", "about"})
    return programme, json.dumps(teams.to_json(experiment.teams)), experiment.months
