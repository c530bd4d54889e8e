"""A result's manifest: inputs, where the numbers come from, what is finished and what failed."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from calibration import Draws
from experiments import teams as team_choice
from experiments.blocks import Cell
from experiments.errors import InputError
from experiments.experiment import Experiment
from experiments.gathered import Gathered
from experiments.provenance import same_program
from experiments.scenario import Scenario
from experiments.store.files import write_bytes

FORMAT = 2
NAME = "manifest.json"


def manifest_of(gathered: Gathered, replicates: int, status: str, files: dict[str, str]) -> dict[str, Any]:
    """Return the manifest of what is gathered: ``replicates`` whole ones, files with their SHA-256."""
    experiment = gathered.experiment
    return {
        "format": FORMAT,
        "status": status,
        "provenance": experiment.provenance(),
        "scenarios": [scenario.name for scenario in experiment.scenarios],
        "outcome": experiment.outcome,
        "teams": team_choice.to_json(experiment.teams),
        "months": experiment.months,
        "series": experiment.series,
        "seed": experiment.seed,
        "draws": {"kind": experiment.draws.kind, "numbers": experiment.draws.numbers},
        "replicates": replicates,
        "replicates_asked": max(replicates, experiment.replicates),
        "cells": {
            "finished": len(gathered) - len(gathered.failed),
            "failed": [
                named(experiment, cell) | {"error": error} for cell, error in sorted(gathered.failed.items())
            ],
        },
        "files": files,
    }


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write a manifest in its place, whole or not at all."""
    write_bytes(folder / NAME, (json.dumps(manifest, indent=1, sort_keys=True) + "\n").encode())


def manifest_in(folder: Path) -> dict[str, Any] | None:
    """Return a result's manifest, or nothing where there is none or it is not one of ours."""
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    ours = isinstance(manifest, dict) and {"format", "provenance", "status", "replicates"} <= manifest.keys()
    return manifest if ours and "fingerprint" in manifest["provenance"] else None


def known_manifest(folder: Path) -> dict[str, Any]:
    """Return a result's manifest.

    Raises
    ------
    InputError
        If there is none, or it is of a format this program does not know.
    """
    manifest = manifest_in(folder)
    if manifest is None:
        raise InputError(f"{folder} is not a result: there is no manifest.json of a result in it.")
    if manifest["format"] != FORMAT:
        raise InputError(
            f"{folder} has format {manifest['format']}, this program reads format {FORMAT}. Run the experiment again "
            "into another directory, or replace it with --force."
        )
    return manifest


def experiment_in(folder: Path, manifest: dict[str, Any]) -> Experiment:
    """Return the experiment a result belongs to, from what stands in its directory.

    Raises
    ------
    InputError
        If its draws or scenarios are not there: the run was killed as it began.
    """
    try:
        draws = Draws(pd.read_parquet(folder / "draws.parquet"), manifest["draws"]["kind"])
    except OSError:
        raise InputError(f"{folder} holds no whole replicate yet: its run had just begun.") from None
    return Experiment(
        [Scenario.from_file(folder / "scenarios" / f"{name}.toml") for name in manifest["scenarios"]],
        draws=draws,
        replicates=manifest["replicates_asked"],
        seed=manifest["seed"],
        teams=team_choice.from_json(manifest["teams"]),
        months=manifest["months"],
        engine=manifest["provenance"]["engine"],
        series=manifest.get("series", True),
    )


def failed_in(experiment: Experiment, manifest: dict[str, Any]) -> dict[Cell, str]:
    """Return the failed cells a manifest lists, with why."""
    names = [scenario.name for scenario in experiment.scenarios]
    numbers = experiment.draws.numbers
    return {
        Cell(names.index(f["scenario"]), numbers.index(f["draw"]), f["replicate"]): f["error"]
        for f in manifest["cells"]["failed"]
    }


def named(experiment: Experiment, cell: Cell) -> dict[str, Any]:
    """Return a cell by its scenario's name, its draw's number and its replicate."""
    return {
        "scenario": experiment.scenarios[cell.scenario].name,
        "draw": experiment.draws.numbers[cell.draw],
        "replicate": cell.replicate,
    }


def same_inputs(experiment: Experiment, manifest: dict[str, Any]) -> bool:
    """Say whether a result is of an experiment's inputs, in this format and by this program."""
    found, now = manifest["provenance"], experiment.provenance()
    return (
        manifest["format"] == FORMAT
        and found["fingerprint"] == now["fingerprint"]
        and same_program(found, now)
    )


def differing_inputs(experiment: Experiment, manifest: dict[str, Any]) -> str:
    """Return in words which inputs differ between a result and an experiment."""
    names = [scenario.name for scenario in experiment.scenarios]
    teams = team_choice.to_json(experiment.teams)
    pairs = {
        "scenarios": (", ".join(manifest.get("scenarios", [])), ", ".join(names)),
        "months": (manifest.get("months"), experiment.months),
        "seed": (manifest.get("seed"), experiment.seed),
    }
    told = [f"{what} {then} there, {now} now" for what, (then, now) in pairs.items() if then != now]
    if manifest.get("teams") != teams:
        told.append("other teams")
    draws = {"kind": experiment.draws.kind, "numbers": experiment.draws.numbers}
    if manifest.get("draws") != draws:
        told.append(f"draws {_draws(manifest.get('draws', {}))} there, {_draws(draws)} now")
    return "; ".join(told) or "the contents of scenarios or draws differ"


def _draws(draws: dict[str, Any]) -> str:
    return f"{len(draws.get('numbers', []))} of a {draws.get('kind', 'kind not told')}"
