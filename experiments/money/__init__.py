"""What a programme's points cost: ratios, the efficient frontier, the best within a budget, and what would pay."""

from experiments.money.choice import Step, acceptability, best_within, frontier, means
from experiments.money.increments import Increment, increments
from experiments.money.offset import break_even, net_cost
from experiments.money.ratio import Ratio, per
from experiments.money.summary import money

__all__ = [
    "Increment",
    "Ratio",
    "Step",
    "acceptability",
    "best_within",
    "break_even",
    "frontier",
    "increments",
    "means",
    "money",
    "net_cost",
    "per",
]
