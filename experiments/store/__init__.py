"""A result's directory, written as cells finish; what is finished outlives a kill at any moment.

While a run goes on its finished blocks stand in ``partial/``. When it is finished they become ``data/``, the manifest
says so, and ``partial/`` goes; a kill between any two steps leaves one or the other to go on from.
"""

import shutil
import time
from pathlib import Path
from typing import Any, Self

from experiments.blocks import BlockResult, Cell
from experiments.experiment import Experiment
from experiments.gathered import Gathered
from experiments.provenance import differences, hashes, log_line
from experiments.store.checks import check_free, check_unchanged
from experiments.store.failed import failed_name, write_failed
from experiments.store.files import BESIDE, append_line, write_bytes, write_whole
from experiments.store.lock import Lock
from experiments.store.manifest import NAME as MANIFEST
from experiments.store.manifest import failed_in, manifest_in, manifest_of, same_inputs, write_manifest
from experiments.store.parquet import read_data, write_data
from experiments.store.partial import made_for, read_partial, write_blocks

SECONDS = 1.0  #: results gather so long before they are written: about as much is lost at a kill
ASIDE = "before"  #: where a result of the same inputs by another program goes
BYTES = 2**24  #: or until there are so many, so that memory stays bounded
OURS = ("data", "partial", "failed", "scenarios", "draws.parquet", "log.jsonl")


