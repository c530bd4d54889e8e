"""Run one cell, a network with one draw and one replicate, and hand over what an engine leaves of it."""

from collections.abc import Iterable

import numpy as np

from model.crisis_teams import CrisisTeams
from model.noise import PhiloxTape
from model.outcomes import Run
from model.parameters import Parameters
from model.programme.programme import Programme
from model.sites import Network


def simulate(
    network: Network,
    programme: Programme,
    parameters: Parameters,
    *,
    seed: int,
    replicate: int,
    months: float,
    measured_months: Iterable[float],
    fresh_luck: int | None = None,
) -> list[Run]:
    """Run a network in Mesa and return each team's run.

    Replicate r has the luck (``seed``, r), common to all programmes and draws; ``fresh_luck``, a draw's number, gives
    each draw luck of its own (for banks of simulations).
    """
    model = CrisisTeams(
        network,
        programme,
        parameters,
        months=months,
        tape=PhiloxTape(seed, replicate, fresh_luck),
        measured_months=measured_months,
        collect="nothing",
    ).run()
    return runs_of(model)


def runs_of(model: CrisisTeams) -> list[Run]:
    """Return each team's run from a model that has come to its end."""
    runs = []
    for team in model.teams:
        record, delivery = model.records[team.name], team.delivery
        runs.append(
            Run(
                team=team.name,
                posts=team.site.posts,
                baseline=team.site.baseline_total,
                series=np.array(record.weeks),
                totals={week: sum(scores) for week, scores in record.scores.items()},
                hours=tuple(record.hours),
                events=tuple((event.kind, event.planned, event.held) for event in delivery.outcomes),
                start_week=delivery.start_week,
                end_week=delivery.end_week,
                first_finished_week=team.first_finished_week,
                visits=team.visits,
                visits_lost=team.visits_lost,
            )
        )
    return runs
