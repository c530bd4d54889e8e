"""Lives of a game's team, as it was played and otherwise, in the compiled engine: the same numbers as in Mesa."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from experiments.experiment import NO_SIP
from experiments.play.game import Decision, Game, write
from experiments.play.policies import POLICIES
from experiments.scenario import Scenario
from model.arrays import Inputs, inputs_of
from model.ensemble import Lived, live_compiled, measured_weeks
from model.noise import PhiloxTape
from model.outcomes import OUTCOME_PLACES
from model.programme.plan import weeks_of
from model.record import HOURS, NAMES

YOU = "you"
TITLES = {
    YOU: "as you decided",
    **{name: policy.title for name, policy in POLICIES.items()},
    NO_SIP: "no programme",
}


class World(NamedTuple):
    """A possible world: the position of its draw, and its luck."""

    draw: int
    tape: PhiloxTape


@dataclass(frozen=True)
class Arms:
    """The same lives under each way to spend the time, by name; runs are in the order of the worlds."""

    lives: dict[str, Lived]

    def outcome(self, name: str, arm: str) -> np.ndarray:
        """Return an outcome of an arm, ``[run]``."""
        return np.asarray(self.lives[arm].outcomes[:, 0, OUTCOME_PLACES[name]])

    def series(self, name: str, arm: str) -> np.ndarray:
        """Return a series of an arm at the start and each month's end, ``[run, month]``."""
        return np.asarray(self.lives[arm].series[:, 0, :, NAMES.index(name)])

    def facilitators_hours(self, arm: str) -> dict[str, float]:
        """Return the facilitator's hours by kind, mean over runs."""
        hours = self.lives[arm].hours[:, 0].mean(axis=0)
        return {kind: float(hours[k]) for k, (actor, kind) in enumerate(HOURS) if actor == "facilitator"}


def arms(game: Game, worlds: Sequence[World]) -> Arms:
    """Live the game, every policy and no programme in each world, to a year after the programme.

    ``you after 2`` is the game with its first two decisions alone, and so on.
    """
    planned = _inputs(game, game.scenario, worlds)
    decided = {YOU: game.decisions} | {name: policy.decisions for name, policy in POLICIES.items()}
    decided |= {after(count): game.decisions[:count] for count in range(len(game.decisions))}
    each = {name: _written(planned, decisions) for name, decisions in decided.items()}
    each[NO_SIP] = _inputs(game, _nothing_done(game.scenario), worlds)
    return Arms({name: _lives(inputs, game, worlds) for name, inputs in each.items()})


def after(count: int) -> str:
    """Return the name of the arm with the game's first decisions alone."""
    return f"{YOU} after {count}"


def _nothing_done(scenario: Scenario) -> Scenario:
    """Return no programme, in the world of a scenario."""
    world = {name: getattr(scenario, name) for name in ("context", "parameters", "without_mechanisms")}
    return Scenario(NO_SIP).model_copy(update=world)


def _inputs(game: Game, scenario: Scenario, worlds: Sequence[World]) -> Inputs:
    experiment = game.experiment
    networks = [experiment.networks(scenario, world.draw)[0] for world in worlds]
    parameters = [scenario.parameters_for(experiment.draws.parameters(world.draw)) for world in worlds]
    return inputs_of(networks, scenario.programme, parameters)


def _written(planned: Inputs, decisions: Sequence[Decision]) -> Inputs:
    rows = planned.rows.copy()
    write(rows, decisions)
    return planned._replace(rows=rows)


def _lives(inputs: Inputs, game: Game, worlds: Sequence[World]) -> Lived:
    experiment = game.experiment
    weeks = weeks_of(experiment.months)
    return live_compiled(
        inputs,
        [world.tape.luck for world in worlds],
        range(len(worlds)),
        weeks,
        measured_weeks(experiment.measured_months, weeks),
        kept_weeks=experiment.month_ends,
    )
