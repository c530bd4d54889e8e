"""A result: outcomes and monthly series of every cell, in memory and as a directory."""

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from experiments import teams as team_choice
from experiments.blocks import BlockResult, Cell
from experiments.crossing import CROSSINGS
from experiments.errors import InputError
from experiments.experiment import Experiment
from experiments.gathered import Gathered
from model.outcomes import HOURS_NAMES, OUTCOME_NAMES, OUTCOMES
from model.record import WEEKLY

if TYPE_CHECKING:
    import xarray as xr


class Result:
    """What an experiment found: ``outcomes[scenario, draw, replicate, team, outcome]`` and more by label.

    ``to_dataset()`` gives it all as an ``xarray.Dataset`` with units and provenance.
    """

    def __init__(
        self, experiment: Experiment, gathered: Gathered, replicates: int, interrupted: bool = False
    ) -> None:
        self.experiment = experiment
        self.gathered = gathered
        self.replicates = replicates
        self.interrupted = interrupted
        self.made_by: dict[str, Any] | None = None  # the provenance found with it, where it was read

    @classmethod
    def of(cls, experiment: Experiment, results: Iterable[BlockResult], replicates: int) -> Self:
        """Return the result of some blocks; what is not among them is NaN."""
        return cls(experiment, Gathered.of(experiment, results), replicates)

    @property
    def scenarios(self) -> list[str]:
        """Return the scenarios' names."""
        return [scenario.name for scenario in self.experiment.scenarios]

    @property
    def teams(self) -> list[str]:
        """Return the teams' names."""
        return team_choice.names(self.experiment.teams)

    @property
    def outcomes(self) -> np.ndarray:
        """Return ``[scenario, draw, replicate, team, outcome]``, float64."""
        return self._placed(self.gathered.outcomes)

    @property
    def hours(self) -> np.ndarray:
        """Return hours booked, ``[scenario, draw, replicate, team, kind]``, float64."""
        return self._placed(self.gathered.hours)

    @property
    def series(self) -> np.ndarray:
        """Return the monthly series, ``[scenario, draw, replicate, team, month end, series]``, float32."""
        return self._placed(self.gathered.series)

    @property
    def failed(self) -> dict[Cell, str]:
        """Return the cells that failed, with why; their numbers are NaN."""
        return {
            c: error for c, error in sorted(self.gathered.failed.items()) if c.replicate < self.replicates
        }

    @property
    def nothing_left(self) -> bool:
        """Say whether every cell of some scenario failed."""
        of_each = [cell.scenario for cell in self.failed]
        cells = self.replicates * len(self.experiment.draws)
        return any(of_each.count(scenario) == cells for scenario in set(of_each))

    @property
    def runs(self) -> int:
        """Return how many runs of single teams there are."""
        done = int(self.gathered.done[: self.replicates].sum())
        return (done - len(self.failed)) * len(self.teams)

    def _placed(self, gathered: np.ndarray) -> np.ndarray:
        return np.moveaxis(gathered[: self.replicates], 0, 2)

    def outcome(self, name: str, scenario: str) -> np.ndarray:
        """Return an outcome of a scenario, ``[draw, replicate, team]``.

        ``p_crossing_117`` and ``p_crossing_156`` are NaN for teams that began at the threshold or above.

        Raises
        ------
        InputError
            If there is no such outcome or scenario here.
        """
        outcomes = [*OUTCOME_NAMES, *CROSSINGS]
        for value, known, what in ((name, outcomes, "outcome"), (scenario, self.scenarios, "scenario")):
            if value not in known:
                raise InputError(f"There is no {what} '{value}' here; there are {', '.join(known)}.")
        if name in CROSSINGS:
            below = self.experiment.baselines[:, None, :] < CROSSINGS[name].threshold
            return np.where(below, self.outcome(CROSSINGS[name].band, scenario), np.nan)
        found = self.outcomes[self.scenarios.index(scenario), ..., OUTCOME_NAMES.index(name)]
        return np.ascontiguousarray(found)

    def to_dataset(self) -> "xr.Dataset":
        """Return all of it as an ``xarray.Dataset``: scenario, draw, replicate, team, week (month ends), hours."""
        import xarray as xr

        places = ("scenario", "draw", "replicate", "team")
        data: dict[str, Any] = {}
        for k, outcome in enumerate(OUTCOMES):
            label = {"units": outcome.unit, "long_name": outcome.meaning}
            data[outcome.name] = (places, self.outcomes[..., k], label)
        for k, series in enumerate(WEEKLY):
            label = {"units": series.unit, "long_name": series.meaning}
            data[f"{series.name}_by_week"] = ((*places, "week"), self.series[..., k], label)
        data["hours"] = ((*places, "kind"), self.hours, {"units": "hours", "long_name": "hours booked"})
        coords = {
            "scenario": self.scenarios,
            "draw": self.experiment.draws.numbers,
            "replicate": range(self.replicates),
            "team": self.teams,
            "week": self.experiment.month_ends,
            "kind": list(HOURS_NAMES),
        }
        return xr.Dataset(data, coords, attrs={"provenance": json.dumps(self.provenance(), sort_keys=True)})

    def provenance(self) -> dict[str, Any]:
        """Return where the numbers come from: version, commit, packages, draws, seed."""
        return self.experiment.provenance()

    def write(self, folder: Path, *, force: bool = False) -> Path:
        """Write the result as a directory, whole or not at all; return its path.

        ``data/`` Parquet files by scenario and chunk of replicates, ``scenarios/`` TOML, ``draws.parquet``, ``failed/``
        a file for each failed cell, ``manifest.json`` (inputs, versions, hashes of all these files), ``log.jsonl``
        (time and host). An interrupted result keeps its cells in ``partial/``, to be resumed from.

        Raises
        ------
        InputError
            If the directory holds a result of other inputs and ``force`` is not set, or something else.
        """
        from experiments.store import Store
        from experiments.store.checks import check_free

        check_free(self.experiment, folder, force=force)
        beside = folder.with_name(folder.name + ".writing")
        shutil.rmtree(beside, ignore_errors=True)
        try:
            with Store(self.experiment, beside) as store:
                take = store.add if self.interrupted else store.gathered.add
                for result in self.gathered.results(self.replicates):
                    take(result)
                store.interrupt() if self.interrupted else store.finish(self.replicates)
            if folder.exists():
                shutil.rmtree(folder)
            beside.replace(folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return folder


def stored(
    experiment: Experiment, folder: Path, enough: Callable[[Result], bool] | None = None
) -> Result | None:
    """Return the finished result of the same inputs and program in a directory, if it stands there and suffices.

    A result of a changed program is never taken for one of today's. Of more replicates than asked for, the first
    are taken; ``enough`` is asked after each of them as in a run.

    Raises
    ------
    InputError
        If a file of it was changed.
    """
    from experiments.store.checks import check_unchanged
    from experiments.store.manifest import manifest_in, same_inputs

    manifest = manifest_in(folder)
    if manifest is None or manifest["status"] != "finished" or not same_inputs(experiment, manifest):
        return None
    check_unchanged(folder, manifest)
    gathered = read_result(folder).gathered
    for replicates in range(1, min(gathered.whole, experiment.replicates) + 1):
        result = Result(experiment, gathered, replicates)
        if replicates == experiment.replicates or (enough is not None and enough(result)):
            return result
    return None


def read_result(folder: Path | str) -> Result:
    """Read a result's directory; of an unfinished one, what there is up to its last whole replicate.

    Raises
    ------
    InputError
        If it is not a result, of a format this program does not know, or without a whole replicate yet.
    """
    from experiments.store.manifest import experiment_in, failed_in, known_manifest
    from experiments.store.parquet import read_data
    from experiments.store.partial import read_partial

    folder = Path(folder)
    manifest = known_manifest(folder)
    experiment = experiment_in(folder, manifest)
    finished = manifest["status"] == "finished"
    if finished:
        failed = failed_in(experiment, manifest)
        data = read_data(experiment, manifest["replicates"], failed, folder / "data")
        gathered = Gathered.of(experiment, data)
    else:
        gathered, _ = read_partial(experiment, folder, manifest["provenance"])
    if not gathered.whole:
        if known_manifest(folder)["status"] != manifest["status"]:
            return read_result(folder)  # it was finished in between
        raise InputError(
            f"{folder} holds no whole replicate yet ({len(gathered)} cells of its first): wait for its run, or start "
            "the same command again to go on with it."
        )
    result = Result(experiment, gathered, gathered.whole, interrupted=not finished)
    result.made_by = manifest["provenance"]
    return result
