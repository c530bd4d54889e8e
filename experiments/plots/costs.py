"""What points cost: the cost-effectiveness plane, and which programme is worth its money at what value of a point."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.experiment import NO_SIP
from experiments.money.choice import Means, acceptability, frontier, means
from experiments.money.costs import PRICE_YEAR
from experiments.money.increments import increments
from experiments.plots.style import INK, PALE, labels, looks, new_figure, styled
from experiments.result import Result

VALUES = 121  #: values of a point at which acceptability is drawn


@styled
def cost_effectiveness(result: Result, uprate: float = 1.0) -> Figure:
    """Draw points against cost by draw beside no programme, and the probability of the greatest net benefit.

    Raises
    ------
    InputError
        If the result has no programme, or no fidelity.
    """
    by_draw = means(increments(result, uprate))
    figure = new_figure(4.1)
    plane, curves = figure.subplots(1, 2)
    _plane(plane, by_draw)
    _acceptability(curves, by_draw)
    prices = f"{PRICE_YEAR} prices" + (f" × {uprate:g}" if uprate != 1.0 else "")
    plane.set_xlabel(f"Cost more than no programme\n(£ thousand a team, {prices})")
    plane.set_ylabel(f"Gain over no programme at month {result.experiment.months:g} (points)")
    curves.set_xlabel(f"Value of a point (£, {prices})")
    curves.set_ylabel("Probability of the greatest net benefit")
    plane.set_title("Draws and their means", loc="left")
    curves.set_title("Acceptability", loc="left")
    titles = labels(result)
    handles, names = curves.get_legend_handles_labels()
    lines, _ = plane.get_legend_handles_labels()
    figure.legend(
        [*handles, *lines],
        [*(titles[name] for name in names), "efficient frontier of the means"],
        loc="outside lower center",
        ncols=2,
        handlelength=3.0,
    )
    return figure


def _plane(axes: Axes, by_draw: Means) -> None:
    style = looks(by_draw.names)
    for name, points, pounds in zip(*by_draw, strict=True):
        look = style[name]
        thousands = pounds / 1000.0
        if name != NO_SIP:
            axes.plot(thousands, points, look.marker, color=look.colour, markersize=3, alpha=0.35, mew=0)
        at = thousands.mean(), points.mean()
        axes.plot(*at, look.marker, mec=look.colour, mfc="none", mew=2.0, markersize=10, zorder=4)
    steps = [(0.0, 0.0), *((step.pounds / 1000.0, step.points) for step in frontier(by_draw))]
    axes.plot(*np.cumsum(steps, axis=0).T, color=INK, linewidth=1.0, zorder=3, label="frontier")
    axes.axhline(0.0, color=PALE, linewidth=1.0, zorder=1)
    axes.set_xlim(left=-0.02 * float(by_draw.pounds.max()) / 1000.0)


def _acceptability(axes: Axes, by_draw: Means) -> None:
    top = 2.0 * max((step.pounds_a_point for step in frontier(by_draw)), default=1000.0)
    values = np.linspace(0.0, top, VALUES)
    style, each = looks(by_draw.names), VALUES // 6
    for k, (name, shares) in enumerate(acceptability(by_draw, values.tolist()).items()):
        look = style[name]
        places = (each * k // len(by_draw.names), each)
        axes.plot(
            values,
            shares,
            color=look.colour,
            linestyle=look.line,
            marker=look.marker,
            markevery=places,
            label=name,
        )
    axes.set_xlim(0.0, top)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_ylim(0.0, 1.0)
