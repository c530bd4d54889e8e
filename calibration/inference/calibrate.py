"""A calibration from end to end: bank, weights, draws, and every diagnostic, as one dictionary for report and tests."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from calibration.inference import delivery
from calibration.inference.bank import TEAMS, Bank, make_bank
from calibration.inference.checks import (
    FAMILY,
    SPOILINGS,
    Ranked,
    noticed,
    passed,
    quantities,
    ranked,
    ranked_by_rejection,
)
from calibration.inference.delivered import delivered
from calibration.inference.headline import ANSWERS, answers, contrasts, selected
from calibration.inference.learned import correlations, learned
from calibration.inference.left_open import left_open
from calibration.inference.likelihood import (
    Review,
    likelihood_noise,
    log_likelihood,
    records,
    reviews_of,
)
from calibration.inference.prediction import (
    LEVELS,
    RIVALS,
    Prediction,
    from_the_others,
    in_sample,
    influence,
    left_out,
    of_prior,
    score_difference,
    verdict,
)
from calibration.inference.recovery import recovered
from calibration.inference.rejection import adjusted
from calibration.inference.settings import Settings
from calibration.inference.studies import studied
from calibration.inference.weights import Weighted, plain, weighted

#: Parameters whose places the simulation-based check notes; named before it was run.
RANKED = (
    "hours_per_point",
    "free_hours",
    "guidance_value",
    "spill_over",
    "habituation",
    "ceiling",
    "background_share",
    "review_error_sd",
    "drift_practice",
    "manager_hours",
    "trust_external",
    "leaving_rate",
)
BINS = 20  #: of the rank plots


class Calibration(NamedTuple):
    """The kept draws (a row each, in random order) and all diagnostics."""

    table: pd.DataFrame
    diagnostics: dict[str, Any]


def calibrate(
    settings: Settings,
    folder: Path,
    *,
    workers: int = 1,
    progress: bool = False,
    say: Callable[[str], None] = lambda _: None,
) -> Calibration:
    """Calibrate to the six teams; the bank is made in ``folder``, or gone on with there.

    Raises
    ------
    ValueError
        If the folder holds a bank of other settings.
    """
    say(f"simulating {settings.draws} draws of the prior, {settings.replicates} runs each of the six teams")
    bank = make_bank(settings, folder, workers=workers, progress=progress)
    review = reviews_of(bank)
    logs = log_likelihood(records(), review)
    found = weighted(selected(logs, review, settings.selection))
    say(f"{found.effective:.0f} effective draws, k-hat {found.k_hat:.2f}; checking")
    chosen = found.resampled(settings.kept, settings.seed)
    main = bank.draws.table.iloc[chosen].reset_index(drop=True)
    diagnostics = diagnosed(settings, bank, review, logs, found, chosen)
    say("the delivery of the programme")
    apart = delivery.fitted(settings, main, workers=workers)
    table = delivery.resampled(apart, main, settings.seed)
    moved = [row["name"] for row in diagnostics["learned"]]
    beside = studied(settings, folder, bank, found, table, moved, workers=workers, progress=progress, say=say)
    carried = {"delivered": delivered(main, table, settings.seed, workers=workers)}
    return Calibration(table, diagnostics | {"delivery": apart.diagnostics} | carried | beside)


def diagnosed(
    settings: Settings, bank: Bank, review: Review, logs: np.ndarray, found: Weighted, chosen: np.ndarray
) -> dict[str, Any]:
    """Return every diagnostic of the main fit by name, in plain numbers and words."""
    checked = _simulation_based(settings, bank, review)
    moved = learned(bank, found)
    most = [row["name"] for row in moved[:10]]
    top = np.argsort(-logs.sum(axis=1), kind="stable")[:200]
    noise = likelihood_noise(records(), review, top)
    return {
        "settings": settings.to_dict(),
        "selection": settings.selection,
        "effective": round(found.effective, 1),
        "k_hat": round(found.k_hat, 3),
        "distinct": len(np.unique(chosen)),
        "likelihood_noise": round(noise[-1], 3),
        "factors": _factors(logs, noise),
        "headline": answers(bank, logs, review),
        "predictions": _predictions(logs, review),
        "learned": moved,
        "correlations": correlations(bank, found, most),
        "simulation_based": checked,
        "left_open": left_open(bank, found, checked["recovery"]),
        "methods": _methods(bank, review, logs, most),
        "halves": _halves(bank, logs),
    }


def _factors(logs: np.ndarray, noise: Sequence[float]) -> list[dict[str, Any]]:
    """Return effective draws and the log-likelihood's noise as one team's total after another is taken in."""
    rows = []
    for count in range(1, TEAMS + 1):
        found = weighted(logs[:, :count].sum(axis=1))
        alone = weighted(logs[:, count - 1])
        rows.append(
            {
                "team": count,
                "alone": round(alone.effective),
                "together": round(found.effective),
                "k_hat": round(found.k_hat, 2),
                "noise": round(noise[count - 1], 3),
            }
        )
    return rows


def _predictions(logs: np.ndarray, review: Review) -> dict[str, Any]:
    """Return predictions before the data, in-sample and left out, and the rivals' scores beside ours."""
    ours, simulation = left_out(logs, review), float(np.linalg.norm(influence(logs)))
    sets = {"prior": of_prior(review), "in-sample": in_sample(logs, review), "left out": ours}
    rivals = {name: [rival(team) for team in range(TEAMS)] for name, rival in RIVALS.items()}
    return {
        "weights": [
            {"team": team + 1, "effective": round(found.effective), "k_hat": round(found.k_hat, 2)}
            for team, found in enumerate(from_the_others(logs))
        ],
        "sets": {name: [_row(each) for each in found] for name, found in (sets | rivals).items()},
        "coverage": {name: _coverage(found) for name, found in (sets | rivals).items()},
        "scores": {
            name: _scored(*score_difference(ours, theirs), simulation) for name, theirs in rivals.items()
        },
    }


