"""The heat map of items: the very runs of a result, every item once, subscales in order."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from calibration import prior
from experiments import Experiment, Result, Scenario, plots
from experiments.items import ItemLevels, item_levels
from experiments.plots.items import by_row, rows
from model.fidelity import ITEMS, SUBSCALE_TITLES
from model.record import NAMES
from model.sites import Site


@pytest.fixture(scope="module")
def result() -> Result:
    teams = [Site(name=str(number), number=number, posts=6) for number in (1001, 1002)]
    scenarios = [Scenario("core-12"), Scenario("core-24")]
    return Experiment(scenarios, draws=prior(3), replicates=2, teams=teams, months=14.0).run()


@pytest.fixture(scope="module")
def levels(result: Result) -> ItemLevels:
    return item_levels(result, draws=2, replicate=1)


def words(figure: Figure) -> str:
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", plots.svg(figure)))


def test_the_levels_are_those_of_the_results_own_runs(result: Result, levels: ItemLevels) -> None:
    assert levels.levels.shape == (3, len(result.experiment.month_ends), ITEMS)
    total = result.series[:, :2, 1, :, :, NAMES.index("latent_total")].mean(axis=(1, 2))
    assert levels.levels.sum(axis=2) == pytest.approx(total, rel=1e-5)
    assert levels.levels.min() >= 1.0
    assert levels.levels.max() <= 5.0


def test_both_engines_give_the_same_levels() -> None:
    def of(engine: str) -> np.ndarray:
        team = Site(name="ours", number=1001, posts=4)
        experiment = Experiment(
            [Scenario("core-12")], draws=prior(1), replicates=1, teams=[team], months=2.0, engine=engine
        )  # type: ignore[arg-type]
        return item_levels(Result.of(experiment, [], 1)).levels

    assert of("mesa") == pytest.approx(of("compiled"), abs=0.0)


def test_no_more_draws_are_run_than_there_are(result: Result) -> None:
    assert item_levels(result).draws == 3


def test_every_item_has_a_row_under_its_subscale() -> None:
    found = list(rows())
    assert [place for _, place in found if place is not None] == list(range(ITEMS))
    assert [label for label, place in found if place is None] == list(SUBSCALE_TITLES)
    assert [found.index((title, None)) for title in SUBSCALE_TITLES] == [0, 11, 28, 39]  # items 1, 11, 27, 37


def test_a_row_holds_its_items_values_and_a_title_none() -> None:
    values = by_row(np.arange(ITEMS, dtype=float)[:, None])[:, 0]
    for value, (_, place) in zip(values, rows(), strict=True):
        assert np.isnan(value) if place is None else value == place


def test_the_map_by_month_says_what_it_shows(levels: ItemLevels) -> None:
    text = words(plots.items_by_month(levels, "core-24"))
    for phrase in ("Months since the start", "Mean level", "no programme (points)", "39", *SUBSCALE_TITLES):
        assert phrase in text, phrase


def test_the_map_by_programme_writes_each_gain_into_its_cell(levels: ItemLevels) -> None:
    figure = plots.items_by_scenario(levels)
    gain = levels.of("core-24")[-1] - levels.of("no-sip")[-1]
    cells = [text.get_text() for text in figure.axes[0].texts]
    assert len(cells) == 2 * ITEMS
    assert cells[1::2] == [f"{value:.1f}".replace("-", "−") for value in gain]


def test_a_loss_is_marked(levels: ItemLevels) -> None:
    lower = levels.levels.copy()
    lower[1, -1, 7] = lower[2, -1, 7] - 0.2
    figure = plots.items_by_month(levels._replace(levels=lower), "core-24")
    marks = [text.get_position()[1] for text in figure.axes[1].texts]
    assert next(place for place, (_, item) in enumerate(rows()) if item == 7) in marks
