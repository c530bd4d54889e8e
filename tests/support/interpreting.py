"""Run the engine as plain Python (``NUMBA_DISABLE_JIT=1``) and Mesa on one case, and compare all that is left."""

import copy
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np
from end_states import comparable, differences, of_mesa

from model import engine
from model.arrays import Inputs, inputs_of
from model.crisis_teams import CrisisTeams
from model.engine import layout
from model.ensemble import measured_weeks, runs_of
from model.fidelity import ITEMS
from model.noise import PhiloxTape
from model.outcomes import OUTCOMES, reduce
from model.parameters import Parameters
from model.programme.plan import weeks_of
from model.programme.programme import Programme
from model.record import HOURS, NAMES
from model.sites import Network


class Case(NamedTuple):
    """Some runs of a network: ``networks[draw]``, ``draws[draw]``, and draw and seed of each run.

    Without ``all_states`` the runs share one state, cleared between them. ``kept_weeks`` None keeps all weeks.
    """

    name: str
    networks: tuple[Network, ...]
    programme: Programme
    draws: tuple[Parameters, ...]
    runs: tuple[tuple[int, int], ...]
    months: float
    measured_months: tuple[float, ...]
    kept_weeks: tuple[int, ...] | None = None
    levels: bool = True
    all_states: bool = True


class Left(NamedTuple):
    """What runs leave, as ``live_all`` writes it; ``states`` without what only the engine holds."""

    series: np.ndarray
    totals: np.ndarray
    held: np.ndarray
    hours: np.ndarray
    levels: np.ndarray
    outcomes: np.ndarray
    states: np.ndarray


class States(list):
    """A network's states: to put one in a place copies it, as among records."""

    def __setitem__(self, place: Any, state: Any) -> None:
        super().__setitem__(place, copy.deepcopy(state))


class Prepared(NamedTuple):
    """A case as the engine reads it, and the room it writes into: good for one run."""

    case: Case
    inputs: Inputs
    teams: list[list[Any]]
    blank: list[Any]
    states: list[States]
    measured: np.ndarray


class Table(list):
    """A list of rows, read and written as ``table[row, column]``."""

    def __getitem__(self, place: Any) -> Any:
        return super().__getitem__(place[0])[place[1]]

    def __setitem__(self, place: Any, value: Any) -> None:
        super().__getitem__(place[0])[place[1]] = value


def plain(value: Any) -> Any:
    """Return a record as an object with the same names, whose fields are numbers, lists, tables or such objects."""
    if value.dtype.names:
        return SimpleNamespace(**{name: plain(value[name]) for name in value.dtype.names})
    return Table(value.tolist()) if value.ndim > 1 else value.tolist()


def _entry(thing: Any, kind: np.dtype) -> Any:
    """Return an object of ``plain`` as the tuple a record is made of."""
    if kind.subdtype is not None:
        within = kind.subdtype[0]
        return [_entry(one, within) for one in thing] if within.names else thing
    return (
        tuple(_entry(getattr(thing, name), kind.fields[name][0]) for name in kind.names)
        if kind.names
        else thing
    )


def prepare(case: Case, inputs: Inputs | None = None) -> Prepared:
    """Write a case as the engine reads it."""
    inputs = inputs_of(case.networks, case.programme, case.draws) if inputs is None else inputs
    count, several = inputs.teams.shape[1], len(case.runs) if case.all_states else 1
    blank = plain(np.zeros(1, layout.STATE)[0])
    return Prepared(
        case,
        inputs,
        [[plain(team) for team in teams] for teams in inputs.teams],
        [blank] if len(case.runs) > several else [],
        [States(copy.deepcopy(blank) for _ in range(count)) for _ in range(several)],
        measured_weeks(case.measured_months, weeks_of(case.months)),
    )


def _empty(case: Case, inputs: Inputs) -> Left:
    runs, weeks, shape = len(case.runs), weeks_of(case.months) + 1, inputs.planned.shape[1:3]
    count, kept = shape[0], weeks if case.kept_weeks is None else len(case.kept_weeks)
    return Left(
        np.zeros((runs, count, kept, len(NAMES))),
        np.zeros((runs, count, weeks), np.int64),
        np.zeros((runs, *shape), np.int64),
        np.zeros((runs, count, len(HOURS))),
        np.zeros((runs, count, weeks if case.levels else 0, ITEMS)),
        np.zeros((runs, count, len(OUTCOMES))),
        np.zeros((runs if case.all_states else 1, count), layout.STATE),
    )


def in_engine(prepared: Prepared) -> Left:
    """Run a prepared case in the engine as it stands."""
    case, inputs, left = prepared.case, prepared.inputs, _empty(prepared.case, prepared.inputs)
    weeks = len(prepared.measured)
    engine.live_all(
        engine.begin_week,
        case.draws,
        [PhiloxTape(seed).luck for _, seed in case.runs],
        [draw for draw, _ in case.runs],
        inputs.network,
        prepared.measured,
        prepared.teams,
        inputs.rows,
        inputs.planned,
        prepared.blank,
        prepared.states,
        np.zeros((len(prepared.teams[0]), weeks, len(NAMES))),
        np.arange(weeks) if case.kept_weeks is None else np.array(case.kept_weeks, np.int64),
        left.held,
        left.series,
        left.levels,
        left.hours,
        left.totals,
        left.outcomes,
    )
    found = [
        np.array([_entry(state, layout.STATE) for state in states], layout.STATE)
        for states in prepared.states
    ]
    return left._replace(states=np.array([comparable(states) for states in found]))


def in_mesa(case: Case, inputs: Inputs) -> Left:
    """Run a case in Mesa, and write what is left as the engine does."""
    left = _empty(case, inputs)
    for k, (draw, seed) in enumerate(case.runs):
        model = CrisisTeams(
            case.networks[draw],
            case.programme,
            case.draws[draw],
            months=case.months,
            tape=PhiloxTape(seed),
            measured_months=case.measured_months,
            collect="nothing",
        ).run()
        for t, (run, record) in enumerate(zip(runs_of(model), model.records.values(), strict=True)):
            left.series[k, t] = run.series if case.kept_weeks is None else run.series[list(case.kept_weeks)]
            left.totals[k, t], left.hours[k, t] = run.totals, run.hours
            left.held[k, t, : run.events] = run.held
            if case.levels:
                left.levels[k, t] = record.levels
            reduce(model.p, run, left.outcomes[k, t])
        left.states[k % len(left.states)] = of_mesa(model)
    return left


def first_difference(one: Left, other: Left) -> str:
    """Return what differs first in a bit, or nothing."""
    for name, left, right in zip(Left._fields, one, other, strict=True):
        if name != "states":
            if left.tobytes() != right.tobytes():
                return name
        elif found := [text for pair in zip(left, right, strict=True) for text in differences(*pair)]:
            return f"states{found[0].split(':')[0]}"
    return ""
