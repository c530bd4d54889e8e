"""What a result says about money: every figure, every assumption named, and what was not decided."""

from typing import Any

import numpy as np

from experiments.comparison import Estimate, estimated
from experiments.errors import InputError
from experiments.money.choice import Means, acceptability, best_within, frontier, means
from experiments.money.costs import parts, sources
from experiments.money.increments import Increment, increments
from experiments.money.offset import break_even, net_cost, p_saves
from experiments.money.ratio import Ratio, per
from experiments.money.words import assumptions, undecided
from experiments.result import Result

VALUES = 21  #: values of a point at which acceptability is given


def money(
    result: Result,
    *,
    uprate: float = 1.0,
    budget: float | None = None,
    bed_day: float | None = None,
    bed_days: float | None = None,
) -> dict[str, Any]:
    """Return what a result says about money, for JSON; all figures are per team and beyond no programme.

    Parameters
    ----------
    uprate
        What costs are multiplied by, to take them from the declared price year to another.
    budget
        Pounds a team over the run; without, no programme is called the best.
    bed_day, bed_days
        Pounds a bed-day, and bed-days that a point saves a team in a year: the user's own claims. With the first alone
        the claim is told at which a programme would pay for itself.

    Raises
    ------
    InputError
        If the result has no programme, or no fidelity; or no months to count bed-days by.
    """
    if bed_day and not result.experiment.series:
        raise InputError(
            "Bed-days are counted by month, and this result keeps no months (a sweep). Run the programmes again "
            "with 'crtsip compare'."
        )
    found = increments(result, uprate)
    by_draw = means(found)
    values = _values(by_draw)
    first = next(each for each in result.experiment.scenarios if each.name == found[0].name)
    answer: dict[str, Any] = {
        "outcome": "gain_end",
        "months": result.experiment.months,
        "draws": by_draw.points.shape[1],
        "replicates": result.replicates,
        "teams": result.teams,
        "unit_costs": sources(first),
        "uprate": uprate,
        "programmes": {each.name: _programme(result, each, uprate) for each in found},
        "frontier": [step._asdict() for step in frontier(by_draw)],
        "acceptability": {"pounds_a_point": values, "p_best": acceptability(by_draw, values)},
        "budget": best_within(by_draw, budget) if budget is not None else None,
        "bed_days": {each.name: _bed_days(each, bed_day, bed_days) for each in found} if bed_day else None,
    }
    return answer | {
        "assumptions": assumptions(result, uprate, bed_day, bed_days),
        "undecided": undecided(answer),
        "provenance": result.provenance(),
    }


def _programme(result: Result, increment: Increment, uprate: float) -> dict[str, Any]:
    spent = {name: uprate * pounds for name, pounds in parts(result, increment.name).items()}
    return {
        "points": _figures(estimated(increment.points)),
        "pounds": _figures(estimated(increment.pounds)),
        "staff_hours": _figures(estimated(increment.staff_hours)),
        "points_per_100_staff_hours": _figures(per(increment.points, increment.staff_hours, 100.0)),
        "points_per_1000_pounds": _figures(per(increment.points, increment.pounds, 1000.0)),
        "pounds_by_part": {name: round(pounds, 2) for name, pounds in spent.items()},
    }


def _figures(found: Estimate | Ratio | None) -> dict[str, Any] | None:
    return found.to_dict() if found is not None else None


def _values(by_draw: Means) -> list[float]:
    """Return values of a point, in pounds, from nothing to where the dearest step of the frontier is well worth it."""
    steps = frontier(by_draw)
    top = 2.0 * max((step.pounds_a_point for step in steps), default=1000.0)
    digits = 1 - int(np.ceil(np.log10(top)))
    return [float(value) for value in np.linspace(0.0, np.ceil(top * 10.0**digits) / 10.0**digits, VALUES)]


def _bed_days(increment: Increment, bed_day: float, bed_days: float | None) -> dict[str, Any]:
    found: dict[str, Any] = {"to_pay_for_itself": break_even(increment, bed_day), "net_cost": None}
    if bed_days is not None:
        net = net_cost(increment, bed_day, bed_days)
        found |= {"net_cost": net.to_dict(), "p_saves": round(p_saves(net), 6)}
    return found
