"""Make the golden file: outcomes of a few probe runs. Run ``python tests/backtest/make_golden.py``.

Run it in a commit that changes behaviour on purpose, and say so in a line of ``CHANGELOG.md``.
"""

import json
import math
import sys
from pathlib import Path

from model import presets
from model.crisis_teams import CrisisTeams
from model.ensemble import runs_of
from model.noise import PhiloxTape, StillTape, Tape
from model.outcomes import reduce_run
from model.sites import Site

GOLDEN = Path(__file__).with_name("golden.json")
MONTHS = 14.0
MEASURED = (6.0, 12.0, MONTHS)
#: Not ready for change at first, so that assessing readiness makes a difference.
SITE = Site(
    name="probe",
    number=1,
    posts=8,
    baseline_total=110,
    manager_stance=0.2,
    manager_engagement=0.2,
    staff_buy_in=0.2,
    trust_support=0.1,
)
PRESETS = (
    "no-sip",
    "core-12",
    "internal-12",
    "external-12",
    "embedded-12",
    "blended-12",
    "readiness-first",
    "rigid-plan",
    "flexible-plan",
    "places-of-safety",
)
TAPES = ("still", "seed 1", "seed 2")

Outcomes = dict[str, float | None]


def tape(name: str) -> Tape:
    """Return the luck of that name."""
    return StillTape() if name == "still" else PhiloxTape(int(name.removeprefix("seed ")))


def probed(preset: str, luck: str) -> Outcomes:
    """Run a probe and return its outcomes; nothing stands for what did not happen or lies beyond the run."""
    model = CrisisTeams(
        SITE,
        presets.programme(preset),
        months=MONTHS,
        tape=tape(luck),
        measured_months=MEASURED,
        collect="nothing",
    ).run()
    outcomes = reduce_run(model.p, runs_of(model)[0])
    return {name: None if math.isnan(value) else float(value) for name, value in outcomes.items()}


def probes() -> dict[str, dict[str, Outcomes]]:
    """Run all probes: outcomes by preset and luck."""
    return {preset: {luck: probed(preset, luck) for luck in TAPES} for preset in PRESETS}


def main() -> int:
    """Write the golden file."""
    GOLDEN.write_text(
        json.dumps(probes(), indent=1, sort_keys=True, allow_nan=False) + "\n", encoding="utf-8"
    )
    print(f"{GOLDEN} is made again. Say in CHANGELOG.md what behaves differently, and why.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
