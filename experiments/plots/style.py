"""One look for all pictures: legible in print, safe for colour-blind readers, and the same bytes every time."""

import re
from collections.abc import Callable, Sequence
from functools import wraps
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from experiments.experiment import NO_SIP
from experiments.result import Result

P = ParamSpec("P")
T = TypeVar("T")

WIDTH = 7.2  #: inches: the text of an A4 page
INK, FAINT, PALE = "#222222", "#6B6B6B", "#C4C4C4"
STYLE: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.labelsize": 9,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "xtick.color": INK,
    "ytick.color": INK,
    "text.color": INK,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "hatch.linewidth": 0.7,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.fonttype": "none",
}


class Look(NamedTuple):
    """How a scenario is drawn: never told by colour alone."""

    colour: str
    line: Any
    marker: str


BLUE, VERMILLION, PURPLE, SKY, ORANGE, YELLOW = (
    "#0072B2",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#E69F00",
    "#F0E442",
)
LOOKS = (
    Look(BLUE, "-", "o"),
    Look(VERMILLION, "--", "s"),
    Look(PURPLE, "-.", "^"),
    Look(SKY, (0, (5, 1, 1, 1, 1, 1)), "v"),
    Look(ORANGE, (0, (8, 2)), "P"),
)
NO_SIP_LOOK = Look("#333333", ":", "D")
OBSERVED = Look("#000000", "", "*")


def looks(names: Sequence[str]) -> dict[str, Look]:
    """Return a look for each scenario, in order; no programme always has its own."""
    others = [name for name in names if name != NO_SIP]
    found = {name: LOOKS[k % len(LOOKS)] for k, name in enumerate(others)}
    return {name: found.get(name, NO_SIP_LOOK) for name in names}


def labels(result: Result) -> dict[str, str]:
    """Return the scenarios' titles by name, with the name where two have the same title."""
    titles = {s.name: s.title or s.name for s in result.experiment.scenarios}
    twice = {title for title in titles.values() if list(titles.values()).count(title) > 1}
    return {name: f"{title} ({name})" if title in twice else title for name, title in titles.items()}


def months(result: Result) -> np.ndarray:
    """Return the months since the start at which the series are kept."""
    return np.array(result.experiment.month_ends) * 12.0 / 52.0


def month_ticks(axes: Axes, last: float) -> None:
    """Mark whole half-years or years, so that labels do not touch."""
    step = 6 if last <= 24 else 12 if last <= 60 else 24
    axes.set_xticks(range(0, int(last + 1e-9) + 1, step))
    axes.set_xlim(0, last)


def styled(function: Callable[P, T]) -> Callable[P, T]:
    """Draw in the house style and leave matplotlib's settings as they were."""

    @wraps(function)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        with mpl.rc_context(STYLE):
            return function(*args, **kwargs)

    return drawn


def new_figure(height: float, width: float = WIDTH) -> Figure:
    """Return an empty figure with a canvas of its own: nothing is kept by pyplot."""
    figure = Figure(figsize=(width, height), layout=ConstrainedLayoutEngine(wspace=0.05))
    FigureCanvasAgg(figure)
    return figure


def svg(figure: Figure, salt: str = "figure", label: str = "") -> str:
    """Return a figure as SVG to stand within a page: no prolog, no metadata, ids that begin with ``salt``.

    ``label`` says in words what the picture shows, for those who cannot see it.
    """
    text = StringIO()
    with mpl.rc_context({**STYLE, "svg.hashsalt": salt}):
        figure.savefig(text, format="svg", metadata={"Date": None})
    bare = re.sub(r"\s*<metadata>.*?</metadata>", "", text.getvalue(), flags=re.DOTALL)
    bare = re.sub(r"\s*<style type=\"text/css\">.*?</style>", "", bare, flags=re.DOTALL)
    bare = bare[bare.index("<svg") :].strip()
    bare = bare.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)
    bare = bare.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana")
    bare = re.sub(r'\bid="', f'id="{salt}-', bare)
    return re.sub(r'(url\(|href=")#', rf"\1#{salt}-", bare)


def save(figure: Figure, path: Path) -> Path:
    """Write a figure to a file, SVG or PNG by the name's ending; equal figures give equal bytes."""
    without = {"Date": None} if path.suffix == ".svg" else {"Software": None}
    with mpl.rc_context({**STYLE, "svg.hashsalt": path.stem}):
        figure.savefig(path, dpi=160, metadata=without)
    return path
