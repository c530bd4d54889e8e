"""Counterfactuals: one thing is changed, what was recorded stays, and an idle change is refused."""

import numpy as np
import pytest

from calibration import posterior
from experiments import Result, Scenario
from experiments.errors import InputError
from experiments.questions import counterfactual
from experiments.questions.counterfactual import RECORDED, change, experiment, named
from experiments.scenario import Record
from model.programme.plan import Kind, resolve
from model.sites import Delivered, Site

DRAWS = posterior(4)


@pytest.fixture(scope="module")
def result() -> Result:
    changes = ["internal-facilitator", "protected-time", "learning-events"]
    return experiment(changes, draws=posterior(12), replicates=2, teams=[2, 3], months=12.0).run()


@pytest.mark.parametrize("name", sorted(named()))
def test_every_ready_counterfactual_alters_something_at_some_team(name: str) -> None:
    assert [s.name for s in experiment([name], draws=DRAWS).scenarios] == [RECORDED, name, "no-sip"]


def test_words_may_stand_for_a_name() -> None:
    assert change("Embedded facilitator").name == "embedded-facilitator"


def test_an_unknown_change_is_refused_with_what_was_meant() -> None:
    with pytest.raises(InputError, match="Did you mean 'embedded-facilitator'"):
        change("embeded-facilitator")


@pytest.mark.parametrize(
    "idle", ["scoping.month=2.0", "facilitation.visit_interval=1.0", "meetings.every_months=0.5"]
)
def test_a_lever_that_the_record_overrides_is_refused(idle: str) -> None:
    with pytest.raises(InputError, match="alters nothing at team 2"):
        experiment([idle], draws=DRAWS, teams=[2])


def test_a_team_without_a_record_is_refused() -> None:
    with pytest.raises(InputError, match="cannot run a team of your own"):
        experiment(["embedded-facilitator"], draws=DRAWS, teams=[Site(name="ours")])


def test_circumstances_stay_as_the_draws_infer_them() -> None:
    made = experiment(["scoping-in-month-1"], draws=DRAWS, teams=[1, 4])
    for draw in DRAWS:
        for one, two in zip(*(made.networks(arm, draw) for arm in made.scenarios[:2]), strict=True):
            before, after = one.sites[0], two.sites[0]
            assert after.model_copy(update={"delivered": before.delivered}) == before
            assert dict(after.delivered.events)["scoping"] == 0.5
            assert dict(after.delivered.events)["review"] == dict(before.delivered.events)["review"]


def test_an_altered_record_keeps_all_that_is_not_named() -> None:
    was = Delivered(events=(("scoping", 5.5), ("review", 7.5)), undated=("meeting",), visit_interval=6.0)
    now = Record(weeks_between_visits=2.0, also=("learning",)).applied(was)
    assert now == was.model_copy(update={"visit_interval": 2.0, "undated": ("meeting", "learning")})
    assert Record().applied(was) == was


def test_learning_events_that_the_record_lacks_are_then_planned() -> None:
    made = experiment(["learning-events"], draws=DRAWS, teams=[2])
    counts = []
    for arm in made.scenarios[:2]:
        plan = resolve(arm.programme, made.networks(arm, 0)[0].sites[0], 0.3, 2)
        counts.append([event.kind for event in plan.events].count(Kind.LEARNING))
    assert counts == [0, 2]


def test_a_record_altered_by_a_file_reads_the_same() -> None:
    text = 'base = "core-12-recorded"\n[context.recorded]\nscoping_month = 0.5\nalso = ["learning"]\n'
    scenario = Scenario.from_text(text, "mine", "mine.toml")
    assert scenario.context.recorded == Record(scoping_month=0.5, also=("learning",))
    assert Scenario.from_text(scenario.to_toml(), "mine", "again.toml") == scenario


def test_an_unaltered_record_leaves_no_trace_in_what_is_hashed_and_written() -> None:
    assert "recorded" not in Scenario("core-12").model_dump()["context"]
    assert "recorded" not in Scenario("core-12").to_toml().replace("delivery", "")


def test_draws_in_which_the_team_had_it_anyway_do_not_count(result: Result) -> None:
    line = next(
        line
        for line in counterfactual._lines(result, "latent_gain_12m")
        if line.label.startswith("team 3: An internal facilitator")
    )
    draws = result.experiment.draws
    altered = sum(draws.sites(draw)[2].facilitator_placement != "internal" for draw in draws)
    assert 0 < altered < len(draws)
    assert len(line.comparison.estimate.by_draw) == altered
    assert f"{100 * altered / len(draws):.0f}% of draws" in line.label


def test_a_change_a_team_had_in_every_draw_is_no_difference(result: Result) -> None:
    found = {line.label: line.comparison for line in counterfactual._lines(result, "latent_gain_12m")}
    assert found["team 3: Both learning events attended"].equal
    assert not found["team 2: Both learning events attended"].equal


def test_each_team_is_judged_on_its_own(result: Result) -> None:
    found = {line.label: line.comparison for line in counterfactual._lines(result, "latent_gain_12m")}
    both = [result.outcome("latent_gain_12m", arm)[..., 1] for arm in ("protected-time", RECORDED)]
    label = "team 3: An hour a week protected for each member of staff"
    assert found[label].estimate.mean == pytest.approx(float(np.mean(both[0] - both[1])))


def test_the_recorded_total_stands_beside_the_models(result: Result) -> None:
    rows = counterfactual.answer(result).tables[0].rows
    assert [row[:2] for row in rows] == [["team 2", "111"], ["team 3", "149"]]
