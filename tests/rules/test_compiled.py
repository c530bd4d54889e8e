"""Every rule gives the same bits compiled as in plain Python: what lets one rule book have two readers."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from drawing import drawn_parameters, extreme_parameters
from numba import njit
from rule_book import BOOK, CHANCE, Promise, somewhere
from worlds import bits

from model.parameters import Parameters

DRAWS = 40
PARAMETERS = [
    extreme_parameters(highest=False),
    extreme_parameters(highest=True),
    *map(drawn_parameters, range(8)),
]


def compiled(rule: Callable[..., float]) -> Callable[..., float]:
    """Return a compiled caller of a rule, as an engine would have it."""

    @njit
    def caller(*arguments: Any) -> Any:
        return rule(*arguments)

    return caller


@pytest.mark.slow
@pytest.mark.parametrize("promise", BOOK, ids=lambda promise: promise.name)
def test_a_rule_gives_the_same_bits_compiled(promise: Promise) -> None:
    caller, luck = compiled(promise.rule), Random(promise.name)
    for p in PARAMETERS if promise.takes_parameters else [None]:
        for _ in range(DRAWS):
            arguments = [somewhere(*found, luck) for found in promise.arguments.values()]
            if p is not None:
                arguments.insert(0, p)
            plain, fast = promise.rule(*arguments), caller(*arguments)
            assert bits([fast]) == bits([plain]), arguments[1:] if p is not None else arguments
            assert isinstance(fast, int) == isinstance(plain, int)


@pytest.mark.parametrize("name", ["arithmetic.normal_quantile", "arithmetic.growth", "arithmetic.safe_log"])
def test_the_functions_that_call_mathematics_give_the_same_bits_compiled(name: str) -> None:
    (promise,) = [entry for entry in BOOK if entry.name == name]
    caller, luck = compiled(promise.rule), Random(1)
    (found,) = promise.arguments.values()
    inputs = [somewhere(*found, luck) for _ in range(20_000)]
    if found == CHANCE:
        inputs += [2.0 ** -luck.uniform(1, 54) for _ in range(5_000)]
    assert bits(map(caller, inputs)) == bits(map(promise.rule, inputs))


def test_the_parameters_reach_compiled_code_by_name() -> None:
    @njit
    def care_cost(p: Any) -> Any:
        return p.care_cost

    assert care_cost(Parameters(care_cost=0.5)) == 0.5
