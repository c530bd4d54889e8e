"""The limits of rules: no dose, no change; nobody, nothing; neutral values do nothing."""

import math

import pytest
from drawing import parameters, shares
from hypothesis import given
from hypothesis import strategies as st

from model.parameters import Parameters
from model.rules import arithmetic, attitudes, facilitation, items, leadership, work, workforce

P = Parameters()
SMALL = pytest.approx


@given(share=shares())
def test_no_dose_no_change(share: float) -> None:
    assert arithmetic.raised(share, 0.0) == share
    assert arithmetic.lowered(share, 0.0) == share
    assert arithmetic.faded(share, 0.0) == share
    assert arithmetic.pulled(share, 1.0, 0.0) == share


@given(share=shares(), first=st.floats(0, 5), second=st.floats(0, 5))
def test_two_doses_do_what_their_sum_does(share: float, first: float, second: float) -> None:
    twice = arithmetic.raised(arithmetic.raised(share, first), second)
    assert twice == SMALL(arithmetic.raised(share, first + second), abs=1e-12)
    twice = arithmetic.lowered(arithmetic.lowered(share, first), second)
    assert twice == SMALL(arithmetic.lowered(share, first + second), abs=1e-12)


@given(rate=st.floats(0, 20))
def test_the_weekly_chance_of_a_rate_adds_up_to_the_year(rate: float) -> None:
    assert (1.0 - arithmetic.weekly_chance(rate)) ** 52 == SMALL(math.exp(-rate), rel=1e-9)


def test_helpers_keep_arguments_in_range_where_mathematics_would_raise() -> None:
    assert arithmetic.ratio(3.0, 0.0) == 0.0
    assert math.isfinite(arithmetic.growth(1e9))
    assert arithmetic.growth(-1e9) > 0.0
    assert math.isfinite(arithmetic.safe_log(0.0))
    assert arithmetic.root(-1.0) == 0.0


@pytest.mark.parametrize(("value", "whole"), [(0.5, 1), (1.49, 1), (2.5, 3), (-0.5, 0), (-0.51, -1)])
def test_halves_are_rounded_upwards(value: float, whole: int) -> None:
    assert arithmetic.rounded(value) == whole


@given(p=parameters())
def test_a_full_team_under_usual_demand_has_a_pressure_of_one(p: Parameters) -> None:
    assert workforce.demand(p, 1.0, 0.0, 0.0) == 1.0
    assert workforce.pressure(p, 1.0, 20.0, 20.0 * (1.0 - p.absence), 0.0, 0.0) == SMALL(1.0)


@given(p=parameters())
def test_before_the_first_week_a_full_team_under_usual_demand_has_a_pressure_of_one(p: Parameters) -> None:
    assert workforce.starting_pressure(p, 1.0, 0.0, 20.0, 20.0) == SMALL(1.0)


@given(p=parameters(), online=st.floats(0, 5))
def test_no_more_than_everybody_takes_up_what_is_offered_online(p: Parameters, online: float) -> None:
    eager = p._replace(online_uptake=0.5)
    most = 1.0 + eager.online_value
    assert work.planned_value(eager, 0.0, 1.0, online, 0.0) <= most
    assert work.planned_value(eager, 0.0, 1.0, 5.0, 0.0) == most


@given(p=parameters())
def test_typical_pressure_leaves_the_typical_hours(p: Parameters) -> None:
    assert workforce.free_hours(p, 1.0, 0.0) == min(p.improvement_limit, p.free_hours)
    assert workforce.absence_chance(p, 0.5) == p.absence
    assert facilitation.visit_lost_chance(p, 1.0, 0.5) == p.visit_lost
    assert work.hold_chance(p, 0.3, 1.0) == 0.3


@given(p=parameters(), hours=st.floats(0, 7.5))
def test_middling_priority_at_typical_pressure_gets_the_declared_hours(p: Parameters, hours: float) -> None:
    assert leadership.manager_hours(p, 0.5, 1.0) == min(p.manager_limit, p.manager_hours)
    assert leadership.push(p, 0.5, hours, 0.0) == 0.0  # a neutral manager pushes nobody


@given(p=parameters())
def test_a_neutral_manager_under_neutral_leaders_gives_neutral_priority(p: Parameters) -> None:
    assert leadership.priority(p, 0.5, 0.5, 1.0, 0.5) == 0.5
    assert leadership.felt_support(p, 0.5, 0.0) == 0.5


@given(
    p=parameters(), buy_in=shares(), ownership=shares(), priority=shares(), support=shares(), strain=shares()
)
def test_who_does_not_know_of_the_programme_does_nothing_for_it(
    p: Parameters, buy_in: float, ownership: float, priority: float, support: float, strain: float
) -> None:
    assert attitudes.willingness(p, 0.0, buy_in, ownership, priority, support, strain) == 0.0


