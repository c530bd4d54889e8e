"""Workers of this machine: threads of this process, or processes started afresh."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Collection, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from functools import partial
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from experiments.blocks import Block, BlockResult
from experiments.experiment import Experiment
from experiments.workers.flow import WorkersDiedError, flow

if TYPE_CHECKING:
    from experiments.workers import Mapper

DEATHS = 3  #: processes that may die in a row without a result between


@contextmanager
def in_threads(experiment: Experiment, workers: int) -> "Iterator[Mapper]":
    """Open threads of this process."""
    with _closing(Threads(experiment, workers)) as crew:
        yield partial(flow, crew)


@contextmanager
def in_processes(experiment: Experiment, workers: int) -> "Iterator[Mapper]":
    """Open processes; one that is killed is replaced, and its blocks run again."""
    with _closing(Processes(experiment, workers)) as crew:
        yield partial(flow, crew)


@contextmanager
def _closing(crew: "Threads") -> "Iterator[Threads]":
    try:
        yield crew
    finally:
        crew.pool.shutdown(wait=True, cancel_futures=True)


class Threads:
    """Threads that run blocks."""

    def __init__(self, experiment: Experiment, workers: int) -> None:
        self.experiment, self.workers = experiment, workers
        self.limit = 2 * workers
        self.pool = self._pool()

    def _pool(self) -> Executor:
        return ThreadPoolExecutor(self.workers)

    def submit(self, block: Block) -> "Future[BlockResult]":
        """Send a block out."""
        return self.pool.submit(self.experiment.run_block, block)

    def finished(self, futures: "Collection[Future[BlockResult]]") -> "Collection[Future[BlockResult]]":
        """Wait until some are finished and return those."""
        return wait(futures, return_when=FIRST_COMPLETED).done

    def result(self, future: "Future[BlockResult]") -> BlockResult:
        """Return a finished block's result."""
        return future.result()

    def halt(self, futures: "Collection[Future[BlockResult]]") -> "Collection[Future[BlockResult]]":
        """Take back what has not begun, wait for the rest, and return it."""
        running = [future for future in futures if not future.cancel()]
        return [future for future in wait(running).done if future.exception() is None]

    def revive(self) -> None:
        """Do nothing: threads do not die."""


class Processes(Threads):
    """Processes that run blocks."""

    deaths = 0

    def _pool(self) -> Executor:
        resource_tracker.ensure_running()
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.workers, context, initializer=_remember, initargs=(self.experiment,))

    def submit(self, block: Block) -> "Future[BlockResult]":
        """Send a block out, which may start a process; Ctrl-C is for this process alone."""
        held = hasattr(signal, "pthread_sigmask")
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if held else set()
        try:
            return self.pool.submit(_run_remembered, block)
        except BrokenExecutor as error:
            raise WorkersDiedError from error
        finally:
            if held:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def result(self, future: "Future[BlockResult]") -> BlockResult:
        """Return a finished block's result; raise ``WorkersDiedError`` where a process was killed."""
        try:
            found = future.result()
        except BrokenExecutor as error:
            raise WorkersDiedError from error
        self.deaths = 0
        return found

    def revive(self) -> None:
        """Start new processes, unless they keep dying."""
        self.deaths += 1
        if self.deaths > DEATHS:
            raise RuntimeError(
                f"Worker processes died {self.deaths} times in a row: is there too little memory? Fewer --workers "
                "need less. What is finished is kept."
            )
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.pool = self._pool()


_EXPERIMENT: Experiment | None = None


def _remember(experiment: Experiment) -> None:
    """Keep the experiment in a worker process, leave Ctrl-C to its parent, and end when that ends."""
    global _EXPERIMENT
    _EXPERIMENT = experiment
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run_remembered(block: Block) -> BlockResult:
    assert _EXPERIMENT is not None
    return _EXPERIMENT.run_block(block)
