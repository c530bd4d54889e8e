"""Small experiments, their directories compared by bytes, and the command in a process of its own."""

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import calibration
from calibration import prior
from experiments import Experiment, Scenario
from model.sites import Site

SMALL = Site(name="small", number=1001, posts=4)
#: Seconds for what is to come: a slow machine that compiles first takes a part of it, a fault all of it.
PATIENCE = 300.0


def small(**changes: Any) -> Experiment:
    """Return an experiment of a second or less: two scenarios, five draws, six replicates, a team of four."""
    given = {"draws": prior(5, seed=3), "replicates": 6, "seed": 4, "months": 1.0, "teams": (SMALL,)}
    return Experiment([Scenario("external-12")], **({"engine": "mesa"} | given | changes))


def promised(folder: Path) -> dict[str, bytes]:
    """Return the bytes promised to be equal for equal inputs."""
    files = [path for part in ("data", "scenarios") for path in sorted((folder / part).rglob("*"))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


#: A process inherits to ignore Ctrl-C from a shell that began the tests in the background.
HEEDS_INTERRUPTS = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"


def command(code: str, *arguments: str, **options: Any) -> "subprocess.Popen[str]":
    """Start ``crtsip`` with some arguments in a process of its own, after some lines of code."""
    script = (
        HEEDS_INTERRUPTS
        + textwrap.dedent(code)
        + "\nfrom experiments.cli import main\nif __name__ == '__main__': main()\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        **options,
    )


def environment() -> dict[str, str]:
    """Return this process's environment with the packages under test to be found first."""
    root = Path(calibration.__file__).parents[1]
    paths = os.pathsep.join([str(root), *filter(None, [os.environ.get("PYTHONPATH")])])
    return os.environ | {"PYTHONPATH": paths}


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something holds.

    Raises
    ------
    TimeoutError
        If it does not in time.
    """
    last = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > last:
            raise TimeoutError(f"It did not come to hold in {seconds:g} s.")
        time.sleep(0.01)
