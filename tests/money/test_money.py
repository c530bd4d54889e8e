"""Money: what is counted, that it is counted as said, and that nothing is claimed for the user."""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from calibration import prior
from experiments import Experiment, Result, Scenario
from experiments.blocks import BlockResult
from experiments.cli import main
from experiments.comparison import estimated
from experiments.errors import InputError
from experiments.money import acceptability, best_within, frontier, increments, money, net_cost, per
from experiments.money.choice import Means, means
from experiments.money.costs import parts, sources, unit_costs
from model.outcomes import HOURS_NAMES, OUTCOME_NAMES
from model.parameters import Parameters
from model.record import NAMES
from model.sites import Site

DRAWS, REPLICATES = 4, 2


def result(
    scenarios: list[Scenario] | None = None, gains: dict[str, float] | None = None, series: bool = True
) -> Result:
    """Return a result of made-up numbers: what programmes gain and cost is given, the draws differ, luck is little."""
    chosen = scenarios or [Scenario("core-12"), Scenario("core-24")]
    gains = gains or {"core-12": 20.0, "core-24": 25.0, "no-sip": 1.0}
    site = Site(name="ours", number=1001)
    experiment = Experiment(
        chosen, draws=prior(DRAWS), replicates=REPLICATES, teams=(site,), months=36.0, series=series
    )
    luck = np.random.Generator(np.random.PCG64(3))
    return Result.of(
        experiment, [_block(experiment, block, gains, luck) for block in experiment.blocks()], REPLICATES
    )


def _block(
    experiment: Experiment, block: Any, gains: dict[str, float], luck: np.random.Generator
) -> BlockResult:
    scenario = experiment.scenarios[block.scenario]
    draws, months = np.array(block.draws), experiment.month_ends
    outcomes = np.zeros((len(draws), 1, len(OUTCOME_NAMES)))
    prices, none = unit_costs(scenario), scenario.name == "no-sip"

    def set_to(name: str, values: Any) -> None:
        outcomes[:, 0, OUTCOME_NAMES.index(name)] = values

    gain = gains[scenario.name] * (1.0 if none else 0.8 + 0.2 * draws) + 0.01 * luck.normal(size=len(draws))
    hours = 0.0 if none else 10.0 * scenario.programme.months * (1.0 + 0.1 * draws)
    set_to("gain_end", gain)
    set_to("hours_staff", hours)
    set_to("hours_manager", 0.2 * hours)
    set_to("hours_facilitator", 0.3 * hours)
    spent = hours * (
        prices["staff_hour_cost"] + 0.2 * prices["manager_hour_cost"] + 0.3 * prices["facilitator_hour_cost"]
    )
    set_to("cost", spent + (0.0 if none else 3.0 * prices["review_cost"]))
    series = np.zeros((len(draws), 1, len(months), len(NAMES)), np.float32)
    series[:, 0, :, NAMES.index("latent_total")] = 100.0 + gain[:, None] * np.array(months) / 156.0
    return BlockResult(block, outcomes, np.zeros((len(draws), 1, len(HOURS_NAMES))), series)


# -- what is counted -----------------------------------------------------------------------------------------


def test_the_parts_of_a_cost_add_up_to_it_and_the_assumed_one_is_reviews_and_events():
    found = parts(result(), "core-12")
    assert sum(found.values()) == pytest.approx(result().outcome("cost", "core-12").mean())
    assert found["reviews and events"] == pytest.approx(3.0 * Parameters().review_cost)


def test_every_unit_cost_says_its_price_year_and_who_says_so():
    entries = {entry["name"]: entry for entry in sources(Scenario("core-12"))}
    assert set(entries) == set(unit_costs(Scenario("core-12")))
    for entry in entries.values():
        assert entry["price_year"] == "2013-14"
        assert (entry["status"], bool(entry["source"])) in (("literature", True), ("assumed", False))


def test_a_unit_cost_of_the_users_is_called_so_and_counted():
    own = Scenario("core-12").with_set({"staff_hour_cost": "50"})
    assert next(e for e in sources(own) if e["name"] == "staff_hour_cost")["status"] == "set by the user"
    assert parts(result([own]), "core-12")["staff"] == pytest.approx(
        50.0 * result([own]).outcome("hours_staff", "core-12").mean()
    )


