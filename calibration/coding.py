"""The coding-error model both ways: where a circumstance lies given its code, and which code a coder gives it.

The written key (``coding_key.toml``) says where a circumstance lies given a code. Read backwards, all codes of a field
being thought equally likely beforehand, it says how a coder codes a team whose circumstance is known: so codes can be
simulated.
"""

import numpy as np

from calibration.draws import Coded
from calibration.records import UNKNOWN, coding_key


def density(circumstance: str, interval: tuple[float, float], values: np.ndarray) -> np.ndarray:
    """Return the density of values of a circumstance whose code stands for an interval."""
    scale = coding_key().scale[circumstance]
    return Coded(*interval, scale.low, scale.high).density(values)


def code_chances(field: str, circumstance: str, value: float) -> dict[str, float]:
    """Return the chance of each code of a field for a team whose circumstance has a value on its scale.

    Codes that fix the circumstance are left out, as is *unknown*: the key cannot say how often a text is silent.
    """
    codes = {
        name: meaning.intervals[circumstance]
        for name, meaning in coding_key().field[field].code.items()
        if name != UNKNOWN and circumstance in meaning.intervals
    }
    found = {
        name: float(density(circumstance, interval, np.array(value)))
        for name, interval in codes.items()
        if interval[0] < interval[1]
    }
    return {name: each / sum(found.values()) for name, each in found.items()}


def simulated_code(field: str, circumstance: str, value: float, luck: np.random.Generator) -> str:
    """Simulate the code a coder gives."""
    chances = code_chances(field, circumstance, value)
    return str(luck.choice(list(chances), p=list(chances.values())))