def _scored(difference: float, paired: float, simulation: float) -> dict[str, Any]:
    return {
        "difference": round(difference, 2),
        "paired_error": round(paired, 2),
        "simulation_error": round(simulation, 2),
        "verdict": verdict(difference, paired, simulation),
    }


def _row(each: Prediction) -> dict[str, Any]:
    return {
        "team": each.team,
        "recorded": each.recorded,
        "mean": round(each.mean, 1),
        "pit": round(each.pit, 3),
        "intervals": [[round(low, 1), round(high, 1)] for low, high in each.intervals],
        "log_score": round(each.log_score, 2),
    }


def _coverage(found: Sequence[Prediction]) -> dict[str, int]:
    return {f"{level:.0%}": sum(each.covers(k) for each in found) for k, level in enumerate(LEVELS)}


def _simulation_based(settings: Settings, bank: Bank, review: Review) -> dict[str, Any]:
    values = quantities(bank, review, RANKED, contrasts(bank))
    right = ranked(bank, review, values, data_sets=settings.data_sets, seed=settings.seed)
    apart = ranked_by_rejection(bank, values, data_sets=settings.apart, seed=settings.seed)
    faults = []
    for spoiling in SPOILINGS:
        spoiled = ranked(
            bank, review, values, data_sets=settings.data_sets, seed=settings.seed, spoiling=spoiling
        )
        p_value, power = noticed(spoiled, spoiling, settings.seed)
        faults.append(
            {"fault": spoiling.name, "by": spoiling.noticed_by, "p": float(f"{p_value:.2g}"), "power": power}
        )
    return {
        "data_sets": settings.data_sets,
        "level": FAMILY,
        "weights": _places(right),
        "rejection": _places(apart),
        "recovery": recovered(right, values),
        "faults": faults,
    }


def _places(found: Sequence[Ranked]) -> dict[str, Any]:
    return {
        "passed": passed(found),
        "quantities": [
            {
                "name": each.name,
                "p": float(f"{each.p_value:.2g}"),
                "mean": round(float(each.places.mean()), 3),
                "counts": np.histogram(each.places, BINS, (0.0, 1.0))[0].tolist(),
            }
            for each in found
        ],
    }


def _methods(bank: Bank, review: Review, logs: np.ndarray, most: list[str]) -> list[dict[str, Any]]:
    """Compare weights with rejection on the headline answers and the parameters that moved most, in posterior sd.

    Both without selection, which rejection does not know.
    """
    found, kept = weighted(logs.sum(axis=1)), adjusted(bank)
    table = bank.draws.table
    values = contrasts(bank) | {name: table[name].to_numpy(dtype=float) for name in most}
    rows = []
    for name, each in values.items():
        sd = float(found.sd(each))
        bounded = name in table
        ends = found.quantile(each, np.array([0.025, 0.975]))
        others = kept.quantile(each, (0.025, 0.975), bounded=bounded)
        rows.append(
            {
                "name": name,
                "headline": name in ANSWERS,
                "mean": round((kept.mean(each, bounded=bounded) - float(found.mean(each))) / sd, 2),
                "low": round(float(others[0] - ends[0]) / sd, 2),
                "high": round(float(others[1] - ends[1]) / sd, 2),
            }
        )
    return rows


def _halves(bank: Bank, logs: np.ndarray) -> list[dict[str, Any]]:
    """Compare the two halves of the bank on the headline answers, in their combined Monte Carlo standard error."""
    joint, rows = logs.sum(axis=1), []
    parts = (slice(0, None, 2), slice(1, None, 2))
    for name, values in contrasts(bank).items():
        found = [(plain(joint[part]), values[part]) for part in parts]
        (one, other), (first, second) = zip(
            *((each.mean(v), each.error(v)) for each, v in found), strict=True
        )
        difference = float(one - other)
        errors = difference / float(np.sqrt(first**2 + second**2))
        rows.append({"name": name, "difference": round(difference, 3), "errors": round(errors, 2)})
    return rows
