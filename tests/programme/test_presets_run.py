"""Every preset and every component runs, and what is planned is told apart from what is delivered."""

import numpy as np
import pytest
from drawing import drawn_parameters
from worlds import build, lived, only, path, series

from model import presets
from model.crisis_teams import CrisisTeams
from model.parameters import Parameters
from model.programme.components import (
    ActionPlan,
    Component,
    Facilitation,
    FidelityReviews,
    Involvement,
    LeadershipSupport,
    LearningEvents,
    Onboarding,
    OnlineResources,
    ProtectedTime,
    Readiness,
    ResearchSupport,
    RoutineMeetings,
    ScopingDay,
    TopUpTraining,
    WorkingGroups,
)
from model.programme.plan import NOT_YET, Kind, resolve, weeks_of
from model.programme.programme import Programme
from model.record import WEEKLY
from model.rules import facilitation
from model.sites import Delivered, Network, Site

RECORDED = Delivered(events=(("scoping", 2.0), ("review", 7.0), ("learning", 5.0)), visit_interval=3.0)
SMALL = Site(posts=6, delivered=RECORDED)
COMPONENTS: dict[str, Component] = {
    "facilitation": Facilitation(),
    "scoping": ScopingDay(month=1.0),
    "plan": ActionPlan(),
    "reviews": FidelityReviews(every_months=1.0),
    "learning_events": LearningEvents(months_of_year=(1.0, 2.0)),
    "online_resources": OnlineResources(),
    "meetings": RoutineMeetings(),
    "working_groups": WorkingGroups(members="all-staff"),
    "research_support": ResearchSupport(),
    "leadership_support": LeadershipSupport(),
    "protected_time": ProtectedTime(),
    "onboarding": Onboarding(),
    "top_up_training": TopUpTraining(every_months=1.0),
    "involvement": Involvement(),
    "readiness": Readiness(threshold=1.0, longest_wait_months=1.0),
}


def check_ranges(model: CrisisTeams) -> None:
    for record in model.records.values():
        weeks = np.array(record.weeks)
        assert np.isfinite(weeks).all()
        for k, entry in enumerate(WEEKLY):
            if entry.unit == "share":
                assert weeks[:, k].min() >= 0.0, entry.name
                assert weeks[:, k].max() <= 1.0, entry.name
        assert min(series(record, "latent_total")) >= 39.0
        assert max(series(record, "latent_total")) <= 195.0


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_runs_to_three_months_after_its_start(name: str) -> None:
    programme = presets.programme(name)
    wait = programme.readiness.longest_wait_months if programme.readiness is not None else 0.0
    model = lived(SMALL, programme, months=3.0 + wait, measured_months=(3,))
    check_ranges(model)
    assert model.week == weeks_of(3.0 + wait)
    assert all(39 <= sum(scores) <= 195 for scores in only(model).scores.values())
    assert only(model).scores


@pytest.mark.parametrize("draw", range(1, 6))
@pytest.mark.parametrize("name", ["core-24", "places-of-safety", "places-of-safety-top-down", "no-sip"])
def test_a_preset_runs_to_its_end_and_a_year_on_over_the_prior(name: str, draw: int) -> None:
    months = max(12.0, presets.programme(name).months) + 12.0
    check_ranges(lived(Site(), name, drawn_parameters(draw), seed=draw, months=months))


def test_every_component_of_a_programme_is_tried_alone() -> None:
    fields = set(Programme.model_fields) - {"months", "delivery"}
    assert set(COMPONENTS) == fields
    assert {name for name, _ in Programme(**COMPONENTS).components()} == fields


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_alone_makes_a_programme(name: str) -> None:
    programme = Programme(months=3.0, **{name: COMPONENTS[name]})
    check_ranges(lived(SMALL, programme, months=6))


@pytest.mark.parametrize(
    "name", sorted(set(COMPONENTS) - {"working_groups", "research_support", "involvement"})
)
def test_a_component_added_to_another_changes_a_run(name: str) -> None:
    """Groups, supervision and involvement need others to act through; the rest act by themselves."""
    base = {
        "scoping": COMPONENTS["scoping"],
        "plan": COMPONENTS["plan"],
        "facilitation": COMPONENTS["facilitation"],
    }
    less = Programme(months=6.0, **{key: part for key, part in base.items() if key != name})
    more = Programme(months=6.0, **(base | {name: COMPONENTS[name]}))
    site, lavish = Site(turnover=3.0), Parameters(online_uptake=0.3)
    assert path(only(lived(site, less, lavish))) != path(only(lived(site, more, lavish)))


def outcomes(model: CrisisTeams) -> list[tuple[int, int, int]]:
    """Return kind, programme week planned and programme week held of each event."""
    team = model.teams[0]
    dates = zip(team.plan.events, team.delivery.held, strict=True)
    return sorted((event.kind, event.week, held) for event, held in dates)


@pytest.mark.parametrize("seed", range(5))
def test_a_rigid_programme_holds_its_events_on_their_dates(seed: int) -> None:
    model = lived(Site(busyness=1.5), "rigid-plan", seed=seed)
    found = outcomes(model)
    assert all(planned == held for _, planned, held in found)
    assert [(kind, planned) for kind, planned, _ in found] == sorted(
        (event.kind, event.week) for event in model.teams[0].plan.events
    )


