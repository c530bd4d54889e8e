"""A result as the page shows it: the figures of the command line, bands by month, and the answer in words."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from calibration import Draws
from experiments import wording
from experiments.app.drivers import on_the_way, unknowns
from experiments.comparison import Comparison, compare, mean_of, monte_carlo_error
from experiments.experiment import NO_SIP
from experiments.plots.differences import horizons, when
from experiments.plots.hours import ACTORS, kind_label, mean_hours
from experiments.plots.style import months
from experiments.plots.trajectory import QUANTILES, observed, over_runs
from experiments.result import Result
from experiments.summary import differences, undecided
from model.outcomes import MONTHS
from model.record import NAMES

View = dict[str, Any]
PAIR = ("b", "a")  #: B in place of A, as in ``crtsip compare a.toml b.toml``
HEADLINES = (
    "A and B are the same: there is no difference in any run.",
    "There are too few runs to say which does better.",
    "In this model A does better than B.",
    "In this model B does better than A.",
    "Which does better is undecided: about as likely A as B.",
    "A probably does better than B, but that is not decided.",
    "B probably does better than A, but that is not decided.",
)
SAME, TOO_FEW, A_BETTER, B_BETTER, EITHER, A_LIKELY, B_LIKELY = HEADLINES
CALLED = {"a": "programme A", "b": "programme B", NO_SIP: "no programme"}
GAINS = (*(f"gain_{month}m" for month in MONTHS), "gain_end")
REACHED = ("moderate_12m", "high_12m", "moderate_end", "high_end")


def view(result: Result, *, last: bool) -> View:
    """Return all the page shows of a result of scenarios ``a`` and ``b``; ``last``: nothing better is to come."""
    found = differences(result)
    main, turned = (
        compare(result, horizons(result)[0], one, against=other) for one, other in (PAIR, PAIR[::-1])
    )
    assert main is not None and turned is not None  # its month lies within the run
    return {
        "draws": len(result.experiment.draws),
        "replicates": result.replicates,
        "last": last,
        "kind": result.experiment.draws.kind,
        "horizon": result.experiment.months,
        "months": [round(float(month), 2) for month in months(result)],
        "teams": result.teams,
        "quantiles": list(QUANTILES),
        "arms": {name: of_arm(result, name) for name in result.scenarios},
        "recorded": recorded(result),
        "differences": [figures(comparison) for comparison in found],
        "main": figures(main) | {"when": when(result, main.outcome)},
        "leading": figures(leading(main, turned)),
        "typical": int(np.argmin(np.abs(main.estimate.by_draw - main.estimate.mean))),
        "headline": headline(main),
        "on_the_way": on_the_way(result, *PAIR),
        "unknowns": unknowns(result, main) if last else None,
        "open": left_open(found, horizons(result), result),
        "warnings": wording.banners(result),
        "assumptions": wording.assumptions(result),
        "not_for": wording.NOT_FOR,
    }


def basis(draws: Draws) -> str:
    """Say what the answers rest on."""
    of = {"posterior": "given what six real teams showed", "prior": "from the prior, before any data"}
    return (
        f"Rests on {len(draws)} draws of what nobody has measured, called possible worlds here, "
        f"{of.get(draws.kind, 'provisional')}. People, hours, "
        "visits and events are simulated week by week; nothing about which programme is better is built in."
    )


def left_open(found: Sequence[Comparison], outcomes: Sequence[str], result: Result) -> list[str]:
    """Say which differences have no decided sign, and what the draws rest on."""
    signs = [
        f"Whether {CALLED[c.scenario]} does better than {CALLED[c.against]} at {when(result, c.outcome)} "
        f"({wording.verdict(c)}, probability {c.p_positive:.2f})."
        for c in found
        if c.outcome in outcomes and not c.decided
    ]
    return [*(signs or ["Every sign is decided here, in this model."]), *not_known(result)]


def not_known(result: Result) -> list[str]:
    """Say what stays open whatever the signs: what nobody has seen, and what the draws rest on."""
    return [*wording.unobserved(result), undecided(result, [])[0]]


def figures(comparison: Comparison) -> View:
    """Return a difference's figures, and in words how sure it is."""
    words = {"verdict": wording.verdict(comparison), "over_3": wording.over_3(comparison)}
    return comparison.to_dict() | words | {"decided": comparison.decided}


def leading(main: Comparison, turned: Comparison) -> Comparison:
    """Return the difference as seen from the programme that leads in more of the draws: its sureness is told."""
    return turned if turned.p_positive > main.p_positive else main


def headline(comparison: Comparison) -> str:
    """Say which programme does better, and how sure that is: one of ``HEADLINES``."""
    if comparison.equal:
        return SAME
    if not comparison.told_apart:
        return TOO_FEW
    p = comparison.p_positive
    if comparison.decided:
        return B_BETTER if p > 0.5 else A_BETTER
    if 0.33 <= p <= 0.67:
        return EITHER
    return B_LIKELY if p > 0.5 else A_LIKELY


def of_arm(result: Result, name: str) -> View:
    place = result.scenarios.index(name)
    scenario = result.experiment.scenarios[place]
    totals = result.series[place, ..., NAMES.index("reviewable_total")]
    return {
        "title": scenario.title,
        "months": scenario.programme.months,
        "mean": _rounded(over_runs(totals.mean(axis=2))),
        "teams": [_rounded(over_runs(totals[:, :, team])) for team in range(len(result.teams))],
        "gains": {outcome: _mean(result, outcome, name) for outcome in GAINS},
        "gains_mc": {outcome: _monte_carlo_error(result, outcome, name) for outcome in GAINS},
        "reached": {outcome: _mean(result, outcome, name) for outcome in REACHED},
        "hours": {actor: _hours(result, name, actor) for actor in ACTORS},
        "cost": _mean(result, "cost", name),
    }


def _monte_carlo_error(result: Result, outcome: str, scenario: str) -> float | None:
    error = monte_carlo_error(result, outcome, scenario)
    return None if error is None else round(error, 2)


def _rounded(values: np.ndarray) -> list[list[float]]:
    return [[round(value, 1) for value in row] for row in values.tolist()]


def _mean(result: Result, outcome: str, scenario: str) -> float | None:
    mean = mean_of(result.outcome(outcome, scenario))
    return None if mean is None else round(mean, 6)


def _hours(result: Result, name: str, actor: str) -> Mapping[str, float]:
    return {
        kind_label(actor, kind): round(hours, 1) for kind, hours in mean_hours(result, name, actor).items()
    }


def recorded(result: Result) -> list[list[float] | None]:
    """Return each team's recorded totals at the start and at month 12, where there is a record."""
    records = [observed(result, team) for team in range(len(result.teams))]
    return [None if record is None else [record.baseline_total, record.total_12m] for record in records]
