"""The exponential of our own: right to the last place, and the same bits compiled and in plain Python."""

import os
import subprocess
import sys
from decimal import Decimal, localcontext
from math import nextafter, ulp
from random import Random

from numba import njit

from model.exponential import LARGEST_EXPONENT, compiled, exponential

LUCK = Random(1)
EXPONENTS = [
    *(LUCK.uniform(-LARGEST_EXPONENT, LARGEST_EXPONENT) for _ in range(5_000)),
    *(LUCK.uniform(-1.0, 1.0) for _ in range(5_000)),
    *(LUCK.uniform(-1e-6, 1e-6) for _ in range(1_000)),
    *(0.0, -0.0, 1.0, -1.0, LARGEST_EXPONENT, -LARGEST_EXPONENT),
]
IN_PYTHON = """
import sys
from model.exponential import exponential
for line in sys.stdin:
    print(exponential(float.fromhex(line)).hex())
"""


def test_it_is_less_than_a_unit_in_the_last_place_off() -> None:
    with localcontext(prec=40):
        for exponent in EXPONENTS:
            true, found = Decimal(exponent).exp(), exponential(exponent)
            assert abs(Decimal(found) - true) < Decimal(ulp(found)), exponent


def test_nothing_grows_by_nothing_and_nothing_overflows() -> None:
    assert exponential(0.0) == exponential(-0.0) == 1.0
    assert exponential(1e300) == exponential(LARGEST_EXPONENT) < 1e22
    assert exponential(-1e300) == exponential(-LARGEST_EXPONENT) > 0.0


def test_it_never_falls() -> None:
    for start in EXPONENTS[::100]:
        here = start
        for _ in range(100):
            after = nextafter(here, float("inf"))
            assert exponential(after) >= exponential(here), here
            here = after


def test_plain_python_gives_the_same_bits() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IN_PYTHON],
        input="\n".join(map(float.hex, EXPONENTS)),
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [exponential(exponent).hex() for exponent in EXPONENTS]


def test_compiled_code_takes_in_the_formula_and_not_what_was_compiled_for_python() -> None:
    @njit
    def caller(exponent):
        return exponential(exponent)

    before = len(compiled.signatures)
    assert caller(1) == exponential(1.0)  # a whole number: Python has never asked for it
    assert len(compiled.signatures) == before
