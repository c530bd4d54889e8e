"""Run one cell, a network with one draw and one replicate, and hand over what an engine leaves of it."""

from collections.abc import Iterable
from typing import Literal

import numpy as np

from model.crisis_teams import CrisisTeams
from model.noise import PhiloxTape
from model.outcomes import Run
from model.parameters import Parameters
from model.programme.programme import Programme
from model.sites import Network

Engine = Literal["mesa", "compiled"]


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
    engine: Engine = "mesa",
) -> list[Run]:
    """Run a network and return each team's run; both engines give the same numbers, to the last bit.

    Replicate r has the luck (``seed``, r), common to all programmes and draws; ``fresh_luck``, a draw's number, gives
    each draw luck of its own (for banks of simulations).
    """
    tape = PhiloxTape(seed, replicate, fresh_luck)
    if engine == "compiled":
        from model.arrays import compiled_runs

        return compiled_runs(
            network, programme, parameters, tape, months=months, measured_months=measured_months
        )
    model = CrisisTeams(
        network,
        programme,
        parameters,
        months=months,
        tape=tape,
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
                events=tuple(sorted(delivery.outcomes, key=lambda event: (event[1], event[0]))),
                start_week=delivery.start_week,
                end_week=delivery.end_week,
                first_finished_week=team.first_finished_week,
                visits=team.visits,
                visits_lost=team.visits_lost,
            )
        )
    return runs
