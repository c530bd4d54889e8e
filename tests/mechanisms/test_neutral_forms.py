"""Each mechanism's neutral form does what it says."""

from copy import copy

import pytest
from drawing import parameters, shares
from hypothesis import given
from hypothesis import strategies as st
from worlds import build, lived, only, series

from model import presets
from model.agents import Staff
from model.crisis_teams import CrisisTeams
from model.mechanisms import switched_off
from model.parameters import Parameters
from model.rules import attitudes, facilitation, items, leadership, work, workforce
from model.sites import Site

PRESSURES = st.floats(0.0, 3.0)
TARGETS = (1, 11, 17, 30)


@given(p=parameters(), pressure=PRESSURES)
def test_m1_off_pressure_takes_no_time(p: Parameters, pressure: float) -> None:
    p = switched_off(p, ["M1"])
    assert workforce.free_hours(p, pressure, 0.0) == workforce.free_hours(p, 1.0, 0.0)
    assert leadership.manager_hours(p, 0.7, pressure) == leadership.manager_hours(p, 0.7, 1.0)
    assert facilitation.visit_lost_chance(p, pressure, 0.4) == facilitation.visit_lost_chance(p, 1.0, 0.4)
    assert attitudes.attendance_chance(p, pressure) == attitudes.attendance_chance(p, 1.0)
    assert work.hold_chance(p, 0.3, pressure) == 0.3


@given(p=parameters(), hours=st.floats(0, 200), gain=st.floats(-100, 100))
def test_m2_off_improvement_costs_and_saves_no_care(p: Parameters, hours: float, gain: float) -> None:
    p = switched_off(p, ["M2"])
    assert workforce.pressure(p, 1.0, 20.0, 17.0, hours, 0.0) == workforce.pressure(
        p, 1.0, 20.0, 17.0, 0.0, 0.0
    )
    assert workforce.demand(p, 1.1, 0.2, gain) == workforce.demand(p, 1.1, 0.2, 0.0)


@given(p=parameters(), strain=shares(), left=shares())
def test_m3_off_strain_drives_nobody_out_and_leavers_take_nothing(
    p: Parameters, strain: float, left: float
) -> None:
    p = switched_off(p, ["M3"])
    assert workforce.leaving_chance(p, strain, 1.0) == workforce.leaving_chance(p, 0.5, 1.0)
    assert items.kept_next(p, 2.0, 0.3, 0.0, True, left) == 2.0


PASSED_ON = ("awareness", "buy_in", "ownership", "disposition", "skill")


def test_m3_off_a_successor_starts_as_the_predecessor_left() -> None:
    pairs = successions(switched_off(Parameters(weeks_to_fill=10.0), ["M3"]))
    assert pairs
    for last, person in pairs:
        assert person.practice == last.practice
        assert all(getattr(person, name) == getattr(last, name) for name in PASSED_ON)


def test_m3_on_a_successor_is_a_stranger() -> None:
    pairs = successions(Parameters(weeks_to_fill=10.0))
    assert any(last.awareness > 0.0 for last, _ in pairs)
    assert all(person.awareness == 0.0 and person.practice == [0.0] * 4 for _, person in pairs)
    assert all(person.disposition != last.disposition for last, person in pairs)


def successions(p: Parameters) -> list[tuple[Staff, Staff]]:
    """Return leavers and their successors as they stood on arrival (copies: later weeks change them)."""
    found = []
    model = build(Site(posts=8, turnover=6.0, vacancy=0.0), "core-12", p)
    team = model.teams[0]
    for _ in range(model.weeks):
        vacant = {post.seat for post in team.staffing.posts if post.holder is None}
        model.week += 1
        team.demand(model.week)
        team.turnover()
        for post in team.staffing.posts:
            if post.seat in vacant and post.holder is not None and post.last is not None:
                arrived = copy(post.holder)
                arrived.practice = list(post.holder.practice)
                found.append((post.last, arrived))
        for phase in (
            "leadership",
            "events",
            "visits",
            "push",
            "choices",
            "work",
            "spread",
            "strain",
            "drift",
        ):
            getattr(model, phase)()
    return found


