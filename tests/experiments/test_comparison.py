"""Comparisons: known numbers in, known means, intervals and probabilities out; and the summary for JSON."""

import json
import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from calibration import Draws, prior
from experiments import Experiment, Result, Scenario, compare
from experiments.blocks import BlockResult
from experiments.comparison import ENOUGH_DRAWS, Comparison, Estimate, estimated, sustained_share
from experiments.errors import InputError
from experiments.summary import differences, headline, outcomes_of, pairs, summary
from model.outcomes import HOURS_NAMES, OUTCOME_NAMES
from model.record import NAMES
from model.sites import Site

Given = dict[str, dict[str, np.ndarray]]
SMALL = Site(name="small", number=1001, posts=4)
FIGURES = {"mean", "ci95", "interval_parameters", "interval_chance", "mc95"}


def made(given: Given, *, kind: str = "posterior", months: float = 24.0) -> Result:
    """Make a result out of outcomes ``given[scenario][outcome][draw, replicate, team]``; the rest is NaN."""
    count, replicates, teams = next(iter(next(iter(given.values())).values())).shape
    sites = [SMALL.model_copy(update={"name": f"site {k}", "number": k}) for k in range(teams)]
    draws = Draws(prior(count, seed=1).table, kind)  # type: ignore[arg-type]
    scenarios = [Scenario(name) for name in given]
    experiment = Experiment(scenarios, draws=draws, replicates=replicates, teams=sites, months=months)
    results = []
    for block in experiment.blocks():
        outcomes = np.full((len(block.draws), teams, len(OUTCOME_NAMES)), np.nan)
        for name, values in given.get(experiment.scenarios[block.scenario].name, {}).items():
            outcomes[..., OUTCOME_NAMES.index(name)] = values[block.first : block.last, block.replicate]
        hours = np.zeros((len(block.draws), teams, len(HOURS_NAMES)))
        series = np.zeros((len(block.draws), teams, len(experiment.month_ends), len(NAMES)))
        results.append(BlockResult(block, outcomes, hours, series))
    return Result.of(experiment, results, replicates)


def sure(values: np.ndarray) -> Estimate:
    """Return the estimate, which must be there."""
    found = estimated(values)
    assert found is not None
    return found


def drawn(
    draws: int, replicates: int, between: float, within: float, seed: int, mean: float = 1.5
) -> tuple[np.ndarray, np.ndarray]:
    """Draw ``values[draw, replicate, 1]`` of a one-way random-effects model, and the draws' true means."""
    luck = np.random.Generator(np.random.PCG64(seed))
    true = mean + between * luck.standard_normal(draws)
    return true[:, None, None] + within * luck.standard_normal((draws, replicates, 1)), true


# -- the parts of uncertainty --------------------------------------------------------------------------------


def test_the_variance_between_draws_is_that_of_the_analysis_of_variance() -> None:
    values, _ = drawn(40, 6, 2.0, 3.0, seed=1)
    runs = values[..., 0]
    mean_square_between = 6.0 * np.var(runs.mean(axis=1), ddof=1)
    residual = runs - runs.mean(axis=1, keepdims=True) - runs.mean(axis=0) + runs.mean()
    mean_square_residual = np.sum(residual**2) / (39 * 5)
    expected = (mean_square_between - mean_square_residual) / 6.0
    assert np.var(sure(values).by_draw, ddof=1) == pytest.approx(expected, rel=1e-12)


def test_luck_common_to_all_draws_moves_the_mean_and_not_the_spread_over_draws() -> None:
    luck = np.random.default_rng(6)
    between, common, own = (
        luck.normal(0.0, 1.0, 300),
        luck.normal(0.0, 5.0, 4),
        luck.normal(0.0, 0.1, (300, 4)),
    )
    found = sure((between[:, None] + common + own)[..., None])
    assert np.std(found.by_draw) == pytest.approx(np.std(between), rel=0.02)
    low, high = found.mc95
    half = stats.t.ppf(0.975, 3) * np.std(common, ddof=1) / 2.0
    assert (high - low) / 2.0 == pytest.approx(half, rel=0.05)


