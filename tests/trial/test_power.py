"""Power, on teams whose follow-up is made up, so that the right answer is known."""

import numpy as np
import pytest
from scipy import stats

from experiments.trial.power import Arms, Pool, Power, power

TEAMS = 60


def pool(
    effect: float, *, draws: int = 50, replicates: int = 4, correlation: float = 0.8, sd: float = 12.0
) -> Pool:
    """Return teams whose totals have a known spread, correlated with their baseline, and a known effect."""
    luck = np.random.default_rng(11)
    baseline = luck.normal(122.0, sd, (draws, TEAMS))
    shape = (draws, replicates, TEAMS)
    own = luck.normal(0.0, sd * np.sqrt(1.0 - correlation**2), (2, *shape))
    follow_up = 122.0 + correlation * (baseline[:, None, :] - 122.0) + own
    network = np.arange(TEAMS) // 3
    return Pool(baseline, follow_up[0] + effect, follow_up[1], network, list(range(draws)), seed=3)


def found(pool: Pool, arms: Arms, trials: int = 3, alpha: float = 0.05) -> Power:
    each = power(pool, arms, trials=trials, alpha=alpha)
    assert each is not None
    return each


def known_power(effect: float, sd: float, arms: Arms) -> float:
    """Return the power of a t-test, by the noncentral t distribution."""
    freedom = arms.teams - 2
    far = effect / (sd * np.sqrt(1 / arms.intervention + 1 / arms.control))
    limit = stats.t.ppf(0.975, freedom)
    return float(stats.nct.sf(limit, freedom, far) + stats.nct.cdf(-limit, freedom, far))


def test_without_an_effect_the_test_keeps_its_level() -> None:
    """600 trials: the standard error of 5% is 0.9 points."""
    null = found(pool(0.0), Arms(15, 10))
    assert null.adjusted.mean == pytest.approx(0.05, abs=0.025)
    assert null.unadjusted.mean == pytest.approx(0.05, abs=0.025)


@pytest.mark.parametrize("arms", [Arms(8, 8), Arms(15, 10)])
def test_power_is_that_of_the_textbook(arms: Arms) -> None:
    each = found(pool(10.0), arms)
    assert each.unadjusted.mean == pytest.approx(known_power(10.0, 12.0, arms), abs=0.06)
    assert each.adjusted.mean == pytest.approx(known_power(10.0, 12.0 * 0.6, arms), abs=0.06)


def test_power_rises_with_the_number_of_teams_and_with_the_baseline_known() -> None:
    made = pool(8.0, draws=30)
    by_size = [found(made, Arms(15, 10).of(size)) for size in (8, 16, 40)]
    means = [each.adjusted.mean for each in by_size]
    assert means == sorted(means) and means[-1] - means[0] > 0.2
    assert all(each.adjusted.mean > each.unadjusted.mean for each in by_size)


def clustered(effect: float) -> Pool:
    """Return teams that fare as their facilitator has them fare, for the most part."""
    made = pool(effect)
    luck = np.random.default_rng(12)
    for arm in (made.treated, made.control):
        arm += luck.normal(0.0, 12.0, (*arm.shape[:2], TEAMS // 3))[..., made.network]
    return made


def test_with_facilitators_as_units_the_test_keeps_its_level_where_with_teams_it_does_not() -> None:
    null = found(clustered(0.0), Arms(15, 15))
    assert null.by_facilitator is not None
    assert null.by_facilitator.mean == pytest.approx(0.05, abs=0.025)
    assert null.adjusted.mean > 0.15


def test_too_few_facilitators_are_no_units() -> None:
    assert found(pool(10.0, draws=3), Arms(2, 2)).by_facilitator is None


def test_a_useless_baseline_helps_nobody() -> None:
    each = found(pool(10.0, correlation=0.0), Arms(15, 10))
    assert each.adjusted.mean == pytest.approx(each.unadjusted.mean, abs=0.04)


def test_arms_of_another_size_keep_the_ratio_and_two_teams_each() -> None:
    assert Arms(15, 10).of(40) == Arms(24, 16)
    assert Arms(15, 10).of(25) == Arms(15, 10)
    assert Arms(38, 2).of(4) == Arms(2, 2)


def test_no_team_is_in_a_trial_twice_and_facilitators_keep_their_teams_together() -> None:
    made = pool(0.0, draws=1, replicates=1)
    marked = Pool(
        np.arange(TEAMS)[None, :].astype(float), made.treated, made.control, made.network, [0], seed=3
    )
    for _, treated, teams, facilitators in marked.trials(Arms(15, 10), (0, 0), 20):
        assert len(set(teams)) == 25
        networks = teams.astype(int) // 3
        assert np.array_equal(networks, facilitators)
        both = set(networks[treated]) & set(networks[~treated])
        assert both == set(), "a facilitator's teams are in one arm"
        assert len(set(networks[treated])) == 5


def test_a_size_gives_the_same_whatever_other_sizes_are_asked_for() -> None:
    made = pool(6.0, draws=5)
    first = found(made, Arms(15, 10))
    found(made, Arms(8, 8))
    assert np.array_equal(found(made, Arms(15, 10)).differences, first.differences)


def test_runs_that_failed_are_left_out() -> None:
    made = pool(6.0, draws=6)
    made.treated[2] = np.nan
    each = found(made, Arms(15, 10))
    assert np.isnan(each.differences[2]).all()
    assert len(each.adjusted.by_draw) == 5
    made.treated[:] = np.nan
    assert power(made, Arms(15, 10), trials=2, alpha=0.05) is None


def test_a_stricter_level_finds_less() -> None:
    made = pool(8.0, draws=20)
    assert found(made, Arms(8, 8), alpha=0.01).adjusted.mean < found(made, Arms(8, 8)).adjusted.mean


def test_told_intervals_of_a_chance_end_at_0_and_1() -> None:
    told = found(pool(25.0, draws=8, replicates=2), Arms(15, 10)).to_dict()
    low, high = told["power"]["mc95"]
    assert 0.0 <= low <= told["power"]["mean"] <= high <= 1.0
