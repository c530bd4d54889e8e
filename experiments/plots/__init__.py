"""Pictures of a result: functions from a result to a matplotlib figure, for the page, notebooks and documents."""

from experiments.plots.costs import cost_effectiveness
from experiments.plots.differences import by_length, difference_by_month, difference_by_week, intervals
from experiments.plots.hours import hours
from experiments.plots.items import items_by_month, items_by_scenario
from experiments.plots.style import save, svg
from experiments.plots.trajectory import trajectory

__all__ = [
    "by_length",
    "cost_effectiveness",
    "difference_by_month",
    "difference_by_week",
    "hours",
    "intervals",
    "items_by_month",
    "items_by_scenario",
    "save",
    "svg",
    "trajectory",
]