def test_replicate_noise_is_taken_out_of_the_interval_over_draws() -> None:
    draws, replicates, between, within = 2000, 4, 2.0, 6.0
    values, true = drawn(draws, replicates, between, within, seed=2)
    found = sure(values)
    # Variance of a variance of n normal numbers: 2 sigma^4 / (n - 1), for the means and for the runs within.
    of_means = between**2 + within**2 / replicates
    error = math.hypot(
        of_means * math.sqrt(2.0 / (draws - 1)),
        within**2 / replicates * math.sqrt(2.0 / (draws * (replicates - 1))),
    )
    assert np.var(found.by_draw, ddof=1) == pytest.approx(between**2, abs=4.0 * error)
    assert 4.0 * error < within**2 / replicates, "the tolerance must tell the noise from its absence"
    # A 97.5% quantile has the standard error sqrt(pq / n) / density.
    density = math.exp(-0.5 * 1.96**2) / math.sqrt(2.0 * math.pi) / between
    of_quantile = math.sqrt(0.025 * 0.975 / draws) / density
    low, high = found.interval_parameters
    assert (high - low) / 2.0 == pytest.approx(1.96 * between, abs=4.0 * of_quantile)
    assert found.mean == pytest.approx(float(values.mean()), rel=1e-12)
    assert float(np.mean(true)) == pytest.approx(found.mean, abs=4.0 * within / math.sqrt(draws * replicates))


def test_draws_that_differ_by_luck_alone_are_drawn_together() -> None:
    values = np.array([[[1.0], [3.0]], [[0.0], [4.0]], [[2.0], [2.5]]])
    found = sure(values)
    assert np.ptp(found.by_draw) == 0.0
    assert found.interval_parameters == (found.mean, found.mean)


def test_draws_without_luck_keep_their_means() -> None:
    values = np.repeat(np.array([1.0, 2.0, 6.0]), 4).reshape(3, 2, 2)
    found = sure(values)
    np.testing.assert_allclose(found.by_draw, [1.0, 2.0, 6.0], rtol=1e-14)
    assert found.precision == 0.0
    assert found.interval_parameters == pytest.approx(tuple(np.quantile([1.0, 2.0, 6.0], [0.025, 0.975])))


def test_the_monte_carlo_interval_is_that_of_the_mean_for_these_draws() -> None:
    values, _ = drawn(8, 5, 2.0, 3.0, seed=3)
    runs = values[..., 0]
    common = float(stats.t.ppf(0.975, 4)) * math.sqrt(np.var(runs.mean(axis=0), ddof=1) / 5)
    residual = runs - runs.mean(axis=1, keepdims=True) - runs.mean(axis=0) + runs.mean()
    own = 1.959964 * math.sqrt(np.sum(residual**2) / (7 * 4) / (8 * 5))
    half = max(common, own)
    found = sure(values)
    assert found.mc95 == pytest.approx((found.mean - half, found.mean + half), rel=1e-6)
    assert found.precision == pytest.approx(half, rel=1e-6)


def test_the_monte_carlo_interval_covers_the_truth_as_often_as_it_says() -> None:
    covered, sets = 0, 400
    for seed in range(sets):
        values, true = drawn(10, 4, 5.0, 3.0, seed=seed)
        low, high = sure(values).mc95
        covered += low <= float(true.mean()) <= high
    error = math.sqrt(0.95 * 0.05 / sets)
    assert covered / sets == pytest.approx(0.95, abs=4.0 * error)


def test_teams_are_averaged_before_replicates_are_compared() -> None:
    """A difference between teams is not luck: it must not widen the Monte Carlo interval."""
    runs, _ = drawn(6, 3, 1.0, 1.0, seed=4)
    apart = runs + np.array([-50.0, 0.0, 50.0])
    assert sure(apart).mc95 == pytest.approx(sure(runs).mc95, rel=1e-9)
    assert sure(apart).interval_parameters == pytest.approx(sure(runs).interval_parameters, rel=1e-9)


