"""Networks and a programme as the arrays the compiled engine reads."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from model.engine.layout import LEFT_OPEN, PARAMETERS, TEAM
from model.parameters import Parameters
from model.programme.plan import Column, Plan, PlannedEvent, resolve_all, weeks_of
from model.programme.programme import Programme
from model.sites import Network, Site

NO_EVENT = -1  #: kind of an unused place among the dated events


class Inputs(NamedTuple):
    """What the engine reads of some draws of one network under one programme.

    ``parameters[draw]``, ``teams[draw, team]``, ``rows[draw, team, programme week, column]``,
    ``planned[draw, team, event, (kind, week, fixed)]`` (kind -1 where a team has
    fewer events).
    """

    network: int
    parameters: np.ndarray
    teams: np.ndarray
    rows: np.ndarray
    planned: np.ndarray

    @property
    def nbytes(self) -> int:
        """Return the memory it takes."""
        return self.parameters.nbytes + self.teams.nbytes + self.rows.nbytes + self.planned.nbytes


def inputs_of(networks: Sequence[Network], programme: Programme, draws: Sequence[Parameters]) -> Inputs:
    """Resolve a programme for a network as each draw has it: ``networks[draw]`` of equal size and number."""
    count = len(networks[0].sites)
    sites = [site for network in networks for site in network.sites]
    inclinations = [p.doing_inclination for p in draws for _ in range(count)]
    plans = resolve_all(programme, sites, inclinations, LEFT_OPEN)
    place = (len(networks), count)
    parameters = np.array(draws, np.float64).view(PARAMETERS)[:, 0]
    teams = np.array([_team(site, plan) for site, plan in zip(sites, plans, strict=True)], dtype=TEAM)
    rows = np.zeros((len(plans), max(1, plans[0].weeks), len(Column)))
    rows[:, : plans[0].weeks] = [plan.rows for plan in plans]
    events = max(1, *(len(plan.events) for plan in plans))
    planned = np.array([_padded(plan.events, events) for plan in plans])
    return Inputs(
        networks[0].number,
        parameters,
        teams.reshape(place),
        rows.reshape(*place, *rows.shape[1:]),
        planned.reshape(*place, *planned.shape[1:]),
    )


@lru_cache
def _padded(events: tuple[PlannedEvent, ...], count: int) -> np.ndarray:
    """Return dated events, ``[event, (kind, week, fixed)]``, in ``count`` places."""
    found = np.full((count, 3), NO_EVENT, np.int64)
    found[: len(events)] = np.reshape(events, (-1, 3))
    return found


def _team(site: Site, plan: Plan) -> tuple[Any, ...]:
    """Return a team's record, in the order of ``TEAM``: its site, and its programme's terms."""
    terms = plan.terms
    targets = [0] * 39
    for number in site.targets:
        targets[number - 1] = 1
    return (
        site.number,
        site.posts,
        site.seniors(),
        site.baseline_total,
        site.trust,
        site.facilitator,
        weeks_of(site.manager_arrives_month),
        bool(site.targets),
        terms.placement,
        terms.shared_dose,
        terms.actions,
        terms.visits_recorded,
        terms.readiness_wait,
        plan.weeks,
        len(plan.events),
        targets,
        site.busyness,
        site.vacancy,
        site.turnover,
        site.manager_stance,
        site.manager_engagement,
        site.manager_participative,
        _known(site.manager_doing),
        site.staff_buy_in,
        site.trust_support,
        _known(site.collaboration),
        terms.imposed,
        terms.breadth,
        terms.reviewers_knowledge,
        terms.review_effort,
        terms.readiness_threshold,
        terms.readiness_support,
    )


def _known(value: float | None) -> float:
    return np.nan if value is None else value
