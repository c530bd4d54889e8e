"""One or two things varied: what a programme gains over none at each of their values."""

from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure

from experiments.page import UNITS
from experiments.plots.style import FAINT, INK, LOOKS, Look, new_figure, styled
from experiments.sweep.sweep import Swept

LINES = len(LOOKS)  #: values of the second factor that a line each can still tell apart
MARKED = 8  #: values with a mark each on their axis
SIDE = 0.12  #: of the distance between neighbours: lines stand beside each other


class Place(NamedTuple):
    """A point of the picture: its settings as written, the mean over no programme, and its interval."""

    settings: tuple[str, ...]
    mean: float
    low: float
    high: float


@styled
def sweep_picture(swept: Swept, outcome: str) -> Figure:
    """Draw the difference to no programme in the same world over one or two things varied.

    A line for each value of the second where there are few; else a map with the difference written in each place.

    Raises
    ------
    ValueError
        If more than two things are varied.
    """
    names = swept.sweep.factors
    if len(names) > 2:
        raise ValueError(f"{len(names)} things are varied; a picture shows one or two of them.")
    found = places(swept, outcome)
    told = f"{_words(outcome)}, less that of\nno programme ({UNITS[outcome]})"
    figure = new_figure(3.6)
    axes = figure.subplots()
    levels = [levels_of(found, k) for k in range(len(names))]
    if len(names) == 1 or min(map(len, levels)) <= LINES:
        along = 0 if len(names) == 1 or len(levels[1]) <= LINES else 1
        _lines(axes, found, names, along)
        axes.set_ylabel(told)
        axes.set_title("Mean and 95% interval over draws", loc="left")
        if len(names) > 1:
            figure.legend(title=_words(names[1 - along]), loc="outside right upper")
    else:
        shown = _map(axes, found, names)
        figure.colorbar(shown, ax=axes, label=told)
        axes.set_title("Mean over draws", loc="left")
    return figure


def places(swept: Swept, outcome: str) -> list[Place]:
    """Return the points that have all factors set and an outcome within the run."""
    found = []
    for arm in swept.sweep.arms:
        difference = swept.difference(outcome, arm.scenario.name, arm.none.name)
        if difference is not None and len(arm.settings) == len(swept.sweep.factors):
            settings = tuple(arm.settings[name] for name in swept.sweep.factors)
            estimate = difference.estimate
            found.append(Place(settings, estimate.mean, *estimate.interval_parameters))
    return found


def levels_of(found: list[Place], factor: int) -> list[str]:
    """Return a factor's values in rising order if they are numbers, else as they were given."""
    values = list(dict.fromkeys(place.settings[factor] for place in found))
    return sorted(values, key=float) if _numbers(values) else values


def _lines(axes: Axes, found: list[Place], names: list[str], along: int) -> None:
    at = _scale(axes.xaxis, levels_of(found, along), names[along])
    groups = levels_of(found, 1 - along) if len(names) > 1 else [""]
    step = float(np.diff(sorted(at.values())).min()) if len(at) > 1 else 1.0
    for k, group in enumerate(groups):
        own = [place for place in found if len(names) == 1 or place.settings[1 - along] == group]
        own.sort(key=lambda place: at[place.settings[along]])
        aside = SIDE * step * (k - (len(groups) - 1) / 2.0)
        joined = LOOKS[k] if _numbers(list(at)) else LOOKS[k]._replace(line="")
        _intervals(axes, own, [at[place.settings[along]] + aside for place in own], joined, group)
    axes.axhline(0.0, color=INK, linewidth=0.9)


def _intervals(axes: Axes, own: list[Place], at: list[float], look: Look, label: str) -> None:
    mean, low, high = (np.array([getattr(place, name) for place in own]) for name in ("mean", "low", "high"))
    axes.vlines(at, low, high, color=look.colour, linewidth=3.0, alpha=0.45)
    axes.plot(at, mean, color=look.colour, linestyle=look.line, marker=look.marker, label=label or None)


def _scale(axis: Axis, levels: list[str], name: str) -> dict[str, float]:
    """Return where each value stands; values that are no numbers stand side by side."""
    axis.set_label_text(_words(name))
    numbers = _numbers(levels)
    at = {level: float(level) if numbers else float(k) for k, level in enumerate(levels)}
    if len(levels) <= MARKED or not numbers:
        axis.set_ticks(list(at.values()), levels)
    return at


def _map(axes: Axes, found: list[Place], names: list[str]) -> PathCollection:
    x = _scale(axes.xaxis, levels_of(found, 0), names[0])
    y = _scale(axes.yaxis, levels_of(found, 1), names[1])
    means = [place.mean for place in found]
    across, up = [x[place.settings[0]] for place in found], [y[place.settings[1]] for place in found]
    shown = axes.scatter(across, up, c=means, cmap="cividis", s=260, marker="s", edgecolors=FAINT)
    middle = (min(means) + max(means)) / 2.0
    for k, mean in enumerate(means):
        colour = "white" if mean < middle else INK
        axes.text(across[k], up[k], f"{mean:.0f}", ha="center", va="center", color=colour, fontsize=7)
    axes.margins(0.1)
    return shown


def _numbers(values: list[str]) -> bool:
    try:
        return all(np.isfinite(float(value)) for value in values)
    except ValueError:
        return False


def _words(name: str) -> str:
    """Return a name for a label, its first letter large."""
    words = name.replace("programme.", "").replace("_", " ").replace(".", ": ")
    return words[:1].upper() + words[1:]
