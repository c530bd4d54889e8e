"""The command play: asks month by month, keeps the game, replays it to the same numbers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from experiments.cli import cli
from experiments.errors import InputError
from experiments.play import Game, seen

FINISHED = """team = 2
draw = 3

[[decisions]]
month = 2
doing = 0.3
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "finished.toml").write_text(FINISHED, encoding="utf-8")
    return tmp_path


def played(words: list[str], answers: str = "") -> str:
    found = CliRunner().invoke(cli, ["play", *words], input=answers, catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


def test_a_finished_game_is_told_and_compared(folder: Path) -> None:
    text = played(["--file", "finished.toml", "--worlds", "3"])
    assert text.count("Your hours:") == 12
    for part in (
        "as you decided",
        "no programme",
        "month 2: a visit every 1 week; doing 30%",
        "3 possible worlds",
        "trust in you",
    ):
        assert part in text


def test_json_is_one_object_with_the_same_numbers_each_time(folder: Path) -> None:
    text = played(["--file", "finished.toml", "--worlds", "2", "--json"])
    assert text == played(["--file", "finished.toml", "--worlds", "2", "--json"])
    found = json.loads(text)
    assert found["seen"] == json.loads(json.dumps(seen(Game.from_file("finished.toml"))))
    assert set(found["ending"]["elsewhere"]) == {*found["ending"]["arms"]} - {"you"}


def test_it_asks_each_month_and_keeps_the_game(folder: Path) -> None:
    first = "3\n20\n10\n0\n"
    text = played(["--team", "1", "--worlds", "0", "--out", "mine.toml"], first + "\n" * 44)
    assert "Month 12 of 12" in text
    game = Game.from_file("mine.toml")
    assert [d.model_dump() for d in game.decisions] == [
        {"month": 1, "visit_interval": 3.0, "doing": 0.2, "escalating": 0.1, "inducting": 0.0}
    ]
    assert game.over


def test_too_much_time_is_asked_for_again(folder: Path) -> None:
    text = played(["--team", "1", "--worlds", "0"], "1\n80\n80\n0\n" + "\n" * 48)
    assert "together 1 at most" in text
    assert Game.from_file("game.toml").decisions == ()


def test_a_game_left_in_the_middle_is_gone_on_with(folder: Path) -> None:
    left = CliRunner().invoke(cli, ["play", "--worlds", "0"], input="2\n20\n10\n0\n" + "\n" * 8)
    assert left.exit_code == 1  # no more input: as Ctrl-C
    assert Game.from_file("game.toml").lived_months == 3
    assert json.loads(played(["--file", "game.toml", "--json"]))["ending"] is None
    played(["--file", "game.toml", "--worlds", "0"], "\n" * 36)
    at_once = Game.checked(Game.from_file("game.toml").model_dump(), "test")
    assert at_once.over
    assert [decision.month for decision in at_once.decisions] == [1]


def test_who_leaves_is_told_how_to_go_on(folder: Path) -> None:
    words = [sys.executable, "-c", "from experiments.cli import main; main()", "play", "--out", "mine.toml"]
    left = subprocess.run(words, input="\n" * 4, capture_output=True, text=True, check=False)
    assert left.returncode == 130
    assert "crtsip play --file mine.toml goes on with it" in left.stderr
    assert Game.from_file("mine.toml").lived_months == 1


def test_what_stands_there_is_not_replaced(folder: Path) -> None:
    with pytest.raises(InputError, match=r"finished\.toml is there already"):
        CliRunner().invoke(cli, ["play", "--out", "finished.toml"], catch_exceptions=False)
    with pytest.raises(InputError, match="--team: the game's file decides this"):
        CliRunner().invoke(cli, ["play", "--file", "finished.toml", "--team", "2"], catch_exceptions=False)


def test_a_profile_with_a_mistake_is_refused_with_its_line(folder: Path) -> None:
    (folder / "ours.toml").write_text('name = "ours"\nposts = 1\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"ours.toml, line 2: posts = 1"):
        CliRunner().invoke(cli, ["play", "--team", "ours.toml"], catch_exceptions=False)
