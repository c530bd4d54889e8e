"""Who runs the blocks: this process, its threads, processes beside it, or a Dask cluster.

Each is a function from blocks to their results as they finish, in any order; the numbers do not depend on which.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext

from experiments.blocks import Block, BlockResult
from experiments.experiment import Experiment

Mapper = Callable[[Iterable[Block]], Iterator[BlockResult]]


def opened(experiment: Experiment, workers: int, scheduler: str | None) -> AbstractContextManager[Mapper]:
    """Return who runs an experiment's blocks: a cluster where a scheduler is named, else so many workers here.

    Mesa runs in processes started afresh; the compiled engine frees Python while it runs and needs only threads.

    Raises
    ------
    InputError
        If the scheduler cannot be used.
    """
    if scheduler is not None:
        from experiments.workers.cluster import on_cluster

        return on_cluster(experiment, scheduler)
    if workers == 1:
        return nullcontext(lambda blocks: map(experiment.run_block, blocks))
    from experiments.workers import local

    if experiment.engine == "compiled":
        return local.in_threads(experiment, workers)
    return local.in_processes(experiment, workers)
