"""Teams of the trial's kind: eligible, otherwise as surveys and coding key have teams of which nothing is said."""

import numpy as np
import pytest

from calibration.population import (
    FIRST_NUMBER,
    MOST_BASELINE,
    population_network,
    population_ranges,
    population_team,
)
from model.sites import Site

TEAMS = [population_team(number, (7, 1)) for number in range(3000)]


def test_equal_addresses_give_equal_teams_and_others_do_not() -> None:
    assert population_team(3, (7, 1)) == TEAMS[3]
    assert len({population_team(3, address).baseline_total for address in ((7, 1), (7, 2), (8, 1))}) > 1


def test_baselines_have_the_quartiles_of_the_survey() -> None:
    quartiles = np.quantile([team.baseline_total for team in TEAMS], [0.25, 0.5, 0.75])
    assert quartiles == pytest.approx([111.0, 122.0, 132.0], abs=2.0)


def test_no_team_is_above_what_was_eligible_or_below_all_of_the_survey() -> None:
    assert min(team.baseline_total for team in TEAMS) >= 73
    assert max(team.baseline_total for team in TEAMS) <= MOST_BASELINE == 156


def test_posts_have_the_median_and_keep_to_the_range_of_the_survey() -> None:
    posts = [team.posts for team in TEAMS]
    assert np.median(posts) == pytest.approx(21.0, abs=1.0)
    assert 3 <= min(posts) < 12 and 40 < max(posts) <= 69


@pytest.mark.parametrize("name", sorted(population_ranges()))
def test_circumstances_fill_the_range_of_teams_of_which_nothing_is_said(name: str) -> None:
    low, high = population_ranges()[name]
    values = [getattr(team, name) for team in TEAMS]
    assert low <= min(values) <= max(values) <= high
    assert max(values) - min(values) == pytest.approx(high - low, abs=0.02 * (high - low))


def test_teams_of_a_network_share_what_belongs_to_trust_and_facilitator_alone() -> None:
    network = population_network(4, (8, 9, 10), (7, 1))
    for name in ("trust_support", "facilitator_placement", "trust", "facilitator"):
        assert len({getattr(site, name) for site in network.sites}) == 1, name
    for name in ("manager_stance", "staff_buy_in", "busyness", "number"):
        assert len({getattr(site, name) for site in network.sites}) == 3, name


def test_placements_are_as_frequent_as_in_the_trial() -> None:
    drawn = [population_network(k, (k,), (7, 1)).sites[0].facilitator_placement for k in range(600)]
    shares = [drawn.count(name) / len(drawn) for name in ("embedded", "internal", "external")]  # type: ignore[arg-type]
    assert shares == pytest.approx([1 / 6, 4 / 6, 1 / 6], abs=0.06)


def test_teams_of_the_population_have_the_luck_of_no_other_team() -> None:
    assert min(team.number for team in TEAMS) == FIRST_NUMBER > 6
    assert Site.model_validate(TEAMS[0].model_dump()) == TEAMS[0]
