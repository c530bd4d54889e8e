"""The exponential function by additions and multiplications alone: the same bits on every machine, and many at a time.

``math.exp`` calls the C library, whose last bit differs between libraries and processors, and a call keeps the
compiler from doing several people at a time. Here ``exp(x) = 2^k * exp(r)``, with ``k`` the whole number next to
``x / ln 2`` and so ``|r| <= ln(2) / 2``; ``exp(r)`` is the first fourteen terms of its series, in pairs, so that the
processor need not wait for one before it begins the next. The result is less than one unit in the last place off.
"""

import math
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

from model.compiling import INTERPRETED, OPTIONS, kernel
from model.inner import INNER

LARGEST_EXPONENT = 50.0
PER_LN_2 = 1.4426950408889634  #: 1 / ln 2
LN_2, LN_2_REST = 0.69314718036912382, 1.9082149292705877e-10  #: their sum is ln 2; ``k * LN_2`` is exact
TO_WHOLE = 1.5 * 2.0**52  #: a sum with it is rounded to a whole number, which stands in the last bits


@intrinsic
def scaled(typing: Any, value: Any, k: Any) -> Any:
    """Return ``value * 2**k``, given ``k + TO_WHOLE``: its last bits are added to the exponent of the value."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        whole = ir.IntType(64)
        bits, last_bits = (builder.bitcast(argument, whole) for argument in arguments)
        exponent = builder.shl(last_bits, ir.Constant(whole, 52))
        return builder.bitcast(builder.add(bits, exponent), ir.DoubleType())

    return types.float64(types.float64, types.float64), generate


def scaled_as_python(value: float, k: float) -> float:
    """Do what ``scaled`` does."""
    return math.ldexp(value, int(k - TO_WHOLE))


if INTERPRETED:
    scaled = scaled_as_python


def formula(exponent: float) -> float:
    """Work it out: plain Python, or compiled into what calls it."""
    x = min(max(exponent, -LARGEST_EXPONENT), LARGEST_EXPONENT)
    k = x * PER_LN_2 + TO_WHOLE
    r = (x - (k - TO_WHOLE) * LN_2) - (k - TO_WHOLE) * LN_2_REST
    r_2 = r * r
    r_4 = r_2 * r_2
    from_2 = (1.0 / 2.0 + r * (1.0 / 6.0)) + (1.0 / 24.0 + r * (1.0 / 120.0)) * r_2
    from_6 = (1.0 / 720.0 + r * (1.0 / 5040.0)) + (1.0 / 40320.0 + r * (1.0 / 362880.0)) * r_2
    from_10 = (1.0 / 3628800.0 + r * (1.0 / 39916800.0)) + (
        1.0 / 479001600.0 + r * (1.0 / 6227020800.0)
    ) * r_2
    series = 1.0 + (r + r_2 * (from_2 + r_4 * (from_6 + r_4 * from_10)))
    return scaled(series, k)


compiled = kernel(formula)


def exponential(exponent: float) -> float:
    """Raise e to an exponent, kept within -50 and 50 so that nothing overflows."""
    return compiled(exponent)


@overload(exponential, jit_options=INNER | OPTIONS)
def _within_compiled_code(exponent: float) -> Any:
    """Let compiled code take in the formula itself; optimised by itself it could not be done for several at a time."""
    return formula
