"""The user's own team: asked for in a manager's words, checked by line, and open where it is not known."""

import json
import sys
from io import StringIO
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from calibration import posterior, prior
from experiments import Experiment, Scenario, read_result
from experiments.cli import main
from experiments.errors import InputError
from experiments.profile import UncertainSite, own_team, profile_schema, profile_text, restored
from experiments.profile.answers import understood
from experiments.profile.population import population
from experiments.profile.questions import QUESTIONS
from experiments.replay import replayed
from model.sites import Site

ASKED = {question.name: question for question in QUESTIONS}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = "") -> int:
    monkeypatch.setattr(sys, "argv", ["crtsip", *arguments])
    monkeypatch.setattr(sys, "stdin", StringIO(typed))
    try:
        main()
    except SystemExit as leave:
        return int(leave.code or 0)
    return 0


def profile(folder: Path, text: str) -> Path:
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return path


def open_team(folder: Path) -> UncertainSite:
    site = own_team(profile(folder, 'posts = 9\nbusyness = [1.0, 1.2]\nbaseline_total = "unknown"\n'))
    assert isinstance(site, UncertainSite)
    return site


# -- what is not known ---------------------------------------------------------------------------------------


def test_each_draw_takes_values_of_its_own_within_the_ranges(tmp_path: Path) -> None:
    team = open_team(tmp_path)
    sites = [team.drawn(draw) for draw in range(2000)]
    busyness, baseline = (
        np.array([getattr(site, name) for site in sites]) for name in ("busyness", "baseline_total")
    )
    assert 1.0 <= busyness.min() < 1.02 < 1.18 < busyness.max() <= 1.2
    assert np.quantile(baseline, [0.25, 0.5, 0.75]) == pytest.approx([111, 122, 132], abs=5)
    assert 73 <= baseline.min() < 85 < 145 < baseline.max() <= 151
    assert abs(np.corrcoef(busyness, baseline)[0, 1]) < 0.15
    assert {site.posts for site in sites} == {9}
    assert type(sites[0]) is Site


def test_a_draws_values_do_not_depend_on_scenario_replicate_or_how_many_draws_there_are(
    tmp_path: Path,
) -> None:
    team = open_team(tmp_path)
    few, many = (
        Experiment([Scenario("core-12")], draws=posterior(count), replicates=1, teams=[team])
        for count in (3, 9)
    )
    for draw in range(3):
        found = {
            experiment.networks(scenario, draw)[0].sites[0]
            for experiment in (few, many)
            for scenario in experiment.scenarios
        }
        assert len(found) == 1


def test_two_teams_that_are_alike_in_words_differ_in_what_is_not_known() -> None:
    ranges = (("busyness", (0.9, 1.1)),)
    one, two = (UncertainSite(name=str(k), number=k, ranges=ranges) for k in (1, 2))
    assert one.drawn(0).busyness != two.drawn(0).busyness


def test_a_setting_of_the_world_overrides_what_is_not_known(tmp_path: Path) -> None:
    scenario = Scenario("core-12").with_set({"busyness": "1.5"})
    experiment = Experiment([scenario], draws=prior(2), replicates=1, teams=[open_team(tmp_path)])
    assert [experiment.networks(scenario, draw)[0].sites[0].busyness for draw in (0, 1)] == [1.5, 1.5]


def test_a_kept_result_holds_the_ranges_and_replays_to_the_last_bit(here: Path) -> None:
    team = open_team(here)
    experiment = Experiment(
        [Scenario("core-12")], draws=prior(2), replicates=1, teams=[team], months=2.0, engine="mesa"
    )
    experiment.run(out=here / "res")
    assert read_result(here / "res").experiment.teams == (team,)
    assert read_result(here / "res").experiment.fingerprint() == experiment.fingerprint()
    assert replayed(here / "res", "core-12", "ours", 1, 0).equal


