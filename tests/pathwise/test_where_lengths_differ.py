"""A programme of 24 months is the one of 12 until month 12, bit for bit, but for what is made with the end in view.

That is the week in which the shorter one ends: its last review has a fixed date, where the longer one has an interim
review that can move within its window, and that month's meeting. And ``facilitation.taper_months``, a declared lever
with none in all presets, lets the hours fall towards the end, wherever that is.
"""

import re

import numpy as np
import pytest
from drawing import drawn_parameters

from calibration import six_teams
from calibration.sites import site_of
from model import presets
from model.ensemble import lived
from model.noise import PhiloxTape
from model.programme.plan import Column, Kind, Plan, resolve, weeks_of
from model.programme.programme import Programme
from model.rules.facilitation import EXTERNAL
from model.sites import Network, Site

YEAR = weeks_of(12)
FAMILIES = sorted(
    match[1]
    for name in presets.names()
    if (match := re.fullmatch(r"(.+)-12", name)) and f"{match[1]}-24" in presets.names()
)
SITES = {"plain": Site(), "team 3": site_of(six_teams()[2])}


def programmes(family: str, **facilitation: float) -> tuple[Programme, Programme]:
    """Return the programmes of 12 and of 24 months of a family, with something about facilitation set in both."""
    found = [presets.programme(f"{family}-{months}") for months in (12, 24)]
    if facilitation:
        found = [
            p.model_copy(update={"facilitation": p.facilitation.model_copy(update=facilitation)})
            for p in found
        ]  # type: ignore[union-attr]
    return found[0], found[1]


def plans(family: str, site: Site, **facilitation: float) -> tuple[Plan, Plan]:
    first, second = (resolve(p, site, 0.5, EXTERNAL) for p in programmes(family, **facilitation))
    return first, second


def test_families_of_both_lengths_are_there() -> None:
    assert {"core", "internal", "external", "embedded", "blended"} <= set(FAMILIES)


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
@pytest.mark.parametrize("family", FAMILIES)
def test_by_design_the_plans_differ_in_the_shorter_ones_last_week_alone(family: str, site: Site) -> None:
    shorter, longer = plans(family, site)
    assert shorter.terms == longer.terms
    assert np.array_equal(shorter.rows, longer.rows[:YEAR])
    within = [event for event in longer.events if event.week < YEAR]
    last, interim = set(shorter.events) - set(within), set(within) - set(shorter.events)
    assert last == {(Kind.REVIEW, YEAR - 1, True)}
    assert interim == {(Kind.REVIEW, YEAR - 1, False), (Kind.MEETING, YEAR - 1, False)}, (
        "which can be held later"
    )


def test_a_taper_is_a_declared_lever_that_looks_to_the_end() -> None:
    shorter, longer = plans("external", SITES["plain"], taper_months=3.0)
    differ = np.argwhere(shorter.rows != longer.rows[:YEAR])
    assert set(differ[:, 1]) == {Column.FACILITATOR_HOURS}
    assert set(differ[:, 0]) == set(range(YEAR - weeks_of(3) + 1, YEAR)), (
        "the first week of a taper has all hours yet"
    )
    for name in presets.names():
        facilitation = presets.programme(name).facilitation
        assert facilitation is None or facilitation.taper_months == 0.0, name


@pytest.mark.parametrize("site", SITES.values(), ids=SITES)
@pytest.mark.parametrize("family", FAMILIES)
def test_runs_are_the_same_to_the_bit_until_that_week(family: str, site: Site) -> None:
    draws = [drawn_parameters(number) for number in range(4)]
    networks, tapes = [Network.of_one(site)] * 4, [PhiloxTape(seed) for seed in range(4)]
    runs = [
        lived(networks, p, draws, tapes, range(4), months=24.0, measured_months=(6, 12, 24), items=True)
        for p in programmes(family)
    ]
    weekly = [run.series for run in runs]
    for before in (weekly, [run.levels for run in runs], [run.totals for run in runs]):
        first, second = (kept[:, :, :YEAR] for kept in before)
        assert first.tobytes() == second.tobytes()
    for k in range(4):
        held = [events_before(run.planned[k, 0], run.held[k, 0]) for run in runs]
        assert held[0] == held[1]
    assert any((runs[0].series[k, :, -1] != runs[1].series[k, :, -1]).any() for k in range(4)), (
        "a year later they differ"
    )


def events_before(planned: np.ndarray, held: np.ndarray) -> list[tuple[int, ...]]:
    """Return what was planned before that week, and when it was held."""
    return [
        (*event, when)
        for event, when in zip(planned.tolist(), held.tolist(), strict=True)
        if 0 <= event[1] < YEAR - 1
    ]