@given(p=parameters(), share=shares())
def test_among_people_of_one_mind_nobody_changes_it(p: Parameters, share: float) -> None:
    norm = attitudes.norm(p, 4.0 * share, 4.0, 9.0 * share, 9.0)
    assert norm == SMALL(share)
    assert attitudes.buy_in_next(p, share, share, share, 0.0, 0.0) == share


@given(p=parameters(), share=shares())
def test_who_works_with_nobody_on_shift_meets_the_whole_team(p: Parameters, share: float) -> None:
    assert attitudes.norm(p, 0.0, 0.0, 5.0 * share, 5.0) == SMALL(share)


@given(p=parameters(), members=st.lists(st.tuples(st.floats(0.1, 9), shares(), st.booleans()), min_size=1))
def test_the_norm_lies_between_the_lowest_and_the_highest_colleague(
    p: Parameters, members: list[tuple[float, float, bool]]
) -> None:
    voices = [attitudes.voice(p, influence, buy_in) for influence, buy_in, _ in members]
    sums = [voice * member[1] for voice, member in zip(voices, members, strict=True)]
    here = [k for k, member in enumerate(members) if member[2]]
    norm = attitudes.norm(p, sum(sums[k] for k in here), sum(voices[k] for k in here), sum(sums), sum(voices))
    everybody = [member[1] for member in members]
    assert min(everybody) - 1e-12 <= norm <= max(everybody) + 1e-12


@given(p=parameters(), chance=st.floats(1e-9, 1.0 - 1e-9))
def test_nobody_is_drawn_wholly_closed_or_wholly_won(p: Parameters, chance: float) -> None:
    for usual in (0.0, 0.5, 1.0):
        assert p.lowest_drawn <= workforce.disposition(p, usual, chance) <= p.highest_drawn
    assert p.lowest_drawn <= leadership.new_leaders_support(p, chance) <= p.highest_drawn


@given(p=parameters(), size=st.floats(1e-9, 1.0 - 1e-9))
def test_a_shock_is_on_average_of_the_declared_size(p: Parameters, size: float) -> None:
    assert leadership.shock(p, 1.0, size) == 0.0
    assert leadership.shock(p, 0.0, 0.5) == 1.0
    assert leadership.shock(p, 0.0, size) + leadership.shock(p, 0.0, 1.0 - size) == SMALL(2.0)


@pytest.mark.parametrize("interval", [1.0, 4.0, 4.5, 13.0])
def test_readiness_is_assessed_in_the_first_week_and_then_once_an_interval(interval: float) -> None:
    p = Parameters(readiness_interval=interval)
    weeks = [week for week in range(1, 118) if attitudes.is_assessed(p, week)]
    assert weeks == [1 + math.ceil(interval * k) for k in range(math.floor(116 / interval) + 1)]


@given(p=parameters())
def test_a_benchmark_vouched_for_counts_in_full(p: Parameters) -> None:
    assert attitudes.feedback_heart(p, 0.0, 1.0) == p.benchmark_heart
    assert attitudes.feedback_heart(p, 0.0, 0.0) == p.benchmark_heart * p.benchmark_unvouched


@given(p=parameters(), placement=st.integers(0, 4), planned=st.floats(0.1, 37.5), teams=st.integers(1, 30))
def test_a_facilitators_teams_never_get_more_than_a_working_week(
    p: Parameters, placement: int, planned: float, teams: int
) -> None:
    each = planned * facilitation.dose_share(p, planned, teams, False)
    assert each * teams <= p.working_hours * (1 + 1e-12)
    assert teams * facilitation.dose_share(p, planned, teams, True) < 1.0  # others outside have a part too
    assert facilitation.hours_kept(p, placement, each, 1.0) <= each


@given(p=parameters())
def test_nobody_in_the_facilitators_place_brings_nothing(p: Parameters) -> None:
    nobody = facilitation.NOBODY
    assert facilitation.starting_trust(p, nobody) == facilitation.starting_knowledge(p, nobody) == 0.0
    assert facilitation.credibility(p, nobody) == facilitation.facilitation_skill(p, nobody) == 0.0


@given(p=parameters())
def test_blended_facilitation_lies_halfway_between_internal_and_external(p: Parameters) -> None:
    for start in (facilitation.starting_trust, facilitation.starting_knowledge, facilitation.travel_hours):
        middle = (start(p, facilitation.INTERNAL) + start(p, facilitation.EXTERNAL)) / 2
        assert start(p, facilitation.BLENDED) == SMALL(middle)


@given(p=parameters(), trust=shares(), contact=st.floats(0.1, 7.5))
def test_presence_builds_trust_and_absence_lets_it_fade(p: Parameters, trust: float, contact: float) -> None:
    assert facilitation.trust_next(p, trust, 0.0) <= trust
    assert facilitation.trust_next(p, 0.0, contact) > 0.0


