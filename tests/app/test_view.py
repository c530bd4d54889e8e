"""The view says what the figures say."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from calibration import posterior, prior
from calibration.draws import Draws
from experiments import Experiment, Result, Scenario
from experiments.app.choices import read
from experiments.app.drivers import on_the_way, unknowns
from experiments.app.view import HEADLINES, basis, headline, view
from experiments.comparison import Comparison, Estimate, estimated, mean_of, monte_carlo_error
from model.parameters import uncertain


def compared(p: float, by_draw: Any = None, mc: tuple[float, float] = (-1.0, 1.0)) -> Comparison:
    d = np.where(np.arange(100) < 100 * p, 1.0, -1.0) if by_draw is None else np.asarray(by_draw, float)
    return Comparison("b", "a", "gain_12m", Estimate(0.0, (-1.0, 1.0), mc, (-2.0, 2.0), d), p, 0.0, 0.5)


@pytest.mark.parametrize(
    ("p", "said"), [(0.02, 2), (0.2, 5), (0.5, 4), (0.8, 6), (0.97, 3)], ids=lambda value: str(value)
)
def test_the_headline_goes_with_the_probability(p: float, said: int) -> None:
    assert headline(compared(p)) == HEADLINES[said]


def test_the_headline_claims_nothing_on_too_few_runs() -> None:
    assert headline(compared(1.0, by_draw=np.ones(100))) == HEADLINES[1]


@pytest.mark.parametrize(("a", "b"), [("no-facilitator", "double-dose"), ("double-dose", "no-facilitator")])
def test_how_sure_it_is_is_told_of_the_programme_that_leads(a: str, b: str) -> None:
    both = [Scenario(name=side, programme=Scenario(name).programme) for side, name in (("a", a), ("b", b))]
    found = view(Experiment(both, draws=posterior(4), replicates=2, teams=[3], months=12.0).run(), last=True)
    lead, main = found["leading"], found["main"]
    assert lead["p_positive"] >= 0.5
    assert (lead["scenario"] == "b") == (lead["mean"] == main["mean"])
    assert lead["mean"] == pytest.approx(abs(main["mean"]))
    assert lead["p_positive"] == max(main["p_positive"], 1.0 - main["p_positive"])


@pytest.fixture(scope="module")
def same() -> dict[str, Any]:
    programme = Scenario("internal-12").programme
    both = [Scenario(name=name, programme=programme) for name in "ab"]
    return view(Experiment(both, draws=posterior(4), replicates=2, teams=[3], months=12.0).run(), last=True)


def test_equal_programmes_make_no_difference(same: dict[str, Any]) -> None:
    assert same["headline"] == HEADLINES[0]
    assert same["on_the_way"] == same["unknowns"] == []


def test_it_says_what_nobody_has_observed(same: dict[str, Any]) -> None:
    assert not any("after month 12" in text for text in same["open"])
    asked = read(
        {"session": "anything1", "a": {"preset": "internal-12"}, "b": {"preset": "core-24"}, "team": "own"}
    )
    scenarios, teams, months = asked.question()
    found = Experiment(scenarios, draws=posterior(4), replicates=2, teams=teams, months=months).run()
    told = view(found, last=True)["open"]
    assert sum("after month 12" in text for text in told) == 1
    assert sum(text.startswith("Of our team: ") and "turnover" in text for text in told) == 1
    assert not any("group breadth" in text for text in told)
    assert any("who shares in improvement work" in text for text in told)


def test_no_programme_is_always_there(same: dict[str, Any]) -> None:
    assert list(same["arms"]) == ["a", "b", "no-sip"]


def test_bands_rise_by_quantile_and_start_alike(same: dict[str, Any]) -> None:
    for arm in same["arms"].values():
        bands = np.array(arm["mean"])
        assert (np.diff(bands, axis=0) >= 0.0).all()
        assert bands.shape == (5, len(same["months"]))
        assert (bands[:, 0] == np.array(same["arms"]["no-sip"]["mean"])[:, 0]).all()


def result_with(table: pd.DataFrame) -> Any:
    experiment = SimpleNamespace(draws=Draws(table, "prior"), teams=(3,))
    return SimpleNamespace(experiment=experiment)


def test_the_unknown_that_moves_a_difference_is_named_and_others_are_not() -> None:
    table = independent()
    name = uncertain()[7]
    d = table[name].rank().to_numpy()
    found = unknowns(result_with(table), compared(0.5, by_draw=d - d.mean()))
    assert [one["name"] for one in found] == [name]
    assert found[0]["correlation"] == pytest.approx(1.0)


def independent() -> pd.DataFrame:
    """Return draws without the chance correlations of a short Sobol sequence."""
    columns = prior(2).table.columns
    return pd.DataFrame(np.random.default_rng(11).uniform(size=(128, len(columns))), columns=columns)


def test_luck_alone_names_no_unknown() -> None:
    noise = np.random.default_rng(3).normal(size=128)
    assert unknowns(result_with(independent()), compared(0.5, by_draw=noise)) == []


def test_a_longer_programme_takes_more_of_the_facilitators_hours() -> None:
    both = [
        Scenario(name="a", programme=Scenario("internal-12").programme),
        Scenario(name="b", programme=Scenario("internal-24").programme),
    ]
    result = Experiment(both, draws=posterior(8), replicates=2, teams=[3], months=24.0).run()
    found = {row["outcome"]: row for row in on_the_way(result, "b", "a")}
    assert found["hours_facilitator"]["mean"] > 50.0
    assert found["hours_facilitator"]["verdict"].startswith("more")


def test_the_monte_carlo_error_of_a_gain_is_that_of_its_replicates_and_unknown_of_one() -> None:
    experiment = Experiment(
        [Scenario("internal-12")], draws=posterior(8), replicates=3, teams=[2], months=12.0
    )
    result = experiment.run()
    by_replicate = result.outcome("gain_12m", "internal-12").mean(axis=(0, 2))
    half = stats.t.ppf(0.975, 2) * by_replicate.std(ddof=1) / np.sqrt(3)
    assert monte_carlo_error(result, "gain_12m", "internal-12") == pytest.approx(half, abs=0.006)
    assert monte_carlo_error(result, "gain_24m", "internal-12") is None
    assert monte_carlo_error(Result(experiment, result.gathered, 1), "gain_12m", "internal-12") is None


def test_the_basis_tells_a_prior_from_a_posterior() -> None:
    assert "before any data" in basis(prior(2))
    assert "200 draws" in basis(posterior(200))


def test_a_mean_alone_is_that_of_the_estimate() -> None:
    values = np.random.default_rng(5).normal(size=(7, 3, 2))
    values[0], values[1, 2], values[2, :, 1] = np.nan, np.nan, np.nan
    found = estimated(values)
    assert found is not None
    assert mean_of(values) == found.mean
    assert mean_of(np.full((2, 2, 2), np.nan)) is None
