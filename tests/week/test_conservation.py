"""Posts and hours: nothing is lost, nothing is counted twice, nobody works hours they do not have."""

import pytest
from drawing import parameters, programmes, sites
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import build

from model.agents import Manager, Staff
from model.crisis_teams import CrisisTeams
from model.parameters import Parameters
from model.programme.components import Facilitation
from model.programme.plan import Column
from model.programme.programme import Programme
from model.record import HOURS
from model.rules import facilitation
from model.sites import Network, Site
from model.team import Team

TOLERANCE = 1e-9
any_world = given(site=sites(), programme=programmes(), p=parameters(), seed=st.integers(0, 1000))


def weeks(model: CrisisTeams, count: int = 20) -> list[Team]:
    """Step through a world of one team; yield the team at the end of each week."""
    (team,) = model.teams
    for _ in range(count):
        model.step()
        yield team


def booked(team: Team, actor: str) -> float:
    return sum(hours for (who, _), hours in team.hours.items() if who == actor)


@any_world
def test_every_post_is_held_or_vacant(site: Site, programme: Programme, p: Parameters, seed: int) -> None:
    model = build(site, programme, p, seed=seed)
    for team in weeks(model):
        posts = team.staffing.posts
        holders = [post.holder for post in posts if post.holder is not None]
        assert len(posts) == site.posts
        assert len(holders) + sum(post.holder is None for post in posts) == site.posts
        assert holders == team.people()
        assert all(person.post.holder is person for person in holders)
        assert set(model.agents_by_type.get(Staff, [])) == set(holders)
        assert len(model.agents_by_type.get(Manager, [])) == (team.staffing.manager is not None)


@any_world
def test_who_leaves_is_counted_once_and_who_comes_held_a_vacant_post(
    site: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    model = build(site, programme, p, seed=seed, log=True)
    started = len(model.teams[0].people())
    for team in weeks(model):
        left = sum(event.what == "left" for event in model.log)
        joined = sum(event.what == "joined" for event in model.log)
        assert team.staffing.replaced == left
        assert len(team.people()) == started + joined - left


@any_world
def test_nobody_works_more_hours_than_they_have(
    site: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    for team in weeks(build(site, programme, p, seed=seed)):
        for person in team.people():
            own = person.hours + person.background
            assert min(person.hours, person.background, person.event_hours) >= 0.0
            assert own <= p.improvement_limit + TOLERANCE
            assert own + person.event_hours <= p.working_hours + TOLERANCE
        assert booked(team, "manager") <= p.working_hours + TOLERANCE


@any_world
def test_who_is_away_does_nothing(site: Site, programme: Programme, p: Parameters, seed: int) -> None:
    for team in weeks(build(site, programme, p, seed=seed)):
        away = [person for person in team.people() if not person.present]
        assert all(person.hours == person.background == person.event_hours == 0.0 for person in away)


@any_world
def test_staff_hours_are_booked_once(site: Site, programme: Programme, p: Parameters, seed: int) -> None:
    for team in weeks(build(site, programme, p, seed=seed)):
        people = team.people()
        assert team.hours.get(("staff", "actions"), 0.0) == pytest.approx(sum(one.hours for one in people))
        assert team.hours.get(("staff", "own agenda"), 0.0) == pytest.approx(
            sum(one.background for one in people)
        )
        events = sum(one.event_hours for one in people)
        assert team.hours.get(("staff", "events and reviews"), 0.0) == pytest.approx(events)
        # what care loses next week is what staff gave this week
        assert team.improvement_hours == pytest.approx(booked(team, "staff"))


@any_world
def test_the_manager_keeps_to_the_limit_and_an_empty_post_works_no_hours(
    site: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    for team in weeks(build(site, programme, p, seed=seed)):
        own = booked(team, "manager") - team.hours.get(("manager", "events and reviews"), 0.0)
        assert own <= p.manager_limit + TOLERANCE
        if team.staffing.manager is None:
            assert booked(team, "manager") == 0.0


@any_world
def test_a_facilitators_planned_hours_are_booked_or_still_saved(
    site: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    planned = spent = 0.0
    for team in weeks(build(site, programme, p, seed=seed)):
        hours = team.delivery.row[Column.FACILITATOR_HOURS]
        if hours > 0.0:
            planned += hours * facilitation.dose_share(p, hours, 1, team.plan.terms.shared_dose)
        spent += booked(team, "facilitator")
        assert spent + team.bond.saved == pytest.approx(planned)


@settings(max_examples=20)
@given(
    count=st.integers(2, 5),
    hours=st.floats(0.5, 37.5),
    dose=st.sampled_from(("per-team", "shared")),
    p=parameters(),
)
def test_a_facilitator_of_several_teams_has_one_working_week(
    count: int, hours: float, dose: str, p: Parameters
) -> None:
    several = tuple(Site(name=f"team {k}", number=k, posts=4) for k in range(count))
    programme = Programme(months=3.0, facilitation=Facilitation(hours_per_week=hours, dose=dose))
    model = build(Network(sites=several), programme, p)
    assert len(model.facilitators) == 1
    planned = 0.0
    for _ in range(12):
        model.step()
        each = hours * facilitation.dose_share(p, hours, count, dose == "shared")
        planned += each * count
        assert each * count <= p.working_hours + TOLERANCE
    # the manager's kinds end where the facilitator's begin
    first = next(k for k, (actor, _) in enumerate(HOURS) if actor == "facilitator")
    in_all = sum(sum(model.records[team.name].hours[first:]) + team.bond.saved for team in model.teams)
    assert in_all == pytest.approx(planned)


@any_world
def test_every_hour_booked_is_of_a_kind_the_record_knows(
    site: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    model = build(site, programme, p, seed=seed)
    in_all = 0.0
    for team in weeks(model):
        assert set(team.hours) <= set(HOURS)
        in_all += sum(team.hours.values())
    assert sum(model.records[site.name].hours) == pytest.approx(in_all)


@any_world
def test_totals_stay_on_the_scale_and_shares_are_shares(
    site: Site, programme: Programme, p: Parameters, seed: int
) -> None:
    for team in weeks(build(site, programme, p, seed=seed)):
        assert 39.0 <= team.service.latent_total <= 195.0
        assert 39 <= sum(team.service.scores) <= 195
        assert all(1.0 <= level <= 5.0 for level in team.service.levels)
        shares = [team.bond.trust, team.bond.knowledge, team.bond.guidance, team.trust.support, team.priority]
        shares += [team.progress, team.collaboration, *team.service.adopted]
        for person in team.people():
            shares += [person.awareness, person.buy_in, person.ownership, person.strain, person.skill]
            shares += person.practice
        assert all(0.0 <= share <= 1.0 for share in shares)
        assert 0.0 <= team.pressure <= p.pressure_limit