def test_uprating_multiplies_every_cost_and_no_point():
    before, after = increments(result())[0], increments(result(), 1.5)[0]
    assert after.pounds == pytest.approx(1.5 * before.pounds)
    assert (after.points == before.points).all()


def test_point_years_are_the_area_between_the_two_curves():
    each = increments(result())[0]
    assert each.point_years == pytest.approx(each.points * 36.0 / 12.0 / 2.0, rel=1e-4)  # a triangle


def test_a_failed_run_is_left_out_of_points_and_pounds_alike():
    broken = result()
    broken.gathered.outcomes[0, 0, 1] = np.nan  # replicate 0, the first programme, draw 1
    each = increments(broken)[0]
    for values in (each.points, each.pounds, each.staff_hours, each.point_years):
        assert np.argwhere(np.isnan(values)).tolist() == [[1, 0, 0]]


# -- ratios --------------------------------------------------------------------------------------------------


def test_the_ratio_is_one_of_means_and_not_a_mean_of_ratios():
    points, spent = np.array([[[1.0]], [[10.0]]]), np.array([[[1.0]], [[100.0]]])
    found = per(points, spent, 1.0)
    assert found is not None
    assert found.value == pytest.approx(11.0 / 101.0)
    assert np.mean(points / spent) == pytest.approx(0.55)


def test_the_ratios_monte_carlo_interval_is_about_right():
    luck = np.random.Generator(np.random.PCG64(1))

    def drawn(replicates: int) -> tuple[np.ndarray, np.ndarray]:
        noise = luck.normal(size=(2, 30, replicates, 1))
        return 20.0 + 4.0 * noise[0], 100.0 + 20.0 * noise[1] + 10.0 * noise[0]

    found = [per(*drawn(4), 100.0) for _ in range(200)]
    hits = [ratio.mc95[0] <= 20.0 <= ratio.mc95[1] for ratio in found if ratio is not None]
    assert 0.9 <= np.mean(hits) <= 1.0
    assert len(hits) == 200


def test_nothing_spent_has_no_ratio():
    assert per(np.ones((3, 2, 1)), np.zeros((3, 2, 1)), 1.0) is None


# -- choices -------------------------------------------------------------------------------------------------

BY_DRAW = Means(
    ["no-sip", "small", "dear", "large", "worse"],
    np.array([[0, 0], [10, 12], [10, 14], [20, 22], [9, 9]], float),
    np.array([[0, 0], [100, 100], [900, 900], [500, 500], [200, 200]], float),
)


def test_the_frontier_leaves_out_what_is_dominated_and_rises():
    steps = frontier(BY_DRAW)
    assert [step.name for step in steps] == ["small", "large"]
    assert [step.pounds_a_point for step in steps] == pytest.approx([100 / 11, 400 / 10])


def test_a_programme_worse_than_its_neighbours_mixture_is_left_out():
    mixed = Means(["no-sip", "a", "b"], np.array([[0.0], [1.0], [10.0]]), np.array([[0.0], [90.0], [100.0]]))
    assert [step.name for step in frontier(mixed)] == ["b"]


def test_without_value_nothing_is_worth_it_and_with_much_the_most_points_are():
    found = acceptability(BY_DRAW, [0.0, 1e6])
    assert [found[name][0] for name in BY_DRAW.names] == [1, 0, 0, 0, 0]
    assert [found[name][1] for name in BY_DRAW.names] == [0, 0, 0, 1, 0]
    assert np.sum([found[name] for name in BY_DRAW.names], axis=0) == pytest.approx(1.0)


def test_the_best_within_a_budget_is_affordable_and_told_with_its_loss():
    found = best_within(BY_DRAW, 450.0)
    assert found["best"] == "small"
    assert found["too_dear"] == ["dear", "large"]
    assert found["programmes"]["small"]["p_best"] == 1.0
    assert found["programmes"]["worse"]["expected_loss"] == pytest.approx(2.0)
    assert best_within(BY_DRAW, 0.0)["best"] == "no-sip"


def test_means_by_draw_are_those_of_the_runs():
    found = means(increments(result()))
    assert found.names == ["no-sip", "core-12", "core-24"]
    estimate = estimated(increments(result())[0].points)
    assert estimate is not None
    assert found.points[1].tolist() == estimate.by_draw.tolist()


# -- bed-days ------------------------------------------------------------------------------------------------


