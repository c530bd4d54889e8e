"""The command crtsip trial: what it prints, what it leaves, and what it refuses."""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from experiments import read_result
from experiments.cli import main

SMALL = ["--draws", "3", "--draws-from", "prior", "--replicates", "2", "--workers", "1"]
FEW = ["--intervention", "4", "--control", "3", "--teams", "5,8", "--trials", "2"]


class Called(NamedTuple):
    """What came of a call."""

    status: int
    out: str
    err: str


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str) -> Called:
        monkeypatch.setattr(sys, "argv", ["crtsip", "trial", *arguments])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = int(leave.code or 0)
        return Called(status, *capsys.readouterr())

    return called


def test_json_is_one_object_and_the_result_can_be_read_and_drawn(call: Any) -> None:
    found = call(*SMALL, *FEW, "--json", "--out", "one")
    assert found.status == 0, found.err
    told = json.loads(found.out)
    assert len(found.out.splitlines()) == 1 and told["months"] == 12.0
    assert [each["teams"] for each in told["power"]] == [5, 7, 8]
    assert set(told["arms"]) == {"core-12", "no-sip"}
    assert len(read_result(Path("one")).teams) == 8
    assert Path("one/power.svg").stat().st_size > 0


def test_the_same_call_again_reads_its_result_and_says_the_same(call: Any) -> None:
    first = call(*SMALL, *FEW, "--json", "--out", "one")
    again = call(*SMALL, *FEW, "--json", "--out", "one")
    assert "read again from one" in again.err and again.out == first.out


def test_tables_tell_the_difference_power_and_the_real_trial(call: Any) -> None:
    found = call(*SMALL, *FEW)
    assert found.status == 0, found.err
    for part in (
        "Expected difference between the arms",
        "share of teams that rise",
        "4 + 3",
        "Fidelity rose in most intervention teams. (lloydevans2020)",
        "Used in the calibration? No.",
        "Not decided:",
    ):
        assert part in found.out
    assert next(path.name for path in Path("results").iterdir()).startswith("trial-core-12-no-sip-")


def test_two_programmes_may_be_the_arms_and_settings_hold_in_both(call: Any) -> None:
    given = ["--scenario", "external-12", "--control-scenario", "internal-12", "--set", "turnover=2.0"]
    found = call(*given, *SMALL, *FEW, "--months", "6", "--json", "--out", "one")
    assert found.status == 0, found.err
    told = json.loads(found.out)
    assert set(told["arms"]) == {"external-12", "internal-12"} and told["months"] == 6.0
    assert all(s.context.turnover == 2.0 for s in read_result(Path("one")).experiment.scenarios)


def test_follow_up_comes_after_the_programme_where_it_is_asked_for(call: Any) -> None:
    found = call(*SMALL, *FEW, "--follow-up", "3", "--json", "--out", "one")
    assert json.loads(found.out)["months"] == 15.0


WRONG = {
    "--team 3": (["--team", "3"], "--team: the teams of a trial are drawn"),
    "--teams abc": (["--teams", "abc"], "--teams abc: write numbers of teams"),
    "--teams 3": (["--teams", "3,8"], "3 is too few"),
    "equal arms": (["--control-scenario", "core-12"], "both arms get the same"),
    "no fidelity": (["--scenario", "places-of-safety"], "no fidelity score"),
    "records of the six": (["--scenario", "core-12-recorded"], "replays the six teams' records"),
    "unknown preset": (["--scenario", "core-13"], "There is no preset 'core-13'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_refused_in_a_sentence(call: Any, name: str) -> None:
    arguments, message = WRONG[name]
    found = call(*arguments, *SMALL)
    assert found.status == 2 and message in found.err and "Traceback" not in found.err
    assert found.out == ""
