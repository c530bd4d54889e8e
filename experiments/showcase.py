"""The README's first screen and its pictures, from a result of ``crtsip demo``: nothing there is typed by hand.

``python -m experiments.showcase RESULT`` writes them. They are stale when draws, priors or presets have changed.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

from calibration.shipped import DRAWS, shipped
from experiments import wording
from experiments.plots import by_length, hours, save, trajectory
from experiments.prior_checks import priors_hash
from experiments.result import Result, read_result
from model import presets

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PICTURES = ROOT / "docs" / "pictures"
REGION = re.compile(r"<!-- headline[^>]*-->.*?<!-- end -->", re.DOTALL)


def inputs_hash() -> str:
    """Return a hash of what the headline rests on: the shipped draws, the parameters' priors, the presets."""
    digest = hashlib.sha256(shipped(DRAWS))
    digest.update(priors_hash().encode())
    digest.update(json.dumps([presets.table(name) for name in presets.names()], sort_keys=True).encode())
    return digest.hexdigest()[:16]


def headline(result: Result) -> str:
    """Return the README's region: the answer in words, what it rests on, two pictures."""
    experiment = result.experiment
    basis = (
        f"*{len(experiment.draws)} draws of a {experiment.draws.kind}, {result.replicates} replicates, "
        f"{len(result.teams)} teams; written by `python -m experiments.showcase` from a result of `crtsip demo`. "
        f"{_standing(experiment.draws.kind)}*"
    )
    return "\n\n".join(
        [
            f"<!-- headline {inputs_hash()} -->",
            wording.answer(result),
            basis,
            "![Fidelity of the six teams by month, with a programme and without](docs/pictures/trajectory.svg)",
            "![External against internal facilitation by length of the programme](docs/pictures/by-length.svg)",
            "<!-- end -->",
        ]
    )


def _standing(kind: str) -> str:
    if kind != "posterior":
        return "Until the calibration is done every figure is provisional."
    return (
        "What the six totals could decide, and what they could not: [docs/validation.md](docs/validation.md)."
    )


def main() -> int:
    """Write the README's region and the pictures."""
    parser = argparse.ArgumentParser(description="Write the README's headline from a result of the demo.")
    parser.add_argument("result", type=Path)
    result = read_result(parser.parse_args().result)
    text = README.read_text(encoding="utf-8")
    README.write_text(REGION.sub(lambda _: headline(result), text), encoding="utf-8")
    PICTURES.mkdir(exist_ok=True)
    for name, figure in (
        ("trajectory", trajectory(result)),
        ("by-length", by_length(result)),
        ("hours", hours(result)),
    ):
        save(figure, PICTURES / f"{name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
