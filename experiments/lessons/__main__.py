"""Run the lessons and write their notebooks, then the generated parts of the teaching pages.

``python -m experiments.lessons`` all of them; ``python -m experiments.lessons 02 05`` these; ``--check`` only says
what is stale.
"""

import argparse
import sys

from experiments.lessons.building import NOTEBOOKS, notebook_of, scripts, stale, write
from experiments.lessons.guide import stale_pages, write_pages


def main(arguments: list[str] | None = None) -> int:
    """Write the lessons, or say which are stale (exit status 1)."""
    parser = argparse.ArgumentParser(description="Run the lessons and write their notebooks.")
    parser.add_argument("numbers", nargs="*", help="the lessons to run, such as 02; all where none is named")
    parser.add_argument("--check", action="store_true", help="run nothing; say what is stale")
    chosen = parser.parse_args(arguments)
    if not scripts():
        parser.error(f"there are no lessons in {NOTEBOOKS}: run this in a copy of the project")
    found = [path for path in scripts() if not chosen.numbers or path.name[:2] in chosen.numbers]
    if not found:
        parser.error(f"there is no lesson {', '.join(chosen.numbers)}; there are {_numbers()}")
    if chosen.check:
        return _check()
    for script in found:
        print(f"{script.name} -> {notebook_of(script).name}", file=sys.stderr)
        write(script)
    write_pages()
    return 0


def _numbers() -> str:
    return ", ".join(path.name[:2] for path in scripts())


def _check() -> int:
    why = [f"{script.name}: {reason}" for script in scripts() if (reason := stale(script))]
    why += [f"{page}: stale" for page in stale_pages()]
    for line in why:
        print(line, file=sys.stderr)
    return 1 if why else 0


if __name__ == "__main__":
    sys.exit(main())
