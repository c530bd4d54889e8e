"""A game is a run of the model: replays are equal, a decision changes later weeks alone, nothing hidden is shown."""

from pathlib import Path

import numpy as np
import pytest

from calibration import posterior
from experiments import Experiment, Scenario
from experiments.errors import InputError
from experiments.play import Game, ending, seen
from experiments.play.arms import YOU, World, after, arms
from experiments.play.game import COLUMNS
from experiments.play.life import begun, months_of
from experiments.play.policies import POLICIES
from model.crisis_teams import CrisisTeams
from model.ensemble import runs_of
from model.noise import PhiloxTape
from model.outcomes import OUTCOME_NAMES, reduce_run
from model.programme.plan import weeks_of

TABLE = {
    "team": 6,
    "programme": "internal-12",
    "draw": 5,
    "replicate": 3,
    "decisions": [
        {"month": 3, "visit_interval": 2.0, "doing": 0.5, "escalating": 0.2},
        {"month": 8, "inducting": 0.4},
    ],
}
PLAYED = Game.checked(TABLE, "test")
LEFT_ALONE = Game.checked(TABLE | {"decisions": []}, "test")
OWN = {"name": "our team", "posts": 12, "baseline_total": 110, "busyness": "unknown"}


def lived(game: Game) -> CrisisTeams:
    model = begun(game)
    for _ in months_of(game, model):
        pass
    return model


def weeks(game: Game) -> np.ndarray:
    model = lived(game)
    return np.array(model.records[model.teams[0].name].weeks)


# -- the same model --------------------------------------------------------------------------------------------------


def test_a_game_without_decisions_is_the_plain_run_to_the_last_bit() -> None:
    experiment = Experiment(
        [Scenario("internal-12")], draws=posterior(6), replicates=4, teams=[6], months=24.0
    )
    result = experiment.run()
    run = begun(LEFT_ALONE).run()
    found = reduce_run(run.p, runs_of(run)[0])
    for name in OUTCOME_NAMES:
        stored = result.outcome(name, "internal-12")[5, 3, 0]
        assert np.array_equal(found[name], stored, equal_nan=True), name


def test_a_game_played_again_is_the_same() -> None:
    assert np.array_equal(weeks(PLAYED), weeks(PLAYED))
    assert seen(PLAYED) == seen(Game.from_text(PLAYED.to_toml(), "file"))


@pytest.mark.parametrize("month", [1, 4, 12])
def test_a_decision_changes_no_week_before_it(month: int) -> None:
    decided = Game.checked(TABLE | {"decisions": [{"month": month, "doing": 1.0}]}, "test")
    before = weeks_of(month - 1) + 1  # week 0 is before the programme
    one, other = weeks(decided), weeks(LEFT_ALONE)
    assert np.array_equal(one[:before], other[:before])
    assert not np.array_equal(one[before:], other[before:])


def test_a_decision_holds_until_the_next_one() -> None:
    rows = begun(PLAYED).teams[0].plan.rows[:, COLUMNS]
    planned = begun(LEFT_ALONE).teams[0].plan.rows[:, COLUMNS]
    third, eighth = weeks_of(2), weeks_of(7)
    assert np.array_equal(rows[:third], planned[:third])
    assert (rows[third:eighth] == [2.0, 0.5, 0.2, 0.0]).all()
    assert (rows[eighth:] == [1.0, 0.0, 0.0, 0.4]).all()


def test_nothing_but_the_facilitators_time_is_decided() -> None:
    rows, planned = (begun(game).teams[0].plan.rows for game in (PLAYED, LEFT_ALONE))
    others = [column for column in range(rows.shape[1]) if column not in COLUMNS]
    assert np.array_equal(rows[:, others], planned[:, others])


def test_both_engines_live_a_game_to_the_same_numbers() -> None:
    compiled = arms(PLAYED, [World(5, PhiloxTape(1, 3))])
    run = begun(PLAYED).run()
    found = reduce_run(run.p, runs_of(run)[0])
    for name in OUTCOME_NAMES:
        assert np.array_equal(compiled.outcome(name, YOU)[0], found[name], equal_nan=True), name


# -- what is seen ----------------------------------------------------------------------------------------------------


def test_months_seen_do_not_depend_on_how_far_the_game_goes() -> None:
    whole, part = seen(PLAYED), seen(PLAYED.after(5))
    assert part[:5] == whole[:5]
    assert part[5] == whole[5]


def test_months_add_up_to_the_run() -> None:
    model, months = lived(PLAYED), seen(PLAYED)
    assert sum(month["visits"] for month in months) == model.teams[0].visits
    assert sum(month["called_off"] for month in months) == model.teams[0].visits_lost
    told = sum(hours for month in months for hours in month["hours"].values())
    booked = sum(model.records["team 6"].hours[6:])
    assert told == pytest.approx(booked, abs=0.05 * 8 * 13)


def test_hidden_states_are_not_shown() -> None:
    """Whatever stands in a month is a count, an hour, a reviewed total or a word: no share of a state."""
    team = lived(PLAYED).teams[0]
    hidden = {
        round(state, 3) for state in (team.bond.trust, team.trust.support, team.priority, team.pressure)
    }
    text = str(
        [
            {name: value for name, value in month.items() if name not in ("hours", "time")}
            for month in seen(PLAYED)
        ]
    )
    assert not [state for state in hidden if f"{state:.2f}" in text]
    assert "buy-in" not in text
    assert "pressure" not in text


