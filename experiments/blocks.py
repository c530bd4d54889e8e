"""The unit of work: some draws of one scenario in one replicate; what comes of it, and what failed."""

import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.outcomes import HOURS_NAMES, OUTCOME_NAMES
from model.record import NAMES

if TYPE_CHECKING:
    from experiments.experiment import Experiment

#: Draws in a block, by engine: half a second in Mesa, and enough for the compiled engine to earn its call.
#: Numbers do not depend on it.
DRAWS_IN_A_BLOCK = {"mesa": 2, "compiled": 25}
HOME = Path(__file__).resolve().parent.parent

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]


class Cell(NamedTuple):
    """One cell of an experiment, by positions of scenario, draw and replicate."""

    scenario: int
    draw: int
    replicate: int


class Block(NamedTuple):
    """The draws ``first`` to ``last - 1`` of a scenario in a replicate, all by position."""

    scenario: int
    replicate: int
    first: int
    last: int

    @property
    def draws(self) -> range:
        """Return the positions of the draws."""
        return range(self.first, self.last)


class Failure(NamedTuple):
    """A draw (by position) of a block that could not be run, and why."""

    draw: int
    error: str


class BlockResult(NamedTuple):
    """What is kept of a block: numbers by draw and team, NaN where the draw failed.

    ``outcomes[draw, team, outcome]`` and ``hours[draw, team, kind]`` are float64; ``series[draw, team, month end,
    series]`` is float32.
    """

    block: Block
    outcomes: np.ndarray
    hours: np.ndarray
    series: np.ndarray
    failures: tuple[Failure, ...] = ()


def split(scenario: int, replicate: int, draws: Iterable[int], size: int) -> Iterator[Block]:
    """Yield blocks of at most ``size`` neighbouring draws that hold just the draws given, in rising order."""
    first = last = -1
    for draw in draws:
        if first >= 0 and (draw != last or last - first == size):
            yield Block(scenario, replicate, first, last)
            first = draw
        first, last = (draw if first < 0 else first), draw + 1
    if first >= 0:
        yield Block(scenario, replicate, first, last)


def run_block(experiment: "Experiment", block: Block) -> BlockResult:
    """Run a block; where that fails, run its draws one by one, so that only those that fail are left out."""
    try:
        arrays = experiment.run_draws(block.scenario, block.replicate, block.draws)
    except Exception as error:
        if len(block.draws) == 1:
            return _failed(experiment, block, told(error))
        singles = [block._replace(first=draw, last=draw + 1) for draw in block.draws]
        return _joined(block, [run_block(experiment, single) for single in singles])
    return _checked(block, arrays)


def told(error: BaseException) -> str:
    """Return an error in one line, with the last place in our packages it went through."""
    what = " ".join("".join(traceback.format_exception_only(error)).split())
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if HOME in path.parents and "site-packages" not in path.relative_to(HOME).parts:
            return f"{what} ({path.relative_to(HOME).as_posix()}, line {frame.lineno}, in {frame.name})"
    return what


def _checked(block: Block, arrays: Arrays) -> BlockResult:
    """Take draws with a weekly series or hours that are no finite numbers for failed."""
    outcomes, hours, series = arrays
    failures = []
    for k, draw in enumerate(block.draws):
        wrong = ~np.isfinite(series[k]).all(axis=(0, 1))
        if wrong.any() or not np.isfinite(hours[k]).all() or np.isinf(outcomes[k]).any():
            named = ", ".join(name for name, bad in zip(NAMES, wrong, strict=True) if bad)
            failures.append(Failure(draw, f"Not finite: {named or 'hours or outcomes'}."))
            for part in arrays:
                part[k] = np.nan
    return BlockResult(block, outcomes, hours, series.astype(np.float32), tuple(failures))


def _failed(experiment: "Experiment", block: Block, error: str) -> BlockResult:
    place = (len(block.draws), len(experiment.teams))
    return BlockResult(
        block,
        np.full((*place, len(OUTCOME_NAMES)), np.nan),
        np.full((*place, len(HOURS_NAMES)), np.nan),
        np.full((*place, len(experiment.month_ends), len(NAMES)), np.nan, np.float32),
        tuple(Failure(draw, error) for draw in block.draws),
    )


def _joined(block: Block, parts: list[BlockResult]) -> BlockResult:
    return BlockResult(
        block,
        np.concatenate([part.outcomes for part in parts]),
        np.concatenate([part.hours for part in parts]),
        np.concatenate([part.series for part in parts]),
        tuple(failure for part in parts for failure in part.failures),
    )
