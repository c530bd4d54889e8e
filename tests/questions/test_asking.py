"""The commands: what they print, what they refuse, and that they can be gone on with."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from results import command, promised, until

from experiments.cli import cli, main
from experiments.questions import equal, length

SMALL = ("--draws", "2", "--replicates", "1", "--team", "6", "--workers", "1")


class Called(NamedTuple):
    """What came of a call."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """Return the one JSON object that is all there is on standard output."""
        assert len(self.out.splitlines()) == 1, self.out
        found: dict[str, Any] = json.loads(self.out)
        return found


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Called]:
    """Return a caller of the command in an empty directory; lengths few, and their hours not solved."""
    monkeypatch.chdir(tmp_path)
    for module in (equal, length):
        monkeypatch.setattr(module, "LENGTHS", (6, 12, 24))
    monkeypatch.setattr(length, "equal_cost_hours", lambda months, settings, options: 40.0 / months)

    def called(*arguments: str) -> Called:
        monkeypatch.setattr(sys, "argv", ["crtsip", *arguments])
        status = 0
        try:
            main()
        except SystemExit as leave:
            status = int(leave.code or 0)
        return Called(status, *capsys.readouterr())

    return called


QUESTIONS = {
    "placement": ("ask", "placement"),
    "length": ("ask", "length"),
    "readiness": ("ask", "readiness"),
    "counterfactual": ("ask", "counterfactual", "--change", "embedded facilitator"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_prints_one_object_and_keeps_a_result(
    call: Callable[..., Called], question: str
) -> None:
    found = call(*QUESTIONS[question], *SMALL, "--json")
    assert found.status == 0, found.err
    assert {"question", "answer", "differences", "undecided", "provenance"} <= found.json.keys()
    assert found.json["differences"]
    folder = next(Path("results").glob(f"{question}-*"))
    assert (folder / "manifest.json").is_file()
    assert (folder / "report.html").is_file() == (question in ("placement", "length"))


def test_discover_prints_rules_and_regret(call: Callable[..., Called]) -> None:
    many = ("--draws", "24", "--replicates", "1", "--team", "6", "--workers", "1", "--months", "12")
    found = call("discover", "external-12", "blended-12", "--against", "internal-12", *many, "--json")
    assert found.status == 0, found.err
    assert [entry["scenario"] for entry in found.json["regret"]] == [
        "external-12",
        "blended-12",
        "internal-12",
    ]
    assert sum(entry["best"] for entry in found.json["regret"]) == pytest.approx(1.0)
    assert found.json["share_of_worlds"].keys() == {"learnt", "held_out"}


def test_the_table_is_for_people_and_counts_what_is_open(call: Callable[..., Called]) -> None:
    found = call(*QUESTIONS["counterfactual"], *SMALL)
    assert found.status == 0, found.err
    assert "team 6: An embedded facilitator" in found.out
    assert "1 of 1 have no decided sign" in found.out
    assert "Recorded total" in found.out


def test_a_question_gone_on_with_gives_the_same_bytes(call: Callable[..., Called]) -> None:
    asked = ("ask", "readiness", "--draws", "2", "--team", "6", "--quiet")
    assert call(*asked, "--replicates", "2", "--workers", "2", "--out", "whole").status == 0
    assert call(*asked, "--replicates", "1", "--workers", "1", "--out", "parts").status == 0
    assert call(*asked, "--replicates", "2", "--workers", "1", "--out", "parts").status == 0
    assert promised(Path("whole")) == promised(Path("parts"))


@pytest.mark.slow
def test_a_killed_question_goes_on_to_the_same_bytes_hours_solved_again(tmp_path: Path) -> None:
    asked = (
        "ask",
        "length",
        "--draws",
        "3",
        "--team",
        "6",
        "--replicates",
        "60",
        "--workers",
        "1",
        "--quiet",
    )
    killed = command("", *asked, "--out", "parts", cwd=tmp_path)
    until(lambda: any((tmp_path / "parts" / "partial").glob("*")), 120.0)
    killed.kill()
    killed.communicate()
    assert json.loads((tmp_path / "parts" / "manifest.json").read_text())["status"] != "finished"
    for folder in ("parts", "whole"):
        going_on = command("", *asked, "--out", folder, cwd=tmp_path)
        assert going_on.communicate() and going_on.returncode == 0
    assert promised(tmp_path / "parts") == promised(tmp_path / "whole")


def test_the_page_names_the_command_that_makes_it_again(call: Callable[..., Called]) -> None:
    assert call("ask", "placement", *SMALL, "--set", "turnover=1.5", "--out", "here", "--quiet").status == 0
    text = Path("here/report.html").read_text(encoding="utf-8")
    command = "crtsip ask placement --draws 2 --draws-from shipped --replicates 1 --seed 1 --team 6 --set turnover=1.5"
    assert command in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", "placement", "--set", "placement=external"), "this question varies it"),
        (("ask", "counterfactual", "--change", "no such thing"), "--list"),
        (("discover", "core-12", "--against", "core-12"), "that is the scenario itself"),
        (("discover", "core-12", "--against", "core-24", "--outcome", "gain_12"), "gain_12m"),
    ],
)
def test_wrong_input_is_told_in_one_message(
    call: Callable[..., Called], arguments: tuple[str, ...], message: str
) -> None:
    found = call(*arguments)
    assert found.status == 2
    assert message in found.err
    assert "Traceback" not in found.err


def test_every_question_takes_the_options_of_all_computing_commands() -> None:
    shared = {name for parameter in cli.commands["compare"].params for name in parameter.opts}
    shared -= {"scenarios", "--against", "--precision", "--max-replicates"}
    for asking in (*cli.commands["ask"].commands.values(), cli.commands["discover"]):
        assert shared <= {name for parameter in asking.params for name in parameter.opts}, asking.name


def test_the_ready_counterfactuals_are_listed(call: Callable[..., Called]) -> None:
    found = call("ask", "counterfactual", "--list")
    assert found.status == 0
    assert "groups-from-all-staff" in found.out
