"""A cell that fails is told with its inputs; the others go on, and pairs stay pairs."""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from results import promised, small

from experiments import Experiment, compare, read_result
from experiments.blocks import DRAWS_IN_A_BLOCK, Arrays, Block, Cell
from experiments.summary import summary

BAD = Cell(0, 3, 1)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one cell fail."""
    run_draws = Experiment.run_draws

    def broken(experiment: Experiment, scenario: int, replicate: int, draws: Iterable[int]) -> Arrays:
        draws = list(draws)
        if (scenario, replicate) == (BAD.scenario, BAD.replicate) and BAD.draw in draws:
            raise ZeroDivisionError("no staff on duty")
        return run_draws(experiment, scenario, replicate, draws)

    monkeypatch.setattr(Experiment, "run_draws", broken)


@pytest.mark.usefixtures("failing")
def test_a_failing_cell_is_recorded_with_its_inputs_and_the_others_go_on(tmp_path: Path) -> None:
    experiment = small(replicates=2)
    result = experiment.run(out=tmp_path / "one")
    assert list(result.failed) == [BAD] and "no staff on duty" in result.failed[BAD]
    assert np.isnan(result.outcomes[0, 3, 1]).all() and np.isnan(result.series[0, 3, 1]).all()
    assert int(np.isnan(result.hours).any(axis=(-1, -2)).sum()) == 1
    (path,) = (tmp_path / "one" / "failed").iterdir()
    told = json.loads(path.read_text())
    assert (told["scenario"], told["draw"], told["replicate"], told["seed"]) == ("external-12", 3, 1, 4)
    assert told["parameters"] == experiment.draws.parameters(3)._asdict()
    assert [site["name"] for site in told["sites"]] == ["small"]
    assert told["error"].startswith("ZeroDivisionError: no staff on duty")
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text())
    assert manifest["status"] == "finished" and manifest["cells"]["finished"] == 19
    assert [(f["scenario"], f["draw"], f["replicate"]) for f in manifest["cells"]["failed"]] == [
        ("external-12", 3, 1)
    ]
    assert f"failed/{path.name}" in manifest["files"]


@pytest.mark.usefixtures("failing")
def test_failed_cells_are_read_again_and_not_tried_again(tmp_path: Path) -> None:
    first = small(replicates=2).run(out=tmp_path / "one")
    again = read_result(tmp_path / "one")
    assert again.failed == first.failed and again.runs == first.runs == 19
    more = small(replicates=3).run(out=tmp_path / "one")
    assert more.failed == first.failed
    assert len(list((tmp_path / "one" / "failed").iterdir())) == 1


@pytest.mark.usefixtures("failing")
def test_the_size_of_a_block_does_not_decide_what_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(replicates=2).run(out=tmp_path / "one")
    monkeypatch.setitem(DRAWS_IN_A_BLOCK, "mesa", 5)
    small(replicates=2).run(out=tmp_path / "other")
    assert promised(tmp_path / "one") == promised(tmp_path / "other")


@pytest.mark.usefixtures("failing")
def test_the_other_run_of_a_failed_pair_is_left_out_and_the_summary_says_so() -> None:
    result = small(replicates=2, months=6.0).run()
    difference = result.outcome("gain_6m", "external-12") - result.outcome("gain_6m", "no-sip")
    assert np.argwhere(np.isnan(difference)).tolist() == [[3, 1, 0]]
    found = compare(result, "gain_6m", "external-12", against="no-sip")
    by_draw = [np.nanmean(difference[draw]) for draw in range(5)]
    assert found is not None and found.estimate.mean == pytest.approx(np.mean(by_draw))
    told = summary(result)
    assert any(sentence.startswith("1 of 20 cells failed") for sentence in told["undecided"])
    json.dumps(told, allow_nan=False)


def test_numbers_that_are_not_finite_count_as_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    run_draws = Experiment.run_draws

    def overflowing(experiment: Experiment, *place: object) -> Arrays:
        outcomes, hours, series = run_draws(experiment, *place)  # type: ignore[arg-type]
        series[1, 0, -1, 9] = np.inf
        return outcomes, hours, series

    monkeypatch.setattr(Experiment, "run_draws", overflowing)
    found = small().run_block(Block(0, 0, 0, 3))
    assert [failure.draw for failure in found.failures] == [1]
    assert "strain" in found.failures[0].error
    assert np.isnan(found.outcomes[1]).all() and not np.isnan(found.outcomes[2]).all()


def test_ctrl_c_is_never_a_failed_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object) -> Arrays:
        raise KeyboardInterrupt

    monkeypatch.setattr(Experiment, "run_draws", pressed)
    with pytest.raises(KeyboardInterrupt):
        small().run_block(Block(0, 0, 0, 3))
