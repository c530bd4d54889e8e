"""Pictures of a calibration, from its draws and its diagnostics, for the validation page."""

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.stats import binom

from calibration import prior
from calibration.records import coding_key
from experiments.plots.style import BLUE, FAINT, INK, PALE, PURPLE, VERMILLION, new_figure, save, styled
from model.parameters import declared

Diagnostics = Mapping[str, Any]
SHOWN, PAIRED = 12, 5  #: quantities shown before and after; in pairs
PRIOR_DRAWS = 4_096
POINTS = 200  #: draws shown in pairs


def pictures(table: pd.DataFrame, found: Diagnostics, folder: Path) -> list[Path]:
    """Write the page's pictures as SVG into a folder and return the files."""
    drawn: dict[str, Callable[[], Figure]] = {
        "places": lambda: places(found),
        "prior-posterior": lambda: prior_and_posterior(table, found),
        "pairs": lambda: pairs(table, found),
        "ranks": lambda: ranks(found),
        "teams": lambda: teams(found),
    }
    folder.mkdir(parents=True, exist_ok=True)
    return [save(figure(), folder / f"calibration-{name}.svg") for name, figure in drawn.items()]


def _unit(name: str) -> str:
    """Return the unit of a column of the draws."""
    _, _, circumstance = name.partition(": ")
    if circumstance:
        return coding_key().scale[circumstance].unit if circumstance in coding_key().scale else "share"
    return declared()[name].unit


def _most_moved(found: Diagnostics, count: int) -> list[str]:
    return [row["name"] for row in found["learned"][:count]]


# -- places of the records -----------------------------------------------------------------------------------


@styled
def places(found: Diagnostics) -> Figure:
    """Draw where each record lies in its prediction: before the data, in-sample, with the team left out."""
    figure = new_figure(2.6)
    axes = figure.subplots()
    axes.axvspan(0.05, 0.95, color=PALE, alpha=0.35, linewidth=0)
    axes.axvline(0.5, color=FAINT, linewidth=0.8)
    looks = {"prior": (FAINT, "D"), "in-sample": (BLUE, "o"), "left out": (VERMILLION, "s")}
    for k, (name, (colour, marker)) in enumerate(looks.items()):
        rows = found["predictions"]["sets"][name]
        axes.plot(
            [row["pit"] for row in rows],
            [row["team"] + 0.2 * (k - 1) for row in rows],
            marker,
            color=colour,
            label=name,
        )
    axes.set(
        xlim=(0, 1),
        yticks=range(1, 7),
        xlabel="Place of the record in its prediction (0 lowest, 1 highest; shaded: central 90%)",
    )
    axes.set_ylabel("Team")
    axes.invert_yaxis()
    figure.legend(loc="outside upper center", ncols=3)
    return figure


# -- before and after ----------------------------------------------------------------------------------------


@styled
def prior_and_posterior(table: pd.DataFrame, found: Diagnostics) -> Figure:
    """Draw the most moved quantities before (grey) and after the data (blue line)."""
    figure = new_figure(7.0)
    before = prior(PRIOR_DRAWS, found["settings"]["seed"]).table
    for axes, name in zip(figure.subplots(4, 3).ravel(), _most_moved(found, SHOWN), strict=True):
        edges = np.linspace(before[name].min(), before[name].max(), 16)
        axes.hist(before[name], edges, density=True, color=PALE, label="before the data")
        axes.hist(table[name], edges, density=True, histtype="step", color=BLUE, linewidth=1.6, label="after")
        axes.set_title(name, loc="left", fontsize=8.5)
        axes.set_xlabel(_unit(name), fontsize=8)
        axes.set_yticks([])
    figure.supylabel("Density", fontsize=9)
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    return figure


@styled
def pairs(table: pd.DataFrame, found: Diagnostics) -> Figure:
    """Draw the shipped draws of the most moved quantities against each other, with their correlations."""
    names = _most_moved(found, PAIRED)
    figure = new_figure(7.2)
    panels = figure.subplots(PAIRED, PAIRED)
    correlations = np.corrcoef(table[names].to_numpy(dtype=float).T)
    for i, row in enumerate(names):
        for j, column in enumerate(names):
            _pair(panels[i][j], table[column], table[row], float(correlations[i, j]), i - j)
            if i == PAIRED - 1:
                panels[i][j].set_xlabel(_label(column), fontsize=7)
            if j == 0:
                panels[i][j].set_ylabel(_label(row), fontsize=7)
    return figure


