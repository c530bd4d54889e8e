"""The bound in C: the luck and the arithmetic of a team's run without its logic; see ``bound.c``."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.counts import Counts
from benchmarks.timing import Job

SOURCE = Path(__file__).with_name("bound.c")
FLAGS = ("-O3", "-march=native")
ONE_AT_A_TIME = ("-fno-tree-vectorize", "-ffp-contract=off")  #: as compiled Python must, to keep its bits
RUNS = 25


def compiler() -> str | None:
    """Return a C compiler of this machine; nothing where there is none."""
    return next(filter(None, map(shutil.which, (os.environ.get("CC", "cc"), "cc", "gcc", "clang"))), None)


@contextmanager
def programs() -> Iterator[dict[str, Path]]:
    """Compile the bound into a temporary directory, free and one value at a time; nothing without a compiler."""
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for name, more in (("free", ()), ("one", ONE_AT_A_TIME)):
            path, c = Path(folder) / name, compiler()
            if c is not None and _compiled(c, more, path):
                found[name] = path
        yield found


def _compiled(c: str, more: tuple[str, ...], path: Path) -> bool:
    done = subprocess.run(
        [c, *FLAGS, *more, "-o", str(path), str(SOURCE), "-lm"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(f"The bound in C does not compile with {c}: {done.stderr.strip()}")
    return done.returncode == 0


def jobs(program: Path, start: Counts, weekly: Counts, weeks: int) -> tuple[Job, Job]:
    """Return jobs that tell the seconds of a run's luck alone, and of the whole."""
    numbers = (RUNS, weeks, start.blocks, weekly.blocks)
    operations = (weekly.products, weekly.sums, weekly.quotients, weekly.exponentials)
    words = [str(program), *(str(round(number)) for number in numbers + operations)]

    def job(place: int) -> Job:
        return lambda: float(subprocess.check_output(words, text=True).split()[place]) / RUNS

    return job(0), job(1)
