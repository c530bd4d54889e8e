"""How each team's score moves by month, with what is not known about it, beside what was observed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from calibration import six_teams
from calibration.records import TeamRecord
from experiments.experiment import NO_SIP
from experiments.plots.style import (
    FAINT,
    OBSERVED,
    PALE,
    Look,
    labels,
    looks,
    month_ticks,
    months,
    new_figure,
    styled,
)
from experiments.result import Result
from model.fidelity import HIGH_FROM, HIGHEST_TOTAL, LOWEST_TOTAL, MODERATE_FROM
from model.record import NAMES

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
BANDS = (
    ("low", LOWEST_TOTAL, MODERATE_FROM),
    ("moderate", MODERATE_FROM, HIGH_FROM),
    ("high", HIGH_FROM, HIGHEST_TOTAL),
)


def shown_scenarios(result: Result, chosen: Sequence[str] = ()) -> list[str]:
    """Return the scenarios to draw: those chosen, or the first two, and always no programme."""
    others = [name for name in chosen or result.scenarios if name != NO_SIP]
    return [*(others if chosen else others[:2]), NO_SIP]


def quantiles(result: Result, scenario: str, team: int) -> np.ndarray:
    """Return quantiles ``[quantile, month]`` of a team's score over draws and replicates.

    Of the reviewable total in points; for an implementation outcome, of the plan's progress in per cent.
    """
    series, factor = _score(result)
    runs = result.series[result.scenarios.index(scenario), :, :, team, :, series]
    return factor * over_runs(runs)


def over_runs(runs: np.ndarray) -> np.ndarray:
    """Return ``QUANTILES`` of ``runs[..., month]`` over all but the months; runs that failed are left out."""
    take = np.nanquantile if np.isnan(runs).any() else np.quantile  # the former takes five times as long
    return np.asarray(take(runs.reshape(-1, runs.shape[-1]), QUANTILES, axis=0))


def single_runs(result: Result, scenario: str, team: int, count: int) -> np.ndarray:
    """Return a team's score ``[run, month]`` in the first replicate of the first draws."""
    series, factor = _score(result)
    runs = result.series[result.scenarios.index(scenario), :count, 0, team, :, series]
    return np.asarray(factor * runs)


def _score(result: Result) -> tuple[int, float]:
    """Return which series is drawn, and its factor: the reviewable total, or the plan's progress in per cent."""
    fidelity = result.experiment.outcome == "fidelity"
    return NAMES.index("reviewable_total" if fidelity else "plan_progress"), 1.0 if fidelity else 100.0


def observed(result: Result, team: int) -> TeamRecord | None:
    """Return the record of one of the six teams; none for a user's own, or where no fidelity is shown."""
    number = result.experiment.teams[team]
    if not isinstance(number, int) or result.experiment.outcome != "fidelity":
        return None
    return next(record for record in six_teams() if record.number == number)


@styled
def trajectory(result: Result, scenarios: Sequence[str] = (), runs: int = 0) -> Figure:
    """Draw each team's score by month: median, 50% and 90% bands over draws and replicates, observed totals.

    ``runs`` of the first draws are drawn as single lines in place of the 90% bands.
    """
    names = shown_scenarios(result, scenarios)
    teams = len(result.teams)
    columns = min(3, teams)
    rows = -(-teams // columns)
    figure = new_figure(1.3 + 2.35 * rows if teams > 1 else 4.2)
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).ravel().tolist()
    for team, axes in enumerate(panels[:teams]):
        _panel(axes, result, names, team, runs)
    for axes in panels[teams:]:
        axes.set_visible(False)
    _scales(result, names, panels[:teams])
    fidelity = result.experiment.outcome == "fidelity"
    for axes in panels[max(0, teams - columns) : teams]:
        axes.set_xlabel("Months since the start")
        axes.tick_params(labelbottom=True)
    figure.supylabel("Fidelity total (points, 39 to 195)" if fidelity else "Plan completed (%)", fontsize=9)
    figure.legend(handles=_legend(result, names, runs), loc="outside lower center", ncols=2, handlelength=3.0)
    return figure


