"""Runs of a result lived through again, for what a result does not keep: each item, each week."""

from typing import TYPE_CHECKING, Any

from experiments.errors import InputError
from experiments.result import Result
from experiments.scenario import Scenario

if TYPE_CHECKING:
    from model.ensemble import Lived

DRAWS = 60  #: enough for means that a picture can show


def first_draws(result: Result, draws: int) -> int:
    """Return over how many of a result's draws to run again.

    Raises
    ------
    InputError
        If the result keeps no months.
    """
    if not result.experiment.series:
        raise InputError(
            "This result keeps no months (a sweep): run the programmes again with 'crtsip compare'."
        )
    return min(draws, len(result.experiment.draws))


def lived_again(result: Result, scenario: Scenario, draws: int, replicate: int, **kept: Any) -> "list[Lived]":
    """Run a replicate of the first draws again; return ``[network]``, the very runs of the result.

    ``kept`` is what ``model.ensemble.lived`` is to keep of them.
    """
    from model.ensemble import lived
    from model.noise import PhiloxTape

    experiment = result.experiment
    parameters = [scenario.parameters_for(experiment.draws.parameters(draw)) for draw in range(draws)]
    tape = PhiloxTape(experiment.seed, replicate)
    return [
        lived(
            networks,
            scenario.programme,
            parameters,
            [tape] * draws,
            range(draws),
            months=experiment.months,
            measured_months=experiment.measured_months,
            engine=experiment.engine,
            **kept,
        )
        for networks in zip(*(experiment.networks(scenario, draw) for draw in range(draws)), strict=True)
    ]
