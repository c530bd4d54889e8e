"""Length: what is held equal is equal, what cannot be is told, and the gain is taken at the right month."""

import numpy as np
import pytest

from calibration import posterior
from experiments import Experiment, Result, Scenario
from experiments.plots.length import length_curve
from experiments.questions import equal, lasting, length
from experiments.questions.equal import FEWEST, FIRST, LENGTHS, RULES, name, scenario
from model.programme.plan import Kind, resolve, weeks_of
from model.record import NAMES
from model.sites import Site

OPTIONS = {"draws": posterior(3), "replicates": 1, "teams": [6]}
SOLVED = {6: 9.0, 18: 1.5, 24: 1.0, 36: FEWEST}


@pytest.fixture(scope="module")
def result() -> Result:
    arms = [scenario("weekly", months) for months in LENGTHS]
    arms += [scenario("hours", months) for months in LENGTHS if months != FIRST]
    arms += [scenario("cost", months, hours) for months, hours in SOLVED.items()]
    return Experiment([*arms, Scenario("no-sip")], **OPTIONS, months=48.0).run()


def test_the_same_facilitators_hours_are_planned_whatever_the_length() -> None:
    for months in LENGTHS:
        plan = resolve(scenario("hours", months).programme, Site(), 0.3, 2)
        assert plan.rows[:, 0].sum() == pytest.approx(equal.HALF_A_DAY * 52.0, rel=0.01)


def test_a_stretched_calendar_has_as_many_meetings_and_reviews() -> None:
    counts = []
    for months in LENGTHS:
        events = resolve(scenario("cost", months).programme, Site(), 0.3, 2).events
        kinds = [event.kind for event in events]
        counts.append((kinds.count(Kind.MEETING), kinds.count(Kind.REVIEW)))
    assert counts == [counts[0]] * len(LENGTHS)


def test_at_the_first_length_all_rules_are_one() -> None:
    assert {name(rule, FIRST) for rule in RULES} == {"weekly-12"}
    assert scenario("weekly", FIRST).programme == Scenario("core-12").programme


def test_the_hours_are_solved_so_that_the_cost_agrees() -> None:
    hours = equal.equal_cost_hours(6, {}, OPTIONS)
    arms = [scenario("weekly", FIRST), scenario("cost", 6, hours)]
    found = Experiment(arms, **OPTIONS, months=48.0).run()
    one, two = (float(np.nanmean(found.outcome("cost", arm.name))) for arm in arms)
    assert FEWEST < hours < equal.MOST
    assert two == pytest.approx(one, rel=0.03)


def test_a_cost_that_cannot_be_reached_is_told_with_what_is_left_of_it(result: Result) -> None:
    assert equal.unreachable(result) == [36]
    told = [
        sentence
        for sentence in length.answer(result).sentences
        if sentence.startswith("No facilitator's hours")
    ]
    assert len(told) == 1
    assert "36 months" in told[0]
    assert f"{100 * equal.residual(result, 36):.0f}%" in told[0]


def test_the_net_gain_is_that_over_no_programme_at_the_same_month(result: Result) -> None:
    found = lasting.net_gain(result, "weekly-18", 12.0)
    at = result.experiment.month_ends.index(weeks_of(30.0))
    latent = [
        result.series[result.scenarios.index(arm), ..., at, NAMES.index("latent_total")]
        for arm in ("weekly-18", "no-sip")
    ]
    assert found == pytest.approx(latent[0] - latent[1])
    assert np.isnan(lasting.net_gain(result, "weekly-36", 24.0)).all()


def test_a_gain_in_the_year_after_agrees_with_the_outcomes(result: Result) -> None:
    grown = lasting.net_gain(result, "weekly-12", 12.0) - lasting.net_gain(result, "weekly-12", 0.0)
    own = result.outcome("latent_gain_24m", "weekly-12") - result.outcome("latent_gain_12m", "weekly-12")
    none = result.outcome("latent_gain_24m", "no-sip") - result.outcome("latent_gain_12m", "no-sip")
    assert grown == pytest.approx(own - none, abs=1e-4)


def test_the_curve_marks_what_does_not_cost_the_same(result: Result) -> None:
    figure = length_curve(result)
    hollow = [line for axes in figure.axes for line in axes.lines if line.get_markerfacecolor() == "white"]
    assert len(figure.axes) == len(lasting.MOMENTS)
    assert len(hollow) == len(lasting.MOMENTS)
    assert {round(float(line.get_xdata()[0])) for line in hollow} == {37}


def test_length_cannot_be_set() -> None:
    with pytest.raises(ValueError, match="this question varies it"):
        length.experiment({"programme.months": "12"}, **OPTIONS)
