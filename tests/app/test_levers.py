"""What stands on the page is what a scenario file says."""

import pytest

from experiments import levers
from experiments.app import choices
from experiments.app.choices import Chosen
from experiments.errors import InputError
from experiments.profile import UncertainSite
from experiments.profile.population import population
from experiments.scenario import Scenario
from model.sites import Site


@pytest.mark.parametrize("name", levers.offered())
def test_a_preset_as_the_controls_have_it_is_the_preset(name: str) -> None:
    values = levers.values_of(name)
    assert choices.differences(name, values) == {}
    assert choices.scenario(Chosen(preset=name, values=values), "a").programme == Scenario(name).programme


@pytest.mark.parametrize("lever", levers.LEVERS, ids=lambda lever: lever.key)
def test_every_position_of_a_control_is_a_programme_that_differs_from_the_others(lever: levers.Lever) -> None:
    positions = [o.key for o in lever.options] or [lever.low, lever.low + lever.step, lever.high]
    programmes = [
        choices.scenario(Chosen(preset="internal-12", values={lever.key: position}), "a").programme
        for position in positions
    ]
    assert len({programme.model_dump_json() for programme in programmes}) == len(positions)


def test_a_lever_left_at_its_preset_leaves_the_file_without_a_line() -> None:
    text = choices.text_of(Chosen(preset="core-24", values={"months": 24.0, "onboarding.share": 0.5}), "b")
    assert (
        text
        == 'base = "core-24"\ntitle = "Programme B"\n\n[programme]\n\n[programme.onboarding]\nshare = 0.5\n'
    )


def test_without_a_facilitator_the_facilitators_levers_say_nothing() -> None:
    values = {"facilitation.placement": "off", "facilitation.hours_per_week": 7.5}
    assert choices.differences("internal-12", values) == {"without": ["facilitation"]}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"mnths": 12.0}, "There is no lever 'mnths'. Did you mean 'months'?"),
        ({"months": 400.0}, "months = 400.0: give 6 to 36 months."),
        ({"months": "long"}, "months = 'long': give 6 to 36 months."),
        ({"plan.chosen_by": "me"}, "plan.chosen_by = 'me': choose one of off, team, imposed."),
    ],
)
def test_what_no_control_can_say_is_refused(values: dict[str, float | str], said: str) -> None:
    with pytest.raises(InputError) as refused:
        choices.differences("core-12", values)
    assert str(refused.value) == said


def test_circumstances_are_fields_of_a_site_within_its_limits() -> None:
    for one in levers.CIRCUMSTANCES:
        for value in (one.low, one.usual, one.high):
            site = choices.own_team({one.key: value}, None)
            assert getattr(site, one.key) == pytest.approx(value)
        assert getattr(Site(), one.key) == pytest.approx(one.usual), one.key
        assert one.key in population() or not one.open


def test_what_is_not_said_of_a_team_is_drawn_from_ordinary_teams() -> None:
    team = choices.own_team({"posts": 14.0, "vacancy": 0.2}, None)
    assert isinstance(team, UncertainSite)
    unknown = {name for name, _ in team.ranges}
    assert unknown == {one.key for one in levers.CIRCUMSTANCES if one.open} - {"vacancy"}
    assert (team.posts, team.vacancy, team.baseline_total) == (14, 0.2, 122)


def test_the_page_looks_far_enough_for_the_longer_programme() -> None:
    def months(length: float, horizon: int) -> float:
        question = {"session": "testtest1", "a": {"values": {"months": length}}, "b": {}, "horizon": horizon}
        return choices.read(question).question().months

    assert [months(12.0, 24), months(25.0, 24), months(36.0, 24), months(12.0, 48)] == [
        24.0,
        36.0,
        36.0,
        48.0,
    ]