def test_without_the_users_figures_there_is_no_word_of_bed_days():
    found = money(result())
    assert found["bed_days"] is None
    assert "bed" not in " ".join(found["assumptions"]).lower()


def test_at_the_break_even_claim_the_net_cost_is_nothing():
    each = increments(result())[0]
    claim = money(result(), bed_day=300.0)["bed_days"]["core-12"]["to_pay_for_itself"]["value"]
    assert net_cost(each, 300.0, claim).mean == pytest.approx(0.0, abs=0.1)


def test_a_claim_is_called_the_users():
    found = money(result(), bed_day=300.0, bed_days=2.0)
    assert any("YOUR CLAIM" in sentence and "2 bed-days" in sentence for sentence in found["assumptions"])
    assert found["bed_days"]["core-12"]["net_cost"]["mean"] < found["programmes"]["core-12"]["pounds"]["mean"]


def test_the_words_tell_whose_each_unit_cost_is():
    text = " ".join(money(result())["assumptions"])
    assert "proxies: community mental health team member, 37 pounds an hour" in text
    assert (
        "Assumed, nobody measured them: three reviewers for a day and the report, 1000 pounds a review"
        in text
    )
    assert "Set by you" not in text
    own = Scenario("core-12").with_set({"staff_hour_cost": "50"})
    text = " ".join(money(result([own]))["assumptions"])
    assert "Set by you: community mental health team member, 50 pounds an hour" in text
    assert "different unit costs" not in text
    text = " ".join(money(result([own, Scenario("core-24")]))["assumptions"])
    assert "different unit costs; told are those of core-12" in text


def test_a_sweeps_result_has_its_ratios_and_no_bed_days():
    months_not_kept = result(series=False)
    figures = money(months_not_kept, budget=1e4)["programmes"]["core-12"]["points_per_1000_pounds"]
    assert figures == money(result())["programmes"]["core-12"]["points_per_1000_pounds"]
    with pytest.raises(InputError, match="crtsip compare"):
        money(months_not_kept, bed_day=300.0)


# -- words and the command -----------------------------------------------------------------------------------


def test_few_draws_and_a_close_call_are_said_not_to_decide():
    text = " ".join(
        money(result(gains={"core-12": 20.0, "core-24": 20.0, "no-sip": 0.0}), budget=1e6)["undecided"]
    )
    assert "here: 4" in text
    assert "Which programme is best within £1,000,000" in text


def test_an_innovation_without_fidelity_and_no_programme_at_all_are_refused():
    experiment = Experiment([Scenario("places-of-safety")], draws=prior(2), replicates=1)
    with pytest.raises(InputError, match="per point of fidelity"):
        increments(Result.of(experiment, [], 1))
    alone = Experiment([Scenario("no-sip")], draws=prior(2), replicates=1)
    with pytest.raises(InputError, match="no-sip alone"):
        increments(Result.of(alone, [], 1))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return result().write(tmp_path / "res")


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["crtsip", "money", *arguments])
    try:
        main()
    except SystemExit as leave:
        return int(leave.code or 0)
    return 0


def test_the_command_prints_one_object_of_the_same_figures(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, str(folder), "--json", "--budget", "20000") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    found, expected = json.loads(lines[0]), money(result(), budget=20000.0)
    for part in ("programmes", "frontier", "acceptability", "budget", "assumptions", "undecided"):
        assert found[part] == json.loads(json.dumps(expected[part])), part


def test_the_command_tells_in_tables_and_draws_a_picture(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--budget", "9000", "--bed-day", "300", "--bed-days", "1", "--picture", "plane.svg")
    assert call(monkeypatch, str(folder), *given) == 0
    text = capsys.readouterr().out
    for phrase in (
        "per £1,000",
        "Efficient frontier",
        "core-24 costs more",
        "your claim",
        "2013-14 prices",
        "Assumed",
    ):
        assert phrase in text, phrase
    assert "greatest net benefit" in Path("plane.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--bed-days", "1"), "give --bed-day as well"),
        (("--picture", "plane.doc"), "ends in .svg or .png"),
        (("--budget", "-5"), "Invalid value"),
    ],
)
def test_wrong_input_is_told_with_status_2(
    folder: Path,
    given: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert call(monkeypatch, str(folder), *given) == 2
    assert said in capsys.readouterr().err
