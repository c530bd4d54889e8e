"""What figures about money rest on and leave open, in words."""

from typing import Any

from experiments.comparison import ENOUGH_DRAWS, OPEN
from experiments.experiment import NO_SIP
from experiments.money.costs import PRICE_YEAR, sources, unit_costs
from experiments.result import Result

WHO_SAYS = {
    "literature": "From a secondary report, proxies",
    "assumed": "Assumed, nobody measured them",
    "set by the user": "Set by you",
}


def assumptions(result: Result, uprate: float, bed_day: float | None, bed_days: float | None) -> list[str]:
    """Say in words what the figures rest on."""
    prices = f"{PRICE_YEAR} prices" + (f" times {uprate:g}, as asked" if uprate != 1.0 else ", not uprated")
    found = [
        f"Declared unit costs are in {prices}.",
        *_of_unit_costs(result),
        "Staff's hours are counted at full cost, though nobody is paid more for them; care time lost is not counted.",
        "Left out: materials, rooms, the research team, training of facilitators; nothing is discounted.",
        "Points are those of a review at the end of the run, where all of the cost has been spent.",
    ]
    if bed_day is not None and bed_days is not None:
        found.append(
            f"YOUR CLAIM, not the model's: a point saves {bed_days:g} bed-days a team and year, at £{bed_day:g} each. "
            "The model has no admissions; the trial reports their direction alone."
        )
    return found


def _of_unit_costs(result: Result) -> list[str]:
    first, *others = [each for each in result.experiment.scenarios if each.name != NO_SIP]
    found = []
    for status, who in WHO_SAYS.items():
        entries = [entry for entry in sources(first) if entry["status"] == status]
        told = "; ".join(f"{entry['meaning']}, {entry['value']:g} {entry['unit']}" for entry in entries)
        found += [f"{who}: {told}."] if entries else []
    if any(unit_costs(other) != unit_costs(first) for other in others):
        found.append(f"Programmes were run at different unit costs; told are those of {first.name}.")
    return found


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
