"""Morris: many factors, one moved at a time, to find those that matter at all."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.sensitivity.factors import CIRCUMSTANCES, problem
from experiments.sensitivity.luck import interval, product, weights

LEVELS = 4
STEP = LEVELS / (2.0 * (LEVELS - 1))  #: of a move, as a share of the prior's probability
RESAMPLES = 1000


class Screened(NamedTuple):
    """A factor's elementary effects: the outcome's change per whole range of the prior, in its unit.

    ``effect`` is their root mean square with luck taken out, and ranks; ``mu_star`` (the mean size), ``mu`` and
    ``sigma`` are SALib's, of the mean over replicates, luck left in.
    """

    factor: str
    effect: float
    low: float
    high: float
    mu_star: float
    mu_star_conf: float
    mu: float
    sigma: float


def design(names: Sequence[str], trajectories: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return points ``[draw, factor]``, trajectory after trajectory, and which circumstances each has, ``[draw]``.

    Each trajectory has two joint draws of circumstances of its own, and goes from one to the other.
    """
    from SALib.sample import morris

    points = morris.sample(problem(names), trajectories, num_levels=LEVELS, seed=seed)
    rows = 2 * np.repeat(np.arange(trajectories), len(names) + 1)
    if CIRCUMSTANCES in names:
        column = points[:, list(names).index(CIRCUMSTANCES)]
        rows = rows + (column != np.repeat(column[:: len(names) + 1], len(names) + 1))
    return points, rows


def elementary_effects(points: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the effects ``[trajectory, factor, replicate]`` of ``y[draw, replicate]``."""
    count = points.shape[1]
    paths = points.reshape(-1, count + 1, count)
    moves = np.diff(paths, axis=1)
    moved = np.abs(moves).argmax(axis=2)
    way = np.sign(np.take_along_axis(moves, moved[..., None], axis=2))
    found = np.diff(y.reshape(len(paths), count + 1, -1), axis=1) * way / STEP
    order = np.argsort(moved, axis=1)
    return np.take_along_axis(found, order[..., None], axis=1)


def analysed(points: np.ndarray, names: Sequence[str], y: np.ndarray, seed: int) -> list[Screened]:
    """Return what each factor does, the largest effect first, from ``y[draw, replicate]``."""
    from SALib.analyze import morris

    effects = elementary_effects(points, y)
    squares = product(effects, effects)
    drawn = np.sqrt(np.maximum(0.0, weights(len(squares), RESAMPLES, seed) @ squares))
    effect, ends = np.sqrt(np.maximum(0.0, squares.mean(axis=0))), interval(drawn)
    plain = morris.analyze(
        problem(names), points, y.mean(axis=1), num_levels=LEVELS, num_resamples=RESAMPLES, seed=seed
    )
    found = [
        Screened(
            name,
            effect=float(effect[k]),
            low=float(ends[k, 0]),
            high=float(ends[k, 1]),
            **{figure: float(plain[figure][k]) for figure in ("mu_star", "mu_star_conf", "mu", "sigma")},
        )
        for k, name in enumerate(names)
    ]
    return sorted(found, key=lambda each: -each.effect)
