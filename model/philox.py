"""Philox 4x64-10, compiled: the block of four numbers at an address, equal to NumPy's bit for bit.

The algorithm is that of Salmon et al (2011). NumPy raises the counter before the first block, so what stands at
place k of its tape is Philox of counter k + 1.
"""

from typing import Any

import numpy as np
from llvmlite import ir
from numba import types, uint64
from numba.extending import intrinsic

from model.compiling import INTERPRETED, rule
from model.noise import Stream, Uniforms, block_of

SEAT_WEEK, HIRE, TEAM_WEEK, EVENT_WEEK, TRUST_WEEK, MANAGER_HIRE, ITEM, REVIEW, START = map(int, Stream)
FIRST_MULTIPLIER = np.uint64(0xD2E7470EE14C6C93)
SECOND_MULTIPLIER = np.uint64(0xCA5A826395121157)
FIRST_STEP = np.uint64(0x9E3779B97F4A7C15)
SECOND_STEP = np.uint64(0xBB67AE8584CAA73B)
ELEVEN, ONE = np.uint64(11), np.uint64(1)
UNIT = 1.0 / 2.0**53


@intrinsic
def high_product(typing: Any, a: Any, b: Any) -> Any:
    """Return the upper 64 bits of a product of two unsigned numbers of 64 bits: one instruction."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        wide = ir.IntType(128)
        first, second = (builder.zext(argument, wide) for argument in arguments)
        return builder.trunc(builder.lshr(builder.mul(first, second), ir.Constant(wide, 64)), ir.IntType(64))

    return types.uint64(types.uint64, types.uint64), generate


@rule
def block(luck: int, stream: int, network: int, team: int, seat: int, at: int) -> Uniforms:
    """Return the four uniform numbers at an address, as ``PhiloxTape.block`` does."""
    key_0, key_1 = uint64(luck), uint64(stream)
    c_0, c_1, c_2, c_3 = uint64(at) + ONE, uint64(seat), uint64(team), uint64(network)
    for _ in range(10):
        high_0, low_0 = high_product(FIRST_MULTIPLIER, c_0), FIRST_MULTIPLIER * c_0
        high_1, low_1 = high_product(SECOND_MULTIPLIER, c_2), SECOND_MULTIPLIER * c_2
        c_0, c_1, c_2, c_3 = high_1 ^ c_1 ^ key_0, low_1, high_0 ^ c_3 ^ key_1, low_0
        key_0 += FIRST_STEP
        key_1 += SECOND_STEP
    return (
        (np.float64(c_0 >> ELEVEN) + 0.5) * UNIT,
        (np.float64(c_1 >> ELEVEN) + 0.5) * UNIT,
        (np.float64(c_2 >> ELEVEN) + 0.5) * UNIT,
        (np.float64(c_3 >> ELEVEN) + 0.5) * UNIT,
    )


if INTERPRETED:
    block = block_of  # NumPy's own
