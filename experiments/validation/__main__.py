"""``python -m experiments.validation`` runs all patterns and writes ``docs/patterns.md``."""

import argparse
import json
import os
import sys
from pathlib import Path

from calibration import posterior, prior
from experiments.validation.page import page
from experiments.validation.patterns import declarations_hash, patterns
from experiments.validation.running import Plan
from experiments.validation.validation import validate

PAGE = Path(__file__).resolve().parents[2] / "docs" / "patterns.md"
DRAWS = 200


def main() -> int:
    """Run the patterns and write the page."""
    parser = argparse.ArgumentParser(description="Run the patterns the model is asked about.")
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--replicates", type=int, default=Plan.replicates)
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    plan = Plan(given.replicates, given.seed, given.workers)
    draws, before = posterior(given.draws), prior(given.draws, given.seed)
    found = validate(patterns(), draws, before, plan, progress=True)
    given.out.write_text(page(found), encoding="utf-8")
    print(json.dumps({"page": given.out.name, "declarations": declarations_hash()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
