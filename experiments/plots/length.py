"""The gain by length of programme, when support ends and later, by what is held equal."""

import textwrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.plots.style import INK, LOOKS, PALE, Look, new_figure, styled
from experiments.questions import equal, lasting
from experiments.result import Result

APART = 0.7  #: months by which the curves stand beside each other, so that their bars can be told apart


@styled
def length_curve(result: Result) -> Figure:
    """Draw the gain over no programme by length, a curve for each rule, with intervals from parameters."""
    figure = new_figure(3.9)
    panels = figure.subplots(1, len(lasting.MOMENTS), sharex=True, sharey=True)
    for axes, months_after in zip(panels, lasting.MOMENTS, strict=True):
        for k, (rule, look) in enumerate(zip(equal.RULES, LOOKS, strict=False)):
            _curve(axes, result, rule, months_after, look, APART * (k - 1))
        axes.axhline(0.0, color=INK, linewidth=0.9)
        said = textwrap.fill(lasting.after(result, months_after), 20)
        axes.set_title(said[:1].upper() + said[1:], loc="left")
        axes.set_xlabel("Length (months)")
        axes.set_xticks(equal.LENGTHS)
        axes.grid(axis="y", color=PALE, linewidth=0.5)
    panels[0].set_ylabel("Gain over no programme\n(points of true practice)")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


def _curve(
    axes: Axes, result: Result, rule: str, months_after: float | None, look: Look, shift: float
) -> None:
    found = [(months, lasting.gain(result, rule, months, months_after)) for months in equal.LENGTHS]
    there = [(months, comparison.estimate) for months, comparison in found if comparison is not None]
    if not there:
        return
    at = np.array([months for months, _ in there]) + shift
    means = np.array([estimate.mean for _, estimate in there])
    ends = np.array([estimate.interval_parameters for _, estimate in there])
    axes.plot(at, means, color=look.colour, linestyle=look.line)
    axes.vlines(at, ends[:, 0], ends[:, 1], color=look.colour, linewidth=1.2, alpha=0.8)
    hollow = [rule == "cost" and months in equal.unreachable(result) for months, _ in there]
    for x, mean, empty in zip(at, means, hollow, strict=True):
        axes.plot(x, mean, look.marker, mfc="white" if empty else look.colour, mec=look.colour)
    axes.plot([], [], color=look.colour, linestyle=look.line, marker=look.marker, label=equal.RULES[rule])
