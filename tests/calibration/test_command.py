"""The command ``calibrate`` from end to end, on a calibration so small that it says nothing."""

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

from calibration.inference import settings
from calibration.inference.settings import Settings
from experiments.cli import main
from experiments.cli.calibrating import _command

pytest.importorskip("arviz", reason="a calibration needs arviz: pip install 'crtsip[calibrate]'")

TINY = Settings(
    draws=64,
    replicates=2,
    contrasts=1,
    kept=20,
    seed=3,
    data_sets=8,
    apart=4,
    structures=32,
    second=32,
    delivery=32,
)
HEADINGS = (
    "The headline answers",
    "What six teams leave open",
    "Known truths recovered",
    "Two methods side by side",
    "A second sampler",
    "Rival structures",
    "The narrative read otherwise",
    "The priors narrowed",
    "The delivery of the programme",
    "The six month by month",
    "A new team",
)


def called(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["crtsip", "calibrate", "--quick", *arguments])
    try:
        main()
    except SystemExit as leave:
        return int(leave.code or 0)
    return 0


@pytest.mark.slow
def test_a_calibration_gone_on_with_gives_the_same_bytes_and_a_whole_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "QUICK", TINY)
    monkeypatch.chdir(tmp_path)
    assert called(monkeypatch, "--out", "one", "--bank", "bank", "--workers", "1", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    for lost in sorted(Path("bank").rglob("chunk-*.npz"))[::3]:
        lost.unlink()
    assert called(monkeypatch, "--out", "two", "--bank", "bank", "--workers", "2", "--resume", "--quiet") == 0
    for name in ("draws.parquet", "diagnostics.json", "validation.md", "pictures/calibration-teams.svg"):
        assert (Path("one") / name).read_bytes() == (Path("two") / name).read_bytes(), name
    assert printed.pop("against_shipped")["answers"] > 0, (
        "beside the diagnostics, which hold nothing of other draws"
    )
    assert json.loads((Path("one") / "diagnostics.json").read_text()) == printed
    page = (Path("one") / "validation.md").read_text(encoding="utf-8")
    assert all(f"## {heading}" in page for heading in HEADINGS)
    pictures = [rest.split(")")[0] for rest in page.split("](pictures/")[1:]]
    assert pictures and all((Path("one") / "pictures" / name).is_file() for name in pictures)
    assert len(pd.read_parquet("one/draws.parquet")) == TINY.kept


def test_what_was_chosen_is_in_the_command_that_makes_the_same_draws() -> None:
    assert _command(quick=False, given={}) == "make calibrate"
    assert _command(quick=True, given={}) == "crtsip calibrate --quick"
    given = {"draws": 2048, "selection": 1.0}
    assert _command(quick=False, given=given) == "crtsip calibrate --draws 2048 --selection 1.0"


@pytest.mark.parametrize("option", [("--replicates", "5"), ("--selection", "2"), ("--draws", "0")])
def test_a_choice_out_of_bounds_is_wrong_input(
    option: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, *option) == 2
    assert option[0] in capsys.readouterr().err


def test_resuming_without_a_bank_is_wrong_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert called(monkeypatch, "--resume") == 2
    assert "there is no bank" in capsys.readouterr().err
