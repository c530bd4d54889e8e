"""Explanations of small results: bars that add up, attributed to what makes the difference, and the same again."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calibration import prior
from experiments import Experiment, Result, Scenario
from experiments.errors import InputError
from experiments.explain import Explanation, explain
from experiments.explain.cells import Task
from experiments.explain.kept import CELLS
from experiments.explain.running import explained
from model.mechanisms import MECHANISMS
from model.outcomes import OUTCOME_NAMES
from model.sites import Site

SMALL = Site(name="small", number=1001, posts=5)
OTHER = Site(name="other", number=1002, posts=6)
BUT_ONLINE = tuple(mechanism.key for mechanism in MECHANISMS if mechanism.key != "M13")
COST_OF_A_PAIR = 2 * 48 * 2.0  # two scenarios, 48 subsets, two teams for a year


def result(*scenarios: Scenario, **changes: Any) -> Result:
    given = {"draws": prior(4, seed=3), "replicates": 2, "seed": 4, "months": 12.0, "teams": (SMALL, OTHER)}
    return Experiment(scenarios, **(given | changes)).run()


def renamed(scenario: Scenario, name: str, **changes: Any) -> Scenario:
    return scenario.model_copy(update={"name": name, **changes})


@pytest.fixture(scope="module")
def usual() -> Result:
    return result(Scenario("core-12"))


@pytest.fixture(scope="module")
def explanation(usual: Result) -> Explanation:
    return explain(usual, "core-12", "no-sip", team_years=3_200)


# -- bars ----------------------------------------------------------------------------------------------------


def test_bars_add_up_to_the_difference_in_every_cell(explanation: Explanation) -> None:
    whole, parts = explanation.values[..., 0], explanation.values[..., 1:]
    assert parts.sum(axis=2) == pytest.approx(whole, abs=1e-9)
    total = explanation.without.mean + sum(bar.mean for bar in explanation.bars.values())
    assert total == pytest.approx(explanation.difference.mean)


def test_the_difference_explained_is_that_of_the_result(usual: Result, explanation: Explanation) -> None:
    stored = usual.outcome("gain_end", "core-12") - usual.outcome("gain_end", "no-sip")
    assert explanation.as_stored
    assert explanation.difference.mean == pytest.approx(float(stored.mean()))
    assert explanation.whole_result.mean == pytest.approx(float(stored.mean()))


def test_without_any_mechanism_is_the_run_with_all_of_them_off(
    usual: Result, explanation: Explanation
) -> None:
    off = tuple(mechanism.key for mechanism in MECHANISMS)
    bare = result(
        Scenario("core-12").model_copy(update={"without_mechanisms": off}),
        Scenario("no-sip").model_copy(update={"without_mechanisms": off}),
    )
    stored = bare.outcome("gain_end", "core-12") - bare.outcome("gain_end", "no-sip")
    assert explanation.values[..., 1] == pytest.approx(stored.mean(axis=2))


def test_two_scenarios_that_do_the_same_have_nothing_to_explain() -> None:
    same = result(Scenario("core-12"), renamed(Scenario("core-12"), "same"))
    found = explain(same, "core-12", "same", team_years=1_000)
    assert not found.values.any()


def test_a_difference_of_one_mechanism_alone_is_its_bar() -> None:
    """All else is off in both; they differ in the worth of the online resources, which only M13 can carry."""
    much = renamed(
        Scenario("core-12"), "much", without_mechanisms=BUT_ONLINE, parameters={"online_value": 1.0}
    )
    little = renamed(
        Scenario("core-12"), "little", without_mechanisms=BUT_ONLINE, parameters={"online_value": 0.0}
    )
    found = explain(result(much, little), "much", "little", "latent_gain_end", team_years=1_000)
    assert list(found.bars) == ["M13"]
    assert found.without.mean == 0.0
    assert found.bars["M13"].mean == pytest.approx(found.difference.mean) and found.difference.mean > 0.0


def test_a_planted_mechanism_has_the_largest_bar_among_all() -> None:
    """Now the others are on; they may share what they make together with it, and no more."""
    much, little = (
        renamed(Scenario("core-12"), name, parameters={"online_value": value})
        for name, value in (("much", 1.0), ("little", 0.0))
    )
    found = explain(result(much, little), "much", "little", "latent_gain_end", team_years=4_000)
    assert found.ranked[0][0] == "M13"
    assert found.without.mean == 0.0


def test_mechanisms_off_in_both_scenarios_have_no_bar_and_those_off_in_one_have() -> None:
    both = renamed(Scenario("core-12"), "both", without_mechanisms=("M1", "M2"))
    one = renamed(Scenario("core-12"), "one", without_mechanisms=("M2",))
    found = explain(result(both, one), "both", "one", team_years=1_000)
    assert "M2" not in found.bars and "M1" in found.bars


def test_bars_taken_together_are_their_sum(explanation: Explanation) -> None:
    together = explanation.together(["M1", "M17"])
    assert together.mean == pytest.approx(explanation.bars["M1"].mean + explanation.bars["M17"].mean)


def test_domains_add_up_too(explanation: Explanation) -> None:
    assert len(explanation.domains) == 5
    bars = sum(bar.mean for bar in explanation.bars.values())
    assert sum(bar.mean for bar in explanation.domains.values()) == pytest.approx(bars)


def test_monte_carlo_error_is_told_and_shrinks_with_more_orders(usual: Result) -> None:
    few, many = (
        explain(usual, "core-12", "no-sip", "hours_staff", team_years=years) for years in (1_600, 6_500)
    )
    assert few.task.pairs < many.task.pairs
    widths = [np.mean([bar.precision for bar in found.bars.values()]) for found in (few, many)]
    assert 0.0 < widths[1] < widths[0]


# -- by hours and along time ---------------------------------------------------------------------------------


def test_hours_are_the_differences_of_what_was_booked(usual: Result, explanation: Explanation) -> None:
    booked = sum(estimate.mean for actor, _, estimate in explanation.hours() if actor == "staff")
    stored = usual.outcome("hours_staff", "core-12") - usual.outcome("hours_staff", "no-sip")
    assert booked == pytest.approx(float(stored.mean()))


def test_the_course_along_time_begins_at_nothing_and_has_every_month(explanation: Explanation) -> None:
    months = explanation.months()
    assert [round(month) for month, _ in months] == list(range(13))
    assert months[0][1].mean == 0.0 and months[12][1].mean != 0.0


# -- how much is run -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("budget", [200, 1_000, 1_600, 5_000, 40_000])
def test_no_more_is_simulated_than_may_be(usual: Result, budget: int) -> None:
    task = Task.of(usual, "core-12", "no-sip", "gain_end", team_years=budget)
    assert 0.0 < task.team_years <= budget
    assert task.draws <= 4 and task.replicates <= 2
    assert (task.pairs > 1) == (budget >= 2 * 8 * COST_OF_A_PAIR)


def test_too_little_to_pay_for_one_draw_is_refused(usual: Result) -> None:
    with pytest.raises(InputError, match="one draw with one pair of orders takes 192; give more"):
        Task.of(usual, "core-12", "no-sip", "gain_end", team_years=100)


@pytest.mark.parametrize("outcome", ["gain_24m", "scoping_month"])
def test_an_outcome_that_not_every_run_has_is_refused(usual: Result, outcome: str) -> None:
    with pytest.raises(InputError, match=f"--outcome {outcome}: not every run"):
        explain(usual, "core-12", "no-sip", outcome)


def test_what_is_not_in_the_result_is_refused(usual: Result) -> None:
    with pytest.raises(InputError, match="no scenario 'core-24'"):
        explain(usual, "core-24", "no-sip")
    with pytest.raises(InputError, match="no outcome 'gian_end'"):
        explain(usual, "core-12", "no-sip", "gian_end")
    with pytest.raises(InputError, match="name another scenario"):
        explain(usual, "core-12", "core-12")


def test_one_replicate_leaves_the_monte_carlo_error_untold() -> None:
    found = explain(result(Scenario("core-12"), replicates=1), "core-12", "no-sip", team_years=800)
    told = found.to_dict()
    assert all(bar["mc95"] is None for bar in told["mechanisms"])
    assert any(sentence.startswith("One replicate") for sentence in told["undecided"])


def test_cells_that_failed_in_the_result_are_left_out(usual: Result) -> None:
    from experiments.blocks import Cell as Place

    half = Result(usual.experiment, usual.gathered, 2)
    half.gathered.failed[Place(0, 1, 0)] = "failed"
    try:
        task = Task.of(half, "core-12", "no-sip", "gain_end", team_years=1_600)
        assert (1, 0) not in task.places and len(task.places) == 7
        assert np.isnan(explained(task).values[1, 0]).all()
    finally:
        del half.gathered.failed[Place(0, 1, 0)]


def test_runs_of_another_program_are_told(usual: Result, explanation: Explanation) -> None:
    place = OUTCOME_NAMES.index("gain_end")
    usual.gathered.outcomes[0, 0, 0, 0, place] += 1.0
    try:
        assert not explanation.as_stored
        assert any("differ from the stored ones" in sentence for sentence in explanation.undecided())
    finally:
        usual.gathered.outcomes[0, 0, 0, 0, place] -= 1.0


# -- kept, and the same again --------------------------------------------------------------------------------


def figures(found: Explanation) -> str:
    return json.dumps(found.to_dict(), sort_keys=True, allow_nan=False)


def test_equal_bytes_whatever_the_workers_killed_and_gone_on_with_or_not(
    usual: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(name: str, workers: int) -> Explanation:
        return explain(usual, "core-12", "no-sip", team_years=1_600, workers=workers, out=tmp_path / name)

    through = run("one", 1)
    run_cell, count = Task.run, iter(range(100))

    def killed(task: Task, place: tuple[int, int]) -> Any:
        if next(count) == 3:
            raise KeyboardInterrupt
        return run_cell(task, place)

    with monkeypatch.context() as patched:
        patched.setattr(Task, "run", killed)
        with pytest.raises(KeyboardInterrupt, match="3 of 8 cells are kept"):
            run("two", 1)
    with (tmp_path / "two" / CELLS).open("a") as file:
        file.write('{"draw": 3, "repl')  # a kill in the middle of a line
    again = run("two", 2)
    assert figures(again) == figures(through)
    assert (tmp_path / "two" / CELLS).read_bytes() == (tmp_path / "one" / CELLS).read_bytes()
    monkeypatch.setattr(Task, "run", lambda *_: pytest.fail("it should not run again"))
    assert figures(run("one", 1)) == figures(through)


def test_a_directory_of_something_else_is_refused(usual: Result, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(InputError, match="no explanation"):
        explain(usual, "core-12", "no-sip", team_years=800, out=tmp_path)
    out = tmp_path / "out"
    explain(usual, "core-12", "no-sip", team_years=400, out=out)
    with pytest.raises(InputError, match="other inputs"):
        explain(usual, "core-12", "no-sip", team_years=400, seed=2, out=out)
    explain(usual, "core-12", "no-sip", team_years=400, seed=2, out=out, force=True)


def test_either_engine_gives_the_same_bars() -> None:
    given = {"draws": prior(1, seed=3), "replicates": 1, "months": 2.0, "teams": (SMALL,)}
    found = [
        explain(result(Scenario("core-12"), engine=engine, **given), "core-12", "no-sip", team_years=20)
        for engine in ("compiled", "mesa")
    ]
    assert np.array_equal(found[0].values, found[1].values)
