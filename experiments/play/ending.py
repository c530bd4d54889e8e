"""The end of a game: what came of it beside the model's own policies, in this life and in others, and why."""

from typing import Any

import numpy as np

from experiments.comparison import Comparison, judged
from experiments.errors import InputError
from experiments.experiment import NO_SIP
from experiments.play.arms import TITLES, YOU, Arms, World, after, arms
from experiments.play.game import Game
from experiments.play.policies import POLICIES
from model.noise import PhiloxTape

Table = dict[str, Any]

WORLDS = 100  #: draws in which the decisions are tried again
REPLICATES = 2  #: lives in each of them
STATES = {
    "facilitator_trust": "trust in you",
    "guidance": "guidance",
    "awareness": "awareness",
    "buy_in": "buy-in",
    "ownership": "ownership",
    "strain": "strain",
    "leaders_support": "leaders' support",
    "manager_priority": "manager's priority",
    "adoption": "new ways practised",
    "plan_progress": "plan worked off",
}
CAVEAT = (
    "This life is one of many that the same decisions allow. What differs beside a better or worse end goes along with "
    "it, and need not be its cause; what each decision changed is computed with all else, luck included, held the same."
)


def ending(game: Game, *, worlds: int = WORLDS) -> Table:
    """Compare a finished game with the policies, and tell what was hidden.

    Gains are in points, at the programme's end and a year after (``later``); states are shares at the programme's end.
    ``elsewhere`` tries the same decisions in other worlds with other luck (none with ``worlds`` 0).

    Raises
    ------
    InputError
        If the game is not over, or there are not so many worlds.
    """
    if not game.over:
        raise InputError(f"Month {game.lived_months} of {game.months} was played: the game is not over.")
    here = arms(game, [World(game.draw, PhiloxTape(game.seed, game.replicate))])
    there = _elsewhere(game, worlds) if worlds else None
    best = max(POLICIES, key=lambda name: _gain(here, name, game))
    return {
        "months": game.months,
        "arms": {name: _of_arm(here, name, game) | {"title": title} for name, title in TITLES.items()},
        "best": best,
        "decisions": _by_decision(game, here, there, worlds),
        "elsewhere": {} if there is None else _compared(game, there, worlds),
        "worlds": worlds,
        "states": STATES,
        "hidden": {name: here.series(name, YOU)[0, : game.months + 1].round(3).tolist() for name in STATES},
        "caveat": CAVEAT,
    }


def _elsewhere(game: Game, worlds: int) -> Arms:
    """Live the game in other worlds, each draw's replicates in a row, none with the luck it was played with."""
    if worlds > len(game.experiment.draws):
        raise InputError(f"worlds = {worlds}: there are {len(game.experiment.draws)} draws.")
    tapes = [PhiloxTape(game.seed, game.replicate + 1 + k) for k in range(REPLICATES)]
    return arms(game, [World(draw, tape) for draw in range(worlds) for tape in tapes])


def _latent(game: Game) -> str:
    return f"latent_gain_{game.months}m"


def _gain(found: Arms, arm: str, game: Game) -> float:
    return float(found.outcome(_latent(game), arm)[0])


def _of_arm(found: Arms, arm: str, game: Game) -> Table:
    """Return an arm's gains, visits, hours and states in this life, and its true practice by month."""
    outcomes = {"reviewed": f"gain_{game.months}m", "practice": _latent(game), "later": "latent_gain_end"}
    return {
        **{name: round(float(found.outcome(outcome, arm)[0]), 6) for name, outcome in outcomes.items()},
        **{name: int(found.outcome(name, arm)[0]) for name in ("visits", "visits_lost")},
        "hours": {kind: round(hours, 1) for kind, hours in found.facilitators_hours(arm).items()},
        "states": {name: round(float(found.series(name, arm)[0, game.months]), 3) for name in STATES},
        "total": found.series("latent_total", arm)[0].round(2).tolist(),
    }


def _by_decision(game: Game, here: Arms, there: Arms | None, worlds: int) -> list[Table]:
    """Return what each decision changed when it joined those before it: they add up to you less the plan."""
    steps = [*(after(count) for count in range(len(game.decisions))), YOU]
    return [
        decision.model_dump()
        | {
            "practice": round(_gain(here, new, game) - _gain(here, old, game), 6),
            "elsewhere": None if there is None else _judged(game, there, worlds, new, old).to_dict(),
        }
        for decision, old, new in zip(game.decisions, steps, steps[1:], strict=False)
    ]


def _compared(game: Game, there: Arms, worlds: int) -> Table:
    """Return you less each policy, and less no programme, over other worlds."""
    from experiments.wording import verdict

    found = {name: _judged(game, there, worlds, YOU, name) for name in (*POLICIES, NO_SIP)}
    return {name: one.to_dict() | {"verdict": verdict(one)} for name, one in found.items()}


def _judged(game: Game, there: Arms, worlds: int, arm: str, against: str) -> Comparison:
    outcome = _latent(game)
    difference = there.outcome(outcome, arm) - there.outcome(outcome, against)
    found = judged(difference.reshape(worlds, REPLICATES, 1), outcome, arm, against)
    assert found is not None and np.isfinite(difference).all()
    return found
