"""Sobol indices: which share of the variance over the independent priors each factor has, alone and with others."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.sensitivity.factors import CIRCUMSTANCES, problem
from experiments.sensitivity.luck import centred, interval, product, weights

CIRCUMSTANCES_DRAWN = 1024  #: joint draws of circumstances that are drawn from
RESAMPLES = 1000


class Shares(NamedTuple):
    """A factor's share of the variance over the priors, luck taken out, with 95% bootstrap intervals.

    ``first`` by itself, ``total`` with all its interactions; ``first_with_luck`` and ``total_with_luck`` are SALib's,
    of the mean over replicates as it is.
    """

    factor: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float
    first_with_luck: float
    total_with_luck: float


def design(names: Sequence[str], samples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return Saltelli's points ``[draw, factor]`` and which circumstances each has, ``[draw]``.

    For each of ``samples`` rows of a scrambled Sobol sequence: one point, it with each factor in turn from a second,
    the second point.
    """
    from SALib.sample import sobol

    points = sobol.sample(problem(names), samples, calc_second_order=False, seed=seed)
    rows = np.zeros(len(points), int)
    if CIRCUMSTANCES in names:
        column = points[:, list(names).index(CIRCUMSTANCES)]
        rows = np.minimum((column * CIRCUMSTANCES_DRAWN).astype(int), CIRCUMSTANCES_DRAWN - 1)
    return points, rows


def parts(y: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what each row adds to first-order and total parts, ``[row, factor]``, and to the variance, ``[row]``.

    The estimators are those of Saltelli et al. 2010 and Jansen 1999, as in SALib, with products of different
    replicates.
    """
    y = centred(y).reshape(-1, count + 2, y.shape[1])
    a, mixed, b = y[:, 0], y[:, 1:-1], y[:, -1]
    moved = mixed - a[:, None]
    own = centred(np.concatenate([a, b]))
    squares = product(own, own)
    return (
        product(np.broadcast_to(b[:, None], moved.shape), moved),
        0.5 * product(moved, moved),
        0.5 * (squares[: len(a)] + squares[len(a) :]),
    )


def analysed(names: Sequence[str], y: np.ndarray, seed: int) -> list[Shares]:
    """Return each factor's shares, the largest total first, from ``y[draw, replicate]``.

    Where nothing varies all shares are 0.
    """
    from SALib.analyze import sobol

    count = len(names)
    first, total, squares = parts(y, count)
    if squares.mean() <= 0.0:
        return [Shares(name, **dict.fromkeys(Shares._fields[1:], 0.0)) for name in names]
    drawn = weights(len(squares), RESAMPLES, seed)
    scale = np.maximum(drawn @ squares, 1e-12 * squares.mean())[:, None]
    ends = [interval(drawn @ part / scale) for part in (first, total)]
    plain = sobol.analyze(problem(names), y.mean(axis=1), calc_second_order=False, num_resamples=2, seed=seed)
    found = [
        Shares(
            name,
            first=float(first[:, k].mean() / squares.mean()),
            first_low=float(ends[0][k, 0]),
            first_high=float(ends[0][k, 1]),
            total=float(total[:, k].mean() / squares.mean()),
            total_low=float(ends[1][k, 0]),
            total_high=float(ends[1][k, 1]),
            first_with_luck=float(plain["S1"][k]),
            total_with_luck=float(plain["ST"][k]),
        )
        for k, name in enumerate(names)
    ]
    return sorted(found, key=lambda each: -each.total)
