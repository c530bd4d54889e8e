"""From a run's weeks to its outcomes: one reduction for both engines.

It is written as rules are: plain Python for a run in Mesa, compiled for the engine, equal to the last bit.

Names follow Proctor's implementation outcomes where they fit: fidelity (gains), adoption and penetration (awareness,
adoption of practice), acceptability (buy-in), feasibility (hours), cost, sustainability (sustained share).
"""

from typing import NamedTuple

import numpy as np

from model.compiling import rule
from model.fidelity import HIGH_FROM, MODERATE_FROM
from model.parameters import Parameters
from model.programme.plan import NOT_YET, Kind, weeks_of
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
    Outcome("stable_error", "points", "the review's error that stays with the team, as it was drawn"),
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


OUTCOME_PLACES = {name: k for k, name in enumerate(OUTCOME_NAMES)}
MONTH_WEEKS = tuple(weeks_of(month) for month in MONTHS)
YEAR = weeks_of(12)
#: Places of outcomes that come in a row by month.
GAIN, LATENT = OUTCOME_PLACES["gain_6m"], OUTCOME_PLACES["latent_gain_6m"]
GAIN_END, LATENT_END = OUTCOME_PLACES["gain_end"], OUTCOME_PLACES["latent_gain_end"]
PROGRAMME_END, YEAR_AFTER = (
    OUTCOME_PLACES["latent_gain_programme_end"],
    OUTCOME_PLACES["latent_gain_year_after"],
)
STABLE_ERROR = OUTCOME_PLACES["stable_error"]
MODERATE_12, HIGH_12 = OUTCOME_PLACES["moderate_12m"], OUTCOME_PLACES["high_12m"]
MODERATE_END, HIGH_END = OUTCOME_PLACES["moderate_end"], OUTCOME_PLACES["high_end"]
_TWELVE = ("awareness", "buy_in", "ownership", "adoption", "strain")
AT_TWELVE = tuple(OUTCOME_PLACES[f"{name}_12m"] for name in _TWELVE)
SERIES_AT_TWELVE = tuple(NAMES.index(name) for name in _TWELVE)
REPLACED = OUTCOME_PLACES["staff_replaced_12m"]
VACANCY, PROGRESS = OUTCOME_PLACES["vacancy_mean"], OUTCOME_PLACES["implementation_progress"]
FIRST_FINISHED, SCOPED, INTERIM = (
    OUTCOME_PLACES[f"{name}_month"] for name in ("first_finished", "scoping", "interim_review")
)
VISITS, VISITS_LOST, MEETINGS = (OUTCOME_PLACES[name] for name in ("visits", "visits_lost", "meetings_held"))
HOURS_STAFF, HOURS_MANAGER, HOURS_FACILITATOR, COST = (
    OUTCOME_PLACES[name] for name in ("hours_staff", "hours_manager", "hours_facilitator", "cost")
)
#: For each kind of hours, the outcome it counts for; -1 where it is not the programme's.
COUNTS_FOR = tuple(
    -1 if kind in NOT_THE_PROGRAMMES else OUTCOME_PLACES[f"hours_{actor}"] for actor, kind in HOURS
)
S_LATENT, S_REPLACED, S_VACANCY, S_PROGRESS = (
    NAMES.index(name) for name in ("latent_total", "replaced", "vacancy", "plan_progress")
)


class Run(NamedTuple):
    """What an engine leaves of one team's run.

    ``series[week, series]`` from week 0 (before the programme) on, in the order of ``model.record.WEEKLY``;
    ``totals[week]`` the reviewed total where ``measured[week]``; ``planned[event, (kind, programme week, fixed)]``
    and ``held[event]`` (the programme week, -1 lost, -2 not yet), of which the first ``events`` count;
    ``hours[kind]`` in the order of ``HOURS``. ``start_week``, ``end_week`` (the programme's first and last week) and
    ``first_finished`` are -1 where there was none.
    """

    posts: int
    baseline: int
    start_week: int
    end_week: int
    first_finished: int
    visits: int
    visits_lost: int
    stable_error: float
    events: int
    series: np.ndarray
    totals: np.ndarray
    measured: np.ndarray
    planned: np.ndarray
    held: np.ndarray
    hours: np.ndarray


def reduce_run(p: Parameters, run: Run) -> dict[str, float]:
    """Return a run's outcomes by name; NaN for what lies beyond the run or did not happen."""
    found = np.empty(len(OUTCOMES))
    reduce(p, run, found)
    return dict(zip(OUTCOME_NAMES, found.tolist(), strict=True))


