"""Placement by presence as a map, a panel for each stance of the manager."""

from collections.abc import Sequence

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import CenteredNorm, Colormap, Normalize
from matplotlib.figure import Figure

from experiments import wording
from experiments.comparison import LARGE, Comparison
from experiments.plots.differences import when
from experiments.plots.style import INK, new_figure, styled
from experiments.questions import placement
from experiments.questions.answers import at_end
from experiments.result import Result

Cells = list[list[Comparison | None]]


@styled
def placement_map(result: Result) -> Figure:
    """Draw the gain over no programme, and the difference from the first placement, by placement and presence."""
    figure = new_figure(5.6)
    panels = figure.subplots(2, len(placement.STANCES), sharex=True, sharey=True)
    outcome = when(result, at_end(result))
    for row, against, colours in ((0, "", "cividis"), (1, placement.FIRST, "PuOr")):
        found = [_cells(result, stance, against) for stance in placement.STANCES]
        norm = _norm(found, centred=bool(against))
        for axes, cells, stance in zip(panels[row], found, placement.STANCES, strict=True):
            _map(axes, cells, norm, colormaps[colours], chances=bool(against))
            if not row:
                axes.set_title(f"{stance.capitalize()} manager", loc="left")
        what = f"Less {against} at\nthe same presence" if against else "Gain over\nno programme"
        bar = figure.colorbar(ScalarMappable(norm, colours), ax=panels[row].tolist(), shrink=0.9)
        if bar.solids is not None:
            bar.solids.set_rasterized(False)  # a page that lets nothing in would not show a bitmap
        bar.set_label(f"{what}\n(points, {outcome})")
    return figure


def _cells(result: Result, stance: str, against: str) -> Cells:
    return [
        [placement.cell(result, one, weeks, stance, against) for one in placement.PLACEMENTS]
        for weeks in placement.PRESENCE
    ]


def _norm(found: list[Cells], *, centred: bool) -> Normalize:
    means = [c.estimate.mean for cells in found for row in cells for c in row if c is not None]
    if centred:
        return CenteredNorm(0.0, max(LARGE, float(np.max(np.abs(means)))))
    return Normalize(min(means), max(means))


def _map(axes: Axes, cells: Cells, norm: Normalize, colours: Colormap, *, chances: bool) -> None:
    means = np.array([[np.nan if c is None else c.estimate.mean for c in row] for row in cells])
    axes.pcolormesh(means, norm=norm, cmap=colours, edgecolor="white", linewidth=0.5)
    axes.set_ylim(len(placement.PRESENCE), 0)
    for (row, column), mean in np.ndenumerate(means):
        comparison = cells[row][column]
        if comparison is not None:
            dark = _luminance(colours(norm(mean))) < 0.18
            bold = chances and comparison.decided and not comparison.equal
            axes.text(
                column + 0.5,
                row + 0.5,
                _text(comparison, chances=chances),
                ha="center",
                va="center",
                fontsize=7.5,
                color="white" if dark else INK,
                weight="bold" if bold else "normal",
            )
    axes.set_xticks(
        np.arange(len(placement.PLACEMENTS)) + 0.5, list(placement.PLACEMENTS), rotation=35, ha="right"
    )
    axes.set_yticks(
        np.arange(len(placement.PRESENCE)) + 0.5, [_short(text) for text in placement.PRESENCE.values()]
    )
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _luminance(colour: Sequence[float]) -> float:
    """Return how light a colour is to the eye, 0 to 1: on a colour under 0.18 white text is the more legible."""
    return float(np.dot(np.power(colour[:3], 2.2), (0.2126, 0.7152, 0.0722)))


def _text(comparison: Comparison, *, chances: bool) -> str:
    if not chances:
        return wording.plain(comparison.estimate.mean)
    if comparison.equal:
        return "–"
    return f"{wording.signed(comparison.estimate.mean)}\nP {comparison.p_positive:.2f}"


def _short(presence: str) -> str:
    return presence.replace(" every ", "\nevery ")
