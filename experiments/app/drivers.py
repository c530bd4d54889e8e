"""What goes with a difference: which unknowns move it, and what differs on the way there."""

from itertools import compress
from typing import Any

import numpy as np

from experiments import wording
from experiments.comparison import Comparison, compare
from experiments.profile.questions import called
from experiments.result import Result
from model.outcomes import OUTCOMES
from model.parameters import declared
from model.sites import Site

ON_THE_WAY = (
    "visits",
    "meetings_held",
    "hours_facilitator",
    "hours_manager",
    "hours_staff",
    "awareness_12m",
    "buy_in_12m",
    "ownership_12m",
    "adoption_12m",
    "strain_12m",
    "staff_replaced_12m",
    "cost",
)
MOST_SHOWN = 6
LEAST_DRAWS = 60
CHANCE = 0.05  #: that any unknown is shown although none moves the difference


def on_the_way(result: Result, scenario: str, against: str) -> list[dict[str, Any]]:
    """Return how two scenarios differ in what may lead to the gain, with how sure that is."""
    found = []
    for outcome in OUTCOMES:
        if outcome.name in ON_THE_WAY:
            comparison = compare(result, outcome.name, scenario, against=against)
            if comparison is not None and not comparison.equal:
                figures = comparison.to_dict() | {"meaning": outcome.meaning, "unit": outcome.unit}
                found.append(figures | {"verdict": _more_or_less(comparison)})
    return sorted(found, key=lambda figures: ON_THE_WAY.index(figures["outcome"]))


def _more_or_less(comparison: Comparison) -> str:
    if not comparison.told_apart:
        return "too few runs to say"
    draws, p = len(comparison.estimate.by_draw), comparison.p_positive
    return f"more: {wording.rated(p, draws)}" if p >= 0.5 else f"less: {wording.rated(1.0 - p, draws)}"


def unknowns(result: Result, comparison: Comparison) -> list[dict[str, Any]]:
    """Return the unknowns whose rank goes with the difference by draw, the strongest first.

    Spearman's correlation over draws; shown are those beyond what one of so many would reach by chance once in twenty
    times (Bonferroni). None where draws are few or failed.
    """
    import pandas as pd
    from scipy.special import ndtri

    d, draws = comparison.estimate.by_draw, result.experiment.draws
    if len(d) < LEAST_DRAWS or len(d) != len(draws) or np.ptp(d) == 0.0:
        return []
    names = [name for name in draws.table.columns if _concerns(result, name)]
    ranks = draws.ranks[names].to_numpy()  # as scipy.stats has it, which takes half a second to be loaded
    vary = np.ptp(ranks, axis=0) > 0.0
    names = list(compress(names, vary))
    with_d = _standard(ranks[:, vary]).T @ _standard(pd.Series(d).rank().to_numpy())
    least = ndtri(1.0 - 0.5 * CHANCE / len(names)) / np.sqrt(len(d) - 1)
    strongest = sorted(np.flatnonzero(np.abs(with_d) > least), key=lambda k: -abs(with_d[k]))
    return [
        {"name": names[k], "meaning": _meaning(names[k]), "correlation": round(float(with_d[k]), 3)}
        for k in strongest[:MOST_SHOWN]
    ]


def _standard(ranks: np.ndarray) -> np.ndarray:
    """Return ranks with mean 0 and length 1 along the first axis: products of two are their correlations."""
    centred = ranks - ranks.mean(axis=0)
    return np.asarray(centred / np.linalg.norm(centred, axis=0))


def _concerns(result: Result, name: str) -> bool:
    """Say whether an unknown is one of the world's, or of a team that was run."""
    teams = [f"team {team}: " for team in result.experiment.teams if not isinstance(team, Site)]
    return name in declared() or name.startswith(tuple(teams))


def _meaning(name: str) -> str:
    """Return what an unknown is, with its unit; a team's circumstance by its name."""
    if name not in declared():
        *team, field = name.split(": ")
        return ": ".join([*team, called(field)])
    return f"{declared()[name].meaning} ({declared()[name].unit})"