@given(p=parameters(), stance=shares(), engagement=shares(), briefed=shares(), hours=st.floats(0, 15))
def test_m4_off_all_managers_are_one(
    p: Parameters, stance: float, engagement: float, briefed: float, hours: float
) -> None:
    p = switched_off(p, ["M4"])
    assert (
        leadership.priority(p, stance, engagement, briefed, 0.5)
        == 0.5
        == leadership.priority_without_manager(p)
    )
    assert leadership.push(p, 0.9, hours, 0.2) == 0.0
    assert leadership.manager_leaving_chance(p, 6.0) == 0.0


@given(p=parameters(), support=shares(), boost=shares())
def test_m5_off_leaders_are_not_felt_and_grant_nothing(p: Parameters, support: float, boost: float) -> None:
    p = switched_off(p, ["M5"])
    assert leadership.felt_support(p, support, boost) == 0.5
    assert leadership.granted_hours(p, support, boost) == 0.0


@given(p=parameters(), trust=shares(), knowledge=shares(), skill=shares())
def test_m6_off_an_hour_of_contact_is_an_hour_whoever_brings_it(
    p: Parameters, trust: float, knowledge: float, skill: float
) -> None:
    p = switched_off(p, ["M6"])
    assert facilitation.contact_effect(p, trust, knowledge, skill) == p.plain_contact
    assert facilitation.visit_lost_chance(p, 1.0, trust) == facilitation.visit_lost_chance(p, 1.0, 0.0)


@given(p=parameters(), share=shares(), ownership=shares())
def test_small_rules_in_their_neutral_form(p: Parameters, share: float, ownership: float) -> None:
    assert facilitation.own_work_share(switched_off(p, ["M7"]), share) == 0.0
    m8 = switched_off(p, ["M8"])
    assert attitudes.buy_in_next(m8, 0.4, 0.4, share, 0.0, 0.0) == 0.4
    assert attitudes.talk_dose(m8, share) == 0.0
    m9 = switched_off(p, ["M9"])
    assert attitudes.imposition(m9, share, 0.1) == 0.0
    owning = attitudes.willingness(m9, 1.0, 0.5, ownership, 0.5, 0.5, 0.5)
    assert owning == attitudes.willingness(m9, 1.0, 0.5, 0.0, 0.5, 0.5, 0.5)
    m10 = switched_off(p, ["M10", "M19"])
    assert attitudes.scoping_heart(m10, share) == attitudes.scoping_awareness(m10) == 0.0
    m11 = switched_off(p, ["M11"])
    assert attitudes.feedback_heart(m11, 30.0, share) == attitudes.defensiveness(m11, share, 0.0) == 0.0
    m12 = switched_off(p, ["M12", "M19"])
    assert attitudes.learning_heart(m12, 90.0, 150.0, share) == attitudes.learning_told(m12) == 0.0
    m13 = switched_off(p, ["M13"])
    assert work.planned_value(m13, 0.2, 3.0, 5.0, 0.1) == work.planned_value(m13, 0.2, 3.0, 0.0, 0.1)
    m14 = switched_off(p, ["M14"])
    assert work.on_plan(m14, True) == 0.0
    assert work.planned_value(m14, 0.2, 39.0, 0.0, 0.0) == work.planned_value(m14, 0.2, 1.0, 0.0, 0.0)
    assert items.adopted(switched_off(p, ["M15"]), share) == 1.0
    m16 = switched_off(p, ["M16"])
    assert work.group_weight(m16, False) == work.group_weight(m16, True) == 1.0
    m18 = switched_off(p, ["M18"])
    assert work.leverage(m18, work.control_share(m18, 2), False, 0.3, 0.0) == 1.0
    m19 = switched_off(p, ["M19"])
    assert work.planned_value(m19, 0.2, 3.0, 0.0, share) == work.planned_value(m19, 0.2, 3.0, 0.0, 0.0)
    assert workforce.strain_next(switched_off(p, ["M20"]), 0.4, share) == 0.4
    m21 = switched_off(p, ["M21"])
    assert items.weekly_loss(m21, share) == 0.0
    assert work.practice_next(m21, share, 0.0) == share
    m22 = switched_off(p, ["M22"])
    assert work.hours_for_step(m22, 1.0 + 4.0 * share, 1.0) == p.hours_per_point
    m23 = switched_off(p, ["M23"])
    assert work.leverage(m23, 0.6, True, 0.3, share) == work.leverage(m23, 0.6, False, 0.3, share)
    assert work.plan_scale_next(switched_off(p, ["M24"]), 0.7, 0.1, share) == 0.7


