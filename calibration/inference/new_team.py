"""A new team of the trial's kind: what is predicted where nothing but eligibility is known. Kept apart from the six."""

from typing import Any

import numpy as np
import pandas as pd

from calibration.draws import Draws
from calibration.inference.bank import ARMS
from calibration.inference.forward import Forward, run_sites
from calibration.inference.headline import ANSWERS
from calibration.population import LEAST_BASELINE, MOST_BASELINE, population_team
from model.outcomes import OUTCOME_PLACES
from model.sites import Site

TEAMS = 5  #: new teams for each draw
REPLICATES = 2


def drawn(count: int, seed: int) -> list[list[Site]]:
    """Draw new teams ``[team][draw]``, each on its own (see ``calibration.population``)."""
    return [[population_team(team, (seed, draw)) for draw in range(count)] for team in range(TEAMS)]


def predicted(table: pd.DataFrame, before: Draws, seed: int, *, workers: int = 1) -> dict[str, Any]:
    """Return what is predicted for new teams under the fitted draws ``table`` and under as many of the prior."""
    after = Draws(table, "posterior")
    return {
        "baselines": [LEAST_BASELINE, MOST_BASELINE],
        "teams": TEAMS * len(table),
        "before": _answers(before, seed, workers),
        "after": _answers(after, seed, workers),
    }


def _answers(draws: Draws, seed: int, workers: int) -> dict[str, Any]:
    teams = drawn(len(draws), seed)
    found = {
        arm: run_sites(draws, teams, arm, seed, replicates=REPLICATES, months=24, workers=workers)
        for arm in ARMS
    }
    rows = {
        name: _told(_values(found[arm], outcome) - (_values(found[against], outcome) if against else 0.0))
        for name, (arm, against, outcome) in ANSWERS.items()
    }
    reviewed = {
        f"reviewed gain at month 12, {arm.removesuffix('-12')}": _told(_values(found[arm], "gain_12m"))
        for arm in ("internal-12", "external-12")
    }
    return rows | reviewed


def _values(found: Forward, outcome: str) -> np.ndarray:
    return np.asarray(found.outcomes[..., OUTCOME_PLACES[outcome]])


def _told(values: np.ndarray) -> dict[str, Any]:
    """Tell of ``values[draw, replicate, team]``: mean and P(> 0) with errors over draws; single teams' 95% interval."""
    by_draw = values.mean(axis=(1, 2))
    low, high = np.quantile(values, [0.025, 0.975])
    return {
        "mean": round(float(by_draw.mean()), 2),
        "error": round(_error(by_draw), 2),
        "interval": [round(float(low), 1), round(float(high), 1)],
        "p_positive": round(float((values > 0.0).mean()), 3),
        "p_error": round(_error((values > 0.0).mean(axis=(1, 2))), 3),
        "p_over_3": round(float((values > 3.0).mean()), 3),
    }


def _error(by_draw: np.ndarray) -> float:
    return float(by_draw.std(ddof=1) / np.sqrt(len(by_draw)))
