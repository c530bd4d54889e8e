"""What six teams leave open, and how truths are recovered, on a toy whose answers are known by conjugacy."""

import numpy as np
import pytest
from toy_bank import ERROR, PRIOR, SPREAD, exact, toy

from calibration import prior
from calibration.inference.bank import ARMS, CONTRAST_OUTCOMES, TEAMS, Bank
from calibration.inference.checks import LEFT_OUT, LIKELIHOOD, Ranked, quantities, ranked
from calibration.inference.headline import contrasts
from calibration.inference.left_open import _sign, at_most, left_open, weighted_ranks
from calibration.inference.likelihood import ROUNDING, log_likelihood, records, reviews_of
from calibration.inference.measures import MEASURES, UNRECORDED, measure_of
from calibration.inference.prediction import LEVELS
from calibration.inference.recovery import recovered
from calibration.inference.weights import Weighted, plain

PROGRAMME = "internal programme less none, at month 12"
PLACEMENT = "external less internal, 12 months"
LENGTH = "24 less 12 months, internal, at month 24"
DATA_SETS = 200


@pytest.fixture(scope="module")
def bank() -> Bank:
    """Return the toy, its programme adding the draw's effect, and its placements differing by what no total shows."""
    found = toy()
    effect = found.draws.table["effect"].to_numpy()
    apart = np.random.default_rng(2).normal(0.0, 1.0, found.size)
    found.draws.table["travel_external"] = apart
    gains = found.contrasts.copy()
    outcome = CONTRAST_OUTCOMES.index("latent_gain_12m")
    gains[:, ARMS.index("internal-12"), :, outcome] = effect[:, None]
    gains[:, ARMS.index("external-12"), :, outcome] = (effect - apart)[:, None]
    return found._replace(contrasts=gains)


@pytest.fixture(scope="module")
def places(bank: Bank) -> list[Ranked]:
    review = reviews_of(bank)
    values = quantities(bank, review, ["effect", "travel_external"], contrasts(bank))
    return ranked(bank, review, values, data_sets=DATA_SETS, seed=4)


@pytest.fixture(scope="module")
def recovery(bank: Bank, places: list[Ranked]) -> list[dict]:
    values = quantities(bank, reviews_of(bank), ["effect", "travel_external"], contrasts(bank))
    return recovered(places, values)


@pytest.fixture(scope="module")
def found(bank: Bank) -> Weighted:
    return plain(log_likelihood(records(), reviews_of(bank)).sum(axis=1))


@pytest.fixture(scope="module")
def opened(bank: Bank, found: Weighted, recovery: list[dict]) -> dict:
    return left_open(bank, found, recovery)


def by_hand(lives: int) -> float:
    """Return the share of the effect's variance that so many totals of each team leave."""
    of_a_mean = (SPREAD**2 + ERROR**2 + ROUNDING) / (TEAMS * lives)
    return of_a_mean / (of_a_mean + PRIOR**2)


# -- recovery ----------------------------------------------------------------------------------------------------


def test_estimates_miss_the_truth_by_as_much_as_conjugacy_says(recovery) -> None:
    row = next(row for row in recovery if row["name"] == "effect")
    kept, error = row["kept"]
    assert by_hand(1) == pytest.approx((exact()[1] / PRIOR) ** 2)
    assert kept == pytest.approx(by_hand(1), abs=4.0 * error + 0.001)
    assert row["rmse"] ** 2 == pytest.approx(by_hand(1), rel=0.3)
    assert row["correlation"] == pytest.approx((1.0 - by_hand(1)) ** 0.5, abs=0.03)


def test_intervals_hold_the_truth_as_often_as_they_say(recovery) -> None:
    for row in recovery:
        if row["rmse"] == 0.0:
            continue  # does not vary in the toy
        for level, (share, error) in zip(LEVELS, row["coverage"].values(), strict=True):
            assert share == pytest.approx(level, abs=4.0 * max(error, 0.01)), (row["name"], level)


def test_what_depends_on_the_data_has_no_truth_to_recover(places, recovery) -> None:
    assert {each.name for each in places} - {row["name"] for row in recovery} == {LIKELIHOOD, LEFT_OUT}


