"""Finished blocks on the disk while a run goes on: a file for about a second of results, with its checksum for a name.

A file that is torn, or was written for other inputs or by another program, is told apart and never trusted.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from experiments.blocks import Block, BlockResult, Failure
from experiments.store.files import write_bytes

NAME = re.compile(r"\d{6}-([0-9a-f]{16})\.npz")


class ForeignError(ValueError):
    """A file that cannot be trusted; the message says why."""


def write_blocks(folder: Path, number: int, made_for: str, results: Sequence[BlockResult]) -> Path:
    """Write some blocks as one file; ``made_for`` names inputs and program."""
    failures = [[list(failure) for failure in result.failures] for result in results]
    buffer = io.BytesIO()
    np.savez(
        buffer,
        made_for=np.array(made_for),
        blocks=np.array([result.block for result in results], np.int64),
        outcomes=np.concatenate([result.outcomes for result in results]),
        hours=np.concatenate([result.hours for result in results]),
        series=np.concatenate([result.series for result in results]),
        failures=np.array(json.dumps(failures)),
    )
    content = buffer.getbuffer()
    path = folder / f"{number:06d}-{_checksum(content)}.npz"
    write_bytes(path, content)
    return path


def read_blocks(path: Path, made_for: str) -> Iterator[BlockResult]:
    """Yield a file's blocks.

    Raises
    ------
    ForeignError
        If it is torn, of other inputs or by another program.
    """
    content = path.read_bytes()
    named = NAME.fullmatch(path.name)
    if named is None:
        raise ForeignError("it is no file of ours")
    if named[1] != _checksum(content):
        raise ForeignError("it is torn or was changed")
    with np.load(io.BytesIO(content), allow_pickle=False) as parts:
        if str(parts["made_for"]) != made_for:
            raise ForeignError("it belongs to other inputs or another version of the program")
        blocks = [Block(*map(int, row)) for row in parts["blocks"]]
        outcomes, hours, series = (parts[name] for name in ("outcomes", "hours", "series"))
        failures = json.loads(str(parts["failures"]))
    first = 0
    for block, failed in zip(blocks, failures, strict=True):
        rows = slice(first, first + len(block.draws))
        failed_here = tuple(Failure(draw, error) for draw, error in failed)
        yield BlockResult(block, outcomes[rows], hours[rows], series[rows], failed_here)
        first = rows.stop


def _checksum(content: bytes | memoryview) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