def test_what_is_known_stays_a_plain_site(tmp_path: Path) -> None:
    site = own_team(profile(tmp_path, "posts = 9\nbusyness = 1.1\n"))
    assert type(site) is Site
    assert restored(site.model_dump(mode="json")) == site


# -- a wrong profile -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("posts = 9\nvacancy = [0.1, 1.4]\n", ["line 2", "1.4", "less than or equal to 1"]),
        ("posts = 9\nvacancy = [0.4, 0.1]\n", ["line 2", "vacancy = [0.4, 0.1]", "lower end first"]),
        ('posts = "unknown"\n', ["line 1", "posts = 'unknown'", "valid integer"]),
        ('vacancy = "unknwn"\n', ["line 1", "vacancy = 'unknwn'", "valid number"]),
        ("vacancy = [0.1, 0.2, 0.3]\n", ["line 1", "vacancy", "valid number"]),
        ("posts = 9\nbaseline_total = [100.5, 120]\n", ["line 2", "100.5", "valid integer"]),
    ],
)
def test_a_wrong_range_is_refused_with_line_value_and_remedy(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        own_team(profile(tmp_path, text))
    assert [part for part in ["ours.toml", *expected] if part not in str(caught.value)] == [], str(
        caught.value
    )


# -- questions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_says_unit_what_is_allowed_default_and_why(question) -> None:
    assert question.name in Site.model_fields
    assert all([question.asks.endswith("?"), question.unit, question.allowed, question.usual, question.why])
    assert understood(question, "") == question.default


@pytest.mark.parametrize("name", population())
def test_ordinary_teams_lie_within_what_is_allowed(name: str) -> None:
    knots, source = population()[name]
    assert list(knots) == sorted(knots)
    assert source
    for end in (knots[0], knots[-1]):
        Site.model_validate({name: int(end) if Site.model_fields[name].annotation is int else end})


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("vacancy", "20%", 0.2),
        ("vacancy", "3/12", 0.25),
        ("vacancy", "0.1 to 0.3", [0.1, 0.3]),
        ("vacancy", "10% - 30%", [0.1, 0.3]),
        ("vacancy", "[0.1, 0.3]", [0.1, 0.3]),
        ("vacancy", "?", "unknown"),
        ("posts", "14", 14),
        ("baseline_total", "100-120", [100, 120]),
        ("manager_stance", "sceptical", [0.1, 0.4]),
        ("targets", "12, 3 7", [3, 7, 12]),
        ("targets", "none", []),
        ("name", "Northgate", "Northgate"),
    ],
)
def test_an_answer_is_understood(name: str, text: str, value: object) -> None:
    assert understood(ASKED[name], text) == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("vacancy", "1.5", "vacancy = 1.5: allowed is 0 to 1"),
        ("vacancy", "0.3 to 0.1", "lower end first"),
        ("vacancy", "many", "not a number"),
        ("vacancy", "1/0", "not a number"),
        ("manager_stance", "scepticl", "Did you mean 'sceptical'?"),
        ("posts", "?", "has to be known"),
        ("posts", "12 to 14", "give one number"),
        ("posts", "12.5", "whole number"),
        ("targets", "3, 40", "1 to 39"),
        ("targets", "some", "1 to 39"),
    ],
)
def test_an_answer_that_is_not_allowed_is_refused_in_words(name: str, text: str, said: str) -> None:
    with pytest.raises(InputError, match=name) as caught:
        understood(ASKED[name], text)
    assert said in str(caught.value)


def test_what_is_written_is_read_again_and_fits_the_schema(tmp_path: Path) -> None:
    import tomllib

    answers = {
        "posts": 14,
        "vacancy": 0.2,
        "manager_stance": [0.1, 0.4],
        "targets": [3, 7],
        "name": 'The "North"',
    }
    text = profile_text(answers)
    jsonschema.validate(tomllib.loads(text), profile_schema())
    site = own_team(profile(tmp_path, text))
    assert isinstance(site, UncertainSite)
    assert (site.posts, site.vacancy, site.targets, site.name) == (14, 0.2, (3, 7), 'The "North"')
    assert dict(site.ranges)["manager_stance"] == (0.1, 0.4)
    assert dict(site.ranges)["baseline_total"] == population()["baseline_total"][0]


