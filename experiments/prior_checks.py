"""Is the model sane before any data? Runs under the prior, and the two signs nobody has built in.

``python -m experiments.prior_checks`` runs some minutes and writes ``docs/prior-checks.md``.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy import stats

from calibration import prior
from experiments.comparison import LARGE, compare
from experiments.experiment import Experiment
from experiments.result import Result
from experiments.scenario import Scenario
from model.mechanisms import MECHANISMS
from model.parameters import Parameters, declared, uncertain
from model.record import NAMES, WEEKLY

DRAWS, SEED = 512, 7
PAGE = Path(__file__).resolve().parent.parent / "docs" / "prior-checks.md"
STILL = (
    4.0  #: points a year: the mean change without a programme expected of a sane prior, declared beforehand
)
RANGE = "0.1 to 0.9"
SCENARIOS = ("internal-12", "external-12", "internal-24")


def priors_hash() -> str:
    """Return a hash of all parameters' names, values and priors, so that a page can be known to be stale."""
    values = Parameters()._asdict()
    lines = [f"{name} {values[name]!r} {entry.prior}" for name, entry in declared().items()]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def experiment(draws: int) -> Experiment:
    """Return the experiment the checks rest on: six teams, 24 months, one run a draw."""
    return Experiment(
        [Scenario(name) for name in SCENARIOS],
        draws=prior(draws, seed=SEED),
        replicates=1,
        seed=SEED,
        months=24,
    )


def page(result: Result) -> str:
    """Return the page as Markdown."""
    parts = [_head(result), _sanity(result), _signs(result), _reasons(result)]
    return "\n\n".join(parts) + "\n"


def _head(result: Result) -> str:
    return (
        "# The model under its priors\n\n"
        f"<!-- priors: {priors_hash()} -->\n\n"
        f"Six teams, {len(result.experiment.draws)} draws from priors and coded circumstances, one run each, 24 "
        "months; no data but the baselines. Written by `python -m experiments.prior_checks`. The priors were committed "
        "before any sign was computed; `docs/decisions.md` tells what was changed after the first look, and why."
    )


def _row(check: str, found: str, expected: str, holds: bool) -> str:
    return f"| {check} | {found} | {expected} | {'holds' if holds else '**does not hold**'} |"


def _quantiles(values: np.ndarray) -> tuple[float, float, float]:
    low, middle, high = np.nanquantile(values, [0.025, 0.5, 0.975])
    return float(low), float(middle), float(high)


def _span(values: np.ndarray) -> str:
    low, _, high = _quantiles(values)
    return f"{low:+.1f} to {high:+.1f}"


def _sanity(result: Result) -> str:
    totals = result.series[..., [NAMES.index("latent_total"), NAMES.index("reviewable_total")]]
    shares = result.series[..., [k for k, series in enumerate(WEEKLY) if series.unit == "share"]]
    none = result.outcome("latent_gain_12m", "no-sip")
    reviewed = result.outcome("gain_12m", "no-sip")
    gains = result.outcome("gain_12m", "internal-12")
    low, middle, high = _quantiles(gains)
    mean = float(np.mean(none))
    rows = [
        _row(
            "latent and reviewable totals, all arms and months",
            f"{totals.min():.1f} to {totals.max():.1f}",
            "39 to 195",
            bool(totals.min() >= 39.0 and totals.max() <= 195.0),
        ),
        _row(
            "shares",
            f"{shares.min():.3f} to {shares.max():.3f}",
            "0 to 1",
            bool(np.all((shares >= 0) & (shares <= 1))),
        ),
        _row(
            "no programme: mean latent change in 12 months",
            f"{mean:+.1f} points",
            f"within {STILL:g} of 0",
            abs(mean) <= STILL,
        ),
        _row(
            "no programme: single teams' reviewed change, 95%",
            f"{_quantiles(reviewed)[0]:+.0f} to {_quantiles(reviewed)[2]:+.0f}",
            "some climb, some fall",
            _quantiles(reviewed)[0] < 0.0 < _quantiles(reviewed)[2],
        ),
        _row(
            "programme: single teams' reviewed gain at 12 months",
            f"median {middle:+.0f}, 95% {low:+.0f} to {high:+.0f}; {np.mean(gains >= 40):.1%} reach 40",
            "covers 0 to 40",
            bool(low <= 0.0 and np.any(gains >= 40)),
        ),
    ]
    table = "| check | found | expected | |\n|---|---|---|---|\n" + "\n".join(rows)
    return "## Sanity\n\n" + table


