"""A longer programme has the same beginning, as far as the two plans do not differ."""

import pytest
from drawing import drawn_parameters
from worlds import build, only, path

from model import presets
from model.programme.plan import Plan
from model.sites import Site


def first_difference(shorter: Plan, longer: Plan) -> int:
    """Return the first programme week (from 0) in which two plans differ."""
    for week in range(shorter.weeks):
        events = [[event for event in plan.events if event.week == week] for plan in (shorter, longer)]
        if events[0] != events[1] or (shorter.rows[week] != longer.rows[week]).any():
            return week
    return shorter.weeks


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize("family", ["core", "internal", "external"])
@pytest.mark.parametrize(("short", "long"), [(12, 18), (12, 24), (18, 24), (24, 36)])
def test_a_longer_programme_has_the_same_beginning(family: str, short: int, long: int, number: int) -> None:
    names = (f"{family}-{short}", f"{family}-{long}")
    worlds = [
        build(Site(), presets.programme(name), drawn_parameters(number), seed=number, months=36)
        for name in names
    ]
    same = first_difference(*(world.teams[0].plan for world in worlds))
    assert same >= 52 * short // 12 - 1, "the plans should be the same until the shorter one's last review"
    first, second = (only(world.run()) for world in worlds)
    assert path(first, same) == path(second, same)
    assert path(first) != path(second)
