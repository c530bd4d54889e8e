"""The command crtsip explain: what it prints, what it leaves, and what it refuses."""

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from calibration import prior
from experiments import Experiment, Scenario
from experiments.cli import main
from model.sites import Site

SMALL = Site(name="small", number=1001, posts=5)
PAIR = ["--team", "small", "--draw", "1", "--replicate", "0"]
SCENARIOS = ["--scenario", "external-12", "--against", "internal-12"]


class Called(NamedTuple):
    """What came of a call."""

    status: int
    out: str
    err: str


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a caller in a directory with a small result."""
    monkeypatch.chdir(tmp_path)
    scenarios = [Scenario("internal-12"), Scenario("external-12")]
    Experiment(scenarios, draws=prior(3, seed=3), replicates=2, months=12.0, teams=(SMALL,)).run(
        out=Path("result")
    )

    def called(*arguments: str) -> Called:
        monkeypatch.setattr(sys, "argv", ["crtsip", "explain", "result", *arguments])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = int(leave.code or 0)
        return Called(status, *capsys.readouterr())

    return called


def test_json_is_one_object_whose_bars_add_up_and_stands_in_the_directory_too(call: Any) -> None:
    found = call(*SCENARIOS, "--team-years", "600", "--json", "--out", "why")
    assert found.status == 0, found.err
    told = json.loads(found.out)
    bars = sum(bar["mean"] for bar in told["mechanisms"])
    assert told["without_any_mechanism"]["mean"] + bars == pytest.approx(told["difference"]["mean"])
    assert len(told["mechanisms"]) == 24 and len(told["months"]) == 13
    assert Path("why/explanation.json").read_text(encoding="utf-8") == found.out
    assert Path("why/waterfall.svg").stat().st_size > 0


def test_without_a_directory_it_stands_in_the_result_and_is_read_again(call: Any) -> None:
    first = call(*SCENARIOS, "--team-years", "600", "--json")
    again = call(*SCENARIOS, "--team-years", "600", "--json")
    assert again.out == first.out and "6 of 6 cells were in" in again.err
    assert len(list(Path("result").glob("explain-external-12-internal-12-*"))) == 1


def test_tables_tell_mechanisms_hours_and_months(call: Any) -> None:
    found = call(*SCENARIOS, "--team-years", "600", "--outcome", "hours_staff")
    assert found.status == 0, found.err
    for part in (
        "M6 The facilitator's presence",
        "without any mechanism",
        "difference: the sum",
        "facilitator: coaching",
        "Along time",
        "Not decided:",
    ):
        assert part in found.out


def test_a_single_pair_of_runs_is_told_in_words_and_as_json(call: Any) -> None:
    found = call(*SCENARIOS, *PAIR)
    assert found.status == 0 and found.out.startswith("Two lives of small, with the same people")
    told = json.loads(call(*SCENARIOS, *PAIR, "--json").out)
    assert told["equal_to_stored"] and "\n".join(told["story"]) == found.out.rstrip("\n")


WRONG = {
    "part of a pair": (["--draw", "1"], "--team and --replicate missing"),
    "unknown outcome": (["--outcome", "gian_12m"], "There is no outcome 'gian_12m'"),
    "too little": (["--team-years", "10"], "--team-years 10: one draw with one pair of orders takes"),
    "the same twice": (["--against", "external-12"], "name another scenario"),
    "unknown scenario": (["--against", "core-24"], "There is no scenario 'core-24'"),
    "unknown team": (["--team", "4", "--draw", "1", "--replicate", "0"], "--team 4: the result has"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_input_is_refused_in_a_sentence(call: Any, name: str) -> None:
    arguments, message = WRONG[name]
    found = call(*SCENARIOS, *arguments)
    assert found.status == 2 and message in found.err
    assert "Traceback" not in found.err and found.out == ""


def test_what_is_no_result_is_refused(call: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path("result"))
    found = call(*SCENARIOS)
    assert found.status == 2 and "is not a result" in found.err
