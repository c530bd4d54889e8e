"""Finished blocks on the disk while a run goes on: a file for about a second of results, with its checksum for a name.

A file that is torn, or was written for other inputs or by another program, is told apart and never trusted.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from experiments.blocks import Block, BlockResult, Failure
from experiments.experiment import Experiment
from experiments.gathered import Gathered
from experiments.store.files import BESIDE, write_bytes

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


def made_for(provenance: dict[str, Any]) -> str:
    """Return what a partial file is good for: these inputs, this program."""
    packages = [f"{name} {version}" for name, version in sorted(provenance["packages"].items())]
    names = ("fingerprint", "program", "code", "python")
    return "; ".join([*(str(provenance[name]) for name in names), *packages])


def read_partial(
    experiment: Experiment, folder: Path, provenance: dict[str, Any]
) -> tuple[Gathered, dict[Path, str]]:
    """Return what stands in ``partial/`` of a run of this provenance, and the files that are not trusted with why."""
    gathered = Gathered(experiment)
    refused: dict[Path, str] = {}
    for path in sorted((folder / "partial").glob("*")):
        if path.name.endswith(BESIDE):
            continue
        try:
            for result in read_blocks(path, made_for(provenance)):
                if not gathered.there(result.block):
                    gathered.add(result)
        except (ForeignError, OSError) as error:
            refused[path] = str(error)
    return gathered, refused


def _checksum(content: bytes | memoryview) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