def test_the_interval_of_chance_is_of_single_runs_about_their_draws_mean() -> None:
    values = np.arange(101.0).reshape(1, 101, 1)
    found = sure(values)
    assert found.interval_chance == pytest.approx((2.5, 97.5))
    shifted = np.concatenate([values, values + 1000.0])
    assert sure(shifted).interval_chance == pytest.approx((502.5, 597.5), abs=0.5)


def test_one_replicate_leaves_luck_in_the_interval_over_draws() -> None:
    found = sure(np.array([1.0, 2.0, 3.0, 10.0]).reshape(4, 1, 1))
    assert found.by_draw.tolist() == [1.0, 2.0, 3.0, 10.0]
    assert found.interval_parameters == pytest.approx(
        tuple(np.quantile([1.0, 2.0, 3.0, 10.0], [0.025, 0.975]))
    )


def test_one_draw_has_an_interval_of_its_luck_alone() -> None:
    found = sure(np.array([[[1.0], [2.0], [6.0]]]))
    assert found.mean == 3.0
    assert found.interval_parameters == (3.0, 3.0)
    half = float(stats.t.ppf(0.975, 2)) * math.sqrt(7.0 / 3.0)
    assert found.mc95 == pytest.approx((3.0 - half, 3.0 + half), rel=1e-6)


def test_what_is_nan_is_left_out_and_not_counted() -> None:
    nan = math.nan
    values = np.array(
        [
            [[1.0, 3.0], [2.0, nan]],  # runs 2 and 2
            [[nan, nan], [8.0, 4.0]],  # one run, 6
            [[nan, nan], [nan, nan]],  # no run: not a draw
        ]
    )
    found = sure(values)
    assert found.mean == 4.0
    assert found.by_draw.tolist() == [2.0, 6.0]
    assert estimated(np.full((2, 2, 2), nan)) is None


def test_figures_are_rounded_and_hold_no_array() -> None:
    told = sure(np.array([1.0, 2.0 / 3.0]).reshape(2, 1, 1)).to_dict()
    assert told.keys() == FIGURES
    assert told["mean"] == 0.833333 and told["ci95"] == told["interval_parameters"]


# -- a paired difference -------------------------------------------------------------------------------------


def test_probabilities_are_shares_of_draws_and_of_runs() -> None:
    ours = np.array([[4.0, 4.0], [2.0, 2.0], [-1.0, -1.0], [0.0, 0.0], [9.0, 1.0]]).reshape(5, 1, 2)
    result = made({"core-12": {"gain_12m": ours + 7.0}, "no-sip": {"gain_12m": np.full((5, 1, 2), 7.0)}})
    found = compare(result, "gain_12m", "core-12", against="no-sip")
    assert found is not None
    assert (found.scenario, found.against, found.outcome) == ("core-12", "no-sip", "gain_12m")
    assert found.estimate.by_draw.tolist() == [4.0, 2.0, -1.0, 0.0, 5.0]
    assert found.p_positive == 3 / 5
    assert found.p_over_3 == 2 / 5
    assert found.p_run_positive == 6 / 10


def test_a_difference_of_three_points_is_not_over_three() -> None:
    result = made(
        {"core-12": {"gain_12m": np.full((2, 1, 1), 3.0)}, "no-sip": {"gain_12m": np.zeros((2, 1, 1))}}
    )
    found = compare(result, "gain_12m", "core-12", against="no-sip")
    assert found is not None and (found.p_positive, found.p_over_3) == (1.0, 0.0)


def test_a_difference_is_taken_run_by_run_so_that_common_luck_falls_out() -> None:
    luck, _ = drawn(5, 4, 10.0, 10.0, seed=6)
    result = made({"core-12": {"gain_12m": luck + 2.0}, "no-sip": {"gain_12m": luck}})
    found = compare(result, "gain_12m", "core-12", against="no-sip")
    assert found is not None
    assert found.estimate.mean == pytest.approx(2.0)
    assert found.estimate.precision == pytest.approx(0.0, abs=1e-6)


