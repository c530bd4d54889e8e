"""What the ready questions share: settings, and how an answer is told."""

import json
from pathlib import Path

import numpy as np
import pytest

from calibration import posterior
from experiments import Result, Scenario
from experiments.errors import InputError
from experiments.questions import answers, placement
from experiments.questions.answers import counted, laid, left_open, open_groups, to_dict, write_page


@pytest.fixture(scope="module")
def result() -> Result:
    return placement.experiment(draws=posterior(3), replicates=2, teams=[6], months=13.0).run()


def test_settings_of_the_world_reach_arms_without_a_programme_and_levers_do_not() -> None:
    arms = laid(
        [Scenario("core-12"), Scenario("no-sip")], {"turnover": "2.0", "online_resources.promotion": "2"}, ()
    )
    assert [arm.context.turnover for arm in arms] == [2.0, 2.0]
    assert arms[0].programme.online_resources is not None
    assert arms[1].programme.online_resources is None


def test_what_a_question_varies_cannot_be_set() -> None:
    with pytest.raises(InputError, match="--set manager_stance: this question varies it"):
        placement.experiment({"manager_stance": "0.5"}, draws=posterior(1))


def test_json_holds_every_difference_and_no_nan(result: Result) -> None:
    answer = placement.answer(result)
    found = to_dict(result, answer)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert len(found["differences"]) == len(list(answer.lines))
    assert {"mean", "interval_parameters", "interval_chance", "mc95", "p_positive"} <= found["differences"][
        0
    ].keys()


def test_every_undecided_difference_is_listed_and_counted(result: Result) -> None:
    answer = placement.answer(result)
    undecided = [line for line in answer.lines if not line.comparison.decided]
    assert len(left_open(answer)) == len(undecided) > 0
    assert sum(int(text.split(": ")[-1].split()[0]) for text in open_groups(answer)) == len(undecided)


def test_equal_results_give_equal_pages(result: Result, tmp_path: Path) -> None:
    answer = placement.answer(result)
    paths = [
        write_page(
            result, answer, placement.pictures(result), tmp_path / name, command="crtsip ask placement"
        )
        for name in ("a.html", "b.html")
    ]
    one, two = (path.read_text(encoding="utf-8") for path in paths)
    assert one == two
    assert answer.sentences[0] in one.replace("&#39;", "'")
    assert "http://" not in one.replace("http://www.w3.org", "")
    assert "https://" not in one
    assert "data:image" not in one


def test_a_planted_effect_is_counted_as_decided() -> None:
    draws = np.random.default_rng(0).normal(size=(80, 1, 1)) * 0.1
    found = [
        answers.lines(("x", placement.judged(draws + shift, "latent_gain_12m", "a", "b")))[0].comparison
        for shift in (5.0, -5.0, 0.0)
    ]
    assert counted(found) == "1 of 3 are decided for the better, 1 for the worse; 1 are undecided"
