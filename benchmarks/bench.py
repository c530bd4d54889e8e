"""How fast the model runs: ``make bench``, or ``python -m benchmarks.bench``."""

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.apart import compiling, memory
from benchmarks.engines import engines
from benchmarks.parts import parts
from benchmarks.promises import promises
from benchmarks.report import Table
from benchmarks.results import results
from benchmarks.scaling import scaling
from benchmarks.threads import threads

SECTIONS: dict[str, Callable[[bool], list[Table]]] = {
    "engines": engines,
    "parts": parts,
    "threads": threads,
    "results": results,
    "scaling": scaling,
    "compiling": compiling,
    "memory": memory,
    "promises": promises,
}


def machine() -> str:
    """Describe the machine: processor, processors at hand, system, Python."""
    name, facts = platform.processor() or platform.machine(), Path("/proc/cpuinfo")
    if facts.exists():
        named = [line for line in facts.read_text().splitlines() if line.startswith("model name")]
        name = named[0].split(":", 1)[1].strip() if named else name
    shared = " (a virtual machine)" if facts.exists() and "hypervisor" in facts.read_text() else ""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{name}, {os.cpu_count()} processors{shared}, {platform.system()}, {python}"


def main(words: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: under a minute, less exact")
    parser.add_argument(
        "--part", action="append", choices=SECTIONS, help="only this section; may be repeated"
    )
    parser.add_argument("--table", action="store_true", help="print Markdown tables")
    given = parser.parse_args(words)
    started = time.perf_counter()
    print(f"Machine: {machine()}\n", flush=True)
    for name in given.part or SECTIONS:
        for table in SECTIONS[name](given.quick):
            print(table.markdown() if given.table else table.text(), flush=True)
    if not given.table:
        print(
            f"Took {time.perf_counter() - started:.0f} s; each figure is the shortest of many, taken in turns."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
