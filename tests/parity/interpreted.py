"""Run the engine as plain Python, its luck from NumPy, and compare with Mesa: ``NUMBA_DISABLE_JIT=1 python ...``.

Compiling may neither hide a fault of the wiring nor bring one in. Prints the number of equal cases.
"""

import sys
from types import SimpleNamespace
from typing import Any

import numpy as np

from calibration import prior
from model import presets
from model.arrays import Inputs, inputs_of
from model.compiling import INTERPRETED
from model.crisis_teams import CrisisTeams
from model.engine import live_all
from model.engine.layout import STATE
from model.ensemble import measured_weeks, runs_of
from model.fidelity import ITEMS
from model.noise import PhiloxTape
from model.outcomes import OUTCOMES, reduce
from model.parameters import Parameters
from model.record import HOURS, NAMES
from model.sites import Network

CASES = 15
MONTHS = 4.0


def plain(record: np.void) -> Any:
    """Return a record as an object with the same names; records within it as lists of such objects."""
    fields = {}
    for name in record.dtype.names or ():
        value = record[name]
        if getattr(value, "ndim", 0) and value.dtype.names:
            fields[name] = [plain(entry) for entry in value]
        else:
            fields[name] = np.array(value) if getattr(value, "ndim", 0) else value.item()
    return SimpleNamespace(**fields)


def interpreted(
    inputs: Inputs, p: Parameters, luck: int, measured: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return ``series[team, week, series]`` and ``outcomes[team, outcome]`` of one run of the engine."""
    count, weeks = inputs.teams.shape[1], len(measured)
    series = np.zeros((count, weeks, len(NAMES)))
    outcomes = np.zeros((1, count, len(OUTCOMES)))
    live_all(
        [p],
        [luck],
        [0],
        inputs.network,
        measured,
        [[plain(team) for team in inputs.teams[0]]],
        inputs.rows,
        inputs.planned,
        [],
        [[plain(state) for state in np.zeros(count, STATE)]],
        series,
        np.zeros(0, np.int64),
        np.zeros((1, *inputs.planned.shape[1:3]), np.int64),
        np.zeros((1, count, 0, len(NAMES))),
        np.zeros((1, count, 0, ITEMS)),
        np.zeros((1, count, len(HOURS))),
        np.zeros((1, count, weeks), np.int64),
        outcomes,
    )
    return series, outcomes[0]


def is_equal(case: int) -> bool:
    """Run one small case in both readers and compare the bits."""
    draws, name = prior(CASES, seed=3), presets.names()[case % len(presets.names())]
    sites = [
        site.model_copy(update={"posts": 3 + case % 4, "facilitator": case % 2}) for site in draws.sites(case)
    ]
    network = Network(sites=tuple(sites[: 1 + case % 2]), number=case)
    programme, p, tape = presets.programme(name), draws.parameters(case), PhiloxTape(case, 2)
    model = CrisisTeams(
        network, programme, p, months=MONTHS, tape=tape, measured_months=(2, MONTHS), collect="nothing"
    ).run()
    measured = measured_weeks((2, MONTHS), model.weeks)
    series, outcomes = interpreted(inputs_of([network], programme, [p]), p, tape.luck, measured)
    reduced = np.zeros_like(outcomes)
    for t, run in enumerate(runs_of(model)):
        reduce(p, run, reduced[t])
    mesa = np.array([record.weeks for record in model.records.values()])
    return bool(series.tobytes() == mesa.tobytes() and outcomes.tobytes() == reduced.tobytes())


if __name__ == "__main__":
    assert INTERPRETED, "set NUMBA_DISABLE_JIT=1"
    equal = [is_equal(case) for case in range(CASES)]
    print(f"{sum(equal)} of {CASES} equal")
    sys.exit(not all(equal))
