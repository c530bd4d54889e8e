"""The command: what it prints where, and its exit status."""

import json
import sys
from pathlib import Path

import pytest

from experiments.cli import main

SMALL = ["--draws", "3", "--replicates", "1", "--pattern", "spill-over-needed", "--pattern", "team-6-manager"]


class Called:
    """A call of the command in an empty directory."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self.monkeypatch.setattr(sys, "argv", ["crtsip", "validate", *arguments])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = int(leave.code or 0)
        return status, *self.capsys.readouterr()


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Called:
    monkeypatch.chdir(tmp_path)
    return Called(monkeypatch, capsys)


def no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def test_json_is_one_object_and_all_there_is(call: Called) -> None:
    status, out, err = call(*SMALL, "--json", "--quiet")
    assert (status, err, len(out.splitlines())) == (0, "", 1)
    report = json.loads(out, parse_constant=no_constant)
    assert [entry["id"] for entry in report["patterns"]] == ["spill-over-needed", "team-6-manager"]
    for entry in report["patterns"]:
        assert entry["verdict"] in {"held", "not held", "undecided"}
        assert isinstance(entry["effect"], float) and len(entry["ci95"]) == 2 and entry["passage"]
    assert call(*SMALL, "--json", "--quiet")[1] == out, "the same call, the same report"
    assert [row["team"] for row in report["loto"]] == [1, 2, 3, 4, 5, 6]
    assert all(0.0 < row["pit"] < 1.0 and len(row["intervals"]) == 3 for row in report["loto"])
    verdicts = {row["verdict"] for row in report["identifiability"]}
    assert verdicts <= {"informed", "slightly", "not at all"} and len(report["identifiability"]) > 200


def test_the_other_engine_gives_the_same_report(call: Called) -> None:
    few = ["--draws", "1", "--replicates", "1", "--pattern", "team-6-manager", "--json", "--quiet"]
    assert call(*few, "--engine", "mesa") == call(*few)


def test_a_parameter_is_laid_over_all_draws(call: Called) -> None:
    few = ["--draws", "2", "--replicates", "1", "--pattern", "spill-over-needed", "--json", "--quiet"]
    plain, other = (json.loads(call(*few, *more)[1]) for more in ([], ["--set", "hours_per_point=60"]))
    assert other["set"] == {"hours_per_point": 60.0}
    assert plain["patterns"][0]["effect"] != other["patterns"][0]["effect"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("spil_over=0", "Did you mean 'spill_over'"),
        ("spill_over", "NAME=NUMBER"),
        ("spill_over=9", "allowed is"),
    ],
)
def test_a_wrong_setting_is_told(call: Called, given: str, told: str) -> None:
    status, out, err = call(*SMALL, "--set", given)
    assert (status, out) == (2, "") and told in err and "Traceback" not in err


def test_the_table_names_the_kind_of_draws_and_nothing_else_is_printed(call: Called) -> None:
    status, out, err = call(*SMALL)
    assert status == 0 and "spill-over-needed" in out and "undecided" in out
    assert "3 draws (" in out
    assert "it/s" not in out + err, "progress is shown on a terminal only"


def test_an_unknown_pattern_is_wrong_input_with_advice(call: Called) -> None:
    status, out, err = call("--pattern", "straim", "--json")
    assert (status, out) == (2, "")
    assert "Did you mean 'strain'" in err and "Traceback" not in err


def test_more_draws_than_there_are_is_wrong_input(call: Called) -> None:
    status, _, err = call("--draws", "100000", "--pattern", "strain")
    assert status == 2 and "--draws = 100000" in err


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (["--out", "here.md"], "here.md"),
        (["--out", "folder"], "folder/validation-patterns.md"),
        (["--page"], "results/validation/validation-patterns.md"),
    ],
)
def test_the_page_is_written_where_asked(call: Called, given: list[str], written: str) -> None:
    status, out, err = call(*SMALL, "--quiet", *given)
    assert (status, out) == (0, "") and written in err.replace("\\", "/")
    assert Path(written).read_text(encoding="utf-8").startswith("# Patterns")


def test_a_page_that_cannot_be_written_is_told(call: Called) -> None:
    Path("file").write_text("")
    status, _, err = call(*SMALL, "--quiet", "--out", "file/page.md")
    assert status == 2 and "cannot be written" in err
