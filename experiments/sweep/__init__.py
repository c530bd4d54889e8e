"""Sweeps: one programme at many points of its levers, its context and the parameters, paired by luck."""

from experiments.sweep.points import factorial, factors, latin_hypercube, table
from experiments.sweep.sweep import Sweep, Swept

__all__ = ["Sweep", "Swept", "factorial", "factors", "latin_hypercube", "table"]
