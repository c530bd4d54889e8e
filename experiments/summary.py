"""A result in figures: every scenario, every difference, and what was not decided."""

from typing import Any

import numpy as np

from experiments.comparison import ENOUGH_DRAWS, Comparison, Estimate, compare, estimated, sustained_share
from experiments.crossing import CROSSINGS
from experiments.profile import UncertainSite
from experiments.result import Result
from model.outcomes import MONTHS, OUTCOME_NAMES

GAINS = ("gain_12m", "gain_end")
SHOWN = tuple(
    name for name in OUTCOME_NAMES if name not in ("latent_gain_programme_end", "latent_gain_year_after")
)
FIDELITY = ("gain", "latent_gain", "moderate", "high")


def pairs(result: Result, against: str | None = None) -> list[tuple[str, str]]:
    """Return which scenarios are compared: each against no programme, then external against internal
    facilitation of the same length, then each against the first (or ``against``).
    """
    names = [name for name in result.scenarios if name != "no-sip"]
    reference = against if against is not None else names[0] if names else "no-sip"
    with_none = [(name, "no-sip") for name in names]
    placements = [
        (name, name.replace("external-", "internal-")) for name in names if name.startswith("external-")
    ]
    alike = [pair for pair in placements if pair[1] in names]
    with_first = [(name, reference) for name in result.scenarios if name not in (reference, "no-sip")]
    return list(dict.fromkeys(with_none + alike + with_first))


def outcomes_of(result: Result) -> list[str]:
    """Return the outcomes worth printing: no fidelity for an illustrative innovation."""
    if result.experiment.outcome == "fidelity":
        return [*SHOWN, *CROSSINGS]
    return [name for name in SHOWN if not name.startswith(FIDELITY) and "review" not in name]


def headline(result: Result) -> list[str]:
    """Return the outcomes that differences are taken of."""
    if result.experiment.outcome != "fidelity":
        return ["implementation_progress", "hours_staff", "cost"]
    months = [f"gain_{month}m" for month in MONTHS]
    return [*months, "gain_end", "latent_gain_end", *CROSSINGS, "strain_12m", "hours_staff", "cost"]


def differences(result: Result, against: str | None = None) -> list[Comparison]:
    """Return all differences of the headline outcomes that the run is long enough for."""
    found = [
        compare(result, outcome, scenario, against=other)
        for scenario, other in pairs(result, against)
        for outcome in headline(result)
    ]
    return [comparison for comparison in found if comparison is not None]


def summary(result: Result, against: str | None = None, precision: str | None = None) -> dict[str, Any]:
    """Return the whole summary for JSON: scenarios, differences, what is undecided, provenance."""
    compared = differences(result, against)
    return {
        "scenarios": {name: _scenario(result, name) for name in result.scenarios},
        "differences": [comparison.to_dict() for comparison in compared],
        "teams": result.teams,
        "replicates": result.replicates,
        "draws": len(result.experiment.draws),
        "undecided": undecided(result, compared) + ([precision] if precision else []),
        "provenance": result.provenance(),
    }


def _scenario(result: Result, name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for outcome in outcomes_of(result):
        found[outcome] = _figures(estimated(result.outcome(outcome, name)))
    if result.experiment.outcome == "fidelity":
        found["sustained_share"] = _figures(sustained_share(result, name))
    found["hours"] = {
        actor: _mean(estimated(result.outcome(f"hours_{actor}", name)))
        for actor in ("staff", "manager", "facilitator")
    }
    return found


def _figures(estimate: Estimate | None) -> dict[str, Any] | None:
    return estimate.to_dict() if estimate is not None else None


def _mean(estimate: Estimate | None) -> float | None:
    return round(estimate.mean, 6) if estimate is not None else None


def undecided(result: Result, compared: list[Comparison]) -> list[str]:
    """Say in words what the result leaves open."""
    found = []
    kind = result.experiment.draws.kind
    if kind != "posterior":
        found.append(
            f"The draws are a {kind}, not a calibrated posterior: every figure is provisional, and intervals do not "
            "yet tell what six teams can and cannot say."
        )
    elif result.experiment.outcome == "fidelity":
        found.append(
            "How far beyond the six teams this holds: the draws are fitted to their reviewed totals alone, and they "
            "were chosen for their variation. How strong that choice was is assumed, and moves the figures "
            "(docs/validation.md)."
        )
    if result.experiment.outcome != "fidelity":
        found.append(
            "Illustrative and uncalibrated: an innovation of the kind one abstract describes, with its own outcome."
        )
    found += [
        f"{team.name}: {', '.join(name for name, _ in team.ranges)}: not known, each draw takes values of its own."
        for team in result.experiment.teams
        if isinstance(team, UncertainSite)
    ]
    if result.failed:
        cells = result.replicates * len(result.experiment.draws) * len(result.scenarios)
        found.append(
            f"{len(result.failed)} of {cells} cells failed and are left out; a difference leaves out both runs "
            "of such a pair."
        )
    for comparison in compared:
        if (
            comparison.outcome in ("gain_12m", "gain_24m", "gain_end", "implementation_progress")
            and not comparison.decided
        ):
            found.append(
                f"{comparison.outcome}: whether {comparison.scenario} does better than {comparison.against} is not "
                f"decided ({_chance(comparison)})."
            )
    beyond = [f"gain_{month}m" for month in MONTHS if month > result.experiment.months]
    if beyond and result.experiment.outcome == "fidelity":
        found.append(f"{', '.join(beyond)}: null, beyond the run of {result.experiment.months:g} months.")
    found += _no_crossing(result)
    found += [f"sustained_share of {name}: null, {why}." for name, why in _no_share(result)]
    if result.replicates == 1:
        found.append("One replicate: chance and parameters cannot be told apart, intervals hold both.")
    return found


def _chance(comparison: Comparison) -> str:
    if not comparison.told_apart:
        return "too few runs to say"
    few = len(comparison.estimate.by_draw) < ENOUGH_DRAWS
    return f"probability {comparison.p_positive:.2f}" + (
        f", from fewer than {ENOUGH_DRAWS} draws" if few else ""
    )


def _no_crossing(result: Result) -> list[str]:
    """Say where no team can cross a threshold, as all began at it or above."""
    if result.experiment.outcome != "fidelity":
        return []
    return [
        f"{name}: null, every team began at {crossing.threshold} or above."
        for name, crossing in CROSSINGS.items()
        if (result.experiment.baselines >= crossing.threshold).all()
    ]


def _no_share(result: Result) -> list[tuple[str, str]]:
    """Return the scenarios without a sustained share, and why."""
    if result.experiment.outcome != "fidelity":
        return []
    found = []
    for scenario in result.experiment.scenarios:
        if scenario.programme.months > 0 and sustained_share(result, scenario.name) is None:
            short = bool(np.all(np.isnan(result.outcome("latent_gain_year_after", scenario.name))))
            why = (
                "the run ends before 12 months after the programme" if short else "the gain is under 3 points"
            )
            found.append((scenario.name, why))
    return found
