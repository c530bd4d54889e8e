"""A cluster trial of two programmes: what it would be expected to find, and its power by number of teams."""

from experiments.trial.power import Arms as Arms
from experiments.trial.trial import Trial as Trial
from experiments.trial.trial import trial_experiment as trial_experiment

__all__ = ["Arms", "Trial", "trial_experiment"]
