"""What each programme brings and takes beyond no programme, run by run with the same luck."""

from dataclasses import dataclass

import numpy as np

from experiments.errors import InputError
from experiments.experiment import NO_SIP
from experiments.result import Result
from model.record import NAMES


@dataclass(frozen=True)
class Increment:
    """A programme less no programme, per team: arrays ``[draw, replicate, team]``, NaN where a run of a pair failed.

    ``points`` of reviewed gain at the end of the run, ``point_years`` of true practice over the run, ``pounds`` and
    ``staff_hours`` spent over the run.
    """

    name: str
    points: np.ndarray
    point_years: np.ndarray
    pounds: np.ndarray
    staff_hours: np.ndarray


def increments(result: Result, uprate: float = 1.0) -> list[Increment]:
    """Return the increment of each programme of a result; ``uprate`` takes costs to other prices.

    Raises
    ------
    InputError
        If the result is of an innovation without a fidelity score, or holds no programme.
    """
    if result.experiment.outcome != "fidelity":
        raise InputError(
            "Money is counted per point of fidelity; this result is of an illustrative innovation without points."
        )
    names = [name for name in result.scenarios if name != NO_SIP]
    if not names:
        raise InputError(
            f"There is {NO_SIP} alone here: compare it with a programme, as in 'crtsip run core-12'."
        )
    return [_increment(result, name, uprate) for name in names]


def _increment(result: Result, name: str, uprate: float) -> Increment:
    points = _difference(result, "gain_end", name)
    failed = np.isnan(points)
    pounds, hours = (_difference(result, outcome, name) for outcome in ("cost", "hours_staff"))
    years = _years(result, name) - _years(result, NO_SIP)
    kept = [np.where(failed, np.nan, values) for values in (years, uprate * pounds, hours)]
    return Increment(name, points, *kept)


def _difference(result: Result, outcome: str, name: str) -> np.ndarray:
    difference: np.ndarray = result.outcome(outcome, name) - result.outcome(outcome, NO_SIP)
    return difference


def _years(result: Result, name: str) -> np.ndarray:
    """Return the area under the true total, in point-years, from its monthly values; NaN where none are kept."""
    if not result.experiment.series:
        return np.full(result.outcome("gain_end", name).shape, np.nan)
    totals = result.series[result.scenarios.index(name), ..., NAMES.index("latent_total")].astype(float)
    years = np.array(result.experiment.month_ends) / 52.0
    area: np.ndarray = np.trapezoid(totals, years, axis=-1)
    return area
