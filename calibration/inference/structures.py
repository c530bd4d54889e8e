"""Rival structures: the model with one thing taken out, each with a bank, weights and answers of its own.

A structure is a declared neutral form laid over the prior, or another programme under the six records. Six points
cannot rank structures: nothing weights or averages them, the headline answers stand side by side.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from calibration.draws import Draws, prior
from calibration.inference.bank import NO_SIP, RECORDED, Bank, make_bank
from calibration.inference.headline import contrasts, selected, told
from calibration.inference.likelihood import Review, log_likelihood, records, reviews_of
from calibration.inference.prediction import LEVELS, Prediction, left_out, score_difference
from calibration.inference.settings import Settings
from calibration.inference.weights import weighted
from model.mechanisms import MECHANISMS

_NEUTRAL = {mechanism.key: mechanism.neutral for mechanism in MECHANISMS}
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
    """A structure's left-out predictions and answers; ``halves`` are the predictions from each half of its bank."""

    structure: Structure
    left_out: list[Prediction]
    halves: tuple[list[Prediction], list[Prediction]]
    effective: float
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
    """Give each structure its bank and return their scores and answers, the full model first."""
    found = []
    for structure in STRUCTURES:
        say(f"rival structure: {structure.name}")
        bank = bank_of(structure, settings, folder, workers=workers, progress=progress)
        found.append(of_bank(structure, bank, settings.selection))
    return [_row(each, found[0]) for each in found]


def bank_of(
    structure: Structure, settings: Settings, folder: Path, *, workers: int = 1, progress: bool = False
) -> Bank:
    """Make a structure's bank within a folder, or take it as it lies there."""
    sized = settings.of_structures()
    return make_bank(
        sized,
        folder / structure.folder,
        draws=structure.over(prior(sized.draws, sized.seed)),
        programme=structure.programme,
        workers=workers,
        progress=progress,
    )


def of_bank(structure: Structure, bank: Bank, selection: float) -> Stood:
    """Weigh a structure's bank by the six totals."""
    review = reviews_of(bank)
    logs = log_likelihood(records(), review)
    weights = weighted(selected(logs, review, selection))
    first, second = (_half(logs, review, part) for part in (slice(0, None, 2), slice(1, None, 2)))
    answers = {name: told(values, weights) for name, values in contrasts(bank).items()}
    return Stood(
        structure, left_out(logs, review), (first, second), weights.effective, weights.k_hat, answers
    )


def _half(logs: np.ndarray, review: Review, part: slice) -> list[Prediction]:
    return left_out(logs[part], Review(review.mean[part], review.variance[part]))


def _row(each: Stood, full: Stood) -> dict[str, Any]:
    """Return a structure's row: its score less the full model's, with the paired and the Monte Carlo error."""
    difference, paired = score_difference(each.left_out, full.left_out)
    halves = [score_difference(a, b)[0] for a, b in zip(each.halves, full.halves, strict=True)]
    return {
        "name": each.structure.name,
        "says": each.structure.says,
        "effective": round(each.effective, 1),
        "k_hat": round(each.k_hat, 2) if np.isfinite(each.k_hat) else None,
        "score": round(_total(each.left_out), 2),
        "difference": round(difference, 2),
        "paired_error": round(paired, 2),
        "simulation_error": round(abs(halves[0] - halves[1]) / 2.0, 2),
        "within_90": sum(one.covers(len(LEVELS) - 1) for one in each.left_out),
        "answers": each.answers,
    }


def _total(found: Sequence[Prediction]) -> float:
    return float(sum(each.log_score for each in found))
