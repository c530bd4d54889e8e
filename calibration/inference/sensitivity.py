"""How the headline answers move when a phrase is coded otherwise or a prior is narrowed, by weighting the bank anew.

No run is made again: a draw's weight is multiplied by the ratio of its new prior density to its old one. The coding key
leaves a share for miscoding, so that a draw may lie anywhere on the scale and any new interval can be reached.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from calibration.coding import density
from calibration.inference.bank import Bank
from calibration.inference.headline import contrasts
from calibration.inference.weights import Weighted
from calibration.records import UNKNOWN, CodedField, TeamRecord, coding_key, six_teams
from model.parameters import declared

Intervals = Mapping[str, tuple[float, float]]


class Change(NamedTuple):
    """Something assumed otherwise: in words, and by what each draw's prior density is multiplied (up to a constant)."""

    name: str
    ratio: np.ndarray


class Neighbour(NamedTuple):
    """A coded phrase and a code next to its own."""

    record: TeamRecord
    field: str
    code: str

    @property
    def name(self) -> str:
        """Return it in words."""
        own = self.record.codes()[self.field].code
        return f"team {self.record.number}, {self.field}: {own} read as {self.code}"


def neighbours() -> list[Neighbour]:
    """Return every phrase with the codes next to its own, in the order of the intervals' middles.

    What is unknown rests on no phrase; placements have no order.
    """
    return [
        Neighbour(record, field, code)
        for record in six_teams()
        for field, coded in record.codes().items()
        if coded.code != UNKNOWN
        for code in _next_to(coding_key().field[field], coded.code)
    ]


def _next_to(field: CodedField, code: str) -> list[str]:
    middles = {
        name: sum(next(iter(meaning.intervals.values())))
        for name, meaning in field.code.items()
        if meaning.intervals and name != UNKNOWN
    }
    if code not in middles:
        return []
    order = sorted(middles, key=lambda name: middles[name])
    place = order.index(code)
    nearest = [order[k] for k in (place - 1, place + 1) if 0 <= k < len(order)]
    return [name for name in nearest if field.code[name].intervals != field.code[code].intervals]


def recoded(bank: Bank, each: Neighbour) -> Change | None:
    """Return a recoding as a change; None where a circumstance is fixed, which no weight can move."""
    codes = coding_key().field[each.field].code
    old = codes[each.record.codes()[each.field].code].intervals
    ratio = np.ones(bank.size)
    for name, interval in codes[each.code].intervals.items():
        if min(interval[1] - interval[0], old[name][1] - old[name][0]) <= 0.0:
            if interval != old[name]:
                return None
            continue
        values = bank.draws.table[f"team {each.record.number}: {name}"].to_numpy(dtype=float)
        ratio *= density(name, interval, values) / density(name, old[name], values)
    return Change(each.name, ratio)


def halved(bank: Bank) -> Iterator[Change]:
    """Yield each parameter's prior narrowed to its lower and to its upper half (of its own scale)."""
    for name, entry in declared().items():
        if entry.prior is None:
            continue
        values = bank.draws.table[name].to_numpy(dtype=float)
        low, high = entry.prior.low, entry.prior.high
        middle = (low * high) ** 0.5 if entry.prior.family == "loguniform" else 0.5 * (low + high)
        yield Change(f"{name}, lower half", np.where(values < middle, 1.0, 0.0))
        yield Change(f"{name}, upper half", np.where(values < middle, 0.0, 1.0))


def moves(bank: Bank, found: Weighted, change: Change) -> dict[str, Any]:
    """Return how a change moves each headline answer: the shift of its mean, the shift's own error, the new P(>0).

    ``surely`` is what two errors leave of the largest shift, in posterior standard deviations.
    """
    weights = found.weights * change.ratio
    after = Weighted(weights / weights.sum(), float("nan"))
    shifts = {name: shift(values, found, values, after) for name, values in contrasts(bank).items()}
    return {
        "name": change.name,
        "effective": round(after.effective, 1),
        "answers": shifts,
        "surely": round(max(each["surely"] for each in shifts.values()), 3),
    }


def shift(olds: np.ndarray, before: Weighted, news: np.ndarray, after: Weighted) -> dict[str, float]:
    """Return how an answer moves from ``olds[draw]`` to ``news[draw]`` of the same draws, otherwise weighted."""
    old, new = before.mean(olds), after.mean(news)
    moved, sd = float(new - old), float(before.sd(olds))
    parts = after.weights * (news - new) - before.weights * (olds - old)
    error = float(np.sqrt(np.sum(parts**2)))
    return {
        "shift": round(moved, 3),
        "error": round(error, 3),
        "in_sd": round(moved / sd, 3),
        "surely": round(max(0.0, abs(moved) - 2.0 * error) / sd, 3),
        "p_positive": round(after.probability(news > 0.0), 3),
    }


def sensitivity(bank: Bank, found: Weighted) -> dict[str, Any]:
    """Return the moves of every recoding and halved prior, the surest first, and what could not be recoded."""
    each = [(neighbour, recoded(bank, neighbour)) for neighbour in neighbours()]
    return {
        "recoded": _sorted(moves(bank, found, change) for _, change in each if change is not None),
        "not_recoded": [neighbour.name for neighbour, change in each if change is None],
        "priors": _sorted(moves(bank, found, change) for change in halved(bank)),
    }


def _sorted(rows: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: -float(row["surely"]))
