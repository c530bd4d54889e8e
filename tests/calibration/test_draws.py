"""Draws: from the prior, shipped, and kept by rejection."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from calibration import Draws, designed, posterior, prior, six_teams
from calibration.draws import Transform
from calibration.records import coding_key
from calibration.sites import PLACEMENT_CODES
from model.parameters import Parameters, declared, uncertain


def columns_of_teams() -> set[str]:
    """Return the columns a table of draws needs for the six teams."""
    found = set()
    for record in six_teams():
        fields = [*record.circumstances(), "placement"]
        fields += ["research_support"] if record.ticks.research_team_support == "blank" else []
        found |= {f"team {record.number}: {field}" for field in fields}
    return found


@pytest.fixture(scope="module")
def sample() -> Draws:
    return prior(512, seed=11)


# -- from the prior ------------------------------------------------------------------------------------------


def test_a_prior_sample_has_a_column_for_all_that_is_uncertain(sample: Draws) -> None:
    assert set(sample.table.columns) == set(uncertain()) | columns_of_teams()
    assert (len(sample), sample.kind, sample.numbers) == (512, "prior", list(range(512)))


def test_parameters_lie_in_their_priors_support(sample: Draws) -> None:
    for name in uncertain():
        entry = declared()[name].prior
        assert entry is not None
        assert sample.table[name].between(entry.low, entry.high).all(), name


def test_parameters_fill_their_priors_as_their_families_say(sample: Draws) -> None:
    """A Sobol sample of 512 is more even than chance, so that a test at 1 in 1000 a column may be strict."""
    for name in uncertain():
        entry = declared()[name].prior
        assert entry is not None
        low, width = entry.low, entry.high - entry.low
        law = (
            stats.uniform(low, width)
            if entry.family == "uniform"
            else stats.loguniform(entry.low, entry.high)
        )
        assert stats.kstest(sample.table[name], law.cdf).pvalue > 0.001, name


def test_circumstances_lie_in_the_coded_intervals_but_for_the_share_that_is_miscoded(sample: Draws) -> None:
    key = coding_key()
    for record in six_teams():
        for field, (low, high) in record.circumstances().items():
            column, scale = sample.table[f"team {record.number}: {field}"], key.scale[field]
            if low == high:
                assert (column == low).all(), column.name
                continue
            assert column.between(scale.low, scale.high).all(), column.name
            assert np.ptp(column) > 0.9 * (high - low), column.name
            by_chance = key.miscoded * (1.0 - (high - low) / (scale.high - scale.low))
            assert abs(np.mean(~column.between(low, high)) - by_chance) < 0.01, column.name


def test_placements_are_those_the_text_leaves_open(sample: Draws) -> None:
    for record in six_teams():
        drawn = set(sample.table[f"team {record.number}: placement"])
        assert drawn == {PLACEMENT_CODES[name] for name in record.placements}


def test_placements_are_as_frequent_as_in_the_trial() -> None:
    points = (np.arange(6000) + 0.5) / 6000
    drawn = Transform("placement", 0.0, 0.0, ("embedded", "internal", "external"))(points)
    assert [int(np.sum(drawn == code)) for code in (1, 2, 3)] == [1000, 4000, 1000]
    drawn = Transform("placement", 0.0, 0.0, ("internal", "external"))(points)
    assert [int(np.sum(drawn == code)) for code in (1, 2, 3)] == [0, 4800, 1200]


def test_a_transform_takes_the_ends_of_the_unit_to_the_ends_of_the_interval() -> None:
    points = np.array([0.0, 0.5, 1.0])
    np.testing.assert_allclose(Transform("uniform", -1.0, 3.0)(points), [-1.0, 1.0, 3.0])
    np.testing.assert_allclose(Transform("loguniform", 0.1, 10.0)(points), [0.1, 1.0, 10.0])


@pytest.mark.parametrize("count", [1, 3, 64, 100])
def test_a_longer_prior_sample_begins_with_the_shorter(sample: Draws, count: int) -> None:
    pd.testing.assert_frame_equal(prior(count, seed=11).table, sample.table.iloc[:count], check_exact=True)


def test_seeds_give_samples_of_their_own(sample: Draws) -> None:
    assert not np.isin(prior(8, seed=12).table["absence"], sample.table["absence"]).any()


def test_parameters_and_sites_of_a_draw_are_those_of_its_row(sample: Draws) -> None:
    row = sample.table.iloc[7]
    p = sample.parameters(7)
    for name, default in Parameters()._asdict().items():
        assert getattr(p, name) == (row[name] if name in uncertain() else default), name
    for site in sample.sites(7):
        assert site.turnover == row[f"team {site.number}: turnover"]
        assert site.delivered is not None
        assert site.delivered.visit_interval == row[f"team {site.number}: visit_interval"]


def test_the_first_draws_keep_their_numbers(sample: Draws) -> None:
    later = Draws(sample.table.iloc[[9, 4, 6]], "posterior")
    assert later.first(2).numbers == [9, 4] and later.first(2).kind == "posterior"
    assert later.first(2).parameters(1) == sample.parameters(4)
    for count in (0, 4):
        with pytest.raises(ValueError, match=f"draws = {count}: .* ask for 1 to 3"):
            later.first(count)


# -- shipped -------------------------------------------------------------------------------------------------


def test_the_shipped_draws_have_a_column_for_all_that_is_uncertain() -> None:
    missing = (set(uncertain()) | columns_of_teams()) - set(posterior().table.columns)
    assert missing == set(), "remake the shipped draws: make calibrate"


def test_the_shipped_draws_are_a_posterior_and_are_enough() -> None:
    assert posterior().kind == "posterior"
    assert len(posterior()) >= 200
    assert len(set(posterior().numbers)) == len(posterior())
    assert not posterior().table.isna().any(axis=None)


def test_the_shipped_draws_lie_in_priors_and_on_the_scales() -> None:
    table, key = posterior().table, coding_key()
    for name in table.columns.intersection(list(uncertain())):
        entry = declared()[name].prior
        assert entry is not None and table[name].between(entry.low, entry.high).all(), name
    for record in six_teams():
        for field in record.circumstances():
            column, scale = f"team {record.number}: {field}", key.scale[field]
            assert table[column].between(scale.low, scale.high).all(), column


def test_part_of_the_shipped_draws_are_the_first_of_them() -> None:
    pd.testing.assert_frame_equal(posterior(3).table, posterior().table.iloc[:3])


# -- designs -------------------------------------------------------------------------------------------------


def test_a_design_stands_at_probabilities_of_its_priors_and_else_at_the_defaults() -> None:
    draws = designed(pd.DataFrame({"free_hours": [0.0, 0.5, 1.0], "absence": [0.25, 0.25, 0.5]}))
    for name, probabilities in (("free_hours", (0.0, 0.5, 1.0)), ("absence", (0.25, 0.25, 0.5))):
        entry = declared()[name].prior
        assert entry is not None
        found = [getattr(draws.parameters(k), name) for k in draws]
        assert found == pytest.approx(entry.distribution().ppf(probabilities))
    assert draws.parameters(2)._replace(free_hours=1.2, absence=0.15) == Parameters()


def test_circumstances_that_have_no_column_are_at_the_middles_of_their_intervals() -> None:
    draws = designed(pd.DataFrame({"absence": [0.1, 0.9]}), pd.DataFrame({"team 2: busyness": [0.9, 1.3]}))
    (busyness,) = {name for name in ("busyness",) if name in six_teams()[0].circumstances()}
    low, high = six_teams()[0].circumstances()[busyness]
    assert draws.site(1, 0).busyness == pytest.approx((low + high) / 2.0)
    assert [draws.site(2, k).busyness for k in draws] == [0.9, 1.3]


def test_a_digest_tells_values_columns_and_numbers_apart() -> None:
    table = pd.DataFrame({"absence": [0.1, 0.2], "free_hours": [1.0, 2.0]})
    others = [
        table.rename(columns={"absence": "visit_lost"}),
        table.set_axis([0, 2]),
        table[["free_hours", "absence"]],
        table.assign(absence=[0.1, np.nextafter(0.2, 1.0)]),
    ]
    digests = {Draws(each, "design").digest() for each in (table, table.copy(), *others)}
    assert len(digests) == 1 + len(others)
