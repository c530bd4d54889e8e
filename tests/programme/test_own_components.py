"""A component of one's own: a subclass that writes its columns, in a programme with a field more."""

import numpy as np
import pytest

from calibration import posterior
from experiments import Experiment, Scenario
from experiments.errors import InputError
from model import Programme, Site, presets
from model.programme.components import Component, TopUpTraining
from model.programme.plan import Column, resolve


class Hours(Component):
    """Protected hours in the first four weeks."""

    hours: float = 2.0

    def lay(self, rows: np.ndarray) -> None:
        rows[:4, Column.PROTECTED] += self.hours


class WithHours(Programme):
    hours: Hours | None = None


CORE = dict(presets.programme("core-12"))


def table(programme: Programme) -> np.ndarray:
    return resolve(programme, Site(), 0.5, 0).rows


def test_it_lays_on_what_the_models_own_components_have_written():
    own, core = table(WithHours(**CORE, hours=Hours())), table(presets.programme("core-12"))
    assert (own[:4, Column.PROTECTED] == 2.0).all()
    own[:4, Column.PROTECTED] = 0.0
    assert np.array_equal(own, core)


def test_it_is_listed_among_the_programmes_components():
    assert dict(WithHours(**CORE, hours=Hours()).components())["hours"] == Hours()
    assert "hours" not in dict(WithHours(**CORE).components())


def test_a_component_that_lays_nothing_changes_nothing():
    class Idle(Component):
        pass

    class WithIdle(Programme):
        idle: Idle | None = None

    assert np.array_equal(table(WithIdle(**CORE, idle=Idle())), table(presets.programme("core-12")))


@pytest.fixture
def scenario() -> Scenario:
    programme = WithHours(**CORE, hours=Hours())
    return Scenario("core-12").model_copy(update={"name": "own", "programme": programme})


def test_both_engines_run_it_to_the_same_numbers(scenario):
    compiled, mesa = (_series(scenario, engine) for engine in ("compiled", "mesa"))
    assert np.array_equal(compiled, mesa)
    assert not np.array_equal(compiled[0], compiled[1])


def _series(scenario: Scenario, engine: str) -> np.ndarray:
    arms = [Scenario("core-12"), scenario]
    return Experiment(arms, draws=posterior(1), replicates=1, months=3, teams=[6], engine=engine).run().series


def test_it_is_not_written_to_a_file_that_could_not_hold_it(scenario):
    with pytest.raises(InputError, match=r"own has a component of your own \(hours\)"):
        scenario.to_toml()


def test_a_changed_component_of_the_model_counts_as_ones_own():
    class Shorter(TopUpTraining):
        pass

    programme = presets.programme("core-12").model_copy(update={"top_up_training": Shorter()})
    with pytest.raises(InputError, match="top_up_training"):
        Scenario("core-12").model_copy(update={"programme": programme}).to_toml()
