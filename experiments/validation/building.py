"""Short ways to write down arms and measures."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from experiments.scenario import Scenario
from experiments.teams import SIX
from experiments.validation.declarations import Arm, Contrast, Measure
from model import presets


def arm(
    preset: str = "core-12",
    *,
    teams: tuple[int, ...] = SIX,
    months: float = 12.0,
    site: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
    parameters: Mapping[str, float] | None = None,
    without: tuple[str, ...] = (),
    **components: Mapping[str, Any] | None,
) -> Arm:
    """Write an arm as a preset's differences: components by name (``None`` leaves one out), context, parameters."""
    gone = [name for name, fields in components.items() if fields is None]
    changed = {name: dict(fields) for name, fields in components.items() if fields is not None}
    table = presets.merged(
        presets.table(preset), {"programme": {**changed, "without": gone}, "context": dict(context or {})}
    )
    scenario = Scenario(**table, parameters=dict(parameters or {}), without_mechanisms=without)
    return Arm(scenario, teams, months, dict(site or {}))


def outcome(name: str, unit: str = "points") -> Measure:
    """Measure an outcome."""
    return Measure(name, unit, lambda found: found.outcome(name))


def at_least(name: str, limit: float) -> Measure:
    """Measure whether an outcome is at least ``limit``; its mean is a chance."""
    return Measure(
        f"{name} >= {limit:g}", "chance", lambda found: np.asarray(found.outcome(name) >= limit, dtype=float)
    )


def at_month(series: str, month: float, unit: str) -> Measure:
    """Measure a weekly series at a month's end."""
    return Measure(f"{series} at month {month:g}", unit, lambda found: found.at_month(series, month))


def less(first: str, second: str, unit: str = "points") -> Measure:
    """Measure one outcome less another of the same run."""
    return Measure(f"{first} less {second}", unit, lambda found: found.outcome(first) - found.outcome(second))


#: Who does the work on actions, by the hours booked for it.
WORK = {
    "staff": ("staff", "actions"),
    "manager": ("manager", "own work"),
    "facilitator": ("facilitator", "own work"),
}


def share_of_work(who: str) -> Measure:
    """Measure somebody's share in the hours of work on actions; none where nobody worked."""
    return Measure(
        f"share of work: {who}",
        "share",
        lambda found: (
            found.hours(*WORK[who]) / np.maximum(sum(found.hours(*each) for each in WORK.values()), 1e-9)
        ),
    )


def difference(measure: Measure, first: str, second: str) -> Contrast:
    """Take the first arm less the second."""
    return Contrast(measure, {first: 1.0, second: -1.0})


def interaction(measure: Measure, first: tuple[str, str], second: tuple[str, str]) -> Contrast:
    """Take the first pair's difference less the second's."""
    return Contrast(measure, {first[0]: 1.0, first[1]: -1.0, second[0]: -1.0, second[1]: 1.0})


LATENT = outcome("latent_gain_12m")
LATENT_24 = outcome("latent_gain_24m")
REVIEWED = outcome("gain_12m")
STAFF_HOURS = outcome("hours_staff", "hours")
AWARENESS = outcome("awareness_12m", "share")
