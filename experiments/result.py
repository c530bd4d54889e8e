"""A result: outcomes and monthly series of every cell, in memory and as a directory."""

import json
import shutil
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from calibration import Draws
from experiments import teams as team_choice
from experiments.errors import InputError
from experiments.experiment import CellResult, Experiment
from experiments.provenance import hashes, log_line, program
from experiments.scenario import Scenario
from model.outcomes import HOURS_NAMES, OUTCOME_NAMES, OUTCOMES
from model.record import NAMES, WEEKLY
from model.sites import Site

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

CHUNK = 4  #: replicates in one file
FORMAT = 1


class Result:
    """What an experiment found: ``outcomes[scenario, draw, replicate, team, outcome]`` and more by label.

    ``to_dataset()`` gives it all as an ``xarray.Dataset`` with units and provenance.
    """

    def __init__(
        self, experiment: Experiment, cells: Sequence[CellResult], replicates: int, interrupted: bool = False
    ) -> None:
        self.experiment = experiment
        self.replicates = replicates
        self.interrupted = interrupted
        self.made_by: dict[str, Any] | None = None  # the provenance found with it, where it was read
        self.cells = sorted(cells, key=lambda result: result.cell)

    @property
    def scenarios(self) -> list[str]:
        """Return the scenarios' names."""
        return [scenario.name for scenario in self.experiment.scenarios]

    @property
    def teams(self) -> list[str]:
        """Return the teams' names."""
        return team_choice.names(self.experiment.teams)

    @cached_property
    def outcomes(self) -> np.ndarray:
        """Return ``[scenario, draw, replicate, team, outcome]``."""
        return self._stacked("outcomes")

    @cached_property
    def hours(self) -> np.ndarray:
        """Return hours booked, ``[scenario, draw, replicate, team, kind]``."""
        return self._stacked("hours")

    @cached_property
    def series(self) -> np.ndarray:
        """Return the monthly series, ``[scenario, draw, replicate, team, month end, series]``."""
        return self._stacked("series")

    def _stacked(self, field: str) -> np.ndarray:
        first: np.ndarray = getattr(self.cells[0], field)
        shape = (len(self.scenarios), len(self.experiment.draws), self.replicates)
        stacked = np.full((*shape, *first.shape), np.nan)
        for result in self.cells:
            stacked[result.cell] = getattr(result, field)
        return stacked

    def outcome(self, name: str, scenario: str) -> np.ndarray:
        """Return an outcome of a scenario, ``[draw, replicate, team]``.

        Raises
        ------
        InputError
            If there is no such outcome or scenario here.
        """
        for value, known, what in ((name, OUTCOME_NAMES, "outcome"), (scenario, self.scenarios, "scenario")):
            if value not in known:
                raise InputError(f"There is no {what} '{value}' here; there are {', '.join(known)}.")
        found: np.ndarray = self.outcomes[self.scenarios.index(scenario), ..., OUTCOME_NAMES.index(name)]
        return found

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
        return {
            **program(),
            "engine": self.experiment.engine,
            "draws": self.experiment.draws.kind,
            "fingerprint": self.experiment.fingerprint(),
            "seed": self.experiment.seed,
            "months": self.experiment.months,
        }

    # -- as a directory ---------------------------------------------------------------------------------------

    def write(self, folder: Path, *, force: bool = False) -> Path:
        """Write the result as a directory, whole or not at all; return its path.

        ``data/`` Parquet files by scenario and chunk of replicates, ``scenarios/`` TOML, ``draws.parquet``,
        ``manifest.json`` (inputs, versions, hashes of all these files), ``log.jsonl`` (time and host).

        Raises
        ------
        InputError
            If the directory holds a result of other inputs and ``force`` is not set, or something else.
        """
        check_free(self.experiment, folder, force=force)
        beside = folder.with_name(folder.name + ".writing")
        shutil.rmtree(beside, ignore_errors=True)
        try:
            self._write_into(beside)
            if folder.exists():
                shutil.rmtree(folder)
            beside.replace(folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        return folder

    def _write_into(self, beside: Path) -> None:
        (beside / "data").mkdir(parents=True)
        (beside / "scenarios").mkdir()
        for scenario in self.experiment.scenarios:
            (beside / "scenarios" / f"{scenario.name}.toml").write_text(scenario.to_toml(), encoding="utf-8")
        for name in self.scenarios:
            for first in range(0, self.replicates, CHUNK):
                runs, series = self._chunk(name, first)
                runs.to_parquet(
                    beside / "data" / f"{name}-runs-{first:04d}.parquet", compression="zstd", index=False
                )
                series.to_parquet(
                    beside / "data" / f"{name}-series-{first:04d}.parquet", compression="zstd", index=False
                )
        self.experiment.draws.table.to_parquet(beside / "draws.parquet", compression="zstd")
        text = json.dumps(self._manifest() | {"files": hashes(beside)}, indent=1, sort_keys=True)
        (beside / "manifest.json").write_text(text + "\n", encoding="utf-8")
        line = log_line(event="written", cells=len(self.cells), engine=self.experiment.engine)
        (beside / "log.jsonl").write_text(line, encoding="utf-8")

    def _manifest(self) -> dict[str, Any]:
        experiment = self.experiment
        return {
            "format": FORMAT,
            "provenance": self.provenance(),
            "scenarios": self.scenarios,
            "outcome": experiment.outcome,
            "teams": [
                team if isinstance(team, int) else team.model_dump(mode="json") for team in experiment.teams
            ],
            "months": experiment.months,
            "seed": experiment.seed,
            "draws": {"kind": experiment.draws.kind, "numbers": experiment.draws.numbers},
            "replicates": self.replicates,
            "cells": {"finished": len(self.cells), "failed": []},
            "status": "interrupted" if self.interrupted else "finished",
        }

    def _chunk(self, scenario: str, first: int) -> "tuple[pd.DataFrame, pd.DataFrame]":
        import pandas as pd

        runs: list[dict[str, Any]] = []
        series: list[pd.DataFrame] = []
        number = self.scenarios.index(scenario)
        draws = self.experiment.draws.numbers
        for result in self.cells:
            cell = result.cell
            if cell.scenario != number or not first <= cell.replicate < first + CHUNK:
                continue
            for k, team in enumerate(self.teams):
                place: dict[str, int | str] = {
                    "draw": draws[cell.draw],
                    "replicate": cell.replicate,
                    "team": team,
                }
                outcomes = dict(zip(OUTCOME_NAMES, result.outcomes[k], strict=True))
                runs.append(place | outcomes | dict(zip(HOURS_NAMES, result.hours[k], strict=True)))
                rows = pd.DataFrame(result.series[k], columns=list(NAMES))
                rows.insert(0, "week", self.experiment.month_ends)
                for at, (name, value) in enumerate(place.items()):
                    rows.insert(at, name, value)
                series.append(rows)
        return pd.DataFrame(runs), pd.concat(series, ignore_index=True)


def check_free(experiment: Experiment, folder: Path, *, force: bool) -> None:
    """Refuse a directory that holds something else, or a result of other inputs, unless it is to be replaced.

    Raises
    ------
    InputError
        If it does.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"--out {folder} is a file; give a directory.")
    if folder.resolve() == Path.cwd():
        raise InputError(f"--out {folder} is the directory you are in; give one of its own to the result.")
    manifest = _manifest_in(folder)
    if manifest is None:
        if any(folder.iterdir()):
            raise InputError(
                f"--out {folder} holds something that is not a result; choose another directory."
            )
        return
    found = manifest["provenance"]["fingerprint"]
    if found != experiment.fingerprint() and not force:
        raise InputError(
            f"--out {folder} holds a result of other inputs ({found}, now {experiment.fingerprint()}); choose another "
            "directory, or give --force to replace it."
        )


def _manifest_in(folder: Path) -> dict[str, Any] | None:
    """Return a result's manifest, or nothing where there is none or it is not one of ours."""
    path = folder / "manifest.json"
    if not path.is_file():
        return None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    ours = isinstance(manifest, dict) and {"format", "provenance", "status", "replicates"} <= manifest.keys()
    return manifest if ours and "fingerprint" in manifest["provenance"] else None


def stored(experiment: Experiment, folder: Path, replicates: int | None) -> Result | None:
    """Return the finished result of the same inputs and program in a directory, if it stands there.

    A result of a changed checkout is never taken for one of today's.
    """
    manifest = _manifest_in(folder)
    if manifest is None:
        return None
    found, now = manifest["provenance"], Result(experiment, [], 0).provenance()
    same = all(
        found.get(key) == now[key] for key in ("program", "commit", "fingerprint", "packages", "python")
    )
    if not same or now["commit"].endswith("+") or manifest["status"] != "finished":
        return None
    return read_result(folder) if replicates in (None, manifest["replicates"]) else None


def read_result(folder: Path | str) -> Result:
    """Read a result's directory.

    Raises
    ------
    InputError
        If it is not a result, or of a format this program does not know.
    """
    import pandas as pd

    folder = Path(folder)
    manifest = _manifest_in(folder)
    if manifest is None:
        raise InputError(f"{folder} is not a result: there is no manifest.json of a result in it.")
    if manifest["format"] != FORMAT:
        raise InputError(f"{folder} has format {manifest['format']}, this program reads format {FORMAT}.")
    draws = Draws(pd.read_parquet(folder / "draws.parquet"), manifest["draws"]["kind"])
    scenarios = [Scenario.from_file(folder / "scenarios" / f"{name}.toml") for name in manifest["scenarios"]]
    experiment = Experiment(
        scenarios,
        draws=draws,
        replicates=manifest["replicates"],
        seed=manifest["seed"],
        teams=[team if isinstance(team, int) else Site.model_validate(team) for team in manifest["teams"]],
        months=manifest["months"],
    )
    cells = [
        result
        for k, name in enumerate(manifest["scenarios"])
        for result in _read_cells(folder, k, name, draws)
    ]
    result = Result(experiment, cells, manifest["replicates"], manifest["status"] == "interrupted")
    result.made_by = manifest["provenance"]
    return result


def _read_cells(folder: Path, number: int, name: str, draws: Draws) -> list[CellResult]:
    import pandas as pd

    from experiments.experiment import Cell

    position = {draw: k for k, draw in enumerate(draws.numbers)}
    found = []
    for path in sorted((folder / "data").glob(f"{name}-runs-*.parquet")):
        runs = pd.read_parquet(path)
        series = pd.read_parquet(path.with_name(path.name.replace("-runs-", "-series-")))
        rows = dict(list(series.groupby(["draw", "replicate"], sort=False)))
        for place, block in runs.groupby(["draw", "replicate"], sort=False):
            weekly = rows[place][list(NAMES)].to_numpy().reshape(len(block), -1, len(NAMES))
            draw, replicate = int(block["draw"].iloc[0]), int(block["replicate"].iloc[0])
            cell = Cell(number, position[draw], replicate)
            outcomes, hours = block[list(OUTCOME_NAMES)].to_numpy(), block[list(HOURS_NAMES)].to_numpy()
            found.append(CellResult(cell, outcomes, hours, weekly))
    return found
