"""A study on the model: its design, its words, the command, interrupted and resumed, and the page's examples."""

from pathlib import Path
from typing import Any

import calling
import numpy as np
import pytest

from calibration import posterior, prior
from experiments import Experiment, Scenario
from experiments.blocks import Block, BlockResult
from experiments.cli import analysing
from experiments.errors import InputError
from experiments.plots.sensitivity import sensitivity_bars
from experiments.sensitivity import Design, Question, Study
from experiments.sensitivity.factors import CIRCUMSTANCES, chosen, factors
from experiments.sensitivity.response import response
from model.parameters import declared
from model.sites import Site

SMALL = Site(name="small", number=1001, posts=4)
FREE, TRAVEL = "free_hours", "travel_external"
SHORT = {"replicates": 2, "months": 2.0, "engine": "mesa"}
QUESTION = Question(Scenario("external-12"), Scenario("internal-12"), "hours_facilitator")


def studied(method: Any, names: list[str], size: int, question: Question = QUESTION) -> Study:
    design = Design.of(method, names, size, [SMALL], seed=1)
    return Study.of(question, design, design.experiment(question, teams=[SMALL], **SHORT).run())


@pytest.fixture(scope="module")
def screened() -> Study:
    return studied("morris", [FREE, TRAVEL, "travel_internal", "start_spread"], 4)


@pytest.fixture(scope="module")
def decomposed() -> Study:
    return studied("sobol", [TRAVEL, "main_job_internal"], 8)


# -- factors and designs -------------------------------------------------------------------------------------


def test_all_parameters_with_a_prior_are_factors_and_circumstances_where_one_of_the_six_is_there() -> None:
    with_prior = [name for name, entry in declared().items() if entry.prior is not None]
    assert factors([3, SMALL]) == [*with_prior, CIRCUMSTANCES]
    assert factors([SMALL]) == with_prior == chosen([], [SMALL])


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["free_hour"], "Did you mean 'free_hours'?"),
        (["absence_limit"], "absence_limit: it has no prior"),
        ([FREE, FREE], "named twice"),
        ([CIRCUMSTANCES], "there is no such parameter"),
    ],
)
def test_what_cannot_be_a_factor_is_refused(names: list[str], said: str) -> None:
    with pytest.raises(InputError) as error:
        chosen(names, [SMALL])
    assert said in str(error.value)


def test_factors_move_over_their_priors_and_all_else_stands_at_its_default() -> None:
    draws = Design.of("morris", [FREE, TRAVEL], 8, [SMALL], seed=1).draws
    seen = [draws.parameters(k) for k in draws]
    entry = declared()[FREE].prior
    assert entry is not None
    assert min(p.free_hours for p in seen) == pytest.approx(entry.low)
    assert max(p.free_hours for p in seen) == pytest.approx(entry.high)
    assert len({p._replace(free_hours=1.0, travel_external=1.0) for p in seen}) == 1


def test_circumstances_come_as_joint_draws_of_the_teams_asked_for() -> None:
    design = Design.of("sobol", [FREE, CIRCUMSTANCES], 8, [3], seed=5)
    columns = [name for name in design.draws.table if name.startswith("team ")]
    assert columns and all(name.startswith("team 3: ") for name in columns)
    joint = {tuple(row) for row in prior(1024, 5).table[columns].to_numpy()}
    assert {tuple(row) for row in design.draws.table[columns].to_numpy()} <= joint
    assert len({design.draws.site(3, k) for k in design.draws}) > 8
    without = Design.of("sobol", [FREE], 8, [3], seed=5)
    assert len({without.draws.site(3, k) for k in without.draws}) == 1


def test_a_sobol_sample_is_a_power_of_two() -> None:
    with pytest.raises(InputError, match="needs a power of two"):
        Design.of("sobol", [FREE], 100, [SMALL], seed=1)


