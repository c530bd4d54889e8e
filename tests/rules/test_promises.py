"""Every rule stays in its range and moves the way it says, for all parameters in the priors' support."""

from inspect import signature
from random import Random
from typing import Any

import pytest
from drawing import parameters
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_book import BOOK, Promise, between, public_rules, somewhere

from model.parameters import Parameters, declared

EVERY_RULE = pytest.mark.parametrize("promise", BOOK, ids=lambda promise: promise.name)
SIGNED_RULE = pytest.mark.parametrize(
    "promise", [entry for entry in BOOK if entry.rises or entry.falls], ids=lambda promise: promise.name
)
ROUNDING = 1e-12  #: of the size of the numbers compared: what the last bits may do


def value(promise: Promise, p: Parameters, arguments: dict[str, Any]) -> float:
    return promise.rule(p, **arguments) if promise.takes_parameters else promise.rule(**arguments)


def test_every_public_rule_makes_a_promise() -> None:
    assert sorted(promise.name for promise in BOOK) == sorted(public_rules())


@EVERY_RULE
def test_the_promise_speaks_of_every_argument_once(promise: Promise) -> None:
    named = [name for name in signature(promise.rule).parameters if name != "p"]
    assert list(promise.arguments) == named
    assert sorted((*promise.rises, *promise.falls, *promise.either)) == sorted(named)


@EVERY_RULE
@settings(max_examples=40)
@given(data=st.data(), p=parameters())
def test_a_rule_stays_in_its_range(promise: Promise, data: st.DataObject, p: Parameters) -> None:
    low, high = promise.result
    assert low <= value(promise, p, data.draw(promise.drawn())) <= high


@SIGNED_RULE
@settings(max_examples=25)
@given(data=st.data(), p=parameters())
def test_a_rule_moves_the_way_it_says(promise: Promise, data: st.DataObject, p: Parameters) -> None:
    arguments = data.draw(promise.drawn())
    before = value(promise, p, arguments)
    for name in (*promise.rises, *promise.falls):
        other = data.draw(between(*promise.arguments[name]), label=name)
        after = value(promise, p, arguments | {name: other})
        lower, upper = (
            (before, after) if (other > arguments[name]) == (name in promise.rises) else (after, before)
        )
        if other != arguments[name]:
            assert lower <= upper + ROUNDING * max(1.0, abs(upper)), f"{name} {arguments[name]} -> {other}"


@SIGNED_RULE
def test_each_argument_with_a_sign_really_moves_the_result(promise: Promise) -> None:
    """A promise that holds because the argument does nothing would say too little."""
    switches = {name: 0.5 for name, entry in declared().items() if entry.status == "switch"}
    p = Parameters()._replace(**switches)
    luck = Random(0)
    for name in (*promise.rises, *promise.falls):
        low, high = promise.arguments[name]
        for _ in range(1000):
            arguments = {key: somewhere(*found, luck) for key, found in promise.arguments.items()}
            if value(promise, p, arguments | {name: low}) != value(promise, p, arguments | {name: high}):
                break
        else:
            pytest.fail(f"{name} never matters")
