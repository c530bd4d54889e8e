"""A provisional sample: plain rejection by the six reviewed 12-month totals, until the real calibration.

Each prior draw, with circumstances within the coded intervals, runs the six teams as recorded; the draws whose
simulated changes lie nearest to the recorded ones are kept. This is crude (one run a draw, no likelihood, no
selection, no coding error) and everything shown from it says so. ``python -m calibration.provisional`` remakes it.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from calibration.draws import Draws, prior
from calibration.records import six_teams
from calibration.shipped import write_draws
from model import presets
from model.ensemble import simulate
from model.outcomes import reduce_run
from model.sites import Network

PRIOR_DRAWS, KEPT, SEED = 16384, 200, 20241
KIND = "provisional sample"
PROGRAMME, MONTHS = "core-12-recorded", 12


def settings(draws: int = PRIOR_DRAWS, keep: int = KEPT) -> dict[str, Any]:
    """Return what the rejection is told; a part of the fingerprint of its draws."""
    return {
        "method": "rejection",
        "programme": PROGRAMME,
        "months": MONTHS,
        "prior_draws": draws,
        "kept": keep,
        "seed": SEED,
    }


def simulated_changes(draws: Draws, draw: int) -> list[float]:
    """Return the six teams' simulated reviewed changes at 12 months, with luck of this draw's own."""
    p, programme = draws.parameters(draw), presets.programme(PROGRAMME)
    changes = []
    for site in draws.sites(draw):
        run = simulate(
            Network.of_one(site),
            programme,
            p,
            seed=SEED,
            replicate=0,
            months=MONTHS,
            measured_months=(MONTHS,),
            fresh_luck=draw,
            engine="compiled",
        )[0]
        changes.append(reduce_run(p, run)["gain_12m"])
    return changes


def distances(changes: np.ndarray) -> np.ndarray:
    """Return the root mean square distance, in points, of ``changes[draw, team]`` from the recorded ones."""
    recorded = np.array([record.change for record in six_teams()], dtype=float)
    found: np.ndarray = np.sqrt(np.mean((changes - recorded) ** 2, axis=1))
    return found


def nearest(draws: Draws, changes: np.ndarray, count: int, seed: int) -> Draws:
    """Keep the draws nearest to the records, in random order."""
    best = np.argsort(distances(changes), kind="stable")[:count]
    order = np.random.Generator(np.random.PCG64(seed)).permutation(best)
    return Draws(draws.table.iloc[order], "provisional sample")


def main() -> int:
    """Remake the shipped sample."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--draws", type=int, default=PRIOR_DRAWS, help="prior draws to run")
    parser.add_argument("--keep", type=int, default=KEPT, help="draws to keep")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "posterior")
    given = parser.parse_args()
    draws = prior(given.draws, SEED)
    changes = np.array([simulated_changes(draws, draw) for draw in tqdm(draws, unit="draw", disable=None)])
    kept = nearest(draws, changes, given.keep, SEED)
    provenance = told(changes, given.draws, given.keep)
    write_draws(kept.table, provenance, given.out, settings(given.draws, given.keep))
    print(json.dumps(provenance, indent=1))
    return 0


def told(changes: np.ndarray, draws: int, keep: int) -> dict[str, Any]:
    """Return how a sample was made of ``changes[draw, team]``, and how near it came."""
    away = distances(changes)
    nearest_first = np.argsort(away, kind="stable")[:keep]
    return {
        "kind": KIND,
        "method": "rejection: the prior draws whose six simulated changes lie nearest to the recorded ones",
        "prior_draws": draws,
        "kept": keep,
        "seed": SEED,
        "distance_kept_max": round(float(np.sort(away)[keep - 1]), 3),
        "distance_prior_median": round(float(np.median(away)), 3),
        "changes_kept_mean": [round(float(x), 2) for x in changes[nearest_first].mean(0)],
        "changes_recorded": [record.change for record in six_teams()],
        "command": "python -m calibration.provisional",
    }


if __name__ == "__main__":
    sys.exit(main())
