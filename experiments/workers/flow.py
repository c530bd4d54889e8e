"""Blocks in flight: so many and no more, so that memory stays bounded however long the experiment is."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Protocol

from experiments.blocks import Block, BlockResult


class WorkersDiedError(RuntimeError):
    """Blocks in flight are lost with the workers that had them; others may run them."""


class Crew(Protocol):
    """Workers that take blocks; a future is whatever ``submit`` returns."""

    limit: int  #: blocks in flight

    def submit(self, block: Block) -> Any:
        """Send a block out."""

    def finished(self, futures: Collection[Any]) -> Collection[Any]:
        """Wait until some are finished and return those."""

    def result(self, future: Any) -> BlockResult:
        """Return a finished block's result; raise ``WorkersDiedError`` where all in flight are lost."""

    def halt(self, futures: Collection[Any]) -> Collection[Any]:
        """Take back what has not begun, and return those that finished all the same."""

    def revive(self) -> None:
        """Get new workers for those that died."""


def flow(crew: Crew, blocks: Iterable[Block]) -> Iterator[BlockResult]:
    """Yield the blocks' results as they finish. Interrupted, yield what has finished before going on with that."""
    left = iter(blocks)
    again: list[Block] = []
    pending: dict[Any, Block] = {}
    try:
        while True:
            try:
                _send_out(crew, left, again, pending)
                if not pending:
                    return
                for future in crew.finished(pending):
                    found = crew.result(future)
                    del pending[future]
                    yield found
            except WorkersDiedError:
                again += pending.values()
                pending.clear()
                crew.revive()
    except KeyboardInterrupt:
        for future in crew.halt(pending):
            yield crew.result(future)
        raise


def _send_out(crew: Crew, left: Iterator[Block], again: list[Block], pending: dict[Any, Block]) -> None:
    """Send blocks out up to the limit, those first that were lost; one whose sending fails is to go again."""
    while len(pending) < crew.limit:
        if not again:
            again += [block for block in [next(left, None)] if block is not None]
        if not again:
            return
        pending[crew.submit(again[0])] = again[0]
        del again[0]