def test_what_the_totals_do_not_show_is_not_recovered(recovery) -> None:
    row = next(row for row in recovery if row["name"] == "travel_external")
    assert abs(row["correlation"]) < 0.3
    assert row["rmse"] == pytest.approx(1.0, abs=0.2)


def test_the_likelihoods_places_do_not_lean_however_few_the_runs() -> None:
    few = toy(draws=1_500, replicates=2)
    values = {"effect": few.draws.table["effect"].to_numpy()}
    found = ranked(few, reviews_of(few), values, data_sets=300, seed=4)
    places = next(each.places for each in found if each.name == LIKELIHOOD)
    assert places.mean() == pytest.approx(0.5, abs=3.0 / np.sqrt(12.0 * len(places)))


# -- left open ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lives", [1, 4])
def test_the_ceiling_of_a_linear_answer_is_what_conjugacy_leaves(bank: Bank, lives: int) -> None:
    effect = bank.draws.table["effect"].to_numpy()
    ((kept, error),) = at_most(bank.reviewed[:, :, :lives].mean(axis=2), effect[:, None])
    assert kept == pytest.approx(by_hand(lives), abs=4.0 * error)
    assert 0.0 < error < 0.05 * kept + 0.01


def test_more_totals_leave_less_of_what_they_show_and_as_much_of_what_they_do_not(opened) -> None:
    shown, hidden = opened[PROGRAMME]["at_most"], opened[PLACEMENT]["at_most"]
    assert list(shown) == ["6", "24"], "the toy's draws have twenty runs"
    assert shown["24"][0] < 0.5 * shown["6"][0]
    for kept, error in hidden.values():
        assert kept == pytest.approx(1.0, abs=4.0 * error + 0.02)


def test_what_the_six_left_is_told_with_its_signs(opened) -> None:
    placement, programme = opened[PLACEMENT], opened[PROGRAMME]
    assert placement["sign"] == "open"
    assert programme["sign"] == "decided by the six"
    assert programme["p_positive"][0] < programme["p_positive"][1]
    for row in (placement, programme):
        for before_or_after in (0, 1):
            assert row["p_negative"][before_or_after] + row["p_positive"][before_or_after] == pytest.approx(
                1.0
            )
    assert placement["ratio"] == pytest.approx(1.0, abs=0.2)
    assert programme["ratio"] == pytest.approx(by_hand(1), rel=0.4)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.3, 0.3, "open"),
        (0.3, 0.99, "decided by the six"),
        (0.97, 1.0, "fixed before"),
        (0.01, 0.0, "fixed before"),
        (0.97, 0.8, "opened by the six"),
    ],
)
def test_a_sign_is_decided_by_the_six_only_where_it_was_open_before(
    before: float, after: float, said: str
) -> None:
    assert _sign(before, after) == said


def test_the_unknown_behind_an_answer_is_named_with_the_record_that_would_measure_it(opened) -> None:
    (unknown,) = opened[PLACEMENT]["unknowns"]
    assert (unknown["name"], unknown["measure"]) == ("travel_external", "facilitators' time diaries")
    assert unknown["share"] == pytest.approx(1.0, abs=0.01)
    (unknown,) = opened[PROGRAMME]["unknowns"]
    assert (unknown["name"], unknown["measure"]) == ("effect", UNRECORDED)
    assert opened[LENGTH]["unknowns"] == [], "what does not vary has none"


def test_weighted_ranks_are_those_of_a_sample_with_such_weights() -> None:
    ranks = weighted_ranks(np.array([5.0, 1.0, 9.0]), Weighted(np.array([0.5, 0.25, 0.25]), 0.0))
    by_hand = np.array([0.5, 0.125, 0.875]) - 0.5
    np.testing.assert_allclose(ranks, by_hand / np.sqrt(np.mean(by_hand[1:] ** 2) / 2.0))


def test_every_declared_record_is_of_an_unknown_there_is() -> None:
    named = {
        pattern: [name for name in prior(1, 1).table if measure_of(name) == record]
        for pattern, record in MEASURES.items()
    }
    assert all(named.values()), [pattern for pattern, names in named.items() if not names]
    assert measure_of("no such thing") == UNRECORDED
