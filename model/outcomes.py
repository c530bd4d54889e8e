"""From a run's weeks to its outcomes: one reduction for every engine.

Names follow Proctor's implementation outcomes where they fit: fidelity (gains), adoption and penetration (awareness,
adoption of practice), acceptability (buy-in), feasibility (hours), cost, sustainability (sustained share).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from model.fidelity import HIGH_FROM, MODERATE_FROM
from model.parameters import Parameters
from model.programme.plan import Kind, weeks_of
from model.record import HOURS, NAMES, NOT_THE_PROGRAMMES

MONTHS = (6, 12, 18, 24, 36)


class Outcome(NamedTuple):
    """An outcome of a run: name, unit, meaning."""

    name: str
    unit: str
    meaning: str


OUTCOMES: tuple[Outcome, ...] = (
    *(Outcome(f"gain_{m}m", "points", f"reviewed total at month {m} less the baseline") for m in MONTHS),
    Outcome("gain_end", "points", "reviewed total at the end of the run less the baseline"),
    *(
        Outcome(f"latent_gain_{m}m", "points", f"true practice at month {m} less that at the start")
        for m in MONTHS
    ),
    Outcome("latent_gain_end", "points", "true practice at the end of the run less that at the start"),
    Outcome("latent_gain_programme_end", "points", "true practice gained when the programme ends"),
    Outcome("latent_gain_year_after", "points", "true practice gained 12 months after the programme's end"),
    Outcome("moderate_12m", "share", "reviewed total at month 12 is 117 or more"),
    Outcome("high_12m", "share", "reviewed total at month 12 is 156 or more"),
    Outcome("moderate_end", "share", "reviewed total at the end is 117 or more"),
    Outcome("high_end", "share", "reviewed total at the end is 156 or more"),
    Outcome("awareness_12m", "share", "staff's awareness of the programme at month 12"),
    Outcome("buy_in_12m", "share", "staff's buy-in at month 12"),
    Outcome("ownership_12m", "share", "staff's ownership at month 12"),
    Outcome("adoption_12m", "share", "new structure practised at month 12"),
    Outcome("strain_12m", "share", "staff's strain at month 12"),
    Outcome("staff_replaced_12m", "share", "staff who left by month 12, in posts of the team"),
    Outcome("vacancy_mean", "share", "posts empty, mean over the run"),
    Outcome(
        "implementation_progress",
        "share",
        "room of the planned items closed at the end, finished and practised",
    ),
    Outcome("first_finished_month", "months", "month of the first finished step"),
    Outcome("scoping_month", "months", "month in which the scoping day was held"),
    Outcome("interim_review_month", "months", "month in which the first review after the start was held"),
    Outcome("visits", "visits", "facilitator's visits held"),
    Outcome("visits_lost", "visits", "facilitator's visits called off"),
    Outcome("meetings_held", "share", "planned meetings that were held"),
    Outcome("hours_staff", "hours", "staff's hours for the programme"),
    Outcome("hours_manager", "hours", "the manager's hours for the programme"),
    Outcome("hours_facilitator", "hours", "the facilitator's hours for the team"),
    Outcome("cost", "pounds", "hours, reviews and learning events at the declared unit costs"),
)
OUTCOME_NAMES = tuple(outcome.name for outcome in OUTCOMES)
HOURS_NAMES = tuple(f"hours: {actor}, {kind}" for actor, kind in HOURS)


class Run(NamedTuple):
    """What an engine leaves of one team's run.

    ``series[week, series]`` from week 0 (before the programme) on, in the order of ``model.record.WEEKLY``;
    ``totals`` reviewed totals by week; ``hours`` in the order of ``HOURS``; ``events`` (kind, programme week planned,
    held or -1); ``end_week`` the programme's last week, -1 where none ended.
    """

    team: str
    posts: int
    baseline: int
    series: np.ndarray
    totals: Mapping[int, int]
    hours: Sequence[float]
    events: Sequence[tuple[int, int, int]]
    start_week: int
    end_week: int
    first_finished_week: int
    visits: int
    visits_lost: int


def reduce_run(p: Parameters, run: Run) -> dict[str, float]:
    """Return a run's outcomes by name; NaN for what lies beyond the run or did not happen."""
    found = dict.fromkeys(OUTCOME_NAMES, np.nan)
    last = len(run.series) - 1
    latent = run.series[:, NAMES.index("latent_total")]
    for month in MONTHS:
        week = weeks_of(month)
        if week in run.totals:
            found[f"gain_{month}m"] = run.totals[week] - run.baseline
        if week <= last:
            found[f"latent_gain_{month}m"] = latent[week] - latent[0]
    if last in run.totals:
        found["gain_end"] = run.totals[last] - run.baseline
    found["latent_gain_end"] = latent[last] - latent[0]
    found |= _after_the_end(run, latent) | _bands(run, last) | _at_twelve(run, last)
    found |= _delivered(run) | _spent(p, run)
    found["vacancy_mean"] = float(np.mean(run.series[1:, NAMES.index("vacancy")]))
    found["implementation_progress"] = float(run.series[last, NAMES.index("plan_progress")])
    return found