class Store:
    """A directory that takes an experiment's blocks; ``gathered`` holds what stood there and what came since.

    Raises
    ------
    InputError
        If the directory holds something else, a result of other inputs, or another process writes there.
    """

    def __init__(
        self, experiment: Experiment, folder: Path, *, force: bool = False, workers: int | str = 1
    ) -> None:
        check_free(experiment, folder, force=force)
        self.experiment = experiment
        self.folder = folder
        self.workers = workers  # for the log
        self.notes: list[str] = []  # what a user should know
        self._waiting: list[BlockResult] = []
        self._bytes = 0
        self._flushed = time.monotonic()
        self._partials = 0
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = Lock(folder)
        try:
            self._begin(force=force)
            self.log("resumed" if len(self.gathered) else "started")
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    # -- what stands there ------------------------------------------------------------------------------------

    def _begin(self, *, force: bool) -> None:
        manifest = manifest_in(self.folder)
        check_free(self.experiment, self.folder, force=force)  # again: now nobody else can change it
        if manifest is not None and force:
            self._clear()
            manifest = None
        elif manifest is not None and not same_inputs(self.experiment, manifest):
            self._set_aside(manifest)
            manifest = None
        self.gathered = Gathered(self.experiment)
        if manifest is not None and manifest["status"] == "finished":
            self._take_finished(manifest)
        elif manifest is not None:
            self._take_partial()
        self._write_inputs()
        if len(self.gathered):
            self.notes.append(f"resumed from {self.folder}, {self._there()}.")

    def _there(self) -> str:
        total = self.experiment.replicates * self.gathered.done[0].size
        return f"{len(self.gathered):,} of {max(total, len(self.gathered)):,} cells were there"

    def _clear(self) -> None:
        """Remove what is ours of an old result; a page or a note somebody put beside it stays."""
        for name in (*OURS, MANIFEST):
            path = self.folder / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def _set_aside(self, manifest: dict[str, Any]) -> None:
        """Move a result of another program out of the way, whole: numbers are removed by --force alone."""
        changed = "; ".join(differences(manifest["provenance"], self.experiment.provenance()))
        moving, aside = self.folder / (ASIDE + BESIDE), self.folder / ASIDE
        moving.mkdir(exist_ok=True)
        for name in (*OURS, MANIFEST):
            if (self.folder / name).exists():
                (self.folder / name).replace(moving / name)
        shutil.rmtree(aside, ignore_errors=True)
        moving.replace(aside)
        self.notes.append(
            f"{self.folder} was made by another program ({changed}): begun again, and what stood there is in {aside}."
        )

    def _take_finished(self, manifest: dict[str, Any]) -> None:
        """Go on from a finished result: from here on its cells stand in ``partial/``, as those of any running one."""
        check_unchanged(self.folder, manifest)
        failed = failed_in(self.experiment, manifest)
        shutil.rmtree(self.folder / "partial", ignore_errors=True)
        for result in read_data(self.experiment, manifest["replicates"], failed, self.folder / "data"):
            self.gathered.add(result)
            self._write_partial([result])

    def _take_partial(self) -> None:
        found, refused = read_partial(self.experiment, self.folder, self.experiment.provenance())
        self.gathered = found
        for path, why in refused.items():
            self.notes.append(f"{path} is left aside: {why}.")
            self.log("left aside", file=path.name, why=why)
        numbers = [
            int(path.name[:6]) for path in self.folder.glob("partial/*.npz") if path.name[:6].isdigit()
        ]
        self._partials = max(numbers, default=-1) + 1

    def _write_inputs(self) -> None:
        """Write what the cells belong to; the manifest first: from then on the directory is known as a result."""
        self._write_manifest("running")
        for name in ("scenarios", "partial"):
            (self.folder / name).mkdir(exist_ok=True)
        for scenario in self.experiment.scenarios:
            write_bytes(self.folder / "scenarios" / f"{scenario.name}.toml", scenario.to_toml().encode())
        table = self.experiment.draws.table
        write_whole(
            self.folder / "draws.parquet", lambda beside: table.to_parquet(beside, compression="zstd")
        )

    # -- while the run goes on --------------------------------------------------------------------------------

    def add(self, result: BlockResult) -> int:
        """Take a block's numbers, and write them when enough has gathered; return how many cells are new."""
        new = self.gathered.add(result)
        if new:
            self._waiting.append(result)
            self._bytes += result.outcomes.nbytes + result.hours.nbytes + result.series.nbytes
        if time.monotonic() - self._flushed > SECONDS or self._bytes > BYTES:
            self.flush()
        return new

    def flush(self) -> None:
        """Write what has gathered since the last time."""
        if self._waiting:
            self._write_partial(self._waiting)
            self._waiting, self._bytes = [], 0
            self._write_manifest("running")
        self._flushed = time.monotonic()

    def _write_partial(self, results: list[BlockResult]) -> None:
        for result in results:
            for draw, error in result.failures:
                cell = Cell(result.block.scenario, draw, result.block.replicate)
                write_failed(self.folder / "failed", self.experiment, cell, error)
        folder = self.folder / "partial"
        folder.mkdir(exist_ok=True)
        write_blocks(folder, self._partials, made_for(self.experiment.provenance()), results)
        self._partials += 1

    # -- its end ----------------------------------------------------------------------------------------------

    def interrupt(self) -> None:
        """Leave an unfinished result that can be read and resumed."""
        self.flush()
        self._write_manifest("interrupted")
        self.log("interrupted")

    def finish(self, replicates: int) -> None:
        """Turn what was found into a finished result; whole replicates beyond those asked for stay."""
        kept = max(replicates, self.gathered.whole)
        self.gathered.forget_from(kept)
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        write_data(self.gathered, kept, data)
        self._write_all_failed()
        self.log("finished")
        files = hashes(self.folder, ("data", "scenarios", "failed", "draws.parquet"))
        write_manifest(self.folder, manifest_of(self.gathered, kept, "finished", files))
        shutil.rmtree(self.folder / "partial", ignore_errors=True)
        self._waiting = []

    def _write_all_failed(self) -> None:
        wanted = {failed_name(self.experiment, cell): cell for cell in self.gathered.failed}
        for path in (self.folder / "failed").glob("*"):
            if path.name not in wanted:
                path.unlink()
        for cell in wanted.values():
            write_failed(self.folder / "failed", self.experiment, cell, self.gathered.failed[cell])

    def log(self, event: str, **what: Any) -> None:
        """Add a line to the log; logs differ between equal results."""
        what |= {"engine": self.experiment.engine, "workers": self.workers, "cells": len(self.gathered)}
        append_line(self.folder / "log.jsonl", log_line(event=event, **what))

    def _write_manifest(self, status: str) -> None:
        write_manifest(self.folder, manifest_of(self.gathered, self.gathered.whole, status, {}))