def test_a_review_is_known_when_its_report_was_read() -> None:
    model, months = begun(PLAYED), seen(PLAYED)
    held = [event.week for event in model.run().log if event.what == "review held"]
    assert len(held) == 3
    for month in months[1:]:
        read = [week for week in held[1:] if week < weeks_of(month["month"])]
        assert (month["score"]["month"] > 0.0) == bool(read)
    assert months[-1]["score"]["report_due"]


# -- the end ---------------------------------------------------------------------------------------------------------


def test_the_end_compares_with_the_policies_in_the_same_life() -> None:
    found = ending(PLAYED, worlds=0)
    planned = found["arms"]["as-planned"]
    run = begun(LEFT_ALONE).run()
    outcomes = reduce_run(run.p, runs_of(run)[0])
    assert planned["reviewed"] == outcomes["gain_12m"]
    assert planned["practice"] == pytest.approx(outcomes["latent_gain_12m"], abs=1e-6)
    assert found["arms"]["no-sip"]["visits"] == 0
    best = found["arms"][found["best"]]["practice"]
    assert best == max(found["arms"][name]["practice"] for name in POLICIES)


def test_what_decisions_changed_adds_up_to_the_difference_from_the_plan() -> None:
    found = ending(PLAYED, worlds=0)
    assert len(found["decisions"]) == 2
    changed = sum(decision["practice"] for decision in found["decisions"])
    difference = found["arms"][YOU]["practice"] - found["arms"]["as-planned"]["practice"]
    assert changed == pytest.approx(difference, abs=1e-5)
    assert changed != 0.0


def test_policies_differ_in_where_the_hours_go() -> None:
    found = ending(PLAYED, worlds=0)["arms"]
    for policy, kind in (("leaders", "with leaders"), ("newcomers", "inducting"), ("doing", "own work")):
        hours = {name: found[name]["hours"][kind] for name in POLICIES}
        assert hours[policy] == max(hours.values()) > 0.0
    assert found["monthly"]["visits"] < found["coaching"]["visits"]
    assert found["monthly"]["hours"]["travel"] < found["coaching"]["hours"]["travel"]


def test_elsewhere_is_other_luck_and_the_same_decisions() -> None:
    found = ending(PLAYED, worlds=4)["elsewhere"]
    worlds = [World(draw, PhiloxTape(1, replicate)) for draw in range(4) for replicate in (4, 5)]
    lives = arms(PLAYED, worlds)
    difference = lives.outcome("latent_gain_12m", YOU) - lives.outcome("latent_gain_12m", "doing")
    assert found["doing"]["mean"] == pytest.approx(difference.mean(), abs=1e-6)
    assert found["doing"]["verdict"] in ("likely", "unlikely", "about as likely as not")
    assert np.array_equal(lives.outcome("gain_12m", after(0)), lives.outcome("gain_12m", "as-planned"))


def test_a_game_that_is_not_over_has_no_end() -> None:
    with pytest.raises(InputError, match="Month 4 of 12 was played"):
        ending(PLAYED.after(4))


# -- the file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "game", [PLAYED, LEFT_ALONE, PLAYED.after(5), Game.checked({"profile": OWN}, "test")]
)
def test_a_file_holds_the_whole_game(game: Game, tmp_path: Path) -> None:
    path = tmp_path / "game.toml"
    path.write_text(game.to_toml(), encoding="utf-8")
    assert Game.from_file(path) == game


def test_a_team_of_ones_own_is_played() -> None:
    months = seen(Game.checked({"profile": OWN, "played": 2}, "test"))
    assert months[0]["people"]["posts"] == 12
    assert months[0]["score"] == {"total": 110, "band": "low", "month": 0.0, "report_due": False}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("team = 7\n", r"game.toml, line 1: team = 7: should be less than or equal to 6"),
        ("team = 3\nprogrammes = 'x'\n", r"line 2: unknown key 'programmes'. Did you mean 'programme'\?"),
        ("programme = 'internal-12'\n", "give a team, 1 to 6, or the profile"),
        ("team = 3\nprogramme = 'internl-12'\n", "Did you mean 'internal-12'"),
        ("team = 3\nprogramme = 'no-facilitator'\n", "no-facilitator has no facilitator to be"),
        ("team = 3\nprogramme = 'readiness-first'\n", "readiness-first cannot be played"),
        ("team = 3\nprogramme = 'core-12-recorded'\n", "core-12-recorded cannot be played"),
        ("team = 3\ndraw = 100000\n", "draw = 100000: there are draws 0 to"),
        ("team = 3\n[[decisions]]\nmonth = 13\n", "lasts 12 months"),
        ("team = 3\nplayed = 13\n", "lasts 12 months"),
        ("team = 3\n[[decisions]]\nmonth = 2\ndoing = 0.8\ninducting = 0.4\n", "together 1 at most"),
        ("team = 3\n[[decisions]]\nmonth = 2\n[[decisions]]\nmonth = 2\n", "one a month"),
        ("[profile]\nposts = 1\n", "posts = 1"),
        ("team = \n", "not valid TOML"),
    ],
)
def test_a_mistake_in_a_file_is_told(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Game.from_text(text, "game.toml")
