"""Placement by presence by stance: the design, and an answer that finds what is there."""

from itertools import product

import numpy as np
import pytest

from calibration import posterior
from experiments import Experiment, Result, Scenario
from experiments.plots.placement import placement_map
from experiments.questions import placement
from experiments.questions.placement import FIRST, PLACEMENTS, PRESENCE, STANCES, name
from model.outcomes import OUTCOME_PLACES


@pytest.fixture(scope="module")
def experiment() -> Experiment:
    return placement.experiment(draws=posterior(60), replicates=1, teams=[3], months=13.0)


@pytest.fixture(scope="module")
def planted(experiment: Experiment) -> Result:
    """Return a result in which an embedded facilitator brings five points more, with a resistant manager alone."""
    result = Experiment(experiment.scenarios, draws=posterior(60), replicates=1, teams=[3], months=13.0).run()
    at = [result.scenarios.index(name("embedded", weeks, "resistant")) for weeks in PRESENCE]
    same = [result.scenarios.index(name(FIRST, weeks, "resistant")) for weeks in PRESENCE]
    place = OUTCOME_PLACES["latent_gain_12m"]
    result.gathered.outcomes[:, at, ..., place] = result.gathered.outcomes[:, same, ..., place] + 5.0
    return result


def test_the_design_is_whole_and_each_cell_differs_from_the_core_in_its_three_levers() -> None:
    core = Scenario("core-12")
    for one, weeks, stance in product(PLACEMENTS, PRESENCE, STANCES):
        cell = placement.scenario(one, weeks, stance)
        assert cell.programme.facilitation is not None
        facilitation = core.programme.facilitation.model_copy(
            update={"placement": one, "visit_interval": float(weeks)}
        )
        assert cell.programme == core.programme.model_copy(update={"facilitation": facilitation})
        assert cell.context == core.context.model_copy(update={"manager_stance": STANCES[stance]})


def test_a_gain_is_taken_over_no_programme_at_the_same_stance(experiment: Experiment) -> None:
    for stance, value in STANCES.items():
        none = next(s for s in experiment.scenarios if s.name == placement.no_programme(stance))
        assert none.programme.months == 0.0
        assert none.context.manager_stance == value


def test_a_planted_difference_is_found_where_it_is_and_only_there(planted: Result) -> None:
    resistant, *_, neutral = (
        placement.cell(planted, "embedded", 3, stance, FIRST) for stance in ("resistant", "neutral")
    )
    assert resistant is not None
    assert neutral is not None
    assert resistant.decided
    assert resistant.estimate.mean == pytest.approx(5.0)
    assert neutral.estimate.mean < 4.0


def test_the_dependence_on_stance_is_a_paired_difference_of_differences(planted: Result) -> None:
    group = placement._depends(planted)
    line = group.lines[0]
    assert line.label == "embedded less internal, with a supportive less with a resistant manager"
    of = [
        np.nanmean(planted.outcome("latent_gain_12m", name(one, 3, stance)))
        for one, stance in product(("embedded", FIRST), ("supportive", "resistant"))
    ]
    assert line.comparison.estimate.mean == pytest.approx(of[0] - of[2] - (of[1] - of[3]))


def test_the_map_has_a_cell_for_each_place_of_the_design(planted: Result) -> None:
    panels = [
        axes for axes in placement_map(planted).axes if axes.get_title(loc="left") or len(axes.texts) > 1
    ]
    assert len(panels) == 2 * len(STANCES)
    assert all(len(axes.texts) == len(PLACEMENTS) * len(PRESENCE) for axes in panels)
    bold = [text.get_text() for axes in panels for text in axes.texts if text.get_weight() == "bold"]
    assert any("+5.0" in text for text in bold)
