"""From a programme to what the week's rules read: one row a programme week, and a list of dated events.

Both the Mesa model and a compiled engine read this table; the rules never ask which components a programme has.
"""

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from model.fidelity import ITEMS
from model.programme.components import Component
from model.programme.programme import Programme
from model.programme.table import WEEKS_A_MONTH as WEEKS_A_MONTH
from model.programme.table import Column as Column
from model.programme.table import weeks_of as weeks_of
from model.rules import facilitation
from model.sites import Site

PLACEMENTS = {
    "embedded": facilitation.EMBEDDED,
    "internal": facilitation.INTERNAL,
    "external": facilitation.EXTERNAL,
    "blended": facilitation.BLENDED,
}


class Kind(IntEnum):
    """Kinds of dated events."""

    PLAN = 0
    SCOPING = 1
    REVIEW = 2
    LEARNING = 3
    MEETING = 4
    TOP_UP = 5


NOT_YET, LOST = -2, -1  #: what became of an event; else the programme week in which it was held


class PlannedEvent(NamedTuple):
    """An event: its kind, the programme week it is planned for, and whether its date is bound to hold."""

    kind: int
    week: int
    fixed: bool


class Terms(NamedTuple):
    """What holds for a whole programme at a team."""

    placement: int
    shared_dose: bool
    imposed: float
    actions: int
    breadth: float
    reviewers_knowledge: float
    review_effort: float
    visits_recorded: bool
    readiness_threshold: float
    readiness_wait: int
    readiness_support: float


class Plan(NamedTuple):
    """A programme resolved for one team: ``rows[programme week, column]``, events by planned week, terms."""

    rows: np.ndarray
    events: tuple[PlannedEvent, ...]
    terms: Terms

    @property
    def weeks(self) -> int:
        """Return the programme's length in weeks."""
        return len(self.rows)


def resolve(programme: Programme, site: Site, inclination: float, drawn_placement: int) -> Plan:
    """Resolve a programme for one team; see ``resolve_all``."""
    return resolve_all(programme, [site], [inclination], drawn_placement)[0]


def resolve_all(
    programme: Programme, sites: Sequence[Site], inclinations: Sequence[float], drawn_placement: int
) -> list[Plan]:
    """Resolve a programme for some teams.

    ``inclinations`` are the facilitators' shares of doing the work where nothing says otherwise; ``drawn_placement``
    the placement where it is left open.

    Raises
    ------
    ValueError
        If delivery is to be replayed at a site without a record.
    """
    tables = _tables(programme, sites, inclinations)
    events = _events(programme, sites)
    terms = [_terms(programme, site, drawn_placement) for site in sites]
    return list(map(Plan, tables, events, terms))


def placement_of(programme: Programme, site: Site, drawn: int) -> int:
    """Return the placement's code: the programme's, the site's where recorded, else the drawn one."""
    if programme.facilitation is None:
        return facilitation.NOBODY
    named = programme.facilitation.placement
    if named == "drawn" and site.facilitator_placement is not None:
        named = site.facilitator_placement
    if named != "drawn":
        return PLACEMENTS[named]
    return drawn


def _tables(programme: Programme, sites: Sequence[Site], inclinations: Sequence[float]) -> np.ndarray:
    """Return the teams' weekly tables, ``[team, programme week, column]``."""
    tables = np.zeros((len(sites), weeks_of(programme.months), len(Column)))
    by_team = tables.transpose(1, 2, 0)
    tables[..., Column.VISIT_INTERVAL] = 1.0
    tables[..., Column.AT_ONCE] = ITEMS
    by_team[:, Column.INVOLVEMENT] = [site.service_user_involvement for site in sites]
    if programme.facilitation is not None:
        by_team[:, Column.DOING] = [
            inclination if site.facilitator_doing is None else site.facilitator_doing
            for site, inclination in zip(sites, inclinations, strict=True)
        ]
    for _, component in programme.components():
        one_by_one = type(component).lay is not Component.lay  # what it writes may rest on what stands there
        for rows in tables if one_by_one else [tables]:
            component.lay(rows)
    if programme.delivery == "recorded":
        for rows, site in zip(tables, sites, strict=True):
            _replay(rows, site)
    return tables


def _replay(rows: np.ndarray, site: Site) -> None:
    """Write what is recorded of a programme's delivery into a team's table."""
    if site.delivered is None:
        raise ValueError(
            f"programme.delivery = 'recorded': there is no record of what was delivered at '{site.name}'. "
            "Records exist for the six teams; use delivery = 'by-rules' for other sites."
        )
    rows[:, Column.VISIT_INTERVAL] = site.delivered.visit_interval
    rows[:, Column.RESEARCH_SUPPORT] = site.delivered.research_support


