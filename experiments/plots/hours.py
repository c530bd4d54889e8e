"""Where the hours went: who spent how much on what."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.plots.style import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    YELLOW,
    labels,
    new_figure,
    styled,
)
from experiments.result import Result
from model.record import HOURS, NOT_THE_PROGRAMMES

ACTORS = ("staff", "manager", "facilitator")
LOST = ("facilitator", "main job")


class Fill(NamedTuple):
    """How a kind of hours is drawn, in every panel the same; told by pattern as well as colour."""

    colour: str
    hatch: str = ""


FILLS = {
    "actions": Fill(BLUE),
    "events and reviews": Fill(SKY, "///"),
    "own work": Fill(ORANGE),
    "leading": Fill(VERMILLION, "..."),
    "coaching": Fill(PURPLE, "\\\\\\"),
    "desk": Fill(YELLOW),
    "with leaders": Fill(VERMILLION, "..."),
    "inducting": Fill(BLUE, "---"),
    "travel": Fill(FAINT),
    "main job": Fill("white", "xxx"),
}
OTHER = Fill("#DDDDDD", "ooo")


def kinds(actor: str) -> list[str]:
    """Return an actor's kinds of hours that are the programme's; for the facilitator the hours lost as well."""
    own = [kind for who, kind in HOURS if who == actor and kind not in NOT_THE_PROGRAMMES]
    return [*own, LOST[1]] if actor == LOST[0] else own


def kind_label(actor: str, kind: str) -> str:
    """Return how a kind of hours is named in a picture or table."""
    return "lost to main job" if (actor, kind) == LOST else kind


def mean_hours(result: Result, scenario: str, actor: str) -> dict[str, float]:
    """Return a team's hours over the run by kind, mean over draws, replicates and teams."""
    booked = result.hours[result.scenarios.index(scenario)]
    means = np.nanmean(booked, axis=(0, 1, 2))
    return {kind: float(means[HOURS.index((actor, kind))]) for kind in kinds(actor)}


@styled
def hours(result: Result) -> Figure:
    """Draw the hours of staff, manager and facilitator by scenario; hatched what the facilitator's main job took."""
    count = len(result.scenarios)
    bars = 0.34 * count
    key = 0.19 * max(len(kinds(actor)) for actor in ACTORS)
    figure = new_figure(0.9 + bars + key)
    panels, keys = figure.subplots(2, len(ACTORS), height_ratios=[bars, key])
    for axes, below, actor in zip(panels, keys, ACTORS, strict=True):
        _bars(axes, result, actor)
        axes.set_title(actor.capitalize(), loc="left")
        axes.set_xlabel("Hours per team")
        below.axis("off")
        below.legend(*axes.get_legend_handles_labels(), loc="upper left", borderaxespad=0, handlelength=1.6)
    titles = labels(result)
    panels[0].set_yticks(range(count), [titles[name] for name in result.scenarios])
    return figure


def _bars(axes: Axes, result: Result, actor: str) -> None:
    spent = [mean_hours(result, name, actor) for name in result.scenarios]
    at, left = np.arange(len(spent)), np.zeros(len(spent))
    for kind in kinds(actor):
        width = np.array([found[kind] for found in spent])
        look, label = FILLS.get(kind, OTHER), kind_label(actor, kind)
        axes.barh(
            at,
            width,
            0.7,
            left,
            color=look.colour,
            hatch=look.hatch,
            edgecolor=INK,
            linewidth=0.5,
            label=label,
        )
        left = left + width
    axes.set_yticks([])
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(spent) - 0.5, -0.5)
    axes.set_xlim(0, max(1.0, 1.06 * float(left.max())))
    axes.locator_params(axis="x", nbins=4)
