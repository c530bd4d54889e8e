"""A network and a programme as the arrays the compiled engine reads, and its output as runs."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from model import engine
from model.fidelity import ITEMS
from model.noise import PhiloxTape
from model.outcomes import Run
from model.parameters import Parameters
from model.programme.plan import Column, Plan, resolve, weeks_of
from model.programme.programme import Programme
from model.sites import Network, Site

LEFT_OPEN = -1  #: a placement the engine draws from the tape
PARAMETERS = np.dtype([(name, np.float64) for name in Parameters._fields])


class Input(NamedTuple):
    """What the engine reads: ``teams[team]``, ``targets[team, item]``, ``rows[team, week, column]``, ``events``."""

    teams: np.ndarray
    targets: np.ndarray
    rows: np.ndarray
    events: np.ndarray


def parameter_record(p: Parameters) -> np.ndarray:
    """Return the parameters as an array of one record."""
    return np.array([tuple(p)], dtype=PARAMETERS)


def arrays_of(network: Network, programme: Programme, p: Parameters) -> Input:
    """Resolve a programme for each team of a network, into arrays."""
    plans = [resolve(programme, site, p.doing_inclination, LEFT_OPEN) for site in network.sites]
    count = len(plans)
    weeks, events = (
        max(1, max(sizes)) for sizes in ([plan.weeks for plan in plans], [len(plan.events) for plan in plans])
    )
    found = Input(
        np.zeros(count, engine.TEAM),
        np.zeros((count, ITEMS), np.bool_),
        np.zeros((count, weeks, len(Column))),
        np.zeros((count, events, 3), np.int64),
    )
    for t, (site, plan) in enumerate(zip(network.sites, plans, strict=True)):
        for name, value in _fields(site, plan).items():
            found.teams[t][name] = value
        found.targets[t, [number - 1 for number in site.targets]] = True
        found.rows[t, : plan.weeks] = plan.rows
        for e, event in enumerate(plan.events):
            found.events[t, e] = event
    return found


def _fields(site: Site, plan: Plan) -> dict[str, float]:
    """Return a team's record: its site, and its programme's terms."""
    terms = plan.terms
    return {
        "number": site.number,
        "posts": site.posts,
        "seniors": site.seniors(),
        "baseline": site.baseline_total,
        "trust": site.trust,
        "facilitator": site.facilitator,
        "arrives": weeks_of(site.manager_arrives_month),
        "targeted": bool(site.targets),
        "placement": terms.placement,
        "shared": terms.shared_dose,
        "actions": terms.actions,
        "recorded": terms.visits_recorded,
        "wait": terms.readiness_wait,
        "weeks": plan.weeks,
        "events": len(plan.events),
        "busyness": site.busyness,
        "vacancy": site.vacancy,
        "turnover": site.turnover,
        "stance": site.manager_stance,
        "engagement": site.manager_engagement,
        "participative": site.manager_participative,
        "doing": _unknown(site.manager_doing),
        "buy_in": site.staff_buy_in,
        "support": site.trust_support,
        "collaboration": _unknown(site.collaboration),
        "imposed": terms.imposed,
        "breadth": terms.breadth,
        "knowledge": terms.reviewers_knowledge,
        "effort": terms.review_effort,
        "threshold": terms.readiness_threshold,
        "help": terms.readiness_support,
    }


def _unknown(value: float | None) -> float:
    return np.nan if value is None else value


def compiled_runs(
    network: Network,
    programme: Programme,
    p: Parameters,
    tape: PhiloxTape,
    *,
    months: float,
    measured_months: Iterable[float],
) -> list[Run]:
    """Run a network in the compiled engine; the same numbers as ``model.ensemble.runs_of`` gives from Mesa."""
    weeks, count = weeks_of(months), len(network.sites)
    given = arrays_of(network, programme, p)
    measured = np.zeros(weeks + 1, np.bool_)
    measured[[week for week in map(weeks_of, measured_months) if week <= weeks]] = True
    series = np.zeros((count, weeks + 1, engine.SERIES))
    hours = np.zeros((count, engine.BOOKS))
    totals = np.zeros((count, weeks + 1), np.int64)
    held = np.zeros(given.events.shape[:2], np.int64)
    marks = np.zeros((count, 5), np.int64)
    place = (parameter_record(p)[0], np.uint64(tape.luck), network.number, weeks, measured)
    engine.live(*place, *given, series, hours, totals, held, marks)
    runs = []
    for t, site in enumerate(network.sites):
        events = given.events[t, : given.teams[t]["events"]].tolist()
        outcomes = [(kind, week, at) for (kind, week, _), at in zip(events, held[t].tolist(), strict=False)]
        runs.append(
            Run(
                site.name,
                site.posts,
                site.baseline_total,
                series[t],
                {int(week): int(totals[t, week]) for week in np.flatnonzero(measured[1:]) + 1},
                tuple(hours[t].tolist()),
                tuple(outcome for outcome in outcomes if outcome[2] != engine.NOT_YET),
                *marks[t].tolist(),
            )
        )
    return runs