def test_turning_a_comparison_round_changes_the_sign() -> None:
    one, _ = drawn(5, 4, 1.0, 1.0, seed=7)
    other, _ = drawn(5, 4, 1.0, 1.0, seed=8)
    result = made({"core-12": {"gain_12m": one}, "core-18": {"gain_12m": other}})
    there = compare(result, "gain_12m", "core-12", against="core-18")
    back = compare(result, "gain_12m", "core-18", against="core-12")
    assert there is not None and back is not None
    assert there.estimate.mean == pytest.approx(-back.estimate.mean)
    assert there.p_positive == pytest.approx(1.0 - back.p_positive)


def signs(positive: int, draws: int, replicates: int = 1) -> Comparison:
    """Compare scenarios of which some draws say more, the others less."""
    ours = np.where(np.arange(draws) < positive, 1.0, -1.0).repeat(replicates).reshape(draws, replicates, 1)
    result = made({"core-12": {"gain_12m": ours}, "no-sip": {"gain_12m": np.zeros_like(ours)}})
    found = compare(result, "gain_12m", "core-12", against="no-sip")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("positive", "decided"),
    [(0, True), (5, True), (6, False), (50, False), (94, False), (95, True), (100, True)],
)
def test_a_sign_is_decided_from_nineteen_to_one(positive: int, decided: bool) -> None:
    assert signs(positive, 100).decided is decided


def test_a_sign_is_not_decided_by_few_draws() -> None:
    assert signs(ENOUGH_DRAWS, ENOUGH_DRAWS, replicates=2).decided
    assert not signs(ENOUGH_DRAWS - 1, ENOUGH_DRAWS - 1, replicates=2).decided


def test_a_sign_is_not_decided_where_all_draws_may_differ_by_luck() -> None:
    ours = np.tile([-9.0, 10.0], ENOUGH_DRAWS).reshape(ENOUGH_DRAWS, 2, 1)
    result = made({"core-12": {"gain_12m": ours}, "no-sip": {"gain_12m": np.zeros_like(ours)}})
    found = compare(result, "gain_12m", "core-12", against="no-sip")
    assert found is not None
    assert found.p_positive == 1.0 and not found.told_apart and not found.decided


def test_scenarios_that_gave_the_same_in_every_run_are_equal_and_that_is_decided() -> None:
    same = np.arange(4.0).reshape(2, 2, 1)
    result = made({"core-12": {"gain_12m": same}, "no-sip": {"gain_12m": same}})
    found = compare(result, "gain_12m", "core-12", against="no-sip")
    assert found is not None and found.equal and found.decided
    assert not signs(1, 2).equal


def test_what_lies_beyond_the_run_is_nothing_and_what_is_not_there_is_refused() -> None:
    result = made({"core-12": {"gain_12m": np.ones((2, 1, 1))}})
    assert compare(result, "gain_36m", "core-12", against="no-sip") is None
    with pytest.raises(InputError, match="no outcome 'gain'"):
        compare(result, "gain", "core-12", against="no-sip")
    with pytest.raises(InputError, match="no scenario 'core-18'"):
        compare(result, "gain_12m", "core-12", against="core-18")


# -- what is sustained ---------------------------------------------------------------------------------------


def sustained(end: list[Any], later: list[Any], months: float = 24.0) -> Result:
    gains = {"latent_gain_programme_end": np.array(end), "latent_gain_year_after": np.array(later)}
    return made({"core-12": gains}, months=months)


def test_the_sustained_share_is_of_mean_gains_draw_by_draw() -> None:
    result = sustained([[[4.0, 8.0]], [[10.0, 10.0]]], [[[3.0, 3.0]], [[20.0, 10.0]]])
    found = sustained_share(result, "core-12")
    assert found is not None
    assert found.by_draw.tolist() == [0.5, 1.5]
    assert found.mean == 1.0


def test_draws_that_gained_under_three_points_have_no_sustained_share() -> None:
    result = sustained([[[2.9]], [[3.0]], [[-8.0]]], [[[2.9]], [[1.5]], [[8.0]]])
    found = sustained_share(result, "core-12")
    assert found is not None and found.by_draw.tolist() == [0.5]
    assert sustained_share(sustained([[[2.9]]], [[[2.0]]]), "core-12") is None


