"""A difference as a waterfall: what is there without any mechanism, what each adds, and what it comes to."""

import textwrap
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from experiments.comparison import Estimate
from experiments.explain.explanation import Explanation
from experiments.plots.style import BLUE, FAINT, INK, PALE, VERMILLION, new_figure, styled
from experiments.wording import signed

MOST_BARS = 12  #: mechanisms drawn one by one; the smaller ones are drawn together


class Step(NamedTuple):
    """A bar: its label, where it begins, how far it goes, and its Monte Carlo interval about that."""

    label: str
    begin: float
    estimate: Estimate
    whole: bool = False  # a total, not an addition


@styled
def waterfall(explanation: Explanation) -> Figure:
    """Draw what each mechanism adds to a difference, the largest first, with Monte Carlo errors."""
    steps = steps_of(explanation)
    figure = new_figure(1.3 + 0.27 * len(steps))
    axes = figure.subplots()
    for y, step in enumerate(steps):
        _bar(axes, y, step, told=explanation.task.replicates > 1)
    for y, (step, after) in enumerate(pairwise(steps)):
        level = step.begin + step.estimate.mean
        axes.plot([level, level], [y, y + 1], color=FAINT, linewidth=0.7)
        assert after.whole or np.isclose(after.begin, level)
    axes.axvline(0.0, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(steps)), [step.label for step in steps])
    axes.set_ylim(len(steps) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=PALE, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.margins(x=0.12)
    figure.suptitle(_about(explanation), fontsize=9)
    axes.set_xlabel(explanation.unit.capitalize())
    key = [
        Patch(facecolor=BLUE, edgecolor=INK, linewidth=0.5, label="adds"),
        Patch(facecolor=VERMILLION, edgecolor=INK, linewidth=0.5, hatch="///", label="takes away"),
        Patch(facecolor=FAINT, edgecolor=INK, linewidth=0.5, label="total"),
    ]
    figure.legend(handles=key, loc="outside lower center", ncols=3)
    return figure


def steps_of(explanation: Explanation) -> list[Step]:
    """Return the bars from the top: without any mechanism, the mechanisms by size, the others together, the sum."""
    titles = {mechanism.key: mechanism.title for mechanism in explanation.task.players}
    shown = explanation.ranked[:MOST_BARS]
    named = [(f"{key} {titles[key]}", bar) for key, bar in shown]
    rest = [key for key, _ in explanation.ranked[MOST_BARS:]]
    together = explanation.together(rest) if rest else None
    if together is not None:
        named.append((f"{len(rest)} smaller ones together", together))
    steps, level = (
        [Step("Without any mechanism", 0.0, explanation.without, whole=True)],
        explanation.without.mean,
    )
    for label, bar in named:
        steps.append(Step(label, level, bar))
        level += bar.mean
    return [*steps, Step("Difference", 0.0, explanation.difference, whole=True)]


def _bar(axes: Axes, y: int, step: Step, *, told: bool) -> None:
    mean, end = step.estimate.mean, step.begin + step.estimate.mean
    rising = mean >= 0.0
    colour = FAINT if step.whole else BLUE if rising else VERMILLION
    hatch = "" if step.whole or rising else "///"
    axes.barh(y, mean, 0.7, step.begin, color=colour, hatch=hatch, edgecolor=INK, linewidth=0.5)
    right = max(step.begin, end)
    if told:
        low, high = (step.begin + limit for limit in step.estimate.mc95)
        axes.plot([low, high], [y, y], color=INK, linewidth=1.1, marker="|", markersize=5)
        right = max(right, high)
    axes.annotate(signed(mean), (right, y), (4, 0), textcoords="offset points", va="center")


def _about(explanation: Explanation) -> str:
    task = explanation.task
    what = f"{task.scenario} less {task.against}: {task.outcome.replace('_', ' ')} ({explanation.unit}),"
    how = f"mean of {task.draws} draws, {task.replicates} replicates;"
    return "\n".join([*textwrap.wrap(what, 90), *textwrap.wrap(f"{how} black: 95% Monte Carlo interval", 90)])
