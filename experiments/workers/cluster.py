"""A running Dask cluster: blocks go to its workers, results come back; a worker that is killed costs time alone."""

import logging
import pickle
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache, partial
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

from experiments.blocks import Block, BlockResult
from experiments.errors import InputError
from experiments.experiment import Experiment
from experiments.provenance import DECIDING, differences, program
from experiments.workers.flow import flow

if TYPE_CHECKING:
    from experiments.workers import Mapper

SECONDS_TO_CONNECT = 8
SECONDS_FOR_WORKERS = 8
RETRIES = 5  #: of a block whose worker gave an error that is none of the block's
IN_FLIGHT_A_THREAD = 4
NOISY = ("distributed", "tornado", "asyncio")  #: what Dask logs by, its event loop included


@contextmanager
def on_cluster(experiment: Experiment, address: str) -> "Iterator[Mapper]":
    """Connect to a scheduler, and see that its workers run this very program.

    Raises
    ------
    InputError
        If ``distributed`` is not installed, nobody answers, there are no workers, or they have other versions.
    """
    distributed = _package()
    with _quiet():
        client = _connected(distributed, address)
        try:
            _check_workers(client, address)
            yield partial(flow, Cluster(distributed, client, experiment, address))
        finally:
            client.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from telling tracebacks of what this program tells in a sentence."""
    names = [
        *NOISY,
        *(name for name in logging.root.manager.loggerDict if name.startswith(tuple(f"{n}." for n in NOISY))),
    ]
    levels = {logger: logger.level for logger in map(logging.getLogger, names)}
    for logger in levels:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in levels.items():
            logger.setLevel(level)


class Cluster:
    """The workers of a Dask cluster.

    The experiment goes out once, as a task of its own: where all workers that hold it die, Dask makes it again.
    """

    def __init__(self, distributed: Any, client: Any, experiment: Experiment, address: str) -> None:
        self.distributed, self.client, self.address = distributed, client, address
        self.limit = max(16, IN_FLIGHT_A_THREAD * sum(client.nthreads().values()))
        self.name = f"crtsip-{experiment.fingerprint()}-{program()['code']}"
        payload = pickle.dumps(experiment)
        self.experiment = client.submit(pickle.loads, payload, key=f"{self.name}-experiment", retries=RETRIES)

    def submit(self, block: Block) -> Any:
        """Send a block out; its key is its place, so that it is computed once."""
        key = f"{self.name}-block-{'-'.join(map(str, block))}"
        with self._while_there():
            return self.client.submit(
                run_there, self.experiment, block, _deciding(), key=key, retries=RETRIES
            )

    def finished(self, futures: Collection[Any]) -> Collection[Any]:
        """Wait until some are finished and return those."""
        with self._while_there():
            found = self.distributed.wait(list(futures), return_when="FIRST_COMPLETED")
        return list(found.done)

    def result(self, future: Any) -> BlockResult:
        """Return a finished block's result.

        Raises
        ------
        InputError
            If the scheduler is gone, or a worker that came later runs another program.
        RuntimeError
            If the block killed one worker after another.
        """
        try:
            with self._while_there():
                found: BlockResult = future.result()
        except self.distributed.KilledWorker as error:
            raise RuntimeError(
                f"Several workers died of one block ({future.key}): have they too little memory? What is finished is "
                "kept; start again with fewer threads a worker."
            ) from error
        return found

    @contextmanager
    def _while_there(self) -> Iterator[None]:
        """Tell in a sentence that the scheduler is gone, in whatever way it shows."""
        try:
            yield
        except (self.distributed.CancelledError, OSError, RuntimeError) as error:
            if isinstance(error, RuntimeError) and self.client.status == "running":
                raise
            raise InputError(
                f"--scheduler {self.address}: the scheduler is gone. What is finished is kept; start it and give the "
                "same command again."
            ) from error

    def halt(self, futures: Collection[Any]) -> Collection[Any]:
        """Take back what is not finished and return the rest."""
        there = [future for future in futures if future.status == "finished"]
        self.client.cancel([future for future in futures if future.status != "finished"])
        return there

    def revive(self) -> None:
        """Do nothing: Dask sends the blocks of a dead worker to another."""


def run_there(experiment: Experiment, block: Block, wanted: dict[str, Any]) -> BlockResult:
    """Run a block on a worker of the cluster, if it runs the client's program."""
    found = differences(_deciding(), wanted)
    if found:
        raise InputError(_refusal("a worker", found))
    return experiment.run_block(block)


@cache
def _deciding() -> dict[str, Any]:
    """Return what must be the same here and there."""
    now = program()
    return {key: now[key] for key in (*DECIDING, "commit")}


def _package() -> Any:
    try:
        import distributed
    except ImportError:
        raise InputError(
            "--scheduler needs Dask, which is not installed: pip install 'crtsip[cluster]', here and on every worker."
        ) from None
    return distributed


def _connected(distributed: Any, address: str) -> Any:
    """Connect, and give up in time: what answers may be no Dask scheduler, and then anything can come back."""
    came: Queue[Any] = Queue()

    def connect() -> None:
        try:
            came.put(distributed.Client(address, timeout=SECONDS_TO_CONNECT))
        except Exception as error:
            came.put(error)

    threading.Thread(target=connect, daemon=True).start()
    try:
        found = came.get(timeout=SECONDS_TO_CONNECT + 2)
    except Empty:
        found = TimeoutError("what listens there does not speak Dask's language")
    if not isinstance(found, Exception):
        return found
    why = " ".join(str(found).split())[:200]
    raise InputError(
        f"--scheduler {address}: no Dask scheduler answers there ({why}). Start one with 'dask scheduler' and give the "
        "address it prints, as in tcp://127.0.0.1:8786."
    )


def _check_workers(client: Any, address: str) -> None:
    """See that there are workers and that they run this very program."""
    try:
        client.wait_for_workers(1, timeout=SECONDS_FOR_WORKERS)
    except TimeoutError:
        raise InputError(
            f"--scheduler {address}: the scheduler has no workers. Start some with 'dask worker {address}'."
        ) from None
    for worker, there in client.run(_deciding, on_error="return").items():
        if isinstance(there, BaseException):
            raise InputError(
                f"--scheduler {address}: worker {worker} cannot run crtsip ({there}). Install the same version there."
            )
        found = differences(there, _deciding())
        if found:
            raise InputError(f"--scheduler {address}: {_refusal(f'worker {worker}', found)}")


def _refusal(who: str, found: list[str]) -> str:
    told = "; ".join(found).replace(" then,", " there,").replace(" now", " here")
    return f"{who} runs another program, its numbers could differ: {told}. Install the same there."
