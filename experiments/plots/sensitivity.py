"""Which factors matter: bars with intervals, the largest first."""

import textwrap
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.plots.style import BLUE, INK, PALE, new_figure, styled
from experiments.sensitivity.response import unit
from experiments.sensitivity.study import Study, told_apart

Rows = tuple[Any, ...]

SIGNS = 56  #: of a title beside the factors' names
MOST = 20  #: bars that can be read


class Fill(NamedTuple):
    """How a kind of bar is drawn, and what it says in the legend."""

    colour: str
    label: str = ""


@styled
def sensitivity_bars(study: Study, most: int = MOST) -> Figure:
    """Draw the largest factors of a study, each with its 95% interval; the title says method and sample."""
    rows = study.rows[:most]
    figure = new_figure(1.2 + 0.24 * len(rows))
    axes = figure.subplots()
    at = np.arange(len(rows), dtype=float)
    if study.design.method == "sobol":
        total, first = Fill(PALE, "total: with its interactions"), Fill(BLUE, "first order: by itself")
        _bars(axes, at - 0.19, rows, ("total", "total_low", "total_high"), total, 0.36)
        _bars(axes, at + 0.19, rows, ("first", "first_low", "first_high"), first, 0.36)
    else:
        name = "effect" if study.design.method == "morris" else "share"
        for fill, told in (
            (Fill(BLUE, "told from nothing"), True),
            (Fill(PALE, "not told from nothing"), False),
        ):
            own = np.array([told_apart(row) == told for row in rows])
            if own.any():
                chosen = tuple(row for row, here in zip(rows, own, strict=True) if here)
                _bars(axes, at[own], chosen, (name, "low", "high"), fill, 0.6)
    figure.legend(loc="outside lower center", ncols=2)
    axes.set_yticks(at, [row.factor.replace("_", " ") for row in rows])
    axes.invert_yaxis()
    axes.axvline(0.0, color=INK, linewidth=0.9)
    axes.set_xlabel(_label(study))
    axes.set_title(
        "\n".join(textwrap.fill(text, SIGNS) for text in (study.title, study.question.about)), loc="left"
    )
    return figure


def _bars(
    axes: Axes, at: np.ndarray, rows: Rows, names: tuple[str, str, str], fill: Fill, height: float
) -> None:
    value, low, high = (np.array([getattr(row, name) for row in rows]) for name in names)
    axes.barh(at, value, height=height, color=fill.colour, label=fill.label or None)
    axes.hlines(at, low, high, color=INK, linewidth=1.1)


def _label(study: Study) -> str:
    if study.design.method == "morris":
        return f"Effect over the whole prior, root mean square ({unit(study.question.outcome)})"
    return "Share of variance, luck taken out (95% interval)"
