"""The calibration's parts on toys whose answers are known, and the bank on a few draws of the model."""

import numpy as np
import pytest
from scipy import stats
from toy_bank import exact, toy

from calibration.draws import Draws, prior
from calibration.inference import checks
from calibration.inference.bank import ARMS, CONTRAST_OUTCOMES, TEAMS, Bank, make_bank
from calibration.inference.checks import GAIN, SPOILINGS, noticed, passed, quantities, ranked
from calibration.inference.headline import selected
from calibration.inference.likelihood import (
    Review,
    baselines,
    likelihood_noise,
    log_chance_of_rising,
    log_likelihood,
    log_mean,
    records,
    reviews_of,
)
from calibration.inference.prediction import (
    back_to_the_mean,
    from_the_others,
    in_sample,
    influence,
    left_out,
    linear_in_baseline,
    mean_gain,
    verdict,
)
from calibration.inference.rejection import adjusted
from calibration.inference.settings import Settings
from calibration.inference.weights import Weighted, plain, weighted

pytest.importorskip("arviz", reason="a calibration needs arviz: pip install 'crtsip[calibrate]'")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return toy()


@pytest.fixture(scope="module")
def review(bank: Bank) -> Review:
    return reviews_of(bank)


# -- likelihood and weights ------------------------------------------------------------------------------------


def test_the_likelihood_is_the_mean_normal_density_over_replicates() -> None:
    review = Review(np.array([[[100.0, 104.0]]]), np.array([9.0]))
    wanted = np.log(0.5 * (stats.norm.pdf(103.0, 100.0, 3.0) + stats.norm.pdf(103.0, 104.0, 3.0)))
    assert log_likelihood(np.array([103.0]), review)[0, 0] == pytest.approx(wanted, rel=1e-12)
    assert log_mean(np.array([-1e5, -1e5])) == pytest.approx(-1e5)


def test_weights_find_the_posterior_of_a_toy_solved_by_hand(bank: Bank, review: Review) -> None:
    found = plain(log_likelihood(records(), review).sum(axis=1))
    effect, (mean, sd) = bank.draws.table["effect"].to_numpy(), exact()
    assert found.mean(effect) == pytest.approx(mean, abs=4.0 * found.error(effect) + 0.2)
    assert found.sd(effect) == pytest.approx(sd, rel=0.15)
    assert 50 < found.effective < bank.size
    best = np.argsort(-found.weights)[:100]
    noise = likelihood_noise(records(), review, best)
    assert len(noise) == TEAMS and 0.0 < noise[0] < noise[-1] < 1.0


def test_smoothing_leaves_all_but_the_largest_weights_nearly_as_they_are(review: Review) -> None:
    logs = log_likelihood(records(), review).sum(axis=1)
    smooth, rough = weighted(logs), plain(logs)
    assert smooth.k_hat < 0.7
    assert np.argsort(smooth.weights[:50]).tolist() == np.argsort(rough.weights[:50]).tolist()
    assert smooth.effective == pytest.approx(rough.effective, rel=0.2)


def test_of_too_few_draws_for_a_tail_the_weights_stay_and_are_called_unreliable() -> None:
    logs = np.linspace(0.0, 3.0, 24)
    found = weighted(logs)
    assert np.array_equal(found.weights, plain(logs).weights)
    assert found.k_hat == float("inf")


def test_rejection_finds_the_same_posterior_without_the_likelihood(bank: Bank) -> None:
    kept, effect, (mean, sd) = adjusted(bank), bank.draws.table["effect"].to_numpy(), exact()
    assert kept.mean(effect) == pytest.approx(mean, abs=0.3 * sd)
    width = kept.quantile(effect, 0.975) - kept.quantile(effect, 0.025)
    assert width == pytest.approx(2.0 * 1.96 * sd, rel=0.2)
    assert len(kept.draws) == 4_000
    assert not np.any(adjusted(bank, leave_out=3).draws == 3)