def test_a_flexible_programme_in_a_busy_team_puts_events_off_and_loses_meetings() -> None:
    found = [
        entry
        for seed in range(5)
        for entry in outcomes(lived(Site(busyness=1.4), "flexible-plan", seed=seed))
    ]
    assert any(held > planned for _, planned, held in found)
    assert any(held < 0 for kind, _, held in found if kind == Kind.MEETING)
    assert all(held >= 0 for kind, _, held in found if kind in (Kind.SCOPING, Kind.LEARNING))
    assert all(held >= planned or held == -1 for _, planned, held in found)


@pytest.mark.parametrize("name", ["core-12", "flexible-plan", "top-up-training", "review-only"])
def test_every_planned_event_is_held_or_lost_exactly_once(name: str) -> None:
    model = lived(Site(busyness=1.2), name, months=14)
    planned = sorted((event.kind, event.week) for event in model.teams[0].plan.events)
    assert sorted((kind, week) for kind, week, _ in outcomes(model)) == planned
    assert NOT_YET not in model.teams[0].delivery.held


@pytest.mark.parametrize("seed", range(3))
def test_recorded_delivery_holds_on_the_recorded_weeks(seed: int) -> None:
    site = Site(delivered=RECORDED, busyness=1.6)
    held = [(kind, week) for kind, _, week in outcomes(lived(site, "core-12-recorded", seed=seed))]
    for kind, month in RECORDED.events:
        assert (Kind[kind.upper()], weeks_of(month) - 1) in held
    assert not [kind for kind, _ in held if kind == Kind.MEETING], "what is not on record did not happen"


def test_recorded_delivery_visits_as_recorded() -> None:
    model = lived(Site(delivered=RECORDED, busyness=1.8), "core-12-recorded")
    team = model.teams[0]
    assert team.visits_lost == 0
    assert team.visits == pytest.approx(52 / RECORDED.visit_interval, abs=1.5)


def test_recorded_delivery_without_a_record_is_refused() -> None:
    with pytest.raises(ValueError, match="no record of what was delivered at 'elsewhere'"):
        build(Site(name="elsewhere"), "core-12-recorded")


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_shared_dose_is_less_for_each_of_several_teams(count: int) -> None:
    def hours(dose: str) -> float:
        sites = tuple(Site(name=f"team {k}", number=k, posts=5) for k in range(count))
        programme = Programme(months=3.0, facilitation=Facilitation(placement="internal", dose=dose))
        model = lived(Network(sites=sites), programme, months=3)
        check_ranges(model)
        assert len(model.facilitators) == 1
        return sum(sum(series(record, "hours_facilitator")) for record in model.records.values())

    assert hours("shared") < hours("per-team")


def test_teams_of_a_trust_share_its_leaders() -> None:
    sites = (Site(name="a", number=0), Site(name="b", number=1), Site(name="c", number=2, trust=1))
    model = lived(Network(sites=sites), "core-12", months=3)
    support = {name: series(record, "leaders_support") for name, record in model.records.items()}
    assert support["a"] == support["b"] != support["c"]


@pytest.mark.parametrize("placement", ["embedded", "internal", "external", "blended"])
def test_placement_presets_differ_from_the_core_in_the_placement_alone(placement: str) -> None:
    for months in (12, 18, 24, 36):
        core = presets.programme(f"core-{months}").model_dump()
        other = presets.programme(f"{placement}-{months}").model_dump()
        assert other["facilitation"].pop("placement") == placement
        core["facilitation"].pop("placement")
        assert other == core


def test_the_first_assessment_of_readiness_sees_a_busy_team_as_less_ready() -> None:
    programme = Programme(months=3.0, plan=ActionPlan(), readiness=COMPONENTS["readiness"])

    def assessed(busyness: float) -> float:
        model = build(Site(busyness=busyness), programme, log=True)
        model.step()
        return next(event for event in model.log if event.what == "readiness assessed").details["readiness"]

    assert assessed(1.6) < assessed(1.0) - 0.05


def test_a_programme_that_waits_for_readiness_starts_when_the_wait_is_over() -> None:
    programme = Programme(months=3.0, plan=ActionPlan(), readiness=COMPONENTS["readiness"])
    model = build(Site(), programme)
    for week in range(1, weeks_of(1.0) + 3):
        model.step()
        assert model.teams[0].delivery.running == (week > weeks_of(1.0))


def test_a_longer_visit_interval_means_fewer_visits() -> None:
    def visits(interval: float) -> int:
        programme = Programme(months=12.0, facilitation=Facilitation(visit_interval=interval))
        return lived(Site(), programme).teams[0].visits

    assert visits(1.0) > visits(2.0) > visits(6.0) > 0


def test_tapering_lowers_the_hours_towards_the_end_and_not_before() -> None:
    tapered = Programme(months=12.0, facilitation=Facilitation(taper_months=3.0))
    rows = resolve(tapered, Site(), 0.2, facilitation.INTERNAL).rows[:, 0]
    assert (rows[: 52 - 13] == rows[0]).all()
    assert (np.diff(rows[52 - 13 :]) < 0).all()
    assert rows[-1] > 0


@pytest.mark.parametrize("months", [0.0, 0.01, 121.0])
def test_a_run_of_an_impossible_length_is_refused(months: float) -> None:
    with pytest.raises(ValueError, match="a run lasts"):
        build(Site(), Programme(months=0.0), months=months)