@given(p=parameters(), support=shares(), collaboration=shares())
def test_what_the_team_decides_alone_needs_nobody(
    p: Parameters, support: float, collaboration: float
) -> None:
    assert work.control_share(p, 0) == 1.0
    assert work.leverage(p, 1.0, False, support, collaboration) == 1.0


@given(p=parameters(), guidance=shares())
def test_one_action_or_none_dilutes_nothing(p: Parameters, guidance: float) -> None:
    alone = work.planned_value(p, guidance, 1.0, 0.0, 0.0)
    assert alone == work.planned_value(p, guidance, 0.0, 0.0, 0.0)
    assert alone >= 1.0


@given(p=parameters(), level=st.floats(1, 5), size=st.floats(0.01, 1))
def test_a_point_at_level_three_takes_the_declared_hours(p: Parameters, level: float, size: float) -> None:
    assert work.hours_for_step(p, 3.0, 1.0) == p.hours_per_point
    halves = 2.0 * work.hours_for_step(p, level, size / 2)
    assert halves == SMALL(work.hours_for_step(p, level, size))


@given(window=st.floats(0, 60))
def test_a_rigid_programme_puts_nothing_off(window: float) -> None:
    assert work.longest_delay(window, 0.0) == 0


@given(planned=st.integers(1, 39), limit=st.integers(1, 39), scale=st.floats(0.1, 1))
def test_a_plan_always_has_something_to_work_on_and_never_more_than_it_holds(
    planned: int, limit: int, scale: float
) -> None:
    assert 1 <= work.active_actions(planned, limit, scale) <= min(planned, limit)
    assert work.active_actions(0, limit, scale) == 0


@given(p=parameters(), kept=st.floats(0, 4), structure=shares(), loss=shares())
def test_what_is_attended_to_in_a_team_nobody_left_stays(
    p: Parameters, kept: float, structure: float, loss: float
) -> None:
    assert items.kept_next(p, kept, structure, loss, True, 0.0) == kept
    assert items.written_next(kept, loss, True) == kept


@given(p=parameters(), lift=st.floats(0, 4), room=st.floats(0, 4), purpose=shares())
def test_a_lift_never_passes_the_items_top(p: Parameters, lift: float, room: float, purpose: float) -> None:
    assert items.lift_next(p, lift, room, 0.0, purpose) <= lift + room
    assert items.lift_next(p, lift, room, 0.0, 0.0) == lift


@given(
    p=parameters(), kept=st.floats(0, 4), written=st.floats(0, 4), lift=st.floats(0, 4), structure=shares()
)
def test_room_is_what_is_left_when_all_that_is_written_is_practised(
    p: Parameters, kept: float, written: float, lift: float, structure: float
) -> None:
    best = items.level(kept, written, structure, 1.0, lift)
    assert items.room(kept, written, lift) == SMALL(5.0 - best, abs=1e-12)


@given(practice=shares(), before=st.floats(0, 60), step=st.floats(0.01, 1))
def test_writing_something_new_changes_no_practice_that_was_there(
    practice: float, before: float, step: float
) -> None:
    after = items.practice_after_writing(practice, before, step)
    assert after * (before + step) == SMALL(practice * before, abs=1e-9)


@given(p=parameters(), chance=st.floats(0.001, 0.999))
def test_the_parts_of_a_reviews_error_make_up_its_variance(p: Parameters, chance: float) -> None:
    z = arithmetic.normal_quantile(0.9)
    stable, occasion = items.stable_error(p, 0.9) / z, items.occasion_error(p, 0.9) / z
    item = items.item_error(p, 0.9) / z
    assert stable**2 + occasion**2 + 39 * item**2 == SMALL(p.review_error_sd**2)
    assert items.item_error(p, chance) == SMALL(-items.item_error(p, 1.0 - chance), abs=1e-9)


@given(level=st.floats(1, 5))
def test_a_review_without_error_awards_the_nearest_step(level: float) -> None:
    assert abs(items.reviewed_score(level, 0.0) - level) <= 0.5


def test_by_default_practice_drifts_faster_than_structure() -> None:
    assert items.weekly_loss(P, 0.0) > items.weekly_loss(P, 1.0)


def test_a_small_team_is_coached_in_full_and_a_large_one_in_part() -> None:
    assert facilitation.coached_hours(P, 2.0, 1.0) == 2.0
    assert facilitation.coached_hours(P, 2.0, 2.0 * P.coaching_reach) == SMALL(1.0)


@given(p=parameters())
def test_a_placement_is_drawn_in_the_declared_shares(p: Parameters) -> None:
    drawn = [facilitation.drawn_placement(p, (k + 0.5) / 1000) for k in range(1000)]
    assert drawn.count(facilitation.EXTERNAL) / 1000 == SMALL(p.placement_external, abs=0.001)
    assert drawn.count(facilitation.EMBEDDED) / 1000 == SMALL(p.placement_embedded, abs=0.001)
    assert drawn.count(facilitation.BLENDED) == 0
