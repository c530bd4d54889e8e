"""Is the inference right? Known truths recovered over many synthetic data sets, and planted faults noticed.

Simulation-based calibration (Talts et al 2018; Modrak et al 2023): a data set is simulated from a draw of the prior,
the bank is weighted by it, and the truth's place among the weighted draws is noted, for parameters and for quantities
that depend on the data. Over many data sets places are uniform if the inference is right.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats
from scipy.special import ndtr

from calibration.inference.bank import TEAMS, Bank
from calibration.inference.likelihood import Review, baselines, log_likelihood
from calibration.inference.rejection import adjusted
from calibration.inference.weights import plain

FAMILY = 0.01  #: chance of any false alarm over all quantities; fixed before the check was first run
USED = 8_192  #: draws of the bank weighted for each data set
RESAMPLED = 200  #: times the places are drawn anew to state a planted fault's chance of being noticed
LIKELIHOOD = "joint log-likelihood"
#: Where each total lies in what the other five totals predict of it, as a distance from the middle (0 to 1).
LEFT_OUT = "left-out totals, distance from the middle"
GAIN = "expected gain, mean of teams"

Quantities = Mapping[str, np.ndarray]  #: values by draw


class Spoiling(NamedTuple):
    """A planted fault: what it does to review and data, and the quantity named beforehand to notice it."""

    name: str
    noticed_by: str
    variance: float = 1.0  #: times the right one
    totals: Callable[[np.ndarray], np.ndarray] = lambda totals: totals
    ignored: bool = False


SPOILINGS = (
    Spoiling("the error's sd halved", LEFT_OUT, variance=0.25),
    Spoiling("teams permuted", "team 6: expected total", totals=lambda totals: np.roll(totals, 1)),
    Spoiling("sign of every change flipped", GAIN, totals=lambda totals: 2.0 * baselines() - totals),
    Spoiling("likelihood ignored", LIKELIHOOD, ignored=True),
)


class Ranked(NamedTuple):
    """Places of the truth in [0, 1] over data sets, by quantity; and the p-value that they are uniform.

    ``estimates[data set]`` are truth, posterior mean and sd, and effective draws; none of what depends on the data.
    """

    name: str
    places: np.ndarray
    p_value: float
    estimates: np.ndarray | None = None


def quantities(bank: Bank, review: Review, parameters: Sequence[str], contrasts: Quantities) -> Quantities:
    """Return what is ranked beside the likelihood: parameters, headline differences, expected totals."""
    found = {name: bank.draws.table[name].to_numpy() for name in parameters} | dict(contrasts)
    expected = review.mean.mean(axis=2)
    found[GAIN] = (expected - baselines()).mean(axis=1)
    return found | {f"team {t + 1}: expected total": expected[:, t] for t in range(TEAMS)}


def ranked(
    bank: Bank,
    review: Review,
    values: Quantities,
    *,
    data_sets: int,
    seed: int,
    spoiling: Spoiling | None = None,
) -> list[Ranked]:
    """Return where the truth of each synthetic data set lies among the weighted draws, for each quantity.

    A data set is a draw's first run. That run stays among those its own likelihood is estimated from: draw and runs
    together are then distributed as the weighted draws and theirs (Andrieu & Roberts 2009), so that the joint
    log-likelihood's places are uniform however noisy its estimates. Without that run they lean to the low side.
    """
    luck = np.random.Generator(np.random.PCG64(seed))
    used = np.sort(luck.permutation(bank.size)[:USED])
    truths = luck.choice(len(used), size=min(data_sets, len(used)), replace=False)
    part = Review(review.mean[used], review.variance[used] * (spoiling.variance if spoiling else 1.0))
    mine = {name: value[used] for name, value in values.items()}
    table = np.stack(list(mine.values()), axis=1)
    estimates = []
    places: dict[str, list[float]] = {name: [] for name in (*mine, LIKELIHOOD, LEFT_OUT)}
    ignored = spoiling is not None and spoiling.ignored
    for truth in truths:
        totals = bank.reviewed[used[truth], :, 0]
        seen = spoiling.totals(totals) if spoiling else totals
        by_team = log_likelihood(seen, part)
        places[LEFT_OUT] += _distances(by_team, part, seen, truth, ignored=ignored)
        logs = by_team.sum(axis=1)
        weights = _weights(logs, truth, ignored=ignored)
        for name, value in (*mine.items(), (LIKELIHOOD, logs)):
            places[name].append(float(weights[value < value[truth]].sum()))
        estimates.append(_estimates(table, weights, truth))
    by_name = dict(zip(mine, np.moveaxis(np.array(estimates), 2, 0), strict=True))
    return [
        Ranked(name, np.array(found), _uniform(np.array(found)), by_name.get(name))
        for name, found in places.items()
    ]


def _estimates(table: np.ndarray, weights: np.ndarray, truth: int) -> np.ndarray:
    """Return truth, mean, sd and effective draws of each column of ``table[draw, quantity]``.

    Weighted draws scatter less about their own mean than about the true one, by their effective number; the sd is
    freed of that.
    """
    mean, concentration = weights @ table, float(weights @ weights)
    variance = weights @ (table - mean) ** 2 / max(1.0 - concentration, np.finfo(float).eps)
    return np.stack([table[truth], mean, np.sqrt(variance), np.full(len(mean), 1.0 / concentration)])


def _distances(
    by_team: np.ndarray, part: Review, seen: np.ndarray, truth: int, *, ignored: bool
) -> list[float]:
    """Return how far from the middle of its left-out prediction each total lies; uniform if the spread is right.

    Six distances of one data set hang together through the draws' weights, which is little: the folding takes the sign.
    """
    sd = np.sqrt(part.variance)[:, None]
    found = []
    for team in range(TEAMS):
        weights = _weights(np.delete(by_team, team, axis=1).sum(axis=1), truth, ignored=ignored)
        below = float(weights @ ndtr((seen[team] - part.mean[:, team]) / sd).mean(axis=1))
        found.append(abs(2.0 * below - 1.0))
    return found


def ranked_by_rejection(bank: Bank, values: Quantities, *, data_sets: int, seed: int) -> list[Ranked]:
    """Return the same places by the independent method, each truth's own runs left out."""
    luck = np.random.Generator(np.random.PCG64(seed))
    truths = luck.choice(bank.size, size=min(data_sets, bank.size), replace=False)
    places: dict[str, list[float]] = {name: [] for name in values}
    for truth in truths:
        kept = adjusted(bank, bank.reviewed[truth, :, 0], leave_out=int(truth))
        for name, value in values.items():
            found = kept.values(value, bounded=name in bank.draws.table)
            places[name].append(float(kept.weights[found < value[truth]].sum()))
    return [Ranked(name, np.array(found), _uniform(np.array(found))) for name, found in places.items()]


def _weights(logs: np.ndarray, truth: int, *, ignored: bool) -> np.ndarray:
    """Return weights of all draws but the truth's own."""
    held = np.zeros_like(logs) if ignored else logs.copy()
    held[truth] = -np.inf
    return plain(held).weights


def _uniform(places: np.ndarray) -> float:
    """Return the p-value of the Kolmogorov-Smirnov test that places are uniform."""
    return float(stats.kstest(places, "uniform").pvalue)


def passed(found: Sequence[Ranked]) -> bool:
    """Say whether no quantity's places depart from uniform, at the family's level (Bonferroni)."""
    return min(each.p_value for each in found) > FAMILY / len(found)


def noticed(found: Sequence[Ranked], spoiling: Spoiling, seed: int) -> tuple[float, float]:
    """Return the p-value of the quantity that is to notice a fault, and the chance that it would be noticed."""
    (meant,) = [each for each in found if each.name == spoiling.noticed_by]
    luck = np.random.Generator(np.random.PCG64(seed))
    again = luck.choice(meant.places, size=(RESAMPLED, len(meant.places)))
    hits = sum(_uniform(places) < FAMILY / len(found) for places in again)
    return meant.p_value, hits / RESAMPLED
