"""A sweep: each point in its own world, compared with no programme there; the command; resumed to the same bytes."""

import csv
import re
from pathlib import Path
from typing import Any

import calling
import numpy as np
import pytest

from calibration import prior
from experiments import Experiment, Scenario, compare
from experiments.blocks import Block, BlockResult
from experiments.errors import InputError
from experiments.plots.sweep import sweep_picture
from experiments.sweep import Sweep, Swept, factorial, factors
from model.sites import Site

SMALL = Site(name="small", number=1001, posts=4)
TWO = ["facilitation.hours_per_week=1.875,37.5", "turnover=0.5,6"]
ARGUMENTS = ["sweep", "external-12", "--vary", TWO[0], "--vary", TWO[1], "--draws", "2", "--draws-from", "prior",
             "--replicates", "2", "--months", "2", "--team", "small.toml", "--engine", "mesa",
             "--workers", "1"]  # fmt: skip


def sweep(*vary: str, base: str = "external-12") -> Sweep:
    return Sweep.of(Scenario(base), factorial(factors(vary or TWO)))


@pytest.fixture(scope="module")
def swept() -> Swept:
    made = sweep()
    experiment = made.experiment(draws=prior(2), replicates=2, months=2.0, teams=[SMALL], engine="mesa")
    return Swept(made, experiment.run())


# -- the scenarios -------------------------------------------------------------------------------------------


def test_no_programme_stands_in_the_world_of_each_point() -> None:
    made = sweep()
    assert [arm.none.name for arm in made.arms] == ["no-sip turnover=0.5", "no-sip turnover=6"] * 2
    for arm in made.arms:
        assert arm.none.context == arm.scenario.context != Scenario("no-sip").context
        assert arm.none.programme.months == 0.0
    names = [scenario.name for scenario in made.experiment().scenarios]
    assert len(names) == len(set(names)) == 1 + 4 + 2 + 1, (
        "the base, the points, no programme in two worlds and as is"
    )


def test_points_that_differ_in_levers_alone_share_one_arm_without_a_programme() -> None:
    made = sweep("facilitation.hours_per_week=1.875,7.5", "facilitation.placement=internal,external")
    assert {arm.none.name for arm in made.arms} == {"no-sip"}
    assert len(made.experiment().scenarios) == 6


def test_a_base_in_a_world_of_its_own_is_compared_with_no_programme_there() -> None:
    made = sweep("facilitation.hours_per_week=1.875", base="high-turnover")
    world = made.base.context
    assert world != Scenario("no-sip").context
    assert {arm.none.context == world for arm in made.whole} == {True}


def test_names_tell_the_settings_and_can_name_files() -> None:
    made = sweep("learning_events.months_of_year=[3],[3,9]", "turnover=0.5")
    assert [arm.scenario.name for arm in made.arms] == [
        "external-12 months_of_year=3 turnover=0.5",
        "external-12 months_of_year=3,9 turnover=0.5",
    ]
    many = [
        f"{name}=0.123456789" for name in ("turnover", "trust_support", "group_breadth", "manager_stance")
    ]
    assert [arm.scenario.name for arm in sweep(*many).arms] == ["external-12 point 001"]


def test_a_sweep_of_no_programme_is_refused() -> None:
    with pytest.raises(InputError, match="no-sip has no programme to sweep"):
        sweep(base="no-sip")


def test_a_point_that_is_not_allowed_is_told_with_its_setting() -> None:
    with pytest.raises(
        InputError, match=r"--vary turnover=9: context.turnover = 9: should be less than or equal to 6"
    ):
        sweep("turnover=1,9")


# -- what comes of it ----------------------------------------------------------------------------------------


def test_a_point_has_the_numbers_of_a_plain_comparison_of_its_scenarios(swept: Swept) -> None:
    arm = swept.sweep.arms[3]
    plain = Experiment([arm.scenario, arm.none], draws=prior(2), replicates=2, months=2.0, teams=[SMALL],
                       engine="mesa").run()  # fmt: skip
    found = swept.difference("hours_staff", arm.scenario.name, arm.none.name)
    expected = compare(plain, "hours_staff", arm.scenario.name, against=arm.none.name)
    assert found is not None and expected is not None
    assert found.to_dict() == expected.to_dict()
    assert found.estimate.mean != 0.0


def test_the_tidy_table_has_a_row_for_each_point_outcome_and_comparison(swept: Swept) -> None:
    frame = swept.frame()
    assert not frame.duplicated(["scenario", "outcome", "against"]).any()
    hours = frame[(frame.outcome == "hours_facilitator") & (frame.against == "")].set_index("scenario")[
        "mean"
    ]
    assert len(hours) == 5
    few, many = (hours[f"external-12 hours_per_week={value} turnover=6"] for value in ("1.875", "37.5"))
    assert many > 2.0 * few
    over = frame[(frame.outcome == "gain_end") & (frame.scenario == "external-12")]
    assert list(over.against) == ["", "no-sip"], "the base is not compared with itself"


