"""Programmes of some lengths, and what is held equal among them: hours a week, facilitator's hours, or cost."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from calibration import posterior
from experiments.experiment import Experiment
from experiments.questions.answers import laid, made
from experiments.result import Result
from experiments.scenario import Scenario

LENGTHS = (6, 12, 18, 24, 36)
FIRST = 12  #: months of the programme the others are compared with: as it was
HALF_A_DAY = 3.75  #: facilitator's hours a week in that programme
RULES = {
    "weekly": "half a day a week",
    "hours": "the same facilitator's hours",
    "cost": "the same cost",
}
FEWEST, MOST = 0.05, 37.5  #: facilitator's hours a week between which equal cost is looked for
CLOSE_ENOUGH = 0.02  #: hours a week to which they are solved for
PILOT_DRAWS = 50  #: draws from which the cost is simulated for that
VARIED = ("programme.months", "programme.facilitation.hours_per_week")


def scenario(rule: str, months: int, hours: float = HALF_A_DAY) -> Scenario:
    """Return the programme of a length by a rule; ``hours`` a week are the rule's own but for equal cost."""
    if rule == "hours":
        hours = HALF_A_DAY * FIRST / months
    title = f"{months} months, {RULES[rule]}"
    calendar = _stretched(months) if rule == "cost" else {}
    levers = {"programme__months": float(months), "facilitation__hours_per_week": hours, **calendar}
    return made(Scenario("core-12"), f"{rule}-{months}", title, **levers)


def _stretched(months: int) -> dict[str, object]:
    """Return the calendar of the first programme, stretched; a learning event has its month in every year."""
    times = months / FIRST
    learning = [5.0 * times, 9.0 * times] if months <= FIRST else [5.0]
    return {
        "meetings__every_months": times,
        "reviews__every_months": 6.0 * times,
        "learning_events__months_of_year": learning,
    }


def equal_cost_hours(months: int, settings: Mapping[str, str], options: Mapping[str, Any]) -> float:
    """Solve the facilitator's hours a week at which a length costs what the first does, in runs of the first draws.

    Where no hours do, the nearest end of ``FEWEST`` to ``MOST`` is returned, and the difference in cost stays.
    """
    from scipy.optimize import brentq

    draws = options.get("draws") or posterior()
    pilot = {
        **options,
        "draws": draws.first(min(PILOT_DRAWS, len(draws))),
        "replicates": 1,
        "months": options.get("months") or max(LENGTHS) + options.get("follow_up", 12.0),
    }

    def cost(arm: Scenario) -> float:
        alone = Experiment(laid([arm], settings, VARIED), **pilot)
        result = alone.run()
        if result.interrupted:
            raise KeyboardInterrupt
        return float(np.nanmean(result.outcome("cost", arm.name)))

    aim = cost(scenario("weekly", FIRST))

    def excess(hours: float) -> float:
        return cost(scenario("cost", months, hours)) - aim

    if excess(FEWEST) >= 0.0:
        return FEWEST
    if excess(MOST) <= 0.0:
        return MOST
    return round(float(brentq(excess, FEWEST, MOST, xtol=CLOSE_ENOUGH)), 3)


def name(rule: str, months: int) -> str:
    """Return the scenario of a length by a rule; at the first length all rules are one."""
    return f"weekly-{FIRST}" if months == FIRST else f"{rule}-{months}"


def hours_a_week(result: Result) -> dict[str, float]:
    """Return the facilitator's planned hours a week by scenario."""
    arms = [s for s in result.experiment.scenarios if s.programme.facilitation is not None]
    return {s.name: s.programme.facilitation.hours_per_week for s in arms if s.programme.facilitation}


def residual(result: Result, months: int) -> float:
    """Return what is left of the difference in cost at "the same cost", as a share of the first programme's."""
    first = float(np.nanmean(result.outcome("cost", name("weekly", FIRST))))
    return float(np.nanmean(result.outcome("cost", name("cost", months)))) / first - 1.0


def unreachable(result: Result) -> list[int]:
    """Return the lengths that cannot be had for the same cost, whatever the facilitator's hours."""
    hours = hours_a_week(result)
    return [m for m in LENGTHS if m != FIRST and hours[name("cost", m)] in (FEWEST, MOST)]