def _differences(result: Result, first: str, second: str, outcome: str) -> np.ndarray:
    """Return a difference of latent gains by draw, averaged over the teams."""
    difference: np.ndarray = result.outcome(outcome, first) - result.outcome(outcome, second)
    return np.asarray(difference.mean(axis=(1, 2)))


def _signs(result: Result) -> str:
    placement = _differences(result, "external-12", "internal-12", "latent_gain_12m")
    length = _differences(result, "internal-24", "internal-12", "latent_gain_24m")
    better, plateau = float(np.mean(placement > 0)), float(np.mean(length < LARGE))
    reviewed = compare(result, "gain_12m", "external-12", against="internal-12")
    rows = [
        _row(
            "P(external better than internal), 12 months, latent",
            f"{better:.2f}",
            "0.1 to 0.9",
            0.1 <= better <= 0.9,
        ),
        _row(
            "P(24 months add less than 3 points over 12, both scored at month 24)",
            f"{plateau:.2f}",
            RANGE,
            _open(plateau),
        ),
    ]
    shown = [
        f"Shown, not forced: P(24 months worse than 12) is {np.mean(length < 0):.3f}. External less internal: mean "
        f"{placement.mean():+.2f} points, 95% of draws {_span(placement)}. "
        f"24 less 12 months: mean {length.mean():+.2f}, 95% {_span(length)}.",
    ]
    if reviewed is not None:
        shown.append(
            f"In reviewed points the mean difference of placement is {reviewed.estimate.mean:+.2f}, and P(> 0) over "
            f"draws is {reviewed.p_positive:.2f}."
        )
    table = "| sign | found | expected | |\n|---|---|---|---|\n" + "\n".join(rows)
    return "## No answer is built in\n\n" + table + "\n\n" + " ".join(shown)


def _open(probability: float) -> bool:
    return 0.1 <= probability <= 0.9


def _reasons(result: Result) -> str:
    """Name the parameters, and so the mechanisms, that go with each sign: rank correlations over draws."""
    parts = [
        "## What is behind each sign\n\nRank correlation with the parameters over draws, the strongest eight."
    ]
    cases = (
        (
            "External better than internal",
            _differences(result, "external-12", "internal-12", "latent_gain_12m"),
        ),
        ("24 months add more than 12", _differences(result, "internal-24", "internal-12", "latent_gain_24m")),
    )
    titles = {mechanism.key: mechanism.title for mechanism in MECHANISMS}
    for title, difference in cases:
        rows = []
        for name, correlation in _strongest(result, difference, uncertain()):
            key = declared()[name].mechanism
            rows.append(f"| `{name}` | {correlation:+.2f} | {key} {titles.get(key, '')} |")
        parts.append(
            f"**{title}**\n\n| parameter | correlation | mechanism |\n|---|---|---|\n" + "\n".join(rows)
        )
    return "\n\n".join(parts)


def _strongest(result: Result, difference: np.ndarray, names: Sequence[str]) -> list[tuple[str, float]]:
    table = result.experiment.draws.table
    found = [(name, float(stats.spearmanr(table[name], difference).statistic)) for name in names]
    return sorted(found, key=lambda pair: -abs(pair[1]))[:8]


def main() -> int:
    """Run the checks and write the page."""
    parser = argparse.ArgumentParser(description="Check the model under its priors.")
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    text = page(experiment(given.draws).run(workers=given.workers, progress=sys.stderr.isatty()))
    given.out.write_text(text, encoding="utf-8")
    print(json.dumps({"page": given.out.name, "priors": priors_hash()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
