"""What six teams leave open of each headline answer, on average and as they were; and which records would decide it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from scipy.stats import norm

from calibration.inference.bank import TEAMS, Bank
from calibration.inference.headline import LARGE, contrasts
from calibration.inference.measures import measure_of
from calibration.inference.weights import Weighted

LIVES = (1, 4, 40)  #: of the six: 6, 24 and 240 totals, as far as the bank has replicates
DECIDED = 0.05  #: a sign is open while its probability lies between this and one less this
SHOWN = 3  #: unknowns told of each answer
FALSE_ALARM = 0.05  #: chance that an unknown of no account is told among all of them


def left_open(bank: Bank, found: Weighted, recovery: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return for each headline answer its signs, what is left of its variance, and what carries the rest.

    ``found`` are the weights given the real six; ``recovery`` the rows over synthetic data sets of six totals.
    """
    answers, on_average = contrasts(bank), {row["name"]: row for row in recovery}
    ranks, ceilings = _ranks(bank, found), _ceilings(bank, np.stack(list(answers.values()), axis=1))
    return {
        name: _signs(values, found)
        | _variance(values, found)
        | {"six": on_average[name]["kept"], "effective": on_average[name]["effective"]}
        | {"at_most": {totals: shares[k] for totals, shares in ceilings.items()}}
        | {"unknowns": _unknowns(ranks, values, found)}
        for k, (name, values) in enumerate(answers.items())
    }


def _ceilings(bank: Bank, values: np.ndarray) -> dict[str, list[list[float]]]:
    """Return by number of totals, for each column of values, the share of variance left at most, and its error."""
    lives = [each for each in LIVES if each <= bank.reviewed.shape[2]]
    return {str(TEAMS * each): at_most(bank.reviewed[:, :, :each].mean(axis=2), values) for each in lives}


def _signs(values: np.ndarray, found: Weighted) -> dict[str, Any]:
    """Return probabilities before and after the data, and what became of the sign."""
    holds = {"p_negative": values < 0.0, "p_positive": values > 0.0, "p_over_3": values > LARGE}
    chances = {
        name: [round(float(each.mean()), 4), round(found.probability(each), 4)]
        for name, each in holds.items()
    }
    return chances | {"sign": _sign(*chances["p_positive"])}


def _sign(before: float, after: float) -> str:
    """Say who decided a sign: what was assumed, the six, or nobody."""
    fixed, known = (not DECIDED <= chance <= 1.0 - DECIDED for chance in (before, after))
    if fixed:
        return "fixed before" if known else "opened by the six"
    return "decided by the six" if known else "open"


def _variance(values: np.ndarray, found: Weighted) -> dict[str, Any]:
    before, after = float(values.std()), float(found.sd(values))
    return {
        "sd": [round(before, 3), round(after, 3)],
        "ratio": round((after / before) ** 2, 3) if before else 1.0,
    }


def at_most(totals: np.ndarray, values: np.ndarray) -> list[list[float]]:
    """Return the share of each column's variance that totals ``[draw, team]`` leave at most, and its standard error.

    No function of the data misses a quantity by less, in mean square, than the posterior mean, which misses it by the
    expected posterior variance. So any regression on the simulated data gives a ceiling, with no weights that could
    collapse (Strong, Oakley & Brennan 2014): here least squares on the teams' totals, squares and products, each half
    of the draws predicted from the other.
    """
    design, missed = _design(totals), np.empty(values.shape)
    halves = (slice(0, None, 2), slice(1, None, 2))
    for fitted, other in (halves, halves[::-1]):
        solution = np.linalg.lstsq(design[fitted], values[fitted], rcond=None)[0]
        missed[other] = (values[other] - design[other] @ solution) ** 2
    missed /= np.maximum(values.var(axis=0), np.finfo(float).tiny)
    errors = missed.std(axis=0, ddof=1) / np.sqrt(len(values))
    return np.round(np.stack([missed.mean(axis=0), errors], axis=1), 3).tolist()  # type: ignore[no-any-return]


def _design(totals: np.ndarray) -> np.ndarray:
    """Return a constant, totals ``[draw, team]`` in standard units, their squares and products."""
    scaled = (totals - totals.mean(axis=0)) / totals.std(axis=0)
    one, other = np.triu_indices(totals.shape[1])
    return np.column_stack([np.ones(len(scaled)), scaled, scaled[:, one] * scaled[:, other]])


def _ranks(bank: Bank, found: Weighted) -> dict[str, np.ndarray]:
    """Return each unknown's weighted ranks by draw; placements are set by what is compared."""
    table = bank.draws.table
    return {
        name: weighted_ranks(values, found)
        for name in table.columns
        if np.ptp(values := table[name].to_numpy(dtype=float)) > 0.0 and not name.endswith(": placement")
    }


def weighted_ranks(values: np.ndarray, found: Weighted) -> np.ndarray:
    """Return by draw the weight of all draws below it and half its own, in standard units."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values))
    ranks[order] = np.cumsum(found.weights[order]) - 0.5 * found.weights[order]
    return np.asarray((ranks - found.mean(ranks)) / found.sd(ranks))


def _unknowns(ranks: Mapping[str, np.ndarray], values: np.ndarray, found: Weighted) -> list[dict[str, Any]]:
    """Return the unknowns with the largest squared rank correlations given the six, those of chance left out."""
    if np.ptp(values) == 0.0:
        return []
    answer = weighted_ranks(values, found)
    chance = float(norm.isf(FALSE_ALARM / 2.0 / len(ranks))) ** 2 / found.effective
    shares = {name: float(found.mean(each * answer)) ** 2 for name, each in ranks.items()}
    most = sorted(shares, key=lambda name: -shares[name])[:SHOWN]
    return [
        {"name": name, "share": round(shares[name], 3), "measure": measure_of(name)}
        for name in most
        if shares[name] > chance
    ]