def _events(programme: Programme, sites: Sequence[Site]) -> list[tuple[PlannedEvent, ...]]:
    weeks = weeks_of(programme.months)
    if programme.delivery == "recorded":
        return [_recorded_events(programme, site, weeks) for site in sites]
    return [_planned_events(programme, weeks)] * len(sites)


def _every(months: float, until: float) -> list[float]:
    """Return months, 2 * months, ... before ``until``."""
    count = int((until - 1e-9) / months)
    return [months * (k + 1) for k in range(count)]


@lru_cache
def _planned_events(programme: Programme, weeks: int) -> tuple[PlannedEvent, ...]:
    months = programme.months
    dates: list[tuple[Kind, float, bool]] = []
    if programme.scoping is not None:
        dates.append((Kind.SCOPING, programme.scoping.month, False))
    elif programme.plan is not None:
        dates.append((Kind.PLAN, 1.0, True))
    if programme.reviews is not None:
        dates += [(Kind.REVIEW, 0.0, True), (Kind.REVIEW, months, True)]
        dates += [(Kind.REVIEW, month, False) for month in _every(programme.reviews.every_months, months)]
    if programme.learning_events is not None:
        years = range(int(months / 12.0) + 1)
        of_year = programme.learning_events.months_of_year
        dates += [(Kind.LEARNING, 12.0 * year + month, True) for year in years for month in of_year]
    if programme.meetings is not None:
        dates += [(Kind.MEETING, month, False) for month in _every(programme.meetings.every_months, months)]
    if programme.top_up_training is not None:
        dates += [
            (Kind.TOP_UP, month, False) for month in _every(programme.top_up_training.every_months, months)
        ]
    return _in_order(_in_weeks(dates, weeks))


def _recorded_events(programme: Programme, site: Site, weeks: int) -> tuple[PlannedEvent, ...]:
    """Return events at the months recorded for the site; undated ones as planned, left to the rules."""
    record = site.delivered
    if record is None:
        return ()
    dates = [(Kind[kind.upper()], month, True) for kind, month in record.events]
    undated = {Kind[kind.upper()] for kind in record.undated}
    planned = [event for event in _planned_events(programme, weeks) if event.kind in undated]
    ends = [(Kind.REVIEW, 0.0, True), (Kind.REVIEW, programme.months, True)]
    at_ends = {0, weeks - 1} if programme.reviews is not None else set()
    inner = [event for event in planned if event.kind != Kind.REVIEW or event.week not in at_ends]
    return _in_order(inner + _in_weeks(dates + (ends if programme.reviews is not None else []), weeks))


def _in_weeks(dates: list[tuple[Kind, float, bool]], weeks: int) -> list[PlannedEvent]:
    placed = [PlannedEvent(int(kind), max(0, weeks_of(month) - 1), fixed) for kind, month, fixed in dates]
    return [event for event in placed if event.week < weeks]


def _in_order(events: list[PlannedEvent]) -> tuple[PlannedEvent, ...]:
    return tuple(sorted(events, key=lambda event: (event.week, event.kind)))


def _terms(programme: Programme, site: Site, drawn_placement: int) -> Terms:
    plan, reviews, readiness = programme.plan, programme.reviews, programme.readiness
    members = programme.working_groups.members if programme.working_groups is not None else "as-found"
    breadth = {"as-found": site.group_breadth, "seniors": 0.0, "all-staff": 1.0}[members]
    shared = programme.facilitation is not None and programme.facilitation.dose == "shared"
    return Terms(
        placement=placement_of(programme, site, drawn_placement),
        shared_dose=shared,
        imposed=1.0 if plan is not None and plan.chosen_by == "imposed" else 0.0,
        actions=plan.actions if plan is not None else 0,
        breadth=breadth,
        reviewers_knowledge=reviews.reviewers_knowledge if reviews is not None else 0.0,
        review_effort=reviews.effort if reviews is not None else 0.0,
        visits_recorded=programme.delivery == "recorded",
        readiness_threshold=readiness.threshold if readiness is not None else 0.0,
        readiness_wait=weeks_of(readiness.longest_wait_months) if readiness is not None else 0,
        readiness_support=readiness.support if readiness is not None else 0.0,
    )
