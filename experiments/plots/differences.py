"""Paired differences with what is not known about them: by length of programme, between any two, by month or week."""

import re
import textwrap
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from experiments.comparison import Comparison, Estimate, compare, estimated
from experiments.experiment import NO_SIP
from experiments.plots.style import (
    BLUE,
    INK,
    LOOKS,
    NO_SIP_LOOK,
    PALE,
    Look,
    labels,
    month_ticks,
    months,
    new_figure,
    styled,
)
from experiments.result import Result
from experiments.weeks import WeeklyScores
from model.outcomes import MONTHS
from model.record import NAMES

PLACED = re.compile(r"(internal|external)-(\d+)")


class Row(NamedTuple):
    """A line of a picture of intervals: its label, what is compared, how it is drawn."""

    label: str
    comparison: Comparison
    look: Look


def lengths(result: Result) -> list[int]:
    """Return the programme lengths, in months, for which both placements are there."""
    found = [match for name in result.scenarios if (match := PLACED.fullmatch(name))]
    of = {
        placement: {int(m[2]) for m in found if m[1] == placement} for placement in ("internal", "external")
    }
    return sorted(of["internal"] & of["external"])


def horizons(result: Result) -> list[str]:
    """Return the outcomes that all scenarios are compared on: at the end of the longest programme, and of the run."""
    if result.experiment.outcome != "fidelity":
        return ["implementation_progress"]
    longest = max(scenario.programme.months for scenario in result.experiment.scenarios)
    within = [month for month in MONTHS if month < result.experiment.months]
    common = [month for month in within if month >= longest][:1]
    return [*(f"gain_{month}m" for month in common), "gain_end"]


def when(result: Result, outcome: str) -> str:
    """Return the month an outcome is taken at, in words."""
    match = re.search(r"_(\d+)m$", outcome)
    return f"month {match[1]}" if match else f"month {result.experiment.months:g} (end)"


@styled
def by_length(result: Result, outcomes: Sequence[str] = ()) -> Figure:
    """Draw external less internal facilitation by programme length, and each placement's gain over no programme.

    Raises
    ------
    ValueError
        If the result has no ``internal-N`` and ``external-N`` of the same length.
    """
    if not lengths(result):
        raise ValueError(
            "There is no length with both internal-N and external-N here; draw intervals() instead."
        )
    chosen = list(outcomes) or horizons(result)
    count = len(lengths(result))
    figure = new_figure(2.2 + 1.15 * count)
    panels = figure.subplots(
        2, len(chosen), sharex="row", sharey="row", squeeze=False, height_ratios=[count, 1.7 * count]
    )
    for k, outcome in enumerate(chosen):
        _intervals(panels[0, k], placement_rows(result, outcome))
        _intervals(panels[1, k], gain_rows(result, outcome))
        panels[0, k].set_title(f"External minus internal,\n{when(result, outcome)}", loc="left")
        panels[1, k].set_title(f"Gain over no programme,\n{when(result, outcome)}", loc="left")
        for axes in panels[:, k]:
            axes.set_xlabel("Difference in reviewed gain (points)")
    figure.legend(handles=_interval_legend(placements=True), loc="outside lower center", ncols=2)
    return figure


def placement_rows(result: Result, outcome: str) -> list[Row]:
    """Return external less internal for each length."""
    pairs = [(f"{n} months", f"external-{n}", f"internal-{n}", Look(INK, "-", "D")) for n in lengths(result)]
    return _rows(result, outcome, pairs)


def gain_rows(result: Result, outcome: str) -> list[Row]:
    """Return both placements of each length less no programme."""
    looks = {"internal": LOOKS[0], "external": LOOKS[1]}
    pairs = [
        (f"{kind}, {n} months", f"{kind}-{n}", NO_SIP, look)
        for n in lengths(result)
        for kind, look in looks.items()
    ]
    return _rows(result, outcome, pairs)


def _rows(result: Result, outcome: str, pairs: Sequence[tuple[str, str, str, Look]]) -> list[Row]:
    found = [(label, compare(result, outcome, a, against=b), look) for label, a, b, look in pairs]
    return [Row(label, comparison, look) for label, comparison, look in found if comparison is not None]


@styled
def intervals(result: Result, pairs: Sequence[tuple[str, str]], outcomes: Sequence[str] = ()) -> Figure:
    """Draw the paired differences of any scenarios, each with its intervals and the probability that it is positive."""
    chosen = list(outcomes) or horizons(result)
    titles = labels(result)
    figure = new_figure(1.5 + 0.5 * len(pairs))
    panels = figure.subplots(1, len(chosen), sharex=True, sharey=True, squeeze=False)[0]
    for axes, outcome in zip(panels, chosen, strict=True):
        named = [(_less(titles[a], titles[b], 38), a, b, LOOKS[0]) for a, b in pairs]
        share = result.experiment.outcome != "fidelity"
        _intervals(axes, _rows(result, outcome, named), 100.0 if share else 1.0)
        axes.set_title(when(result, outcome).capitalize(), loc="left")
        unit = "implementation\nprogress (percentage points)" if share else "reviewed gain (points)"
        axes.set_xlabel(f"Difference in {unit}")
    figure.legend(handles=_interval_legend(placements=False), loc="outside lower center", ncols=2)
    return figure


def _less(scenario: str, against: str, width: int) -> str:
    """Return "A minus B" on as many lines as it takes."""
    return "\n".join([*textwrap.wrap(scenario, width), *textwrap.wrap(f"minus {against}", width)])


