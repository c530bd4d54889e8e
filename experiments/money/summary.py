"""What a result says about money, in figures and words: every assumption named, and what was not decided."""

from typing import Any

import numpy as np

from experiments.comparison import ENOUGH_DRAWS, OPEN, Estimate, estimated
from experiments.money.choice import Means, acceptability, best_within, frontier, means
from experiments.money.costs import PRICE_YEAR, parts, sources
from experiments.money.increments import Increment, increments
from experiments.money.offset import break_even, net_cost, p_saves
from experiments.money.ratio import Ratio, per
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
        If the result has no programme, or no fidelity.
    """
    found = increments(result, uprate)
    by_draw = means(found)
    values = _values(by_draw)
    answer: dict[str, Any] = {
        "outcome": "gain_end",
        "months": result.experiment.months,
        "draws": by_draw.points.shape[1],
        "replicates": result.replicates,
        "teams": result.teams,
        "unit_costs": sources(result.experiment.scenarios[0]),
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


def assumptions(result: Result, uprate: float, bed_day: float | None, bed_days: float | None) -> list[str]:
    """Say in words what the figures rest on."""
    literature, assumed = (
        ", ".join(
            f"{entry['meaning']} £{entry['value']:g}"
            for entry in sources(result.experiment.scenarios[0])
            if entry["status"] == status
        )
        for status in ("literature", "assumed")
    )
    prices = f"{PRICE_YEAR} prices" + (f" times {uprate:g}, as asked" if uprate != 1.0 else ", not uprated")
    found = [
        f"Unit costs are in {prices}.",
        f"From a secondary report, proxies: {literature} (an hour)." if literature else "",
        f"Assumed, nobody measured them: {assumed}." if assumed else "",
        "Staff's hours are counted at full cost, though nobody is paid more for them; care time lost is not counted.",
        "Left out: materials, rooms, the research team, training of facilitators; nothing is discounted.",
        "Points are those of a review at the end of the run, where all of the cost has been spent.",
    ]
    if bed_day is not None and bed_days is not None:
        found.append(
            f"YOUR CLAIM, not the model's: a point saves {bed_days:g} bed-days a team and year, at £{bed_day:g} each. "
            "The model has no admissions; the trial reports their direction alone."
        )
    return [sentence for sentence in found if sentence]


def undecided(answer: dict[str, Any]) -> list[str]:
    """Say in words what about money the result leaves open."""
    found = []
    if answer["draws"] < ENOUGH_DRAWS:
        found.append(
            f"Probabilities from fewer than {ENOUGH_DRAWS} draws decide nothing; here: {answer['draws']}."
        )
    if answer["replicates"] == 1:
        found.append("One replicate: chance and parameters cannot be told apart, intervals hold both.")
    steps = [step["name"] for step in answer["frontier"]]
    chances = {name: max(answer["acceptability"]["p_best"][name]) for name in answer["programmes"]}
    found += [
        f"{name} is not on the efficient frontier by its means; its probability of being worth most is "
        f"{chance:.2f} at the value of a point that suits it best."
        for name, chance in chances.items()
        if name not in steps and chance > OPEN[0]
    ]
    if answer["budget"] is not None:
        best = answer["budget"]["best"]
        share = answer["budget"]["programmes"][best]["p_best"]
        if share < OPEN[1]:
            found.append(
                f"Which programme is best within £{answer['budget']['budget']:,.0f}: {best} by its mean, with a "
                f"probability of {share:.2f} only."
            )
    for name, entry in (answer["bed_days"] or {}).items():
        if OPEN[0] < entry.get("p_saves", 0.0) < OPEN[1]:
            found.append(
                f"Whether {name} saves money even on your claim (probability {entry['p_saves']:.2f})."
            )
    return found
