"""What is measured in a process of its own: the first call, cold and warm, and the largest memory.

``python -m benchmarks.apart NAME ...`` does the work and prints its figures as JSON.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Cell, Table

HOME = Path(__file__).resolve().parent.parent
TEAM_YEARS = 100_000
DRAWS, TEAMS, ARMS = 50, 6, 2


def _apart(*words: str, **environment: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.apart", *words]
    done = subprocess.run(
        command, cwd=HOME, env=os.environ | environment, stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def compiling(quick: bool) -> list[Table]:
    """Measure the first call where no kernel is kept, where it is, and where none can be: by one process, not two."""
    with tempfile.TemporaryDirectory() as folder:
        cold, warm = (_apart("first_call", CRTSIP_CACHE_DIR=folder) for _ in range(2))
    alone = _apart("first_call", CRTSIP_CACHE_DIR=os.devnull)
    rows = [(name, cold[name], alone[name], warm[name]) for name in cold]
    header = ("", "compiled anew", "by one process", "kernel kept")
    return [Table("The first call, seconds in a new process", header, rows)]


def first_call() -> dict[str, float]:
    """Return the seconds of importing and of a first run."""
    started = time.perf_counter()
    from benchmarks.worlds import World, draws

    world = World(parameters=draws(1))
    world.luck, world.inputs, world.measured  # noqa: B018 - worked out once, now
    ready = time.perf_counter()
    world.live()
    return {"imports and inputs": ready - started, "first run": time.perf_counter() - ready}


def memory(quick: bool) -> list[Table]:
    """Measure the largest memory of many team-years with reduced outputs."""
    team_years = TEAM_YEARS // 20 if quick else TEAM_YEARS
    rows: list[tuple[Cell, ...]] = []
    for name in ("in memory", "kept in a directory"):
        for workers in (1, 2):
            found = _apart("experiment", name, str(workers), str(team_years))
            rows.append((f"{name}, {workers} thread{'s' * (workers > 1)}", *found.values()))
    header = ("", "team-years", "MB before", "MB at most", "seconds")
    note = f"Two arms, {TEAMS} teams, {DRAWS} draws, 12 months; all outcomes, hours by kind, monthly series."
    return [Table("Memory and time of a large experiment, new process", header, rows, note)]


def experiment(where: str, workers: str, team_years: str) -> dict[str, float]:
    """Run an experiment of so many team-years; return them, the memory before and at most, and the seconds."""
    from calibration import posterior
    from experiments import Experiment, Scenario

    replicates = -(-int(team_years) // (ARMS * TEAMS * DRAWS))
    asked = Experiment([Scenario("core-12")], draws=posterior(DRAWS), replicates=replicates, months=12.0)
    before, started = peak(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "result" if where == "kept in a directory" else None
        asked.run(workers=int(workers), out=out)
    seconds = time.perf_counter() - started
    lived = replicates * ARMS * TEAMS * DRAWS
    return {"team-years": lived, "before": before, "peak": peak(), "seconds": seconds}


def peak() -> float:
    """Return the largest memory this process has held, in megabytes.

    Linux counts in ``ru_maxrss`` what the process held that started this one; its own stands in ``/proc``.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024.0
    unit = 1024.0**2 if sys.platform == "darwin" else 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    print(json.dumps(first_call() if sys.argv[1] == "first_call" else experiment(*sys.argv[2:])))
