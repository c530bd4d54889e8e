"""The few kinds of pictures lessons draw of tables, in the house style."""

from typing import TYPE_CHECKING

from experiments.plots.style import FAINT, INK, LOOKS, months, new_figure, styled
from model.record import NAMES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from experiments.result import Result

HEIGHT = 3.4  #: inches


def monthly(result: "Result", series: str) -> "pd.DataFrame":
    """Return a weekly series at each month's end, mean over draws, replicates and teams: ``[month, scenario]``."""
    import pandas as pd

    means = result.series[..., NAMES.index(series)].mean(axis=(1, 2, 3), dtype=float)
    return pd.DataFrame(means.T, index=pd.Index(months(result), name="month"), columns=result.scenarios)


@styled
def lines(table: "pd.DataFrame", x: str, y: str) -> "Figure":
    """Draw each column of a table over its index; columns differ by colour and by line."""
    figure = new_figure(HEIGHT)
    axes = figure.subplots()
    for k, name in enumerate(table.columns):
        look = LOOKS[k % len(LOOKS)]
        axes.plot(
            table.index,
            table[name],
            color=look.colour,
            linestyle=look.line,
            label=str(name).replace("_", " "),
        )
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if len(table.columns) > 1:
        figure.legend(loc="outside lower center", ncols=3, handlelength=3.0)
    return figure


@styled
def scatter(table: "pd.DataFrame", x: str, y: str, diagonal: bool = False) -> "Figure":
    """Draw a table's second column against its first as points, a third as groups; with zero lines or a diagonal."""
    figure = new_figure(HEIGHT)
    axes = figure.subplots()
    across, up, *group = table.columns
    groups = table.groupby(group[0]) if group else [("", table)]
    for k, (name, part) in enumerate(groups):
        look = LOOKS[k % len(LOOKS)]
        axes.plot(part[across], part[up], look.marker, color=look.colour, markersize=4, alpha=0.6, label=name)
    if diagonal:
        axes.axline((0.0, 0.0), slope=1.0, color=FAINT, linewidth=0.9)
    else:
        axes.axhline(0.0, color=INK, linewidth=0.9)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    if group:
        axes.legend(title=group[0], loc="best")
    return figure