def _label(name: str) -> str:
    """Return a name with its unit, in lines."""
    return f"{name}\n".replace(": ", ":\n") + fill(f"({_unit(name)})", 16)


def _pair(axes: Axes, x: "pd.Series[float]", y: "pd.Series[float]", correlation: float, below: int) -> None:
    """Draw one panel: points below the diagonal, a histogram on it, the correlation above."""
    axes.tick_params(labelsize=7)
    if below > 0:
        axes.plot(x[:POINTS], y[:POINTS], ".", color=BLUE, markersize=2.0, alpha=0.6)
        return
    axes.set_yticks([])
    if below == 0:
        axes.hist(x, 15, color=PALE)
        return
    axes.set_xticks([])
    axes.text(0.5, 0.5, f"{correlation:+.2f}", ha="center", va="center", transform=axes.transAxes)


# -- the check of the inference ------------------------------------------------------------------------------


@styled
def ranks(found: Diagnostics) -> Figure:
    """Draw where truths lay among weighted draws, by quantity: even bars are right; the band holds 99% of them."""
    quantities = found["simulation_based"]["weights"]["quantities"]
    columns = 4
    rows = -(-len(quantities) // columns)
    figure = new_figure(1.25 * rows + 0.5)
    panels = figure.subplots(rows, columns, sharex=True, squeeze=False).ravel().tolist()
    for axes, each in zip(panels, quantities, strict=False):
        _rank(axes, each)
    for axes in panels[len(quantities) :]:
        axes.set_visible(False)
    for axes in panels[len(quantities) - columns : len(quantities)]:
        axes.tick_params(labelbottom=True)
    figure.supxlabel("Place of the truth among the weighted draws", fontsize=9)
    figure.supylabel("Synthetic data sets", fontsize=9)
    return figure


def _rank(axes: Axes, each: Mapping[str, Any]) -> None:
    counts = np.array(each["counts"])
    total, bins = int(counts.sum()), len(counts)
    low, high = binom.ppf([0.005, 0.995], total, 1.0 / bins)
    axes.axhspan(low, high, color=PALE, alpha=0.45, linewidth=0)
    axes.stairs(counts, np.linspace(0.0, 1.0, bins + 1), color=BLUE, linewidth=1.2)
    axes.set(xlim=(0, 1), ylim=(0, 1.15 * max(high, counts.max())), xticks=(0, 0.5, 1))
    axes.tick_params(labelsize=7)
    axes.set_title(_folded(each["name"]), loc="left", fontsize=7, fontweight="normal")


def _folded(name: str) -> str:
    """Return a name in two lines where it is long."""
    head, comma, rest = name.partition(", ")
    return f"{head},\n{rest}" if comma and len(name) > 26 else name


# -- the six by month ----------------------------------------------------------------------------------------


@styled
def teams(found: Diagnostics) -> Figure:
    """Draw each team's true practice by month with 50% and 90% bands, the predicted review and the two records."""
    figure = new_figure(4.9)
    panels = figure.subplots(2, 3, sharex=True, sharey=True).ravel()
    for axes, each in zip(panels, found["by_team"], strict=True):
        _team(axes, each)
    for axes in panels[3:]:
        axes.set_xlabel("Months since the start")
    figure.supylabel("Fidelity total (points, 39 to 195)", fontsize=9)
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


def _team(axes: Axes, each: Mapping[str, Any]) -> None:
    low90, low50, median, high50, high90 = np.array(each["latent"]).T
    months = np.arange(len(median))
    axes.fill_between(months, low90, high90, color=BLUE, alpha=0.15, linewidth=0, label="true practice, 90%")
    axes.fill_between(months, low50, high50, color=BLUE, alpha=0.3, linewidth=0, label="true practice, 50%")
    axes.plot(months, median, color=BLUE, label="its median")
    low, _, middle, _, high = each["reviewed"]
    away = [[middle - low], [high - middle]]
    axes.errorbar([12.6], [middle], away, fmt="_", color=PURPLE, capsize=3, label="review predicted, 90%")
    axes.plot([0, 12], each["recorded"], "*", color=INK, markersize=9, clip_on=False, label="recorded")
    axes.set(xlim=(0, 13.2), xticks=(0, 3, 6, 9, 12))
    axes.set_title(f"Team {each['team']}", loc="left")
