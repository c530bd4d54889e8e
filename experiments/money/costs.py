"""The declared unit costs: what they are, in which prices, and who says so."""

from typing import Any

import numpy as np

from experiments.result import Result
from experiments.scenario import Scenario
from model.declarations import MONEY
from model.parameters import Parameters, declared

PRICE_YEAR = "2013-14"  #: of all unit costs; those that are assumed are assumed in these prices
ACTORS = ("staff", "manager", "facilitator")
ASSUMED = "reviews and events"


def unit_costs(scenario: Scenario) -> dict[str, float]:
    """Return the unit costs a scenario was run at, in pounds by name."""
    values = scenario.parameters_for(Parameters())._asdict()
    return {name: values[name] for name, entry in declared().items() if entry.domain == MONEY}


def sources(scenario: Scenario) -> list[dict[str, Any]]:
    """Return each unit cost with unit, meaning, price year and who says so; a value set otherwise is the user's."""
    defaults = Parameters()._asdict()
    return [
        {
            "name": name,
            "value": value,
            "unit": declared()[name].unit,
            "meaning": declared()[name].meaning,
            "price_year": PRICE_YEAR,
            "status": declared()[name].status if value == defaults[name] else "set by the user",
            "source": declared()[name].source if value == defaults[name] else "",
        }
        for name, value in unit_costs(scenario).items()
    ]


def parts(result: Result, name: str) -> dict[str, float]:
    """Return a programme's mean cost in pounds by what it went into; they add up to the mean cost."""
    scenario = result.experiment.scenarios[result.scenarios.index(name)]
    prices = unit_costs(scenario)
    found = {
        actor: prices[f"{actor}_hour_cost"] * float(np.nanmean(result.outcome(f"hours_{actor}", name)))
        for actor in ACTORS
    }
    whole = float(np.nanmean(result.outcome("cost", name)))
    return {**found, ASSUMED: whole - sum(found.values())}
