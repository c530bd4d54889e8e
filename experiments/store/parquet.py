"""A finished result as Parquet: a pair of files for each scenario and fixed chunk of replicates, straight from arrays.

Rows stand by draw, replicate, team (and week); a failed cell's rows hold NaN.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from experiments import teams as team_choice
from experiments.blocks import Block, BlockResult, Cell, Failure
from experiments.errors import InputError
from experiments.experiment import Experiment
from experiments.gathered import Gathered
from experiments.store.files import write_whole
from model.outcomes import HOURS_NAMES, OUTCOME_NAMES
from model.record import NAMES

CHUNK = 4  #: replicates in one file

Keys = dict[str, pa.Array]


def write_data(gathered: Gathered, replicates: int, folder: Path) -> None:
    """Write the first replicates; the bytes depend on the numbers and nothing else."""
    for scenario in range(len(gathered.experiment.scenarios)):
        for first in range(0, replicates, CHUNK):
            runs, series = _tables(gathered, scenario, range(first, min(first + CHUNK, replicates)))
            for kind, table in (("runs", runs), ("series", series)):
                path = folder / _file_name(gathered.experiment, scenario, kind, first)
                write_whole(path, partial(pq.write_table, table, compression="zstd"))


def read_data(
    experiment: Experiment, replicates: int, failed: dict[Cell, str], folder: Path
) -> Iterator[BlockResult]:
    """Yield what ``write_data`` wrote.

    Raises
    ------
    InputError
        If a file is missing, cannot be read, or has other rows.
    """
    for scenario in range(len(experiment.scenarios)):
        for first in range(0, replicates, CHUNK):
            chunk = range(first, min(first + CHUNK, replicates))
            keys, weeks = _keys(experiment, chunk), _weeks(experiment)
            runs = folder / _file_name(experiment, scenario, "runs", first)
            shape = (len(experiment.draws), len(chunk), len(experiment.teams))
            numbers = _read(runs, (*OUTCOME_NAMES, *HOURS_NAMES), keys, shape)
            outcomes, hours = np.split(numbers, [len(OUTCOME_NAMES)], axis=-1)
            weekly = runs.with_name(_file_name(experiment, scenario, "series", first))
            series = _read(weekly, NAMES, _by_week(keys, weeks), (*shape, len(weeks)), np.float32)
            for k, replicate in enumerate(chunk):
                block = Block(scenario, replicate, 0, len(experiment.draws))
                errors = [(draw, failed.get(Cell(scenario, draw, replicate))) for draw in block.draws]
                failures = tuple(Failure(draw, error) for draw, error in errors if error is not None)
                yield BlockResult(block, outcomes[:, k], hours[:, k], series[:, k], failures)


def _file_name(experiment: Experiment, scenario: int, kind: str, first: int) -> str:
    return f"{experiment.scenarios[scenario].name}-{kind}-{first:04d}.parquet"


def _tables(gathered: Gathered, scenario: int, chunk: range) -> tuple[pa.Table, pa.Table]:
    """Return the runs and the monthly series of some replicates of a scenario."""
    place = (slice(chunk.start, chunk.stop), scenario)
    keys = _keys(gathered.experiment, chunk)
    by_week = _by_week(keys, _weeks(gathered.experiment))
    runs = keys | _columns(gathered.outcomes[place], OUTCOME_NAMES)
    return (
        pa.table(runs | _columns(gathered.hours[place], HOURS_NAMES)),
        pa.table(by_week | _columns(gathered.series[place], NAMES)),
    )


def _columns(values: np.ndarray, names: Sequence[str]) -> Keys:
    """Return the columns of ``values[replicate, draw, ..., column]``, rows by draw first."""
    turned = values.swapaxes(0, 1)
    return {name: pa.array(turned[..., k].ravel()) for k, name in enumerate(names)}


def _keys(experiment: Experiment, chunk: range) -> Keys:
    """Return the columns that name a run: draw by its number, replicate, team."""
    draws = np.array(experiment.draws.numbers, np.int64)
    teams = team_choice.names(experiment.teams)
    places = np.meshgrid(draws, np.array(chunk, np.int64), np.arange(len(teams)), indexing="ij")
    draw, replicate, team = (place.ravel() for place in places)
    named = pa.DictionaryArray.from_arrays(team, teams).cast(pa.string())
    return {"draw": pa.array(draw), "replicate": pa.array(replicate), "team": named}


def _weeks(experiment: Experiment) -> np.ndarray:
    return np.array(experiment.month_ends, np.int64)


def _by_week(keys: Keys, weeks: np.ndarray) -> Keys:
    rows = len(keys["draw"])
    repeated = pa.array(np.repeat(np.arange(rows), len(weeks)))
    return {name: column.take(repeated) for name, column in keys.items()} | {
        "week": pa.array(np.tile(weeks, rows))
    }


def _read(
    path: Path, names: Sequence[str], keys: Keys, shape: tuple[int, ...], kind: type = np.float64
) -> np.ndarray:
    """Return the named columns of a file as ``[*shape, column]``, once its rows are seen to be those of ``keys``."""
    try:
        table = pq.read_table(path, columns=[*keys, *names])
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path} cannot be read: {error}. Run the experiment again with --force.") from None
    same = table.num_rows == int(np.prod(shape)) and all(
        table[name].combine_chunks().cast(column.type).equals(column) for name, column in keys.items()
    )
    if not same:
        raise InputError(
            f"{path} has not the rows it was written with. Run the experiment again with --force."
        )
    found: np.ndarray = np.empty((*shape, len(names)), kind)
    for k, name in enumerate(names):
        found[..., k] = table[name].to_numpy().reshape(shape)
    return found
