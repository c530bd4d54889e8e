"""What is lost, draw by draw, by a programme that is not the best there."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.result import Result


class Regret(NamedTuple):
    """A scenario's regret over draws in the outcome's units, and the share of draws in which it is best."""

    scenario: str
    mean: float
    p95: float
    largest: float
    best: float


def regrets(result: Result, outcome: str, scenarios: Sequence[str]) -> list[Regret]:
    """Return the regret of each scenario: what the best of them reaches in a draw less what it reaches.

    A draw's value is the mean over replicates and teams. Draws of which a run failed are left out. Scenarios that are
    best together share the draw.
    """
    values = np.array([result.outcome(outcome, name).mean(axis=(1, 2)) for name in scenarios])
    values = values[:, np.isfinite(values).all(axis=0)]
    lost = values.max(axis=0) - values
    first = (lost == 0.0) / (lost == 0.0).sum(axis=0)
    return [
        Regret(
            name,
            float(lost[k].mean()),
            float(np.quantile(lost[k], 0.95)),
            float(lost[k].max()),
            float(first[k].mean()),
        )
        for k, name in enumerate(scenarios)
    ]
