"""Which items rise: a heat map of the 39 by month, and by programme."""

from collections.abc import Iterator, Sequence
from textwrap import shorten, wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from experiments.experiment import NO_SIP
from experiments.items import ItemLevels
from experiments.plots.style import INK, labels, month_ticks, new_figure, styled
from model.fidelity import HIGHEST_SCORE, SUBSCALE_TITLES, items

ROW = 0.172  #: inches: a line of nine points
LEVELS, GAINS = "cividis", "Blues"  #: both rise evenly in lightness, and so in print
SIGNS = 40  #: of an item's label: the number says which it is
MOST_UPRIGHT = 4  #: programmes named upright above their columns
DARK = 0.68  #: of the scale: from here on white is easier to read than ink
LOSS = -0.05  #: points: what is marked as a loss


def rows() -> Iterator[tuple[str, int | None]]:
    """Yield the rows from the top: a subscale's title without an item, then its items with their places."""
    for area, title in enumerate(SUBSCALE_TITLES):
        yield title, None
        for item in items():
            if item.area == area:
                yield f"{shorten(item.label, SIGNS, placeholder=' …')}  {item.number}", item.number - 1


def by_row(values: np.ndarray) -> np.ndarray:
    """Return ``[row, column]`` of ``[item, column]``: an empty row for each subscale's title."""
    nothing = np.full(values.shape[1], np.nan)
    return np.array([nothing if place is None else values[place] for _, place in rows()])


@styled
def items_by_month(found: ItemLevels, scenario: str) -> Figure:
    """Draw each item's mean level by month under a programme, and what it is above no programme."""
    level, none = found.of(scenario).T, found.of(NO_SIP).T
    figure = new_figure(1.9 + ROW * len(list(rows())))
    left, right = figure.subplots(1, 2, sharey=True)
    lowest = float(np.floor(level.min()))
    _heat(
        figure,
        left,
        by_row(level),
        LEVELS,
        (lowest, HIGHEST_SCORE),
        "Mean level\n(points, of 1 to 5)",
        found.months,
    )
    most = max(0.5, float((level - none).max()))
    gains = by_row(level - none)
    _heat(figure, right, gains, GAINS, (0.0, most), "Gain over\nno programme (points)", found.months)
    _mark_losses(right, gains, found.months)
    for axes in (left, right):
        month_ticks(axes, float(found.months[-1]))
        axes.set_xlabel("Months since the start")
    _name_rows(left)
    figure.suptitle(labels(found.result)[scenario], fontsize=9.5, fontweight="bold")
    return figure


@styled
def items_by_scenario(found: ItemLevels, scenarios: Sequence[str] = ()) -> Figure:
    """Draw each item's gain over no programme at the end of the run, by programme, with its number in the cell."""
    names = [name for name in scenarios or found.result.scenarios if name != NO_SIP]
    gains = by_row(np.array([found.of(name)[-1] - found.of(NO_SIP)[-1] for name in names]).T)
    most = max(0.5, float(np.nanmax(gains)))
    titles = labels(found.result)
    figure = new_figure(2.3 + ROW * len(list(rows())))
    axes = figure.subplots()
    edges = np.arange(len(names) + 1.0)
    label = f"Gain over no programme\nat month {found.result.experiment.months:g} (points)"
    _heat(figure, axes, gains, GAINS, (0.0, most), label, edges)
    for row, column in np.argwhere(~np.isnan(gains)):
        value = gains[row, column]
        colour = "white" if value > DARK * most else INK
        axes.text(column + 0.5, row, f"{value:.1f}".replace("-", "−"), ha="center", va="center", color=colour)
    axes.set_xticks(edges[:-1] + 0.5, ["\n".join(wrap(titles[name], 12)) for name in names])
    if len(names) > MOST_UPRIGHT:
        axes.set_xticks(
            edges[:-1] + 0.5, [titles[name] for name in names], rotation=50, ha="left", rotation_mode="anchor"
        )
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0)
    _name_rows(axes)
    return figure


def _heat(
    figure: Figure,
    axes: Axes,
    values: np.ndarray,
    colours: str,
    limits: tuple[float, float],
    label: str,
    columns: np.ndarray,
) -> AxesImage:
    """Draw ``values[row, column]`` with columns from the first of ``columns`` to the last."""
    count = len(values)
    image = axes.imshow(
        values,
        cmap=colours,
        vmin=limits[0],
        vmax=limits[1],
        aspect="auto",
        interpolation="nearest",
        extent=(float(columns[0]), float(columns[-1]), count - 0.5, -0.5),
    )
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(axis="y", length=0)
    figure.colorbar(image, ax=axes, location="bottom", label=label, aspect=30, fraction=0.04, pad=0.01)
    return image


def _mark_losses(axes: Axes, gains: np.ndarray, months: np.ndarray) -> None:
    """Write a minus where an item ends lower than without the programme."""
    for row in np.flatnonzero(gains[:, -1] < LOSS).tolist():
        axes.text(float(months[-1]) * 0.96, row, "−", ha="center", va="center", color=INK)


def _name_rows(axes: Axes) -> None:
    """Name items to the left, and subscales in bold."""
    named = list(rows())
    axes.set_yticks(range(len(named)), [label for label, _ in named])
    for text, (_, place) in zip(axes.get_yticklabels(), named, strict=True):
        text.set_fontweight("bold" if place is None else "normal")