def _panel(axes: Axes, result: Result, names: Sequence[str], team: int, runs: int) -> None:
    record = observed(result, team)
    at, style = months(result), looks(names)
    for name in names:
        low90, low50, median, high50, high90 = quantiles(result, name, team)
        look = style[name]
        axes.fill_between(at, low50, high50, color=look.colour, alpha=0.22, linewidth=0)
        for line in single_runs(result, name, team, runs) if runs else (low90, high90):
            axes.plot(at, line, color=look.colour, linestyle=look.line, linewidth=0.7)
        axes.plot(at, median, color=look.colour, linestyle=look.line)
    if record is not None:
        axes.plot(*_points(result, record), **_marker(OBSERVED))
    title = result.teams[team]
    axes.set_title(f"{title[0].upper()}{title[1:]}" + (f", {record.setting}" if record else ""), loc="left")


def _points(result: Result, record: TeamRecord) -> tuple[list[float], list[float]]:
    """Return the recorded totals within the run: at the start, and at month 12."""
    points = [(0.0, float(record.baseline_total)), (12.0, float(record.total_12m))]
    within = [point for point in points if point[0] <= result.experiment.months]
    return [month for month, _ in within], [total for _, total in within]


def _marker(look: Look) -> dict[str, Any]:
    return {
        "linestyle": "none",
        "marker": look.marker,
        "markersize": 10,
        "color": look.colour,
        "markeredgecolor": "white",
        "markeredgewidth": 0.8,
        "clip_on": False,
        "zorder": 5,
    }


def _scales(result: Result, names: Sequence[str], panels: Sequence[Axes]) -> None:
    """Set limits that hold every band and point, and mark the fidelity bands."""
    first = panels[0]
    month_ticks(first, float(months(result)[-1]))
    if result.experiment.outcome != "fidelity":
        first.set_ylim(0, 100)
        return
    values = [quantiles(result, name, team) for name in names for team in range(len(panels))]
    records = [record for team in range(len(panels)) if (record := observed(result, team))]
    seen = [total for record in records for total in (record.baseline_total, record.total_12m)]
    low = min(*(float(v.min()) for v in values), *seen, MODERATE_FROM - 6.0)
    high = max(*(float(v.max()) for v in values), *seen, HIGH_FROM + 6.0)
    low, high = max(LOWEST_TOTAL, low - 3.0), min(HIGHEST_TOTAL, high + 3.0)
    for axes in panels:
        _mark_bands(axes, low, high, outside=_is_last_column(axes))
    first.set_ylim(low, high)


def _is_last_column(axes: Axes) -> bool:
    place = axes.get_subplotspec()
    return place is not None and place.is_last_col()


def _mark_bands(axes: Axes, low: float, high: float, *, outside: bool) -> None:
    for name, start, end in BANDS:
        bottom, top = max(low, start), min(high, end)
        if outside and top > bottom:
            middle = (0.5 * (bottom + top) - low) / (high - low)
            axes.text(1.03, middle, name, transform=axes.transAxes, rotation=90, va="center", color=FAINT)
    for boundary in (MODERATE_FROM, HIGH_FROM):
        axes.axhline(boundary, color=PALE, linewidth=1.0, zorder=1)


def _legend(result: Result, names: Sequence[str], runs: int) -> list[Artist]:
    titles, style = labels(result), looks(names)
    thin = f"{runs} single runs (thin lines)" if runs else "90% of all runs (between thin lines)"
    lines = [
        Line2D([], [], color=style[name].colour, linestyle=style[name].line, label=titles[name])
        for name in names
    ]
    widths = [
        Patch(color=FAINT, alpha=0.35, linewidth=0, label="half of all runs (shaded)"),
        Line2D([], [], color=FAINT, linewidth=0.7, label=thin),
    ]
    records = [observed(result, team) for team in range(len(result.teams))]
    points = (
        [Line2D([], [], label="recorded total (with review error)", **_marker(OBSERVED))]
        if any(records)
        else []
    )
    return [*lines, *points, *widths]
