"""Which programme is worth its money: efficient frontier, acceptability, and the best within a budget."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.comparison import estimated
from experiments.experiment import NO_SIP
from experiments.money.increments import Increment


class Means(NamedTuple):
    """Points and pounds per team beyond no programme, ``[programme, draw]``; no programme comes first, at nothing."""

    names: list[str]
    points: np.ndarray
    pounds: np.ndarray


class Step(NamedTuple):
    """A programme on the efficient frontier: what it adds to the one before, and at how many pounds a point."""

    name: str
    points: float
    pounds: float
    pounds_a_point: float


def means(found: Sequence[Increment]) -> Means:
    """Return each programme's means by draw, replicate noise taken out, but for draws in which a programme failed."""
    points, pounds = (np.array([getattr(each, name) for each in found]) for name in ("points", "pounds"))
    whole = ~np.isnan(points).all(axis=(2, 3)).any(axis=0)
    names = [NO_SIP, *(each.name for each in found)]
    return Means(names, _by_draw(points[:, whole]), _by_draw(pounds[:, whole]))


def _by_draw(values: np.ndarray) -> np.ndarray:
    """Return ``[programme, draw]`` of ``[programme, draw, replicate, team]``, after a row of nothing."""
    estimates = [estimate for each in values if (estimate := estimated(each)) is not None]
    return np.array([np.zeros(values.shape[1]), *(estimate.by_draw for estimate in estimates)])


def frontier(by_draw: Means) -> list[Step]:
    """Return the efficient frontier of mean points and pounds, from no programme on.

    What costs more and gives no more is dominated; what costs more a point than the next larger one adds is dominated
    by a mixture of its neighbours, and left out as well. So pounds a point rise along the frontier.
    """
    points, pounds = by_draw.points.mean(axis=1), by_draw.pounds.mean(axis=1)
    at, steps = 0, []
    while len(better := np.flatnonzero((points > points[at]) & (pounds > pounds[at]))):
        slopes = (pounds[better] - pounds[at]) / (points[better] - points[at])
        best = int(better[np.argmin(slopes)])
        added, paid = float(points[best] - points[at]), float(pounds[best] - pounds[at])
        steps.append(Step(by_draw.names[best], added, paid, paid / added))
        at = best
    return steps


def acceptability(by_draw: Means, pounds_a_point: Sequence[float]) -> dict[str, list[float]]:
    """Return each programme's probability of the greatest net benefit, at each value of a point in pounds.

    Net benefit is points times the value of a point less pounds; the probability is a share of draws.
    """
    best = [np.argmax(value * by_draw.points - by_draw.pounds, axis=0) for value in pounds_a_point]
    return {name: [float(np.mean(found == k)) for found in best] for k, name in enumerate(by_draw.names)}


def best_within(by_draw: Means, budget: float) -> dict[str, Any]:
    """Return the programme with the most points among those that cost at most ``budget`` a team in the mean.

    Whoever chooses does so before knowing which draw is the world, so the budget binds the mean cost, and the choice is
    by mean points. Each affordable programme has the probability that it is the best of them, its expected loss
    (points short of the best, in the mean over draws), and the probability that its cost lies within the budget.
    """
    affordable = [k for k, cost in enumerate(by_draw.pounds.mean(axis=1)) if cost <= budget]
    points, pounds = by_draw.points[affordable], by_draw.pounds[affordable]
    winner, top = np.argmax(points, axis=0), points.max(axis=0)
    draws = points.shape[1]
    rows = {}
    for place, k in enumerate(affordable):
        share = float(np.mean(winner == place))
        rows[by_draw.names[k]] = {
            "points": round(float(points[place].mean()), 6),
            "pounds": round(float(pounds[place].mean()), 2),
            "p_best": round(share, 6),
            "p_best_error": round(float(np.sqrt(share * (1.0 - share) / draws)), 6),
            "expected_loss": round(float(np.mean(top - points[place])), 6),
            "p_within": round(float(np.mean(pounds[place] <= budget)), 6),
        }
    best = max(rows, key=lambda name: rows[name]["points"])
    return {
        "budget": budget,
        "best": best,
        "programmes": rows,
        "too_dear": [name for name in by_draw.names if name not in rows],
    }
