"""Verdicts on made-up effects, and effects from made-up runs."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.comparison import ENOUGH_DRAWS, Estimate
from experiments.errors import InputError
from experiments.validation.building import LATENT, arm, difference
from experiments.validation.declarations import Contrast, Expected, Pattern, Ratio, Shape, Vanishes
from experiments.validation.judging import Left, effect_of, judged, standard_error, verdict

ABOVE, BELOW, BAND = Expected("r", above=0.0), Expected("r", below=0.0), Expected("r", above=-3.0, below=3.0)
ARMS = {"one": arm(), "other": arm("no-sip")}


def estimate(by_draw: np.ndarray, mc95: tuple[float, float] = (0.0, 0.0)) -> Estimate:
    mean = float(np.mean(by_draw))
    return Estimate(mean, (mean, mean), mc95, (mean, mean), by_draw)


def some(positive: int, draws: int = 200) -> np.ndarray:
    return np.where(np.arange(draws) < positive, 1.0, -1.0)


def values(**by_arm: np.ndarray) -> dict[tuple[str, str], np.ndarray]:
    return {(ARMS[name].key, LATENT.name): found for name, found in by_arm.items()}


def keys() -> dict[str, str]:
    return {name: each.key for name, each in ARMS.items()}


def pattern(**changes: object) -> Pattern:
    made = Pattern(
        id="made-up",
        number=2,
        title="Made up",
        kind="emergent",
        statement="it is larger",
        mechanisms=("M1",),
        passage="words",
        source="somebody",
        compared="one less other",
        arms=ARMS,
        effect=difference(LATENT, "one", "other"),
        expected=ABOVE,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("positive", "wanted"),
    [(200, "held"), (190, "held"), (189, "undecided"), (11, "undecided"), (10, "not held"), (0, "not held")],
)
def test_a_verdict_needs_nineteen_draws_in_twenty_either_way(positive: int, wanted: str) -> None:
    assert verdict(estimate(some(positive)), ABOVE) == wanted
    opposite = {"held": "not held", "not held": "held", "undecided": "undecided"}
    assert verdict(estimate(some(positive)), BELOW) == opposite[wanted]


def test_few_draws_decide_nothing() -> None:
    assert verdict(estimate(np.ones(ENOUGH_DRAWS - 1)), ABOVE) == "undecided"
    assert verdict(estimate(np.ones(ENOUGH_DRAWS)), ABOVE) == "held"


def test_a_threshold_is_not_zero_everywhere() -> None:
    assert verdict(estimate(np.full(100, 2.0)), Expected("r", above=3.0)) == "not held"
    assert verdict(estimate(np.full(100, 2.0)), BAND) == "held"
    assert verdict(estimate(np.linspace(-9.0, 9.0, 100)), BAND) == "undecided"
    assert verdict(estimate(np.full(100, 9.0)), BAND) == "not held"


def test_draws_that_noise_cannot_tell_apart_decide_nothing_near_a_threshold() -> None:
    assert verdict(estimate(np.full(100, 0.1), mc95=(-0.2, 0.4)), ABOVE) == "undecided"
    assert verdict(estimate(np.full(100, 0.5), mc95=(0.2, 0.8)), ABOVE) == "held"


def test_no_effect_at_all_is_not_an_effect_in_the_expected_direction() -> None:
    assert verdict(estimate(np.zeros(100)), ABOVE) == "not held"
    assert verdict(estimate(np.zeros(100)), BAND) == "held"


def test_a_share_has_a_standard_error_even_where_all_agree() -> None:
    assert standard_error(200, 200) > 0.0
    assert standard_error(200, 200) == pytest.approx(standard_error(0, 200))
    assert standard_error(100, 200) == pytest.approx(np.sqrt(0.25 / 202))


def test_effects_are_taken_run_by_run_and_noise_between_replicates_is_taken_out() -> None:
    rng = np.random.Generator(np.random.PCG64(1))
    common, noise = rng.normal(0, 50, (300, 4, 6)), rng.normal(0, 2, (300, 4, 1))
    found = effect_of(
        difference(LATENT, "one", "other"), keys(), values(one=common + noise + 3.0, other=common)
    )
    assert found is not None
    assert found.mean == pytest.approx(3.0, abs=0.3)
    low, high = found.interval_parameters
    assert high - low < 1.0, "all of the scatter was noise; unpaired it would be wide"


def test_a_ratio_and_a_shape_are_taken_of_means() -> None:
    runs = values(one=np.full((5, 2, 3), 8.0), other=np.full((5, 2, 3), 2.0))
    top, bottom = Contrast(LATENT, {"one": 1.0}), Contrast(LATENT, {"other": 1.0})
    assert effect_of(Ratio(top, bottom, "x"), keys(), runs).mean == 4.0  # type: ignore[union-attr]
    shape = Shape(LATENT, ("one", "other"), "least", "x", lambda means: means.min(axis=0))
    assert effect_of(shape, keys(), runs).mean == 2.0  # type: ignore[union-attr]


def test_a_ratio_over_nothing_is_none() -> None:
    runs = values(one=np.ones((5, 2, 3)), other=np.zeros((5, 2, 3)))
    ratio = Ratio(Contrast(LATENT, {"one": 1.0}), Contrast(LATENT, {"other": 1.0}), "x")
    assert effect_of(ratio, keys(), runs) is None


def test_without_an_expected_sign_the_statement_is_tried_as_it_stands() -> None:
    runs = values(one=np.full((80, 2, 6), -1.0), other=np.zeros((80, 2, 6)))
    found = judged(pattern(expected=None), runs)
    assert (found.verdict, found.p_positive) == ("not held", 0.0)


def test_a_measure_without_any_value_is_refused() -> None:
    runs = values(one=np.full((3, 2, 6), np.nan), other=np.zeros((3, 2, 6)))
    with pytest.raises(InputError, match="made-up"):
        judged(pattern(), runs)


def test_what_is_left_of_an_effect_has_vanished_only_if_little_enough() -> None:
    exactly, within = Vanishes(("M1",)), Vanishes(("M1",), within=0.5, left="because")
    assert Left(exactly, np.zeros(5)).vanished
    assert not Left(exactly, np.array([0.0, 1e-9])).vanished
    assert Left(within, np.array([2.0, -2.0, 0.3])).vanished
    assert not Left(within, np.array([0.6, 0.7])).vanished
    assert not Left(within, np.array([])).vanished, "nothing was seen to vanish"