def _after_the_end(run: Run, latent: np.ndarray) -> dict[str, float]:
    found = {}
    if 0 <= run.end_week < len(latent):
        found["latent_gain_programme_end"] = float(latent[run.end_week] - latent[0])
        year_after = run.end_week + weeks_of(12)
        if year_after < len(latent):
            found["latent_gain_year_after"] = float(latent[year_after] - latent[0])
    return found


def _bands(run: Run, last: int) -> dict[str, float]:
    found = {}
    for label, week in (("12m", weeks_of(12)), ("end", last)):
        if week in run.totals:
            found[f"moderate_{label}"] = float(run.totals[week] >= MODERATE_FROM)
            found[f"high_{label}"] = float(run.totals[week] >= HIGH_FROM)
    return found


def _at_twelve(run: Run, last: int) -> dict[str, float]:
    week = weeks_of(12)
    if week > last:
        return {}
    names = ("awareness", "buy_in", "ownership", "adoption", "strain")
    found = {f"{name}_12m": float(run.series[week, NAMES.index(name)]) for name in names}
    found["staff_replaced_12m"] = float(run.series[week, NAMES.index("replaced")]) / run.posts
    return found


def _month(run: Run, programme_week: int) -> float:
    return (run.start_week + programme_week) / weeks_of(12) * 12.0


def _delivered(run: Run) -> dict[str, float]:
    """Return when and how much of the programme was delivered."""
    found = {"visits": float(run.visits), "visits_lost": float(run.visits_lost)}
    if run.first_finished_week >= 0:
        found["first_finished_month"] = run.first_finished_week / weeks_of(12) * 12.0
    for kind, planned, held in run.events:
        if kind == Kind.SCOPING and held >= 0:
            found["scoping_month"] = _month(run, held)
        if kind == Kind.REVIEW and planned > 0 and held >= 0 and "interim_review_month" not in found:
            found["interim_review_month"] = _month(run, held)
    meetings = [held >= 0 for kind, _, held in run.events if kind == Kind.MEETING]
    if meetings:
        found["meetings_held"] = float(np.mean(meetings))
    return found


def _spent(p: Parameters, run: Run) -> dict[str, float]:
    """Return hours by actor and the cost; a facilitator's main job and a team's own agenda are not the programme's."""
    hours = {"staff": 0.0, "manager": 0.0, "facilitator": 0.0}
    for (actor, kind), spent in zip(HOURS, run.hours, strict=True):
        if kind not in NOT_THE_PROGRAMMES:
            hours[actor] += spent
    reviews = sum(1 for kind, _, held in run.events if kind == Kind.REVIEW and held >= 0)
    events = sum(1 for kind, _, held in run.events if kind == Kind.LEARNING and held >= 0)
    cost = (
        hours["staff"] * p.staff_hour_cost
        + hours["manager"] * p.manager_hour_cost
        + hours["facilitator"] * p.facilitator_hour_cost
        + reviews * p.review_cost
        + events * p.event_cost
    )
    return {f"hours_{actor}": spent for actor, spent in hours.items()} | {"cost": cost}
