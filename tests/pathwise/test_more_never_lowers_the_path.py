"""With trade-offs switched off, more of what helps never lowers a team's path, week by week, with the same luck.

What has to be off, and why: improvement takes care time and strains (``care_cost``, ``strain_effort``,
``absence_strain``, ``leaving_strain``, ``care_saving``: who is there would differ); many actions dilute; a plan
fitted to capacity takes on more at once; work by the facilitator bypasses people; the manager stands in where
facilitation is thin, and a briefed manager who is against it pushes harder against it; visits saved by trust come at
other times; finished work is out of sight sooner where it is finished sooner; hours worked faster teach fewer hands;
unattended items drift, lift and reopen; a team's own agenda shrinks as the programme takes the time; cynics who
soften lose their louder voice.
"""

from collections.abc import Callable

import pytest
from drawing import drawn_parameters
from worlds import lived, only, series

from model.parameters import Parameters
from model.programme.components import (
    ActionPlan,
    Facilitation,
    OnlineResources,
    ProtectedTime,
    RoutineMeetings,
    ScopingDay,
)
from model.programme.programme import Programme
from model.sites import Site

TRADE_OFFS = (
    "care_cost",
    "care_saving",
    "strain_effort",
    "strain_progress",
    "absence_strain",
    "leaving_strain",
    "dilution",
    "resizing",
    "replanning_hours",
    "stand_in",
    "briefing_contact",
    "visit_trust",
    "stance_gain",
    "practice_doing",
    "spill_over",
    "drift_structure",
    "drift_practice",
    "leavers_knowledge",
    "background_share",
    "cynicism",
    "doing_matters",
    "collaboration_build",
    "escalation_effect",
    "unplanned_value",
)
DRAWS = range(1, 25)
SITE = Site(posts=14, targets=(1, 12, 14, 31), turnover=1.5)


def untraded(number: int) -> Parameters:
    """Return a draw of the prior without trade-offs."""
    drawn = drawn_parameters(number)
    return drawn._replace(**dict.fromkeys(TRADE_OFFS, 0.0), plan_focus=1.0)


def programme(hours: float, protected: float = 0.0) -> Programme:
    return Programme(
        months=12.0,
        facilitation=Facilitation(placement="internal", hours_per_week=hours, doing=0.0),
        scoping=ScopingDay(),
        plan=ActionPlan(),
        meetings=RoutineMeetings(),
        online_resources=OnlineResources(),
        protected_time=ProtectedTime(hours_per_person=protected, backfilled=0.0) if protected else None,
    )


def latent(p: Parameters, programme: Programme, number: int, site: Site = SITE) -> list[float]:
    return series(only(lived(site, programme, p, seed=number, months=15)), "latent_total")


def never_lower(less: list[float], more: list[float]) -> bool:
    return all(high >= low - 1e-9 for low, high in zip(less, more, strict=True))


@pytest.mark.parametrize("number", DRAWS)
def test_more_facilitator_hours_never_lower_the_path(number: int) -> None:
    p = untraded(number)
    paths = [latent(p, programme(hours), number) for hours in (1.0, 4.0, 12.0)]
    assert never_lower(paths[0], paths[1])
    assert never_lower(paths[1], paths[2])


@pytest.mark.parametrize("number", DRAWS)
def test_more_protected_time_never_lowers_the_path(number: int) -> None:
    p = untraded(number)
    paths = [latent(p, programme(3.75, hours), number) for hours in (0.0, 0.5, 2.0)]
    assert never_lower(paths[0], paths[1])
    assert never_lower(paths[1], paths[2])


@pytest.mark.parametrize("number", DRAWS)
def test_a_staff_of_higher_buy_in_never_has_a_lower_path(number: int) -> None:
    p = untraded(number)
    sites = [SITE.model_copy(update={"staff_buy_in": share}) for share in (0.2, 0.5, 0.8)]
    paths = [latent(p, programme(3.75), number, site) for site in sites]
    assert never_lower(paths[0], paths[1])
    assert never_lower(paths[1], paths[2])


def test_more_facilitation_really_moves_paths() -> None:
    moved = [latent(untraded(k), programme(1.0), k) != latent(untraded(k), programme(12.0), k) for k in DRAWS]
    assert sum(moved) > len(moved) / 2


def test_with_all_mechanisms_on_the_share_the_other_way_is_reported(
    record_property: Callable[[str, object], None],
) -> None:
    """Facilitation also costs hours, so some weeks may be lower: how many is told, not decided."""
    lower = weeks = 0
    for number in DRAWS:
        p = drawn_parameters(number)
        pair = zip(latent(p, programme(1.0), number), latent(p, programme(12.0), number), strict=True)
        gaps = [high - low for low, high in pair]
        lower += sum(gap < -1e-9 for gap in gaps)
        weeks += len(gaps)
    record_property("share_of_weeks_lower_with_more_facilitation", lower / weeks)
    print(f"\nlatent total lower with 12 than with 1 hour a week: {lower / weeks:.1%} of {weeks} weeks")
    assert lower < weeks