def test_rejection_moves_a_parameter_within_its_prior(bank: Bank) -> None:
    effect = bank.draws.table["effect"].to_numpy()
    far = adjusted(bank, totals=records() + 25.0)
    assert far.values(effect).max() > effect.max(), "a straight line runs out of the prior"
    within = far.values(effect, bounded=True)
    assert effect.min() <= within.min() and within.max() <= effect.max()
    near = adjusted(bank)
    assert near.mean(effect, bounded=True) == pytest.approx(near.mean(effect), abs=0.1 * effect.std())


def test_the_pull_of_a_bounded_scale_is_learned_from_reviews(bank: Bank) -> None:
    pulled = bank._replace(reviewed=bank.reviewed - 0.02 * np.maximum(0.0, bank.latent - 130.0))
    mean = reviews_of(pulled).mean
    for team in range(TEAMS):
        assert np.mean(pulled.reviewed[:, team] - mean[:, team]) == pytest.approx(0.0, abs=0.15)


def test_selection_divides_by_the_chance_of_being_studied(review: Review) -> None:
    logs = log_likelihood(records(), review)
    np.testing.assert_array_equal(selected(logs, review, 0.0), logs.sum(axis=1))
    rising = log_chance_of_rising(review)
    np.testing.assert_allclose(selected(logs, review, 1.0), (logs - rising).sum(axis=1), rtol=1e-9)
    sd = np.sqrt(review.variance[0])
    by_hand = np.mean(stats.norm.sf(baselines()[0] + 0.5, review.mean[0, 0], sd))
    assert rising[0, 0] == pytest.approx(np.log(by_hand), rel=1e-9)
    effect = review.mean.mean(axis=(1, 2))
    means = [plain(selected(logs, review, strength)).mean(effect) for strength in (0.0, 0.5, 1.0)]
    assert means[0] > means[1] > means[2], "selection takes something off what the programme did"


def test_weighted_quantiles_probabilities_and_resampling_follow_the_weights() -> None:
    found = Weighted(np.array([0.7, 0.1, 0.1, 0.1]), 0.0)
    values = np.array([1.0, 2.0, 3.0, 4.0])
    assert found.probability(values > 1.5) == pytest.approx(0.3)
    assert found.mean(values) == pytest.approx(1.6)
    assert found.quantile(values, 0.35) == pytest.approx(1.0)
    chosen = found.resampled(1_000, seed=1)
    assert np.bincount(chosen, minlength=4).tolist() == pytest.approx([700, 100, 100, 100], abs=1)
    assert not np.all(np.diff(chosen) >= 0)


# -- predictions and rivals -----------------------------------------------------------------------------------


def test_a_team_left_out_is_less_well_predicted_than_one_known(review: Review) -> None:
    logs = log_likelihood(records(), review)
    known, unknown = in_sample(logs, review), left_out(logs, review)
    assert sum(each.log_score for each in known) > sum(each.log_score for each in unknown)
    for each in unknown:
        (low, high), wide = each.intervals[0], each.intervals[-1]
        assert wide[0] < low < high < wide[1]
        assert 0.0 < each.pit < 1.0


def test_rivals_predict_what_they_say() -> None:
    gains = records() - baselines()
    first = mean_gain(0)
    assert first.mean == pytest.approx(baselines()[0] + gains[1:].mean())
    slope, start = np.polyfit(baselines()[:5], records()[:5], 1)
    assert linear_in_baseline(5).mean == pytest.approx(start + slope * baselines()[5])
    assert baselines()[5] < back_to_the_mean(5).mean < 122.0
    low, high = first.intervals[-1]
    half = stats.t.ppf(0.95, 4) * gains[1:].std(ddof=1) * np.sqrt(1.2)
    assert (high - low) / 2.0 == pytest.approx(half, rel=0.02)


def test_the_simulations_error_of_a_score_is_what_repeated_banks_show() -> None:
    scores, told = [], []
    for seed in range(40):
        one = toy(draws=400, seed=seed)
        logs = log_likelihood(records(), reviews_of(one))
        means = [found.mean(np.exp(logs[:, team])) for team, found in enumerate(from_the_others(logs))]
        scores.append(np.log(means).sum())
        told.append(np.linalg.norm(influence(logs)))
    assert np.mean(told) == pytest.approx(np.std(scores, ddof=1), rel=0.3)