def test_draws_as_they_are_keep_the_columns_that_vary_and_bear_on_the_teams() -> None:
    design = Design.given(posterior(20), [], [3], seed=1)
    assert {name.split(":")[0] for name in design.names if name.startswith("team")} == {"team 3"}
    assert np.array_equal(design.points[:, 0], posterior(20).table[design.names[0]])
    assert all(np.ptp(column) > 0.0 for column in design.points.T)


# -- what is explained ---------------------------------------------------------------------------------------


def test_a_difference_is_paired_run_by_run(screened: Study) -> None:
    result = screened.result
    expected = [result.outcome("hours_facilitator", name)[..., 0] for name in ("external-12", "internal-12")]
    assert np.array_equal(screened.y, expected[0] - expected[1])
    alone = response(result, "hours_facilitator", "external-12", None)
    assert np.array_equal(alone, expected[0])


def test_an_outcome_beyond_the_run_is_refused_with_what_to_give(screened: Study) -> None:
    with pytest.raises(
        InputError, match=r"--outcome gain_12m: it is missing .* Give --months or --follow-up"
    ):
        response(screened.result, "gain_12m", "external-12", None)
    with pytest.raises(InputError, match="sustained_share: it is missing"):
        response(screened.result, "sustained_share", "external-12", None)


def test_what_bears_on_travel_is_found_and_what_cannot_is_not(screened: Study) -> None:
    rows = {row.factor: row for row in screened.rows}
    assert TRAVEL in {row.factor for row in screened.rows[:2]} and screened.rows[-1].factor == "start_spread"
    assert rows["start_spread"].effect <= 0.2 * rows[TRAVEL].effect
    assert rows["travel_internal"].mu * rows[TRAVEL].mu < 0.0, "one is to the other's cost"


def test_shares_of_a_difference_are_found(decomposed: Study) -> None:
    shares = {row.factor: row for row in decomposed.rows}
    assert set(shares) == {TRAVEL, "main_job_internal"}
    assert sum(row.total for row in decomposed.rows) > 0.5
    assert decomposed.spread > 0.0


# -- what is said --------------------------------------------------------------------------------------------


def test_every_answer_says_what_it_is_over(screened: Study, decomposed: Study) -> None:
    for study, title in ((screened, "Morris elementary effects"), (decomposed, "Sobol indices")):
        assert study.to_dict()["sample"] == "independent priors"
        assert study.title == f"{title} over the independent priors"
        figure = sensitivity_bars(study)
        assert figure.axes[0].get_title(loc="left").startswith(study.title)
        assert "Over the priors, independent of each other" in study.undecided()[0]
        assert "Luck has" in study.undecided()[1]


def test_a_posterior_is_never_shown_as_independent() -> None:
    design = Design.given(posterior(20), [FREE, TRAVEL], [SMALL], seed=1)
    study = Study.of(QUESTION, design, design.experiment(QUESTION, teams=[SMALL], **SHORT).run())
    assert study.sample == "correlated posterior" and "correlated posterior" in study.title
    assert "is no Sobol index" in study.undecided()[0]
    assert {row.factor for row in study.rows} == {FREE, TRAVEL}
    assert len(sensitivity_bars(study).axes) == 1


def test_one_replicate_is_said_to_leave_luck_in(decomposed: Study) -> None:
    design = decomposed.design
    once = design.experiment(QUESTION, teams=[SMALL], **{**SHORT, "replicates": 1}).run()
    said = Study.of(QUESTION, design, once).undecided()
    assert "One replicate: luck cannot be told from the factors" in said[1]


# -- the command ---------------------------------------------------------------------------------------------

ARGUMENTS = ["sensitivity", "external-12", "--against", "internal-12", "--outcome", "hours_facilitator",
             "--months", "2", "--team", "small.toml", "--engine", "mesa", "--workers", "1",
             "--replicates", "2"]  # fmt: skip
THREE = (TRAVEL, "travel_internal", "start_spread")
CHOSEN = [word for name in THREE for word in ("--parameters", name)]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    Path("small.toml").write_text("posts = 4\n")
    return lambda *arguments: calling.call(monkeypatch, capsys, *arguments)