@rule
def reduce(p: Parameters, run: Run, found: np.ndarray) -> None:
    """Write a run's outcomes into ``found[outcome]``; NaN for what lies beyond the run or did not happen."""
    for k in range(len(found)):
        found[k] = np.nan
    _gains(run, found)
    _bands(run, found)
    _at_twelve(run, found)
    _delivered(run, found)
    _spent(p, run, found)
    last = len(run.series) - 1
    vacancy = 0.0
    for week in range(1, last + 1):
        vacancy += run.series[week, S_VACANCY]
    found[STABLE_ERROR] = run.stable_error
    found[VACANCY] = vacancy / last
    found[PROGRESS] = run.series[last, S_PROGRESS]


@rule
def _gains(run: Run, found: np.ndarray) -> None:
    last, first = len(run.series) - 1, run.series[0, S_LATENT]
    for k in range(len(MONTH_WEEKS)):
        week = MONTH_WEEKS[k]
        if week <= last:
            found[LATENT + k] = run.series[week, S_LATENT] - first
            if run.measured[week]:
                found[GAIN + k] = run.totals[week] - run.baseline
    found[LATENT_END] = run.series[last, S_LATENT] - first
    if run.measured[last]:
        found[GAIN_END] = run.totals[last] - run.baseline
    if 0 <= run.end_week <= last:
        found[PROGRAMME_END] = run.series[run.end_week, S_LATENT] - first
        if run.end_week + YEAR <= last:
            found[YEAR_AFTER] = run.series[run.end_week + YEAR, S_LATENT] - first


@rule
def _bands(run: Run, found: np.ndarray) -> None:
    last = len(run.series) - 1
    if last >= YEAR and run.measured[YEAR]:
        found[MODERATE_12] = 1.0 if run.totals[YEAR] >= MODERATE_FROM else 0.0
        found[HIGH_12] = 1.0 if run.totals[YEAR] >= HIGH_FROM else 0.0
    if run.measured[last]:
        found[MODERATE_END] = 1.0 if run.totals[last] >= MODERATE_FROM else 0.0
        found[HIGH_END] = 1.0 if run.totals[last] >= HIGH_FROM else 0.0


@rule
def _at_twelve(run: Run, found: np.ndarray) -> None:
    if len(run.series) <= YEAR:
        return
    for k in range(len(AT_TWELVE)):
        found[AT_TWELVE[k]] = run.series[YEAR, SERIES_AT_TWELVE[k]]
    found[REPLACED] = run.series[YEAR, S_REPLACED] / run.posts


@rule
def _month(week: float) -> float:
    return week / YEAR * 12.0


@rule
def _delivered(run: Run, found: np.ndarray) -> None:
    """Write when and how much of the programme was delivered."""
    found[VISITS], found[VISITS_LOST] = float(run.visits), float(run.visits_lost)
    if run.first_finished >= 0:
        found[FIRST_FINISHED] = _month(float(run.first_finished))
    meetings = meetings_held = 0
    for e in range(run.events):
        kind, held = run.planned[e, 0], run.held[e]
        if kind == Kind.SCOPING and held >= 0:
            found[SCOPED] = _month(float(run.start_week + held))
        if kind == Kind.REVIEW and run.planned[e, 1] > 0 and held >= 0 and np.isnan(found[INTERIM]):
            found[INTERIM] = _month(float(run.start_week + held))
        if kind == Kind.MEETING and held > NOT_YET:
            meetings += 1
            meetings_held += 1 if held >= 0 else 0
    if meetings > 0:
        found[MEETINGS] = meetings_held / meetings


@rule
def _spent(p: Parameters, run: Run, found: np.ndarray) -> None:
    """Write hours by actor and the cost; a facilitator's main job and a team's own agenda are not the programme's."""
    found[HOURS_STAFF] = found[HOURS_MANAGER] = found[HOURS_FACILITATOR] = 0.0
    for k in range(len(COUNTS_FOR)):
        if COUNTS_FOR[k] >= 0:
            found[COUNTS_FOR[k]] += run.hours[k]
    reviews = learning = 0.0
    for e in range(run.events):
        if run.held[e] >= 0:
            reviews += 1.0 if run.planned[e, 0] == Kind.REVIEW else 0.0
            learning += 1.0 if run.planned[e, 0] == Kind.LEARNING else 0.0
    found[COST] = (
        found[HOURS_STAFF] * p.staff_hour_cost
        + found[HOURS_MANAGER] * p.manager_hour_cost
        + found[HOURS_FACILITATOR] * p.facilitator_hour_cost
        + reviews * p.review_cost
        + learning * p.event_cost
    )