def test_six_paired_differences_are_judged_with_five_degrees_of_freedom() -> None:
    assert [verdict(x, 1.0, 0.0) for x in (2.5, -2.5, 2.6, -2.6)] == ["undecided"] * 2 + ["better", "worse"]
    assert verdict(2.6, 1.0, 0.3) == "undecided", "the simulation's error counts"
    assert verdict(0.0, 0.0, 0.0) == "undecided"
    luck = np.random.default_rng(1).normal(size=(4_000, TEAMS))
    paired = luck.std(axis=1, ddof=1) * TEAMS**0.5
    wrong = [verdict(x, error, 0.0) != "undecided" for x, error in zip(luck.sum(axis=1), paired, strict=True)]
    assert np.mean(wrong) == pytest.approx(0.05, abs=0.012)


# -- the check of the inference itself --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def values(bank: Bank, review: Review) -> checks.Quantities:
    return quantities(bank, review, ["effect"], {})


def test_the_right_inference_passes_the_simulation_based_check(bank, review, values) -> None:
    found = ranked(bank, review, values, data_sets=120, seed=4)
    assert passed(found)
    assert {each.name for each in found} >= {"effect", GAIN, checks.LIKELIHOOD}
    assert all(each.places.min() >= 0.0 and each.places.max() <= 1.0 + 1e-9 for each in found)


@pytest.fixture(scope="module")
def varied(bank: Bank) -> Bank:
    """Return the toy with an effect of each team's own besides, without which teams are told apart by nothing."""
    own = np.random.default_rng(5).normal(0.0, 6.0, (bank.size, TEAMS, 1))
    return bank._replace(latent=bank.latent + own, reviewed=bank.reviewed + np.round(own))


@pytest.mark.parametrize("spoiling", SPOILINGS, ids=lambda each: each.name)
def test_a_planted_fault_is_noticed(bank, varied, spoiling) -> None:
    used = varied if spoiling.name == "teams permuted" else bank
    review = reviews_of(used)
    values = quantities(used, review, ["effect"], {})
    found = ranked(used, review, values, data_sets=60, seed=4, spoiling=spoiling)
    p_value, power = noticed(found, spoiling, seed=1)
    assert p_value < checks.FAMILY / len(found)
    assert power > 0.8


# -- the bank ----------------------------------------------------------------------------------------------------

SMALL = Settings(draws=64, replicates=2, contrasts=1, kept=10, seed=3)


def equal(one: Bank, other: Bank) -> bool:
    return all(a.tobytes() == b.tobytes() for a, b in zip(one[1:], other[1:], strict=True))


def test_compared_programmes_share_the_luck_of_a_draw_and_draws_share_none(tmp_path) -> None:
    twice = prior(1, 3).table.iloc[[0, 0]].reset_index(drop=True)
    small = Settings(draws=2, replicates=1, contrasts=1, seed=3)
    found = make_bank(small, tmp_path, draws=Draws(twice, "prior"))
    place = CONTRAST_OUTCOMES.index("latent_gain_12m")
    twelve, longer = (ARMS.index(arm) for arm in ("internal-12", "internal-24"))
    year = found.contrasts[..., place]
    assert np.abs(year[:, twelve] - year[:, longer]).max() < 1.0, "the first year is nearly the same"
    assert np.all(year[0] != year[1]), "equal parameters, another life"


@pytest.mark.slow
def test_a_bank_gone_on_with_is_the_bank_made_in_one_go(tmp_path) -> None:
    whole = make_bank(SMALL, tmp_path / "whole")
    make_bank(SMALL, tmp_path / "parts", workers=2)
    lost = sorted((tmp_path / "parts").glob("*.npz"))[0]
    lost.unlink()
    assert equal(whole, make_bank(SMALL, tmp_path / "parts"))
    assert whole.latent.shape == (64, TEAMS, 2)
    assert np.all((whole.latent >= 39.0) & (whole.latent <= 195.0))
    more = make_bank(SMALL.__class__(**SMALL.to_dict() | {"draws": 96}), tmp_path / "parts")
    assert equal(whole, Bank(more.draws, *(each[:64] for each in more[1:])))
    with pytest.raises(ValueError, match="made otherwise"):
        make_bank(Settings(draws=64, replicates=3, contrasts=1, seed=3), tmp_path / "parts")
