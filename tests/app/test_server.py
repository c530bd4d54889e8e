"""The server answers this page alone, refuses what it should, and says what is wrong in which line."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from results import PATIENCE, until
from serving import JSON, PAGE, asked, first_line, served, told

from calibration import posterior
from experiments import Experiment
from experiments.app import server
from experiments.app.choices import read
from experiments.app.desk import Desk
from experiments.cli import cli
from experiments.page import write_page
from experiments.play import Decision, Game
from experiments.prediction import Prediction, read_prediction
from experiments.result import read_result


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(Desk(posterior(6), replicates=2, patience=0.0)) as found:
        yield found


def test_the_page_and_its_files_come_with_a_strict_policy(address: str) -> None:
    for path, kind in (
        ("/", "text/html"),
        ("/page/compare.js", "text/javascript"),
        ("/page/style.css", "text/css"),
    ):
        status, headers, content = asked(address, path)
        assert status == 200
        assert content
        assert headers["content-type"].startswith(kind)
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/page/none.js", "/page/..%2Fserver.py", "/page/%2e%2e/server.py", "/server.py"]
)
def test_nothing_but_the_pages_files_is_given(address: str, path: str) -> None:
    assert asked(address, path)[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80"])
def test_another_name_that_points_here_is_turned_away(address: str, host: str) -> None:
    assert asked(address, "/", headers={"Host": host})[0] == 400
    assert asked(address, "/api/compare", json.dumps(PAGE).encode(), JSON | {"Host": host})[0] == 400


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        JSON | {"Sec-Fetch-Site": "cross-site"},
        JSON | {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_pages_cannot_ask(address: str, headers: dict[str, str]) -> None:
    assert asked(address, "/api/compare", json.dumps(PAGE).encode(), headers)[0] == 403


def test_too_large_a_request_is_refused(address: str) -> None:
    status, _, content = asked(address, "/api/compare", b"x" * (server.LARGEST_REQUEST + 1), JSON)
    assert status == 413
    assert b"200,000 bytes" in content


def test_a_comparison_comes_in_better_and_better_lines(address: str) -> None:
    status, lines = told(address, "/api/compare", PAGE)
    assert status == 200
    *before, last = [(line["draws"], line["replicates"], line["last"]) for line in lines]
    assert last == (6, 2, True)
    assert before in ([], [(6, 1, False)]), "a stage is left out where the next one is known by then"
    assert lines[0]["files"] == {"a.toml": 'base = "internal-12"\n', "b.toml": 'base = "external-12"\n'}
    assert lines[0]["command"] == (
        "crtsip compare a.toml b.toml --team 3 --months 24 --draws 6 --replicates 2 --seed 1"
    )


BAD = 'base = "core-12"\n\n[programme]\nmonths = 12.0\nmonts = 3\n'


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"a": {"text": BAD, "file": "mine.toml"}},
            "mine.toml, line 5: unknown key 'programme.monts'. Did you mean 'months'?",
        ),
        ({"a": {"text": "base = core"}}, "the file is not valid TOML"),
        ({"a": {"preset": "no-sip"}}, "There is no preset 'no-sip' here."),
        ({"a": {"text": "base = 'no-sip'"}}, "the page compares programmes of some months"),
        ({"a": {"text": "base = 'places-of-safety'"}}, "aim at fidelity"),
        ({"team": "7"}, "team: String should match pattern"),
        (
            {"team": "own", "profile_text": "\nposts = 1\n"},
            "your team, line 2: posts = 1: should be greater than",
        ),
        ({"a": {"text": "x" * 20_001}}, "a.text: String should have at most 20000 characters"),
        ({"extra": 1}, "extra: Extra inputs are not permitted"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(address: str, changes: dict[str, Any], said: str) -> None:
    status, (answer,) = told(address, "/api/compare", PAGE | changes)
    assert status == 422
    assert said in answer["error"]


def test_what_is_no_question_is_refused(address: str) -> None:
    for body in (b"[]", b"nothing", b'{"a": NaN}'):
        assert asked(address, "/api/compare", body, JSON)[0] == 422
    for run in (
        None,
        {"draw": 6, "replicate": 0},
        {"draw": 0.5, "replicate": 0},
        {"draw": 0, "replicate": -1},
    ):
        assert told(address, "/api/watch", PAGE | {"run": run})[0] == (200 if run is None else 422)
    status, (answer,) = told(
        address, "/api/watch", PAGE | {"team": "six", "run": {"draw": 0, "replicate": 0}}
    )
    assert (status, answer["error"]) == (422, "One team at a time can be watched: choose one.")


def test_a_page_that_asks_anew_or_goes_away_no_longer_waits() -> None:
    desk = Desk(posterior(60), replicates=40, workers=1)
    with served(desk) as address:
        first: list[Any] = []
        question = PAGE | {"team": "six"}
        waiting = Thread(target=lambda: first.extend(told(address, "/api/compare", question)[1]))
        waiting.start()
        until(lambda: desk.asked == 1)
        line = first_line(address, "/api/compare", question | {"a": {"preset": "core-12"}})
        waiting.join(PATIENCE)
        assert not any(line["last"] for line in first)
        assert not line["last"]
        until(lambda: desk.asked == 0)


def test_the_report_is_that_of_the_command_line_with_the_learners_notes(address: str) -> None:
    notes = {"question": "Who <helps> more?", "hypothesis": "External", "direction": "b", "decision": "Wait"}
    status, headers, content = asked(
        address, "/api/report", json.dumps(PAGE | {"notes": notes}).encode(), JSON
    )
    assert status == 200
    assert headers["content-type"].startswith("text/html")
    question = read(PAGE).question()
    experiment = Experiment(
        question.scenarios, draws=posterior(6), replicates=2, teams=question.teams, months=question.months
    )
    prediction = Prediction(experiment=experiment.fingerprint(), **notes | {"direction": "b above a"})
    command = read(PAGE).command(24.0) + Desk(posterior(6), replicates=2, patience=0.0).options
    assert content.decode() == server.reported(experiment.run(), command, prediction)
    assert "Who &lt;helps&gt; more?" in content.decode()
    assert told(address, "/api/report", PAGE | {"notes": {"direction": "up"}})[0] == 422


def test_more_questions_than_the_desk_takes_are_told_to_come_again(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("experiments.app.desk.MOST_QUESTIONS", 0)
    status, (answer,) = told(address, "/api/compare", PAGE | {"session": "othertest"})
    assert (status, answer["error"]) == (503, "Too many questions at once: try again in a moment.")


def test_a_game_is_played_turn_by_turn(address: str) -> None:
    turn: dict[str, Any] = {"team": "3", "played": 2, "decisions": [{"month": 2, "doing": 0.5}]}
    status, (found,) = told(address, "/api/play", turn)
    assert status == 200
    assert [month["month"] for month in found["seen"]] == [0, 1, 2]
    assert found["ending"] is None
    game = Game.from_text(found["file"], "file")
    assert game.lived_months == 2
    assert game.decisions == (Decision(month=2, doing=0.5),)


def test_a_team_of_ones_own_is_played_as_it_is_set(address: str) -> None:
    turn = {"team": "own", "profile": {"posts": 9}}
    assert told(address, "/api/play", turn)[1][0]["seen"][0]["people"]["posts"] == 9


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"team": "9"}, "team"),
        ({"programme": "no-facilitator"}, "no facilitator to be"),
        ({"draw": 10_000}, "there are draws 0 to"),
        ({"played": 13}, "less than or equal to 12"),
        ({"decisions": [{"month": 1, "doing": 0.9, "inducting": 0.9}]}, "together 1 at most"),
        ({"team": "own", "profile_text": "posts = 1\n"}, "your team, line 1: posts = 1"),
    ],
)
def test_what_cannot_be_played_is_told(address: str, changed: dict[str, Any], message: str) -> None:
    status, (found,) = told(address, "/api/play", {"team": "3"} | changed)
    assert status == 422
    assert message in found["error"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"b": {"preset": "external-12", "values": {"facilitation.hours_per_week": 7.5}}, "team": "six"},
        {"team": "own", "profile": {"posts": 12.0}},
        {"team": "own", "profile_text": "baseline_total = 120\nposts = 14\n"},
    ],
    ids=["a preset", "a lever", "a team of one's own", "a team's file"],
)
def test_the_prediction_is_the_one_the_command_line_reads(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any]
) -> None:
    notes = {"question": "Who “helps” more?", "hypothesis": "A\nB \\", "direction": "b", "findings": "x"}
    question = PAGE | changes
    body = json.dumps(question | {"notes": notes}).encode()
    status, _, content = asked(address, "/api/prediction", body, JSON)
    assert status == 200
    for name, text in read(question).files().items():
        (tmp_path / name).write_text(text)
    options = Desk(posterior(6), replicates=2).options.replace("--replicates 2", "--replicates 1")
    command = (read(question).command(24.0) + options).split()[1:]
    monkeypatch.chdir(tmp_path)
    cli.main([*command, "--out", "kept", "--quiet"], standalone_mode=False)
    (tmp_path / "kept" / "prediction.toml").write_bytes(content)
    kept = read_result(tmp_path / "kept")
    found = read_prediction(tmp_path / "kept", kept.experiment)
    assert found is not None
    assert found.model_dump(exclude={"experiment"}) == notes | {"direction": "b above a", "decision": ""}
    write_page(kept, tmp_path / "report.html", prediction=found)
    assert "Who “helps” more?" in (tmp_path / "report.html").read_text()


def test_no_notes_make_no_prediction(address: str) -> None:
    status, (answer,) = told(address, "/api/prediction", PAGE | {"notes": {}})
    assert (status, answer["error"][:17]) == (422, "Nothing is noted:")
