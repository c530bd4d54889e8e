"""How much a team-week takes, counted: blocks of luck, multiplications, additions, divisions, exponentials.

The compiled engine is run as plain Python in a process of its own, its rules and wiring rewritten so that each
operation counts (``counting``), and each call of ``block`` too. What is counted is what is written: a compiler may do
less, by keeping what it has worked out once. That the rewritten engine gives the compiled one's outcomes, bit for
bit, is checked with each count.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.counting import TALLY, counting

HOME = Path(__file__).resolve().parent.parent
COUNTED = ("model.rules", "model.engine", "model.outcomes")
YEAR = 12.0
WEEK = 12.0 / 52.0


@dataclass(frozen=True)
class Counts:
    """Mean counts of a run of one team; roots count as divisions, logarithms as exponentials."""

    blocks: float
    products: float
    sums: float
    quotients: float
    exponentials: float

    @classmethod
    def of(cls, tally: dict[str, float]) -> "Counts":
        """Gather a tally by operation."""
        got = Counter(tally)
        return cls(
            got["block"],
            got["mul"],
            got["add"] + got["sub"],
            got["truediv"] + got["sqrt"],
            got["exp"] + got["exponential"] + got["log"],
        )


def counts(runs: int) -> tuple[Counts, Counts]:
    """Return the counts of a start (with the first week's row and the reduction) and of a mean week of a year."""
    year, week = _counted_apart(runs, YEAR), _counted_apart(runs, WEEK)
    weekly = {name: (year[name] - week.get(name, 0.0)) / 51.0 for name in year}
    start = {name: max(0.0, week.get(name, 0.0) - weekly[name]) for name in year}
    return Counts.of(start), Counts.of(weekly)


def _counted_apart(runs: int, months: float) -> dict[str, float]:
    """Count in another process, and compare its outcomes with those of the compiled engine."""
    from benchmarks.worlds import World, draws

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.counts", str(runs), str(months)],
        cwd=HOME,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    compiled = World(parameters=draws(runs), months=months).live().outcomes
    assert compiled.tobytes().hex() == found["outcomes"], "the counted engine gives other numbers"
    return {name: total / runs for name, total in found["tally"].items()}


def tallied(runs: int, months: float) -> dict[str, Any]:
    """Run the engine as plain Python, and return what it counted with the outcomes' bytes."""
    with counting(*COUNTED):
        from model import philox

        philox.block = _counting_block(philox.block)
        from benchmarks.worlds import World, draws
        from model.engine import layout

    layout.STATE = _with_names(layout.STATE)
    world = World(parameters=draws(runs), months=months)
    inputs = world.inputs
    world.__dict__["inputs"] = inputs._replace(
        parameters=inputs.parameters.view(_with_names(inputs.parameters.dtype)),
        teams=inputs.teams.view(_with_names(inputs.teams.dtype)),
    )
    TALLY.clear()
    found = world.live()
    return {"tally": dict(TALLY), "outcomes": found.outcomes.tobytes().hex()}


def _with_names(dtype: np.dtype) -> np.dtype:
    """Return a record type whose records give their fields as attributes, as numba's do."""
    return np.dtype((np.record, dtype))


def _counting_block(block: Any) -> Any:
    def counted_block(*address: int) -> Any:
        TALLY["block"] += 1
        return block(*address)

    return counted_block


if __name__ == "__main__":
    print(json.dumps(tallied(int(sys.argv[1]), float(sys.argv[2]))))
