"""Patterns as they are run: paired, repeatable, and gone where their mechanism is off."""

from collections.abc import Mapping

import numpy as np
import pytest

from calibration import Draws, prior
from experiments.validation import validation
from experiments.validation.building import LATENT, arm, at_month, outcome
from experiments.validation.declarations import Pattern
from experiments.validation.judging import left_of, without
from experiments.validation.page import page
from experiments.validation.patterns import chosen, declarations_hash, patterns
from experiments.validation.running import Plan, Values, requested, run_arms
from experiments.validation.validation import Validation, validate
from model.ensemble import simulate
from model.outcomes import reduce_run
from model.sites import Network

PLAN = Plan(replicates=1, seed=3, workers=2)
IMPLIED = [pattern for pattern in patterns() if pattern.kind == "implied"]
EXACTLY = [pattern for pattern in IMPLIED if pattern.vanishes and pattern.vanishes.within == 0.0]


@pytest.fixture(scope="module")
def draws() -> Draws:
    return prior(4, seed=5)


def run_of(some: list[Pattern], draws: Draws, plan: Plan = PLAN) -> Values:
    needs = [(p.arms[name], measure) for p in some for effect in p.effects for name, measure in effect.needs]
    return run_arms(requested(needs), draws, plan)


@pytest.fixture(scope="module")
def off(draws: Draws) -> Values:
    return run_of([without(pattern) for pattern in EXACTLY], draws)


@pytest.fixture(scope="module")
def on(draws: Draws) -> Values:
    return run_of(EXACTLY, draws)


def effects(pattern: Pattern, values: Values, which: Mapping[str, str]) -> np.ndarray:
    assert hasattr(pattern.effect, "weights")
    return np.asarray(
        sum(
            weight * values[which[name], pattern.effect.measure.name]
            for name, weight in pattern.effect.weights.items()
        )
    )


@pytest.mark.parametrize("pattern", EXACTLY, ids=lambda pattern: pattern.id)
def test_an_implied_effect_is_there_and_is_gone_without_its_mechanism(
    pattern: Pattern, on: Values, off: Values
) -> None:
    assert left_of(pattern, off).most == 0.0
    there = effects(pattern, on, {name: each.key for name, each in pattern.arms.items()})
    assert np.abs(there).max() > 0.0, "nothing vanishes where nothing was"


@pytest.mark.slow
@pytest.mark.parametrize("pattern", IMPLIED, ids=lambda pattern: pattern.id)
def test_what_may_be_left_of_an_implied_effect_is_far_less_than_the_effect(pattern: Pattern) -> None:
    some = prior(16, seed=5)
    left = left_of(pattern, run_of([without(pattern)], some))
    there = effects(pattern, run_of([pattern], some), {name: each.key for name, each in pattern.arms.items()})
    assert abs(left.mean) < 0.5 * abs(np.nanmean(there))


def test_a_run_is_the_one_that_simulate_gives(draws: Draws) -> None:
    one = arm("core-12-recorded", teams=(6,))
    found = run_arms(requested([(one, LATENT), (one, at_month("strain", 12, "share"))]), draws, PLAN)
    draw = 2
    for replicate in (0, 5):
        run = simulate(
            Network.of_one(draws.sites(draw)[5]),
            one.scenario.programme,
            draws.parameters(draw),
            seed=PLAN.seed,
            replicate=replicate,
            months=12,
            measured_months=(6, 12),
            fresh_luck=draws.numbers[draw],
        )[0]
        reduced = reduce_run(draws.parameters(draw), run)
        assert found[one.key, "latent_gain_12m"][draw, replicate, 0] == reduced["latent_gain_12m"]
        assert found[one.key, "strain at month 12"][draw, replicate, 0] == reduced["strain_12m"]


def test_numbers_do_not_depend_on_workers_calls_and_company(
    draws: Draws, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = arm(teams=(2, 4)), arm("no-sip", teams=(2, 4))
    alone = run_arms(requested([(one, LATENT)]), draws, Plan(1, 3, 1))[one.key, LATENT.name]
    monkeypatch.setattr("experiments.validation.running.DRAWS_IN_A_CALL", 3)
    both = run_arms(requested([(other, LATENT), (one, LATENT)]), draws, Plan(1, 3, 3))
    assert np.array_equal(alone, both[one.key, LATENT.name])
    assert alone.shape == (4, 3, 2), "two teams of six are run three times as often"
    assert not np.array_equal(
        alone, run_arms(requested([(one, LATENT)]), draws, Plan(1, 4, 1))[one.key, LATENT.name]
    )


def test_equal_arms_are_run_once() -> None:
    same = requested([(arm(), LATENT), (arm(), outcome("cost")), (arm(months=24.0), LATENT)])
    assert [sorted(request.measures) for request in same.values()] == [
        ["cost", "latent_gain_12m"],
        ["latent_gain_12m"],
    ]


@pytest.fixture(scope="module")
def small(draws: Draws) -> Validation:
    return validate(
        chosen(["pressure-hours", "placement-present", "actions-first"]), draws, prior(4, seed=6), PLAN
    )


def test_the_report_has_every_pattern_with_both_kinds_of_draws(small: Validation) -> None:
    report = small.to_dict()
    assert [entry["id"] for entry in report["patterns"]] == [
        "pressure-hours",
        "placement-present",
        "actions-first",
    ]
    for entry in report["patterns"]:
        assert entry["verdict"] == entry["prior"]["verdict"] == "undecided", "four draws decide nothing"
        low, high = entry["ci95"]
        assert low <= entry["effect"] <= high or entry["effect"] != entry["effect"]
        assert entry["passage"] and entry["kind"]
    assert report["patterns"][0]["without_mechanism"]["vanished"] is True
    assert report["patterns"][1]["without_mechanism"] is None
    assert [entry["number"] for entry in report["not_tested"]] == [12]
    assert report["draws"] == {"kind": "prior", "count": 4}


def test_the_page_names_the_kind_of_draws_and_every_pattern(small: Validation) -> None:
    text = page(small)
    assert "of kind **prior**" in text and "Fewer than 60 draws" in text
    assert f"<!-- declarations: {declarations_hash()} -->" in text
    for each in small.judged:
        assert f"`{each.pattern.id}`" in text and each.pattern.passage in text
    assert "## Not tested" in text


def test_an_implied_effect_that_does_not_vanish_has_not_held(
    small: Validation, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = small.judged[0]
    assert first.left is not None
    wrong = validation.Judged(
        first.pattern, first.before, first.after, type(first.left)(first.left.declared, np.ones(3))
    )
    assert wrong.verdict == "not held"
    assert wrong.found == "the effect does not vanish without its mechanism"


def test_the_same_inputs_give_the_same_report(draws: Draws) -> None:
    few = chosen(["teams-3-and-4"])
    once, again = (validate(few, draws, draws, PLAN).to_dict() for _ in range(2))
    assert once == again