def test_m15_off_what_is_written_counts_in_full() -> None:
    service = lived(Site(), "core-12", switched_off(Parameters(), ["M15"])).teams[0].service
    assert sum(service.written) > 0.0
    for i in range(39):
        full = 1.0 + service.kept[i] + service.written[i] + service.lift[i]
        assert service.levels[i] == pytest.approx(min(5.0, full))


def test_m17_off_nothing_is_lifted() -> None:
    assert sum(lived(Site(), "core-12").teams[0].service.lift) > 0.0
    assert sum(lived(Site(), "core-12", switched_off(Parameters(), ["M17"])).teams[0].service.lift) == 0.0


def test_m20_off_strain_stays_at_rest() -> None:
    p = switched_off(Parameters(), ["M20"])
    rest = workforce.resting_strain(p)
    assert series(only(lived(Site(busyness=1.5), "core-12", p)), "strain") == pytest.approx(
        [rest] * 53, abs=1e-9
    )


def test_m21_and_leavers_off_nothing_that_stood_is_lost() -> None:
    model = build(Site(posts=8, turnover=3.0), "no-sip", switched_off(Parameters(), ["M21", "M3"]), months=24)
    kept = list(model.teams[0].service.kept)
    model.run()
    assert model.teams[0].service.kept == kept
    assert model.teams[0].staffing.replaced > 0


def test_m24_off_the_plan_keeps_its_size() -> None:
    model = build(Site(busyness=1.4), "flexible-plan", switched_off(Parameters(), ["M24"]))
    for _ in range(model.weeks):
        model.step()
        assert model.teams[0].plan_scale == 1.0
    assert lived(Site(busyness=1.4), "flexible-plan").teams[0].plan_scale < 1.0


def targeted_only(seed: int) -> CrisisTeams:
    """Live a year in which nothing but the plan's items can change."""
    p = switched_off(Parameters(hours_per_point=6.0), ["M17", "M21", "M3"])
    p = p._replace(plan_focus=1.0, unplanned_value=0.0, review_error_sd=9.0)
    return build(
        Site(number=3, baseline_total=101, targets=TARGETS), presets.programme("core-12"), p, seed=seed
    )


@pytest.mark.parametrize("seed", range(5))
def test_with_untargeted_change_off_only_targeted_items_change(seed: int) -> None:
    model = targeted_only(seed)
    service = model.teams[0].service
    # a flexible plan takes new items up when its own are done (M24): leave it as it was made
    model.teams[0].revise_plan = lambda: None  # type: ignore[method-assign]
    start = list(service.levels)
    model.run()
    changed = {i + 1 for i in range(39) if service.levels[i] != start[i]}
    assert changed
    assert changed <= set(TARGETS)
    for number in TARGETS:
        assert start[number - 1] <= service.levels[number - 1] <= 5.0
    room = sum(5.0 - start[number - 1] for number in TARGETS)
    assert service.latent_total - service.start_total <= room + 1e-9


def test_the_reviewed_gain_may_exceed_the_room_by_error() -> None:
    """As team 3's: four items targeted, 16 points at most, and a reviewed gain of 19."""
    exceeded = 0
    for seed in range(60):
        model = targeted_only(seed)
        model.teams[0].revise_plan = lambda: None  # type: ignore[method-assign]
        room = sum(5.0 - model.teams[0].service.levels[number - 1] for number in TARGETS)
        model.run()
        reviewed = sum(only(model).scores[52]) - 101
        assert model.teams[0].service.latent_total - model.teams[0].service.start_total <= room + 1e-9
        exceeded += reviewed > room
    assert exceeded > 0
