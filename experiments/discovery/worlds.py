"""Worlds to look for rules in: draws of the parameters, with the teams' circumstances over their whole range."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from calibration import Draws
from calibration.records import coding_key
from experiments.result import Result
from experiments.teams import Team
from model.parameters import uncertain

if TYPE_CHECKING:
    import pandas as pd

#: Circumstances that are varied, each over the whole of its scale in the coding key.
CONTEXT = (
    "busyness",
    "turnover",
    "manager_stance",
    "manager_engagement",
    "staff_buy_in",
    "trust_support",
    "group_breadth",
    "service_user_involvement",
)


def worlds(draws: Draws, teams: Sequence[Team], seed: int = 1) -> Draws:
    """Return the draws with the circumstances of the real teams among ``teams`` drawn anew, by a Latin hypercube.

    They are independent of each other, of the parameters, and between teams. A team of the user's own stays as it is.
    Columns of the prior, which are independent, are shuffled each by itself: of so many columns of a Sobol sequence
    some go together over a few hundred points, and a rule would name the one for the other.
    """
    from scipy.stats import qmc

    rng, table = np.random.default_rng(seed), draws.table
    if draws.kind == "prior":
        table = table.apply(lambda column: rng.permutation(column.to_numpy()))
    columns = [(team, name) for team in teams if isinstance(team, int) for name in CONTEXT]
    if columns:
        points = qmc.LatinHypercube(len(columns), rng=rng).random(len(draws))
        scales = [coding_key().scale[name] for _, name in columns]
        found = qmc.scale(points, [scale.low for scale in scales], [scale.high for scale in scales])
        names = [f"team {team}: {name}" for team, name in columns]
        table = table.assign(**{name: found[:, k] for k, name in enumerate(names)})
    return Draws(table, draws.kind)


def features(result: Result) -> "pd.DataFrame":
    """Return what rules may speak of, a row for each draw and team: parameters, circumstances, the baseline.

    What does not vary is left out.
    """
    import pandas as pd

    experiment = result.experiment
    scenario = experiment.scenarios[0]
    rows = []
    for draw in experiment.draws:
        p = experiment.draws.parameters(draw)._asdict()
        drawn = {name: p[name] for name in uncertain()}
        for network in experiment.networks(scenario, draw):
            for site in network.sites:
                context = {name: getattr(site, name) for name in (*CONTEXT, "baseline_total")}
                rows.append({**drawn, **context})
    table = pd.DataFrame(rows, dtype=float)
    return table.loc[:, table.nunique() > 1]


def meaning(name: str) -> tuple[str, str]:
    """Return unit and meaning of a parameter or circumstance."""
    from model.parameters import declared

    if name in declared():
        return declared()[name].unit, declared()[name].meaning
    if name in coding_key().scale:
        scale = coding_key().scale[name]
        return scale.unit, scale.meaning
    return "points", "reviewed total at the start"