def test_what_is_open_is_said(swept: Swept) -> None:
    said = " ".join(swept.undecided("gain_end"))
    open_at = r"does better than external-12 unchanged is not decided at [1-4] of 4 points, from fewer than 60 draws"
    assert re.search(open_at, said)
    assert "does better than no programme in the same world is not decided" in said


def test_a_picture_shows_one_or_two_factors_and_refuses_more(swept: Swept) -> None:
    axes = sweep_picture(swept, "hours_facilitator").axes[0]
    drawn = {line.get_label(): line.get_ydata() for line in axes.get_lines()[:2]}
    assert set(drawn) == {"0.5", "6"}, "a line for each turnover"
    expected = [
        swept.difference("hours_facilitator", arm.scenario.name, arm.none.name) for arm in swept.sweep.arms
    ]
    means = [difference.estimate.mean for difference in expected if difference is not None]
    assert np.allclose(drawn["0.5"], [means[0], means[2]])
    assert np.allclose(drawn["6"], [means[1], means[3]])
    three = sweep(*TWO, "busyness=1")
    with pytest.raises(ValueError, match="3 things are varied"):
        sweep_picture(swept._replace(sweep=three), "gain_end")


# -- the command ---------------------------------------------------------------------------------------------


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text("posts = 4\n")
    return lambda *arguments: calling.call(monkeypatch, capsys, *arguments)


def test_the_command_writes_a_table_and_a_picture_beside_the_result(call: Any) -> None:
    found = call(*ARGUMENTS, "--out", "one", "--json")
    assert found.status == 0
    assert [point["settings"] for point in found.json["points"]][:2] == [
        {},
        {"facilitation.hours_per_week": "1.875", "turnover": "0.5"},
    ]
    assert found.json["factors"] == ["facilitation.hours_per_week", "turnover"]
    assert found.json["points"][1]["over_no_programme"]["gain_end"]["against"] == "no-sip turnover=0.5"
    with Path("one/sweep.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["scenario"] == "external-12" and {row["turnover"] for row in rows} == {"", "0.5", "6"}
    assert Path("one/sweep.svg").read_text().startswith("<?xml")
    again = call(*ARGUMENTS, "--out", "one")
    assert "read again from one" in again.err and "over external-12 unchanged" in again.out


def test_an_interrupted_and_resumed_sweep_writes_the_same_bytes(
    call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(*ARGUMENTS, "--out", "whole", "--quiet").status == 0
    run_block, seen = Experiment.run_block, iter(range(1_000))

    def interrupted(experiment: Experiment, block: Block) -> BlockResult:
        if next(seen) == 11:
            raise KeyboardInterrupt
        return run_block(experiment, block)

    with monkeypatch.context() as patch:
        patch.setattr(Experiment, "run_block", interrupted)
        assert call(*ARGUMENTS, "--out", "parts", "--quiet").status == 130
    found = call(*ARGUMENTS, "--out", "parts", "--quiet")
    assert found.status == 0 and "resumed from parts" in found.err
    assert calling.written(Path("whole")) == calling.written(Path("parts"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give --vary NAME=V1,V2,... (repeatable) or --table FILE.csv"),
        (["--vary", "turnover=1,2", "--table", "x.csv"], "one of the two"),
        (["--vary", "turnover=1:2", "--points", "5"], "--design lhs and --points N go together"),
        (["--vary", "turnover=1,2", "--outcome", "gain_ed"], "Did you mean 'gain_end'?"),
    ],
)
def test_what_cannot_be_swept_ends_with_status_2(call: Any, arguments: list[str], said: str) -> None:
    found = call("sweep", "core-12", *arguments)
    assert found.status == 2 and found.out == ""
    assert said in found.err


# -- the page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(3))
def test_the_commands_of_the_page_run(call: Any, number: int) -> None:
    Path("points.csv").write_text("turnover,facilitation.placement\n2,external\n,internal\n")
    small = ["--draws", "1", "--replicates", "1", "--months", "1", "--team", "small.toml", "--engine", "mesa",
             "--workers", "1"]  # fmt: skip
    points = ["--points", "2"] if "--points" in calling.commands("sweep")[number] else []
    found = call(*calling.commands("sweep")[number], *small, *points)
    assert found.status == 0, found.err
    assert "over core-12 unchanged" in found.out


def test_the_python_of_the_page_runs() -> None:
    code = calling.python("sweep")
    small = code.replace("posterior(200), replicates=2", "posterior(1), replicates=1, months=1.0, teams=(6,)")
    assert small != code
    names: dict[str, Any] = {}
    exec(small, names)
    assert len(names["swept"].sweep.arms) == 9