def _intervals(axes: Axes, rows: Sequence[Row], factor: float = 1.0) -> None:
    """Draw rows from the top: thick what the parameters leave open, thin what chance does to a single run."""
    axes.axvline(0.0, color=INK, linewidth=0.9)
    for y, row in enumerate(rows):
        estimate, look = row.comparison.estimate, row.look
        thin, thick = (
            factor * np.array(ends) for ends in (estimate.interval_chance, estimate.interval_parameters)
        )
        axes.plot(thin, [y, y], color=look.colour, linewidth=1.0)
        axes.plot(thick, [y, y], color=look.colour, linewidth=4.0, alpha=0.6, solid_capstyle="butt")
        axes.plot(factor * estimate.mean, y, look.marker, color=look.colour, mec="white", markersize=7)
        axes.annotate(
            chance_text(row.comparison),
            (0.99, y),
            (0, 5),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            ha="right",
        )
    axes.set_yticks(range(len(rows)), [row.label for row in rows])
    axes.set_ylim(len(rows) - 0.5, -0.75)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=PALE, linewidth=0.5)
    axes.set_axisbelow(True)


def chance_text(comparison: Comparison) -> str:
    """Return the probability that a difference is positive, as written into a picture."""
    if comparison.equal:
        return "no difference"
    if not comparison.told_apart:
        return "sign not resolved"
    return f"P(>0) = {comparison.p_positive:.2f}"


def _interval_legend(*, placements: bool) -> list[Artist]:
    colour = INK if placements else BLUE
    lines: list[Artist] = [
        Line2D([], [], color=colour, linewidth=4.0, alpha=0.6, label="95% interval, parameters"),
        Line2D([], [], color=colour, linewidth=1.0, label="95% of single runs, chance"),
    ]
    if placements:
        for look, label in zip(LOOKS, ("internal", "external"), strict=False):
            lines.append(Line2D([], [], color=look.colour, marker=look.marker, label=f"{label} facilitator"))
    return lines


def monthly_difference(result: Result, scenario: str, against: str) -> list[Estimate]:
    """Return the paired difference in score (points) at each month's end, averaged over teams."""
    fidelity = result.experiment.outcome == "fidelity"
    series = NAMES.index("reviewable_total" if fidelity else "plan_progress")
    a, b = (result.series[result.scenarios.index(name), ..., series] for name in (scenario, against))
    return _by_time(a.astype(float) - b, fidelity=fidelity)


def weekly_difference(weekly: WeeklyScores, scenario: str, against: str) -> list[Estimate]:
    """Return the paired difference in score (points) in each week from the start, averaged over teams."""
    fidelity = weekly.result.experiment.outcome == "fidelity"
    return _by_time(weekly.of(scenario) - weekly.of(against), fidelity=fidelity)


def _by_time(difference: np.ndarray, *, fidelity: bool) -> list[Estimate]:
    """Estimate ``difference[draw, replicate, team, time]`` at each time."""
    scaled = difference * (1.0 if fidelity else 100.0)
    estimates = [estimated(scaled[..., time]) for time in range(scaled.shape[-1])]
    return [estimate for estimate in estimates if estimate is not None]


@styled
def difference_by_month(result: Result, pairs: Sequence[tuple[str, str]]) -> Figure:
    """Draw paired differences by month, a panel for each pair, with bands for parameters and for chance."""
    return _differences(result, pairs, months(result), [monthly_difference(result, *pair) for pair in pairs])


@styled
def difference_by_week(weekly: WeeklyScores, pairs: Sequence[tuple[str, str]]) -> Figure:
    """Draw paired differences by week, as ``difference_by_month`` does."""
    at = np.arange(weekly.scores.shape[-1]) * 12.0 / 52.0
    return _differences(weekly.result, pairs, at, [weekly_difference(weekly, *pair) for pair in pairs])


def _differences(
    result: Result, pairs: Sequence[tuple[str, str]], at: np.ndarray, each: Sequence[Sequence[Estimate]]
) -> Figure:
    titles, columns = labels(result), min(2, len(pairs))
    rows = -(-len(pairs) // columns)
    figure = new_figure(0.9 + 2.5 * rows)
    panels = figure.subplots(rows, columns, sharex=True, squeeze=False).ravel()
    for axes in panels[len(pairs) :]:
        axes.set_visible(False)
    for axes, (scenario, against), estimates in zip(panels, pairs, each, strict=False):
        look = NO_SIP_LOOK if scenario == NO_SIP else LOOKS[0]
        _bands(axes, at, estimates, look)
        axes.set_title(_less(titles[scenario], titles[against], 40), loc="left")
        axes.set_xlabel("Months since the start")
        axes.tick_params(labelbottom=True)
    month_ticks(panels[0], float(at[-1]))
    fidelity = result.experiment.outcome == "fidelity"
    unit = "fidelity total (points)" if fidelity else "plan completed (percentage points)"
    figure.supylabel(f"Difference in {unit}", fontsize=9)
    figure.legend(handles=_band_legend(), loc="outside lower center", ncols=2)
    return figure


def _bands(axes: Axes, at: np.ndarray, estimates: Sequence[Estimate], look: Look) -> None:
    chance = np.array([estimate.interval_chance for estimate in estimates]).T
    parameters = np.array([estimate.interval_parameters for estimate in estimates]).T
    axes.axhline(0.0, color=INK, linewidth=0.9)
    axes.fill_between(at, *parameters, color=look.colour, alpha=0.35, linewidth=0)
    for edge in chance:
        axes.plot(at, edge, color=look.colour, linestyle="--", linewidth=0.8)
    axes.plot(at, [estimate.mean for estimate in estimates], color=look.colour)


def _band_legend() -> list[Artist]:
    return [
        Patch(color=BLUE, alpha=0.35, linewidth=0, label="95% interval, parameters"),
        Line2D(
            [],
            [],
            color=BLUE,
            linestyle="--",
            linewidth=0.8,
            label="95% of single runs, chance (between dashes)",
        ),
    ]
