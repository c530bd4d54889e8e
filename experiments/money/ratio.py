"""Points per pound or hour: a ratio of means, with the parts of its uncertainty."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.comparison import estimated


@dataclass(frozen=True)
class Ratio:
    """Points per so much spent, with the intervals of an ``Estimate``.

    ``interval_parameters``: 2.5-97.5% of the draws' own ratios of means; ``mc95``: Monte Carlo interval of ``value``;
    ``interval_chance``: single runs of single teams about their draw's mean, at the mean spent.
    """

    value: float
    interval_parameters: tuple[float, float]
    mc95: tuple[float, float]
    interval_chance: tuple[float, float]

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for JSON, rounded to six digits after the point."""
        names = ("interval_parameters", "mc95", "interval_chance")
        return {"value": round(self.value, 6)} | {
            name: [round(end, 6) for end in getattr(self, name)] for name in names
        }


def per(points: np.ndarray, spent: np.ndarray, amount: float) -> Ratio | None:
    """Return the points per ``amount`` spent, of ``[draw, replicate, team]``; ``None`` where a draw spends nothing.

    The ratio of the means and not the mean of the runs' ratios: so many teams with so much money gain the sum of their
    points, while a mean of ratios counts the cheapest runs most and has no bound where a run spends next to nothing.
    Monte Carlo error and chance are those of ``points - ratio * spent``, the first term of the ratio's expansion.
    """
    gained, paid = estimated(points), estimated(spent)
    if gained is None or paid is None or paid.by_draw.min() <= 0.0:
        return None
    slope, unit = gained.mean / paid.mean, amount / paid.mean
    rest = estimated(points - slope * spent)
    assert rest is not None
    low, high = np.quantile(amount * gained.by_draw / paid.by_draw, [0.025, 0.975])
    value = amount * slope

    def about(interval: tuple[float, float]) -> tuple[float, float]:
        return value + unit * interval[0], value + unit * interval[1]

    return Ratio(value, (float(low), float(high)), about(rest.mc95), about(rest.interval_chance))
