"""Cells kept as they are found, a line each: a result's directory would take a thousand times the room.

Lines stand in the order in which cells were finished until all are there, then in the order of draws: equal inputs
leave equal bytes, killed and gone on with included.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from experiments.errors import InputError
from experiments.explain.cells import Cell, Task
from experiments.provenance import DECIDING, program
from experiments.store.files import append_line, write_bytes
from experiments.store.lock import Lock

CELLS, INPUTS = "cells.jsonl", "inputs.json"


def inputs_of(task: Task) -> dict[str, Any]:
    """Return all that decides an explanation's numbers."""
    now = program()
    return {
        "result": task.result.experiment.fingerprint(),
        "scenario": task.scenario,
        "against": task.against,
        "outcome": task.outcome,
        "draws": task.draws,
        "replicates": task.replicates,
        "pairs": task.pairs,
        "seed": task.seed,
        "program": {key: now[key] for key in DECIDING},
    }


def folder_of(task: Task, result: Path) -> Path:
    """Return where an explanation goes beside its result, where nothing else is asked for."""
    text = json.dumps(inputs_of(task), sort_keys=True)
    return result / f"explain-{task.scenario}-{task.against}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


class Kept:
    """A directory that takes cells; ``found`` holds them by (draw's number, replicate).

    Raises
    ------
    InputError
        If the directory holds something else, or another process writes there.
    """

    def __init__(self, task: Task, folder: Path, *, force: bool = False) -> None:
        self.folder = folder
        wanted = (json.dumps(inputs_of(task), indent=1, sort_keys=True) + "\n").encode()
        _check(folder, wanted, force=force)
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(folder)
        if force:
            (folder / CELLS).unlink(missing_ok=True)
        write_bytes(folder / INPUTS, wanted)
        self.found = _read(folder / CELLS)

    def __enter__(self) -> "Kept":
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def add(self, cell: Cell) -> None:
        """Keep a cell."""
        self.found[cell.draw, cell.replicate] = cell
        append_line(self.folder / CELLS, _line(cell))

    def finish(self) -> None:
        """Put the lines in order."""
        lines = [_line(self.found[key]) for key in sorted(self.found)]
        write_bytes(self.folder / CELLS, "".join(lines).encode())


def _check(folder: Path, wanted: bytes, *, force: bool) -> None:
    path = folder / INPUTS
    if not folder.exists() or (path.is_file() and (force or path.read_bytes() == wanted)):
        return
    if path.is_file():
        raise InputError(
            f"--out {folder} holds an explanation of other inputs, or by another program; choose another directory, or "
            "give --force to replace it."
        )
    if not folder.is_dir() or any(folder.iterdir()):
        raise InputError(f"--out {folder} holds something that is no explanation; choose another directory.")


def _line(cell: Cell) -> str:
    return json.dumps(cell._asdict(), sort_keys=True) + "\n"


def _read(path: Path) -> dict[tuple[int, int], Cell]:
    """Return the cells of a file; a line torn by a kill is left out."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else []:
        try:
            cell = Cell(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[cell.draw, cell.replicate] = cell._replace(bars=tuple(cell.bars))
    return found