def test_runs_that_end_too_early_do_not_count_in_either_gain() -> None:
    nan = math.nan
    result = sustained([[[4.0], [40.0]], [[nan], [nan]]], [[[2.0], [nan]], [[nan], [nan]]])
    found = sustained_share(result, "core-12")
    assert found is not None and found.by_draw.tolist() == [0.5]


def test_there_is_no_sustained_share_without_a_programme_or_a_year_after_it() -> None:
    result = sustained([[[5.0]]], [[[math.nan]]])
    assert sustained_share(result, "core-12") is None
    assert sustained_share(result, "no-sip") is None


# -- the summary ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def short() -> Result:
    """Return a real run that ends before the programme does."""
    draws = Draws(prior(2, seed=1).table, "provisional sample")
    scenarios = [Scenario("internal-12"), Scenario("external-12")]
    return Experiment(scenarios, draws=draws, replicates=2, months=7.0, teams=[SMALL]).run()


@pytest.fixture(scope="module")
def innovation() -> Result:
    scenarios = [Scenario("places-of-safety")]
    return Experiment(scenarios, draws=prior(1, seed=1), replicates=1, months=3.0, teams=[SMALL]).run()


def test_each_scenario_is_compared_with_none_and_with_the_first_or_the_one_named() -> None:
    result = made({name: {"gain_12m": np.ones((1, 1, 1))} for name in ("core-12", "core-18", "core-24")})
    none = [("core-12", "no-sip"), ("core-18", "no-sip"), ("core-24", "no-sip")]
    assert pairs(result) == [*none, ("core-18", "core-12"), ("core-24", "core-12")]
    assert pairs(result, "core-24") == [*none, ("core-12", "core-24"), ("core-18", "core-24")]
    assert pairs(result, "no-sip") == none
    assert pairs(made({"no-sip": {"gain_12m": np.ones((1, 1, 1))}})) == []


def test_the_summary_holds_what_the_interface_promises(short: Result) -> None:
    found = summary(short)
    assert {"scenarios", "differences", "replicates", "draws", "undecided", "provenance"} <= found.keys()
    assert (found["replicates"], found["draws"]) == (2, 2)
    assert found["scenarios"].keys() == {"internal-12", "external-12", "no-sip"}
    promised = {f"{kind}_{m}m" for kind in ("gain", "latent_gain") for m in (6, 12, 18, 24, 36)} | {
        "gain_end",
        "sustained_share",
        "awareness_12m",
        "buy_in_12m",
        "strain_12m",
        "staff_replaced_12m",
        "vacancy_mean",
        "hours_staff",
        "hours_facilitator",
        "hours_manager",
        "cost",
        "hours",
    }
    for scenario in found["scenarios"].values():
        assert promised <= scenario.keys()
        assert scenario["gain_6m"].keys() == FIGURES
    assert found["scenarios"]["internal-12"]["hours"].keys() == {"staff", "manager", "facilitator"}
    keys = {"scenario", "against", "outcome", "p_positive", "p_over_3", "p_run_positive"} | FIGURES
    assert all(difference.keys() == keys for difference in found["differences"])


def test_the_summary_is_json_without_nan(short: Result) -> None:
    text = json.dumps(summary(short), sort_keys=True, allow_nan=False)
    assert text.isascii()
    assert json.loads(text) == summary(short)


def test_the_summary_is_the_same_for_the_same_inputs(short: Result) -> None:
    again = short.experiment.run(workers=2)
    assert summary(again) == summary(short)


def test_every_difference_says_what_it_is_the_mean_of(short: Result) -> None:
    for told in summary(short)["differences"]:
        ours = short.outcome(told["outcome"], told["scenario"])
        theirs = short.outcome(told["outcome"], told["against"])
        assert told["mean"] == pytest.approx(float(np.mean(ours - theirs)), abs=1e-6)
    named = {(told["scenario"], told["against"]) for told in summary(short)["differences"]}
    assert named == {("internal-12", "no-sip"), ("external-12", "no-sip"), ("external-12", "internal-12")}


