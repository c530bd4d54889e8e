"""Rival structures: the model with one thing taken out, each with a bank, weights and answers of its own.

A structure is a declared neutral form laid over the prior, or another programme under the six records. Six points
cannot rank structures: nothing weights or averages them, the headline answers stand side by side.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from calibration.draws import Draws, at_points, uniform_points
from calibration.inference.adaptive import Pooled, pooled
from calibration.inference.bank import NO_SIP, RECORDED, Bank, make_bank
from calibration.inference.headline import contrasts, log_weights, selected, told
from calibration.inference.likelihood import log_likelihood, records, reviews_of
from calibration.inference.prediction import (
    LEVELS,
    Prediction,
    from_the_others,
    influence,
    left_out,
    score_difference,
    verdict,
)
from calibration.inference.settings import Settings
from calibration.inference.weights import weighted
from model.mechanisms import MECHANISMS

_NEUTRAL = {mechanism.key: mechanism.neutral for mechanism in MECHANISMS}
FIRST_NUMBER = (
    2_000_000  #: times a round's number: of its draws, so that they have luck no other bank has seen
)
SEED_AFTER = 10  #: what is added to the seed for the rounds' points
_PLACED = ("trust", "knowledge", "credibility", "skill", "travel", "main_job")


class Structure(NamedTuple):
    """A rival: values laid over every draw (a name stands for that parameter's own value), and the programme run."""

    name: str
    says: str
    values: Mapping[str, float | str] = {}
    programme: str = RECORDED

    @property
    def folder(self) -> str:
        """Return the name of its bank's folder."""
        return self.name.replace(" ", "-")

    def over(self, draws: Draws) -> Draws:
        """Return draws with the structure laid over them."""
        table = draws.table
        return draws.laid_over({k: table[v] if isinstance(v, str) else v for k, v in self.values.items()})


STRUCTURES = (
    Structure("full", "the model as it is"),
    Structure("no spill-over", "items nobody targets are not lifted (M17)", _NEUTRAL["M17"]),
    Structure(
        "no social influence", "buy-in and awareness do not spread between colleagues (M8)", _NEUTRAL["M8"]
    ),
    Structure(
        "placement without effect",
        "embedded and external facilitators start and travel as internal ones do",
        {f"{kind}_{place}": f"{kind}_internal" for kind in _PLACED for place in ("embedded", "external")},
    ),
    Structure(
        "attention ends with novelty",
        "attention to a programme wears off at 2.4 a year (twice the prior's top), buy-in at 0.06 a week (its top)",
        {"habituation": 2.4, "novelty_fade": 0.06},
    ),
    Structure("no turnover effect", "strain makes nobody leave, successors know all (M3)", _NEUTRAL["M3"]),
    Structure(
        "time and space only",
        "feedback, benchmark and comparison with other teams have no effect (M11, part of M12)",
        {**_NEUTRAL["M11"], "comparison_heart": 0.0},
    ),
    Structure(
        "manager and context only", "the programme adds nothing to what happens without", programme=NO_SIP
    ),
    Structure(
        "review error only",
        "true practice stays as it was: review error and regression to the mean are all there is",
        {
            **_NEUTRAL["M21"],
            **{"background_share": 0.0, "manager_background": 0.0, "leavers_knowledge": 0.0},
        },
        NO_SIP,
    ),
)


class Stood(NamedTuple):
    """A structure's left-out predictions and answers.

    ``moved_by`` is what each draw, by its number, adds to the simulation's error of the left-out score; ``effective``
    draws are those of the answers, ``left_out_effective`` the fewest that a left-out prediction rests on.
    """

    structure: Structure
    left_out: list[Prediction]
    moved_by: "pd.Series[float]"
    rounds: int
    effective: float
    left_out_effective: float
    k_hat: float
    answers: dict[str, Any]


def stood(
    settings: Settings,
    folder: Path,
    *,
    workers: int = 1,
    progress: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> list[dict[str, Any]]:
    """Give each structure its bank, more draws where few fit, and return scores and answers, the full model first."""
    found = []
    for structure in STRUCTURES:
        say(f"rival structure: {structure.name}")
        make = partial(bank_of, structure, settings, folder, workers=workers, progress=progress)
        found.append(_of_structure(structure, settings, make, say))
    return [_row(each, found[0]) for each in found]


def _of_structure(
    structure: Structure, settings: Settings, make: Callable[..., Bank], say: Callable[[str], None]
) -> Stood:
    points = uniform_points(settings.structures, settings.seed)
    weigh = partial(log_weights, selection=settings.selection)
    found = pooled(points, make(), make, weigh, settings.seed + SEED_AFTER)
    if found.rounds:
        say(f"few draws of {structure.name} fit; adaptive rounds made: {found.rounds}")
    return of_bank(structure, found, settings.selection)


def bank_of(
    structure: Structure,
    settings: Settings,
    folder: Path,
    number: int = 0,
    points: np.ndarray | None = None,
    *,
    workers: int = 1,
    progress: bool = False,
) -> Bank:
    """Make a structure's bank within a folder, or take it as it lies there: of the prior, or of an adaptive round.

    A round has a ``number`` from 1, ``points`` and luck of its own.
    """
    sized, own = settings.of_structures(), folder / structure.folder
    points = uniform_points(sized.draws, sized.seed) if points is None else points
    return make_bank(
        sized,
        own / f"round-{number}" if number else own,
        draws=structure.over(at_points(points, number * FIRST_NUMBER)),
        programme=structure.programme,
        workers=workers,
        progress=progress,
    )


def of_bank(structure: Structure, found: Pooled, selection: float) -> Stood:
    """Weigh a structure's bank by the six totals."""
    bank, offset = found.bank, found.offset
    review = reviews_of(bank)
    logs = log_likelihood(records(), review)
    weights = weighted(selected(logs, review, selection) + offset)
    return Stood(
        structure,
        left_out(logs, review, offset),
        pd.Series(influence(logs, offset), index=bank.draws.table.index),
        found.rounds,
        weights.effective,
        min(each.effective for each in from_the_others(logs, offset)),
        weights.k_hat,
        {name: told(values, weights) for name, values in contrasts(bank).items()},
    )


def _row(each: Stood, full: Stood) -> dict[str, Any]:
    """Return a structure's row: its score less the full model's, with the paired and the simulation's error."""
    difference, paired = score_difference(each.left_out, full.left_out)
    simulation = simulation_error(each, full)
    return {
        "name": each.structure.name,
        "says": each.structure.says,
        "draws": len(each.moved_by),
        "rounds": each.rounds,
        "effective": round(each.effective, 1),
        "left_out_effective": round(each.left_out_effective, 1),
        "k_hat": round(each.k_hat, 2) if np.isfinite(each.k_hat) else None,
        "score": round(_total(each.left_out), 2),
        "difference": round(difference, 2),
        "paired_error": round(paired, 2),
        "simulation_error": round(simulation, 2),
        "verdict": verdict(difference, paired, simulation),
        "within_90": sum(one.covers(len(LEVELS) - 1) for one in each.left_out),
        "answers": each.answers,
    }


def simulation_error(one: Stood, other: Stood) -> float:
    """Return the simulation's standard error of a difference of two structures' scores.

    Draws with one number have the same points and luck under both, so that their parts are subtracted; the others are
    independent.
    """
    apart = one.moved_by.sub(other.moved_by, fill_value=0.0)
    return float(np.sqrt(np.sum(apart.to_numpy() ** 2)))


def _total(found: Sequence[Prediction]) -> float:
    return float(sum(each.log_score for each in found))
