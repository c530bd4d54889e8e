"""Run the engine as plain Python, its luck from NumPy, and compare with Mesa: ``NUMBA_DISABLE_JIT=1 python ...``.

Compiling may neither hide a fault of the wiring nor bring one in. Prints the number of equal cases.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from interpreting import Case, first_difference, in_engine, in_mesa, prepare

from calibration import prior
from model import presets
from model.compiling import INTERPRETED
from model.sites import Network

CASES = 15
MONTHS = 4.0


def case(number: int) -> Case:
    """Make a small case: a preset after the other, one team or two."""
    draws, name = prior(CASES, seed=3), presets.names()[number % len(presets.names())]
    sites = [
        site.model_copy(update={"posts": 3 + number % 4, "facilitator": number % 2})
        for site in draws.sites(number)
    ]
    network = Network(sites=tuple(sites[: 1 + number % 2]), number=number)
    programme, p = presets.programme(name), draws.parameters(number)
    return Case(name, (network,), programme, (p,), ((0, number),), MONTHS, (2, MONTHS))


def is_equal(number: int) -> bool:
    """Run a case in both readers and compare the bits."""
    prepared = prepare(case(number))
    return not first_difference(in_engine(prepared), in_mesa(prepared.case, prepared.inputs))


if __name__ == "__main__":
    assert INTERPRETED, "set NUMBA_DISABLE_JIT=1"
    equal = [is_equal(number) for number in range(CASES)]
    print(f"{sum(equal)} of {CASES} equal")
    sys.exit(not all(equal))