def test_what_lies_beyond_the_run_is_null_and_said_to_be(short: Result) -> None:
    found = summary(short)
    for month in (12, 18, 24, 36):
        assert found["scenarios"]["internal-12"][f"gain_{month}m"] is None
        assert found["scenarios"]["internal-12"][f"latent_gain_{month}m"] is None
    beyond = next(sentence for sentence in found["undecided"] if "beyond the run" in sentence)
    assert beyond == "gain_12m, gain_18m, gain_24m, gain_36m: null, beyond the run of 7 months."
    assert found["scenarios"]["internal-12"]["sustained_share"] is None
    ends = "sustained_share of internal-12: null, the run ends before 12 months after the programme."
    assert ends in found["undecided"]
    assert not any("no-sip: null" in sentence for sentence in found["undecided"])


def test_a_gain_too_small_to_share_is_said_to_be() -> None:
    result = sustained([[[2.0]]], [[[1.0]]])
    expected = "sustained_share of core-12: null, the gain is under 3 points."
    assert expected in summary(result)["undecided"]


@pytest.mark.parametrize("kind", ["prior", "provisional sample"])
def test_figures_of_a_provisional_sample_are_called_provisional(kind: str) -> None:
    given: Given = {"core-12": {"gain_12m": np.ones((2, 2, 1))}}
    said = summary(made(given, kind=kind))["undecided"][0]
    assert f"The draws are a {kind}" in said and "provisional" in said
    assert not any("provisional" in sentence for sentence in summary(made(given))["undecided"])


def test_a_sign_that_is_open_is_named_and_a_decided_one_is_not() -> None:
    zero = np.zeros((4 * ENOUGH_DRAWS, 2, 1))
    open_one = zero + np.where(np.arange(4 * ENOUGH_DRAWS) % 4 == 0, -1.0, 1.0)[:, None, None]
    result = made(
        {
            "core-12": {"gain_12m": open_one, "gain_end": zero + 5.0},
            "no-sip": {"gain_12m": zero, "gain_end": zero},
        }
    )
    said = summary(result)["undecided"]
    assert "gain_12m: whether core-12 does better than no-sip is not decided (probability 0.75)." in said
    assert not any(sentence.startswith("gain_end") for sentence in said)


def test_one_replicate_and_a_precision_not_reached_are_said() -> None:
    result = made({"core-12": {"gain_12m": np.ones((2, 1, 1))}})
    said = summary(result, precision="Not known well enough.")["undecided"]
    assert any(sentence.startswith("One replicate") for sentence in said)
    assert "Not known well enough." in said
    assert not any(
        "replicate" in s for s in summary(made({"core-12": {"gain_12m": np.ones((2, 2, 1))}}))["undecided"]
    )


def test_an_innovation_without_a_fidelity_score_prints_none(innovation: Result) -> None:
    found = summary(innovation)
    for name, scenario in found["scenarios"].items():
        fidelity = [key for key in scenario if key.startswith(("gain_", "latent_gain_", "moderate", "high"))]
        assert fidelity == [], name
        assert "sustained_share" not in scenario
        assert scenario["implementation_progress"] is not None
    assert {told["outcome"] for told in found["differences"]} == set(headline(innovation))
    assert not any("gain" in sentence for sentence in found["undecided"])
    assert set(outcomes_of(innovation)) < set(OUTCOME_NAMES)


def test_differences_are_of_the_headline_outcomes_the_run_is_long_enough_for(short: Result) -> None:
    found = {comparison.outcome for comparison in differences(short)}
    assert found == {"gain_6m", "gain_end", "latent_gain_end", "p_crossing_156", "hours_staff", "cost"}


def test_cells_of_a_made_result_stand_where_they_were_put() -> None:
    """Check the checker: outcomes given by draw, replicate and team come back so."""
    values = np.arange(12.0).reshape(2, 3, 2)
    result = made({"core-12": {"gain_12m": values}})
    np.testing.assert_array_equal(result.outcome("gain_12m", "core-12"), values)
