"""Why two programmes differ: by mechanism (Shapley values), by hours, along time, and in a pair of runs."""

from experiments.explain.explanation import Explanation as Explanation
from experiments.explain.parting import Parting as Parting
from experiments.explain.parting import parted as parted
from experiments.explain.running import explain as explain

__all__ = ["Explanation", "Parting", "explain", "parted"]