@pytest.mark.parametrize(
    "wrong", [{"vacancy": "often"}, {"vacancy": [0.1]}, {"vacancy": 3}, {"posts": "unknown"}]
)
def test_the_schema_refuses_what_the_reader_refuses(wrong: dict[str, object]) -> None:
    assert not jsonschema.Draft202012Validator(profile_schema()).is_valid(wrong)


# -- the commands --------------------------------------------------------------------------------------------


def test_a_profile_is_made_by_questions_and_asks_again_after_a_slip(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ["Northgate", "12.5", "12", *[""] * (len(QUESTIONS) - 3)]
    assert call(monkeypatch, "team", "new", "--set", "vacancy=20%", typed="\n".join(typed) + "\n") == 0
    text = capsys.readouterr().out
    assert "posts = 12.5: give a whole number" in text
    assert f"1 of {len(QUESTIONS) - 1}." in text
    site = own_team(here / "team.toml")
    assert (site.name, site.posts, site.vacancy) == ("Northgate", 12, 0.2)


def test_answers_that_end_early_write_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call(monkeypatch, "team", "new", typed="Northgate\n") == 130
    assert not (here / "team.toml").exists()


def test_a_file_that_is_there_is_replaced_by_force_alone(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = profile(here, "posts = 4\n")
    assert call(monkeypatch, "team", "new", str(path), "--from-defaults") == 2
    assert "--force" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "posts = 4\n"
    assert call(monkeypatch, "team", "new", str(path), "--from-defaults", "--force") == 0
    assert own_team(path).posts == 21


@pytest.mark.parametrize(
    ("setting", "said"),
    [("posts", "write NAME=VALUE"), ("pots=3", "Did you mean 'posts'?"), ("posts=900", "allowed is 3 to 69")],
)
def test_a_wrong_setting_is_refused(
    here: Path, setting: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "team", "new", "--from-defaults", "--set", setting) == 2
    assert said in capsys.readouterr().err


def test_check_tells_what_is_known_what_is_drawn_and_what_is_the_typical_teams(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = profile(here, 'posts = 9\nbusyness = [1.0, 1.2]\nvacancy = "unknown"\n')
    assert call(monkeypatch, "team", "check", str(path), "--json") == 0
    kinds = {row["field"]: row["kind"] for row in json.loads(capsys.readouterr().out)["fields"]}
    assert kinds["posts"] == "known"
    assert kinds["busyness"].startswith("a range")
    assert kinds["vacancy"].startswith("not known")
    assert kinds["turnover"].startswith("not given")
    assert call(monkeypatch, "team", "check", str(path)) == 0
    assert "1 to 1.2" in capsys.readouterr().out


def test_check_refuses_a_wrong_profile_with_status_2(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "team", "check", str(profile(here, "posts = 9\nturnovr = 1\n"))) == 2
    assert "line 2: unknown key 'turnovr'. Did you mean 'turnover'?" in capsys.readouterr().err


def test_a_new_profile_runs_in_a_comparison(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "team", "new", "ours.toml", "--from-defaults", "--set", "posts=4") == 0
    capsys.readouterr()
    small = {"--draws": "2", "--replicates": "1", "--months": "2", "--workers": "1", "--out": "res"}
    given = [word for option in small.items() for word in option]
    arguments = ("core-12", "core-24", "--team", "ours.toml", *given, "--json", "--quiet")
    assert call(monkeypatch, "compare", *arguments) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["teams"] == ["our team"]
    assert any(sentence.startswith("our team: baseline_total, busyness") for sentence in found["undecided"])
