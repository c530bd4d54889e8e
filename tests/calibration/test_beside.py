"""What stands beside the main fit, on toys whose answers are known and on a few runs of the model."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import norm
from toy_bank import toy

from calibration import Draws, prior, six_teams
from calibration.draws import at_points, uniform_points
from calibration.inference import delivered, delivery, new_team, readings, report_beside, structures
from calibration.inference.adaptive import Pooled
from calibration.inference.bank import ARMS, NO_SIP, TEAMS, Bank, make_bank
from calibration.inference.delivery import FITTED, MEETINGS, OF_VISITS, OWN, VISITS, Calendar
from calibration.inference.forward import Forward, run_forward
from calibration.inference.proposal import DEFENCE, Proposal, fitted
from calibration.inference.sensitivity import Change, Neighbour, halved, moves, neighbours, recoded
from calibration.inference.settings import QUICK, Settings
from calibration.inference.weights import Weighted, plain
from calibration.population import LEAST_BASELINE, MOST_BASELINE
from model.outcomes import OUTCOME_PLACES, OUTCOMES
from model.parameters import Parameters, with_values

pytest.importorskip("arviz", reason="a calibration needs arviz: pip install 'crtsip[calibrate]'")

TINY = Settings(draws=16, replicates=2, contrasts=1, seed=3)


# -- draws -------------------------------------------------------------------------------------------------------


def test_the_prior_is_its_uniform_numbers_transformed() -> None:
    again = at_points(uniform_points(8, 5))
    pd.testing.assert_frame_equal(again.table, prior(8, 5).table)
    assert at_points(uniform_points(8, 5), 100).numbers == list(range(100, 108))


def test_what_is_laid_over_draws_may_be_a_switch_or_another_column() -> None:
    draws = prior(4, 1)
    other = draws.laid_over({"adoption_needed": 0.0, "trust_external": draws.table["trust_internal"]})
    for draw in draws:
        changed, plain_ = other.parameters(draw), draws.parameters(draw)
        assert (changed.adoption_needed, changed.trust_external) == (0.0, plain_.trust_internal)
        assert changed._replace(adoption_needed=1.0, trust_external=plain_.trust_external) == plain_


# -- rival structures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("structure", structures.STRUCTURES, ids=lambda each: each.name)
def test_every_structure_keeps_to_values_the_rules_are_made_for(structure: structures.Structure) -> None:
    (draw,) = structure.over(prior(1, 1))
    found = structure.over(prior(1, 1)).parameters(draw)._asdict()
    sources = {
        value if isinstance(value, str) else name: found[name] for name, value in structure.values.items()
    }
    with_values(Parameters(), sources)
    assert structure.values or structure.programme != structures.RECORDED or structure.name == "full"


def named(name: str) -> structures.Structure:
    return next(each for each in structures.STRUCTURES if each.name == name)


def small_bank(name: str, folder) -> Bank:
    structure = named(name)
    draws = structure.over(prior(TINY.draws, TINY.seed))
    return make_bank(TINY, folder / structure.folder, draws=draws, programme=structure.programme)


def test_review_error_alone_leaves_true_practice_as_it_was(tmp_path) -> None:
    bank = small_bank("review error only", tmp_path)
    assert np.abs(bank.contrasts[..., 2:]).max() == 0.0, "latent gains"
    assert bank.reviewed.std() > 0.0 and bank.size == TINY.draws


def test_without_a_programme_all_arms_are_one_and_placement_without_effect_shows_none(tmp_path) -> None:
    context, placed = (
        small_bank(name, tmp_path) for name in ("manager and context only", "placement without effect")
    )
    assert np.array_equal(context.contrasts[:, 0], context.contrasts[:, ARMS.index(NO_SIP)])
    assert np.abs(placed.contrast("external-12", "internal-12", "latent_gain_12m")).max() < 1e-12
    full = small_bank("full", tmp_path)
    assert np.abs(full.contrast("external-12", "internal-12", "latent_gain_12m")).max() > 0.1
    with pytest.raises(ValueError, match="made otherwise"):
        make_bank(TINY, tmp_path / "full", draws=prior(8, 1))


def unadapted(bank: Bank) -> Pooled:
    return Pooled(bank, np.zeros(bank.size), 0)


def lowered(bank: Bank, team: int, points: float) -> Bank:
    away = np.zeros((1, TEAMS, 1))
    away[0, team] = points
    return bank._replace(latent=bank.latent - away, reviewed=bank.reviewed - away)


def test_a_structure_is_compared_with_the_full_model_team_by_team() -> None:
    full = structures.of_bank(named("full"), unadapted(toy(draws=400)), 0.5)
    other = structures.of_bank(named("no spill-over"), unadapted(lowered(toy(draws=400), 2, 25.0)), 0.5)
    same, worse = structures._row(full, full), structures._row(other, full)
    assert (same["difference"], same["paired_error"], same["simulation_error"]) == (0.0, 0.0, 0.0)
    assert worse["difference"] < -2.0 and worse["paired_error"] > 0.0 and worse["simulation_error"] > 0.0
    assert set(worse["answers"]) == set(same["answers"])


def test_draws_that_two_structures_share_are_subtracted_and_others_are_not() -> None:
    one = structures.of_bank(named("full"), unadapted(toy(draws=400)), 0.5)
    almost = structures.of_bank(named("no turnover effect"), unadapted(lowered(toy(draws=400), 2, 0.5)), 0.5)
    apart = almost._replace(moved_by=almost.moved_by.set_axis(range(1_000, 1_400)))
    alone = [float(np.linalg.norm(each.moved_by)) for each in (one, almost)]
    assert structures.simulation_error(apart, one) == pytest.approx(np.hypot(*alone))
    assert structures.simulation_error(almost, one) < 0.3 * structures.simulation_error(apart, one)


def row(name: str, effective: float) -> dict[str, object]:
    stand = structures._row(*[structures.of_bank(named(name), unadapted(toy(draws=60)), 0.5)] * 2)
    return stand | {"effective": effective}


def test_a_structure_that_could_not_be_brought_to_fit_gets_no_score_and_the_page_says_what_that_means() -> (
    None
):
    rows = [row("full", 120.0), row("no spill-over", 30.0), row("no turnover effect", 60.0)]
    page = report_beside._structures({"structures": rows, "settings": QUICK.to_dict()})
    assert "No score is given for *no spill-over*: " in page and "no low score" in page
    assert [line.split("|")[-2].strip() for line in page.splitlines() if line.startswith("| no ")][:2] == [
        "not scored",
        "undecided",
    ]
    every = report_beside._structures({"structures": rows[:1], "settings": QUICK.to_dict()})
    assert "No score" not in every


# -- a second sampler --------------------------------------------------------------------------------------------


def test_the_proposals_density_is_one_on_the_whole() -> None:
    proposal = Proposal([1], np.array([0.8]), np.array([[0.5]]))
    points = uniform_points(4_096, 2)[:, :3]
    assert np.exp(proposal.log_density(points)).mean() == pytest.approx(1.0, abs=0.01)
    moved = proposal.points(points)
    kept = round(DEFENCE * len(points))
    assert np.array_equal(moved[:kept], points[:kept]) and np.array_equal(moved[:, [0, 2]], points[:, [0, 2]])
    assert logit(moved[kept:, 1]).mean() == pytest.approx(0.8, abs=0.05)


def test_the_second_sampler_finds_what_the_first_finds_with_fewer_draws() -> None:
    def log_likelihood(points: np.ndarray) -> np.ndarray:
        return norm(0.7, 0.03).logpdf(points[:, 1]) + norm(0.4, 0.2).logpdf(points[:, 0])

    points = uniform_points(8_192, 4)[:, :3]
    first = plain(log_likelihood(points))
    proposal = fitted(points, [1], first)
    again = proposal.points(uniform_points(1_024, 6)[np.random.default_rng(1).permutation(1_024), :3])
    second = plain(log_likelihood(again) - proposal.log_density(again))
    for column in (0, 1):
        error = np.hypot(first.error(points[:, column]), second.error(again[:, column]))
        assert abs(second.mean(again[:, column]) - first.mean(points[:, column])) < 3.0 * error
    assert second.effective / 1_024 > 3.0 * first.effective / 8_192
    assert expit(proposal.mean[0]) == pytest.approx(0.7, abs=0.01)


# -- the delivery's own factor -----------------------------------------------------------------------------------


def forward(**outcomes: list[list[float]]) -> Forward:
    """Make runs by hand, ``[draw][replicate]``, the same for all teams."""
    shape = np.array(next(iter(outcomes.values()))).shape
    found = np.full((*shape, TEAMS, len(OUTCOMES)), np.nan)
    for name, values in outcomes.items():
        found[..., OUTCOME_PLACES[name]] = np.array(values)[:, :, None]
    return Forward(found, np.zeros((*shape, TEAMS, 13)))


def test_a_date_counts_for_draws_that_hold_the_event_then() -> None:
    runs = forward(
        scoping_month=[[3.4, 3.6], [9.0, np.nan]],
        interim_review_month=[[7.0, 7.0]] * 2,
        meetings_held=[[0.9, 0.7], [0.2, 0.0]],
        visits=[[26.0, 26.0], [4.0, 4.0]],
    )
    found = delivery.log_likelihood(Calendar({"scoping": 3.5}, True, (1.0, 3.0)), runs, 0)
    inside = norm.cdf(1.2) - norm.cdf(-0.8)
    assert found[FITTED[0]][0] == pytest.approx(np.log(0.9 * inside + 0.1 / 12.0))
    assert found[FITTED[0]][1] == pytest.approx(np.log(0.1 / 12.0), abs=1e-6)
    assert np.all(found[FITTED[1]] == 0.0), "no date, nothing said"
    np.testing.assert_allclose(found[FITTED[2]], np.log([0.9 * 0.8 + 0.05, 0.9 * 0.1 + 0.05]))
    assert found[VISITS][0] > found[VISITS][1]


def test_calendars_are_those_the_main_fit_replays() -> None:
    found = delivery.calendars()
    assert found[0].dates == {"scoping": 7.5, "review": 6.5}, "the away day stands for the scoping day"
    assert "review" not in found[1].dates and "scoping" not in found[2].dates
    assert [each.meetings for each in found] == [False, False, True, True, True, None]


def test_the_deliverys_parameters_are_drawn_apart_and_the_rest_stays_bit_for_bit(tmp_path) -> None:
    table = prior(20, 3).table
    found = delivery.fitted(replace(QUICK, delivery=24, seed=3), table, workers=2)
    assert {row["name"] for row in found.diagnostics["moved"]} == set(OWN) == set(found.columns)
    parts = found.diagnostics["parts"]
    assert [part["in"] for part in parts] == [True] * 3 + [False], "24 draws are too few for visits to hold"
    assert all(part["noise"] >= 0.0 for part in parts) and parts[0]["alone"] == parts[0]["together"]
    visits = found.draws.table[list(OF_VISITS)]
    assert len(visits.drop_duplicates()) == 24, "visits are tried with parameters of their own"
    assert len(found.diagnostics["dates"]) == TEAMS
    ticks = found.diagnostics["ticks"]
    assert ticks[0]["routine_meetings"]["recorded"] in ("no", "contradicted")
    assert all(0.0 <= row[name]["chance"] <= 1.0 for row in ticks for name in row if name != "team")
    assert delivery.resampled(found, table, 1) is table, "24 draws are too few to hold"
    held = found._replace(diagnostics={**found.diagnostics, "holds": True})
    other = delivery.resampled(held, table, 1)
    pd.testing.assert_frame_equal(other.drop(columns=list(OWN)), table.drop(columns=list(OWN)))
    assert not np.any(other[OWN[0]].to_numpy() == table[OWN[0]].to_numpy())


def test_the_last_part_stays_in_only_if_the_factor_then_still_holds() -> None:
    luck = np.random.default_rng(1).normal(0.0, 0.2, (4, 1_000))
    sharp = np.where(np.arange(1_000) < 20, 0.0, -20.0)
    holds = [delivery._step(4, np.vstack([luck[:3], last]), luck[0])["holds"] for last in (luck[3], sharp)]
    assert holds == [True, False]


def test_what_the_deliverys_factor_does_to_the_answers_is_told_on_the_same_luck() -> None:
    table = prior(3, 3).table
    same = delivered.delivered(table, table, seed=1)
    assert all(answer["shift"] == 0.0 == answer["shift_error"] for answer in same.values())
    later = delivered.delivered(table, table.assign(hold_scoping=0.01, hold_meeting=0.01), seed=1)
    assert later["internal programme less none, at month 12"]["shift"] != 0.0
    assert later["change without a programme, at month 12"]["shift"] == 0.0, "nothing is to be held"


def test_known_delivery_parameters_are_recovered() -> None:
    luck = np.random.default_rng(1)
    chance = luck.uniform(0.05, 0.95, 2_000)
    held = luck.binomial(11, chance[:, None], (2_000, 40)) / 11.0
    calendar = Calendar({}, True, (1.0, 2.0))
    runs = forward(
        scoping_month=np.zeros((2_000, 40)).tolist(),
        interim_review_month=np.zeros((2_000, 40)).tolist(),
        meetings_held=held.tolist(),
        visits=np.ones((2_000, 40)).tolist(),
    )
    logs = delivery.log_likelihood(calendar, runs, 0)[FITTED[2]]
    assert plain(6.0 * logs).mean(chance) > 0.75 > plain(0.0 * logs).mean(chance)
    assert MEETINGS == "meetings_held"


# -- other readings and priors -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wide() -> tuple[Bank, Weighted]:
    draws = prior(4_096, 2)
    bank = toy(draws=4_096)
    table = draws.table.assign(effect=bank.draws.table["effect"].to_numpy())
    contrasts = np.random.default_rng(2).normal(size=bank.contrasts.shape)
    return bank._replace(draws=Draws(table, "prior"), contrasts=contrasts), Weighted(
        np.full(4_096, 1.0 / 4_096), 0.0
    )


def test_a_recoded_circumstance_has_the_other_codes_distribution(wide: tuple[Bank, Weighted]) -> None:
    bank, even = wide
    record = six_teams()[0]
    change = recoded(bank, Neighbour(record, "manager_stance", "engaged"))
    assert change is not None and "sceptical read as engaged" in change.name
    weights = even.weights * change.ratio
    found = Weighted(weights / weights.sum(), 0.0)
    values = bank.draws.table["team 1: manager_stance"].to_numpy()
    assert found.probability((values >= 0.6) & (values <= 0.85)) == pytest.approx(0.9 + 0.1 * 0.25, abs=0.06)
    assert even.mean(values) < 0.35 < 0.6 < found.mean(values)


def test_neighbours_are_next_in_order_and_a_fixed_date_is_not_recoded(wide: tuple[Bank, Weighted]) -> None:
    found = {each.name: each for each in neighbours()}
    assert "team 1, manager_stance: sceptical read as unclear" in found
    assert not any("unknown" in name for name in found)
    fixed = found["team 3, manager_change: returning read as new_before_programme"]
    assert recoded(wide[0], fixed) is None


def test_a_phrase_read_otherwise_changes_its_teams_circumstances_alone() -> None:
    each = next(one for one in neighbours() if one.name.startswith("team 3, manager_change"))
    settings = Settings(draws=32, seed=4)
    before = prior(32, 4)
    after = readings.reread(before, settings, each)
    moved = [name for name in before.table if not before.table[name].equals(after.table[name])]
    assert moved == ["team 3: manager_arrives_month"]
    assert after.numbers == before.numbers and set(after.table[moved[0]]) == {0.0}


def test_a_phrase_read_as_it_is_moves_nothing() -> None:
    record = six_teams()[0]
    settings = Settings(draws=32, seed=4)
    same = readings.reread(prior(32, 4), settings, Neighbour(record, "manager_stance", "sceptical"))
    assert same.digest() == prior(32, 4).digest()


def test_one_team_run_again_is_that_team_of_the_whole_bank(tmp_path: Path) -> None:
    whole = make_bank(TINY, tmp_path / "whole")
    one = make_bank(TINY, tmp_path / "one", teams=[2])
    blank = Bank(whole.draws, *(np.zeros_like(each) for each in whole[1:]))
    found = readings.with_team(blank, one, 2)
    assert np.array_equal(found.latent[:, 2], whole.latent[:, 2])
    assert np.array_equal(found.contrasts[:, :, 2], whole.contrasts[:, :, 2])
    assert not found.latent[:, 1].any() and not found.contrasts[:, :, 1].any()
    with pytest.raises(ValueError, match="made otherwise"):
        make_bank(TINY, tmp_path / "one")


def test_a_prior_is_narrowed_to_its_halves(wide: tuple[Bank, Weighted]) -> None:
    bank, even = wide
    changes = {each.name: each for each in halved(bank)}
    lower = changes["hours_per_point, lower half"].ratio > 0.0
    assert lower.mean() == pytest.approx(0.5, abs=0.01)
    assert bank.draws.table["hours_per_point"].to_numpy()[lower].max() < (8.0 * 60.0) ** 0.5
    nothing = moves(bank, even, Change("nothing", np.ones(bank.size)))
    assert nothing["surely"] == 0.0 and nothing["effective"] == pytest.approx(bank.size)


# -- runs forward, new teams -------------------------------------------------------------------------------------


def test_runs_forward_do_not_depend_on_workers() -> None:
    one, two = (run_forward(prior(3, 1), "core-12", 7, replicates=2, workers=k) for k in (1, 3))
    assert one.outcomes.tobytes() == two.outcomes.tobytes()
    assert one.latent.shape == (3, 2, TEAMS, 13) and one.latent.min() >= 39.0


def test_new_teams_are_eligible_and_vary() -> None:
    teams = new_team.drawn(60, seed=1)
    sites = [site for each in teams for site in each]
    baselines = [site.baseline_total for site in sites]
    assert min(baselines) >= LEAST_BASELINE and max(baselines) <= MOST_BASELINE
    assert np.std(baselines) > 10.0 and len({site.posts for site in sites}) > 10
    assert all(site.facilitator_doing is None and site.delivered is None for site in sites)
    assert new_team.drawn(2, seed=1)[0][0] == teams[0][0]


def test_new_teams_are_less_well_known_than_their_mean() -> None:
    found = new_team.predicted(prior(6, 1).table, prior(6, 2), seed=1)
    for answer in found["after"].values():
        low, high = answer["interval"]
        assert low <= answer["mean"] <= high
    assert found["after"].keys() == found["before"].keys() and found["teams"] == 6 * new_team.TEAMS
