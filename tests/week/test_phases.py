"""The order of a week is written once, and a phase changes what ``model.schedule`` says it may and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from worlds import build

from model import presets
from model.agents import Bond, Manager, Staff, TrustLeadership
from model.crisis_teams import CrisisTeams
from model.delivery import Delivery
from model.parameters import Parameters
from model.programme.components import ActionPlan, FidelityReviews, Readiness, ScopingDay
from model.programme.programme import Programme
from model.record import TeamRecord
from model.schedule import WEEK
from model.service import Service
from model.sites import Delivered, Network, Site
from model.staffing import Post, Staffing
from model.team import Team

WHOSE = {
    Team: "team",
    Service: "service",
    Staffing: "staffing",
    Post: "post",
    Staff: "staff",
    Manager: "manager",
    Bond: "bond",
    TrustLeadership: "trust",
    Delivery: "delivery",
    TeamRecord: "record",
}
#: Read ahead and never changed, or growing week by week: not worth a copy at each phase.
UNCHANGING = {"weeks_luck", "events_luck", "managers_luck", "hires", "plan", "site", "tastes"}
Snapshot = dict[tuple[int, str], Any]


def test_the_model_has_a_method_for_each_phase() -> None:
    for phase in WEEK:
        assert callable(getattr(CrisisTeams, phase.name))
    assert len({phase.name for phase in WEEK}) == len(WEEK)


def test_a_step_walks_the_phases_in_the_order_of_the_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[str] = []
    for phase in WEEK:
        real = getattr(CrisisTeams, phase.name)

        def listening(model: CrisisTeams, name: str = phase.name, real: Any = real) -> None:
            walked.append(name)
            real(model)

        monkeypatch.setattr(CrisisTeams, phase.name, listening)
    build(Site(), "core-12").step()
    assert walked == [phase.name for phase in WEEK]


def everything(model: CrisisTeams) -> Iterator[Any]:
    """Yield all objects whose attributes are state."""
    yield from model.trusts.values()
    yield from model.records.values()
    for team in model.teams:
        yield from (team, team.service, team.staffing, team.bond, team.delivery)
        yield from team.staffing.posts
        yield from team.people()
        if team.staffing.manager is not None:
            yield team.staffing.manager


def value_of(value: Any) -> Any:
    """Return a copy that later changes cannot touch; objects stand for themselves."""
    if isinstance(value, list | tuple):
        return tuple(value_of(entry) for entry in value)
    if isinstance(value, dict):
        return tuple((key, value_of(entry)) for key, entry in value.items())
    return value if isinstance(value, int | float | str | None) else id(value)


def snapshot(model: CrisisTeams) -> tuple[Snapshot, dict[int, Any]]:
    objects = {id(thing): thing for thing in everything(model)}
    return {
        (key, name): len(value) if name == "weeks" else value_of(value)
        for key, thing in objects.items()
        for name, value in vars(thing).items()
        if name not in UNCHANGING
    }, objects


def written(before: Snapshot, after: Snapshot, objects: dict[int, Any]) -> set[str]:
    """Return what has changed of those who were there before and after, as ``whose.what``."""
    return {
        f"{WHOSE[type(objects[key])]}.{name}"
        for (key, name), value in after.items()
        if (key, name) in before and before[key, name] != value
    }


def observe(model: CrisisTeams, found: dict[str, set[str]], weeks: int) -> None:
    for _ in range(weeks):
        model.week += 1
        for phase in WEEK:
            before, _ = snapshot(model)
            kept = model.agents  # a leaver's number must not pass to a newcomer
            getattr(model, phase.name)()
            after, objects = snapshot(model)
            found[phase.name] |= written(before, after, objects)
            del kept


def worlds() -> Iterator[CrisisTeams]:
    two = Network(sites=(Site(name="a", number=1, posts=5, turnover=4.0), Site(name="b", number=2, posts=4)))
    delivered = Delivered(events=(("scoping", 1.0), ("review", 2.0)), undated=("meeting",))
    yield build(two, "core-12", months=14, seed=3)
    yield build(
        Site(posts=6, manager_arrives_month=1.0, turnover=4.0, vacancy=0.5),
        "readiness-first",
        months=14,
        seed=1,
    )
    yield build(Site(posts=5, turnover=3.0), "imposed-plan", months=14, seed=2)
    yield build(Site(posts=5), "top-up-training", months=14, seed=5, parameters=Parameters(shock_rate=5.0))
    yield build(Site(posts=5, delivered=delivered), "core-12-recorded", months=14, seed=6)
    yield build(
        Site(posts=5, turnover=2.0, baseline_total=180), presets.programme("core-12"), months=14, seed=7
    )
    yield build(Site(posts=5), Programme(months=0.0), months=14, seed=8)
    waiting = Readiness(threshold=1.0, longest_wait_months=1.0)
    plan = ActionPlan(flexibility=1.0)
    late = Programme(
        months=3.0, readiness=waiting, plan=plan, scoping=ScopingDay(month=2.9), reviews=FidelityReviews()
    )
    for seed in (9, 10):
        yield build(Site(posts=5, busyness=1.5), late, months=5, seed=seed)


@pytest.fixture(scope="module")
def observed() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {phase.name: set() for phase in WEEK}
    for model in worlds():
        observe(model, found, min(56, model.weeks))
    return found


@pytest.mark.parametrize("phase", WEEK, ids=lambda phase: phase.name)
def test_a_phase_changes_only_what_the_schedule_lists(phase: Any, observed: dict[str, set[str]]) -> None:
    assert sorted(observed[phase.name] - set(phase.writes)) == []


@pytest.mark.parametrize("phase", WEEK, ids=lambda phase: phase.name)
def test_the_schedule_lists_nothing_a_phase_never_changes(phase: Any, observed: dict[str, set[str]]) -> None:
    assert sorted(set(phase.writes) - observed[phase.name]) == []
