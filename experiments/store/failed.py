"""Cells that failed, each with its inputs in a file of its own, so that it can be looked into."""

import json
from pathlib import Path
from typing import Any

from experiments.blocks import Cell
from experiments.experiment import Experiment
from experiments.store.files import write_bytes
from experiments.store.manifest import named


def write_failed(folder: Path, experiment: Experiment, cell: Cell, error: str) -> Path:
    """Write a failed cell's inputs and its error; return the file."""
    path = folder / failed_name(experiment, cell)
    folder.mkdir(exist_ok=True)
    write_bytes(
        path, (json.dumps(_inputs(experiment, cell, error), indent=1, sort_keys=True) + "\n").encode()
    )
    return path


def failed_name(experiment: Experiment, cell: Cell) -> str:
    """Return the name of a failed cell's file."""
    place = named(experiment, cell)
    return f"{place['scenario']}-draw-{place['draw']}-replicate-{place['replicate']}.json"


def _inputs(experiment: Experiment, cell: Cell, error: str) -> dict[str, Any]:
    scenario = experiment.scenarios[cell.scenario]
    networks = experiment.networks(scenario, cell.draw)
    return named(experiment, cell) | {
        "error": error,
        "seed": experiment.seed,
        "months": experiment.months,
        "parameters": scenario.parameters_for(experiment.draws.parameters(cell.draw))._asdict(),
        "sites": [site.model_dump(mode="json") for network in networks for site in network.sites],
    }