def test_the_command_prints_one_object_and_keeps_a_table_and_a_picture(call: Any) -> None:
    found = call(*ARGUMENTS, *CHOSEN, "--samples", "3", "--out", "one", "--json")
    assert found.status == 0, found.err
    assert found.json["method"] == "morris" and found.json["sample"] == "independent priors"
    assert [row["factor"] for row in found.json["factors"]][2] == "start_spread"
    assert "12 points x 3 scenarios x 2 replicates x 1 teams" in found.err
    assert Path("one/sensitivity.csv").read_text().startswith("factor,effect,low,high,")
    assert Path("one/sensitivity.svg").is_file()
    again = call(*ARGUMENTS, *CHOSEN, "--samples", "3", "--out", "one")
    assert (
        "read again from one" in again.err
        and "Morris elementary effects over the independent priors" in again.out
    )


def test_sobol_takes_the_largest_of_a_screening(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.sensitivity.factors.uncertain", lambda: THREE)
    monkeypatch.setitem(analysing.SAMPLES, "morris", 4)
    few = ["--method", "sobol", "--top", "2", "--samples", "4", "--out", "two", "--json"]
    found = call(*ARGUMENTS, *few)
    assert found.status == 0, found.err
    assert {row["factor"] for row in found.json["factors"]} == {TRAVEL, "travel_internal"}
    assert Path("two-screening/manifest.json").is_file() and Path("two/manifest.json").is_file()


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_an_interrupted_and_resumed_study_writes_the_same_bytes(
    call: Any, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    asked = [*ARGUMENTS, *CHOSEN, "--method", method, "--samples", "4"]
    assert call(*asked, "--out", "whole", "--quiet").status == 0
    run_block, seen = Experiment.run_block, iter(range(1_000))

    def interrupted(experiment: Experiment, block: Block) -> BlockResult:
        if next(seen) == 25:
            raise KeyboardInterrupt
        return run_block(experiment, block)

    with monkeypatch.context() as patch:
        patch.setattr(Experiment, "run_block", interrupted)
        assert call(*asked, "--out", "parts", "--quiet").status == 130
    found = call(*asked, "--out", "parts", "--quiet")
    assert found.status == 0 and "resumed from parts" in found.err
    assert calling.written(Path("whole")) == calling.written(Path("parts"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--from", "posterior", "--method", "sobol"], "--method sobol needs factors that are independent"),
        (["--draws", "10"], "--draws: --method morris makes its own points; give --samples"),
        (["--from", "posterior", "--samples", "10"], "--samples: --method ranks takes draws as they are"),
        (["--outcome", "gain_ed"], "Did you mean 'gain_end'?"),
        (["--against", "core-12"], "it is the scenario itself"),
        (["--parameters", "free_hour"], "Did you mean 'free_hours'?"),
        (["--method", "sobol", "--samples", "100"], "needs a power of two"),
    ],
)
def test_what_cannot_be_asked_ends_with_status_2(call: Any, arguments: list[str], said: str) -> None:
    found = call("sensitivity", "core-12", "--parameters", FREE, *arguments)
    assert found.status == 2 and found.out == ""
    assert said in found.err


# -- the page ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", range(3))
def test_the_commands_of_the_page_run(call: Any, number: int) -> None:
    command = calling.commands("sensitivity")[number]
    small = ["--months", "1", "--replicates", "1", "--workers", "1", "--engine", "mesa"]
    small += ["--draws", "6"] if "posterior" in command else ["--samples", "2", *CHOSEN]
    found = call(*command, *small)
    assert found.status == 0, found.err
    assert "gain_end of internal-12, less that of external-12" in found.out


def test_the_python_of_the_page_runs() -> None:
    code = calling.python("sensitivity")
    small = code.replace("256,", "2,").replace("replicates=4, months=24.0", "replicates=1, months=1.0")
    assert small != code
    names: dict[str, Any] = {}
    exec(small, names)
    assert len(names["study"].rows) == 3
