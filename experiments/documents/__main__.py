"""Write the generated pages: ``python -m experiments.documents``; ``--check`` names what is stale and exits with 1."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from experiments.documents import evidence, frameworks
from experiments.tables import DOCS

PAGES: Mapping[str, Callable[[], str]] = {"evidence.md": evidence.page, "frameworks.md": frameworks.page}


def stale(docs: Path = DOCS) -> list[str]:
    """Return the generated pages that no longer say what the code says."""
    return [
        name
        for name, page in PAGES.items()
        if not (docs / name).is_file() or (docs / name).read_text(encoding="utf-8") != page()
    ]


def write(docs: Path = DOCS) -> None:
    """Write the generated pages."""
    for name, page in PAGES.items():
        (docs / name).write_text(page(), encoding="utf-8")


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(prog="python -m experiments.documents", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if something is stale")
    options = parser.parse_args()
    if not (DOCS / "odd.md").is_file():
        print(f"{DOCS / 'odd.md'} is not there: run this in a copy of the source tree.", file=sys.stderr)
        return 2
    if not options.check:
        write()
        return 0
    found = stale()
    for name in found:
        print(f"docs/{name} is stale: run python -m experiments.documents", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
